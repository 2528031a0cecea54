package db

// MailRegister is the kind of the mail with a PIN and a link to an address that
// nobody has: it makes the account.
const MailRegister = "register"

const registrationIsOn = "SELECT EXISTS (SELECT 1 FROM feature WHERE scope = 'workspace' AND name = 'registration' AND is_on = 1)"

// RegistrationOpen says whether clients may register by themselves.
func (s *Store) RegistrationOpen() (bool, error) {
	var open bool
	err := s.read(func(r source) (err error) { open, err = value[bool](r, registrationIsOn); return err })
	return open, err
}

// register makes the account of somebody who has proved an address that nobody
// had: a client who belongs to no company yet.
func (tx *Tx) register(address, language string) (ID, error) {
	person, err := tx.addPerson(NewPerson{Email: address, Side: Client, Language: spoken(language)})
	if err != nil {
		return 0, err
	}
	tx.quiet = false // the team's lists have somebody new
	if err := tx.audit(person.ID, "person.registered", person.ID, 0, ""); err != nil {
		return 0, err
	}
	return person.ID, tx.clientJoined(person.ID, 0, 0)
}

// spoken is a language that the portal speaks, or "" for the workspace's.
func spoken(language string) string {
	if oneOf(language, "en", "el") {
		return language
	}
	return ""
}
