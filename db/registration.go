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

// SwitchRegistration lets clients register by themselves, or not; admins only.
func (s *Store) SwitchRegistration(actor Actor, on bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if err := tx.must(`UPDATE feature SET is_on = ? WHERE scope = 'workspace' AND name = 'registration'
			AND EXISTS (SELECT 1 FROM person p WHERE p.id = ? AND p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin'))`, on, actor.ID); err == ErrNotFound {
			return ErrDenied
		} else if err != nil {
			return err
		}
		return tx.audit(actor.ID, "registration.switched", 0, 0, map[bool]string{true: "on", false: "off"}[on])
	})
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
