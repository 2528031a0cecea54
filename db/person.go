package db

import (
	"net/mail"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Sides: somebody works for the team or for clients, never both.
const (
	Team   = "team"
	Client = "client"
)

// Roles of the team.
const (
	Owner  = "owner"
	Admin  = "admin"
	Member = "member"
)

// Person is anyone with an e-mail address, or a name on imported work (Email "").
type Person struct {
	ID                             ID
	Email, Name, Side, Role, Title string
	Language, TimeZone, Theme      string
	Active                         bool
	Bills                          bool // a member with the right to work on bills
}

// Admins are the owner and the admins: they may do everything in the workspace.
func (p Person) Admins() bool { return p.Side == Team && (p.Role == Owner || p.Role == Admin) }

// MayBill says that there are bills for this person of the team: those of the companies
// that they see.
func (p Person) MayBill() bool { return p.Admins() || p.Side == Team && p.Bills }

// Actor is a person who is signed in. Preview is set while somebody of the team
// looks through a client: then nothing is marked and nothing can be written.
// Confirmed says that a passkey confirmed the session, or that it began on the
// server's own machine; MustConfirm that it has to be before more than the
// account opens.
type Actor struct {
	Person
	Session     ID
	Preview     ID
	Avatar      ID // their own picture, 0 without one
	Visit       Visit
	Confirmed   bool
	MustConfirm bool
}

// Location is the person's time zone, UTC when unknown.
func (p Person) Location() *time.Location {
	if zone, err := time.LoadLocation(p.TimeZone); err == nil {
		return zone
	}
	return time.UTC
}

const personColumns = "p.id, coalesce(p.email, ''), p.name, p.side, p.role, p.title, p.language, p.time_zone, p.theme, p.active, p.bills"

func personFields(p *Person) []any {
	return []any{&p.ID, &p.Email, &p.Name, &p.Side, &p.Role, &p.Title, &p.Language, &p.TimeZone, &p.Theme, &p.Active, &p.Bills}
}

// NormalEmail is the stored form of an address: one plain address in lower case.
// Lists, quoted local parts, comments, controls and look-alikes of @ are refused.
func NormalEmail(text string) (string, error) {
	text = strings.ToLower(strings.TrimSpace(norm.NFC.String(text)))
	refused := invalid("email", "email.invalid")
	if len(text) > 254 || strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`"(),:;<>[\]`, r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zs) || r == '＠' || r == '﹫'
	}) {
		return "", refused
	}
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || len(local) > 64 || strings.Contains(domain, "@") || !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.HasPrefix(local, "-") {
		return "", refused
	}
	// Signs that mail servers take for a dot, or for nothing, are no part of a domain.
	if strings.ContainsFunc(domain, func(r rune) bool { return r != '.' && r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) }) {
		return "", refused
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text {
		return "", refused
	}
	return text, nil
}

// NewPerson says who is added. Language and TimeZone default to the workspace's.
type NewPerson struct{ Email, Name, Side, Role, Title, Language, TimeZone string }

// AddPerson adds somebody to the team. An address that is known already is refused in words.
func (s *Store) AddPerson(n NewPerson) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		added, err = tx.addPerson(n)
		return err
	})
	return added, err
}

func (tx *Tx) addPerson(n NewPerson) (Person, error) {
	email, err := NormalEmail(n.Email)
	if err != nil {
		return Person{}, err
	}
	if _, err := tx.personByEmail(email); err == nil {
		return Person{}, invalid("email", "email.taken", "Email", email)
	}
	name, err := cleanLine("name", n.Name, 120)
	if err != nil {
		return Person{}, err
	}
	if name == "" {
		name, _, _ = strings.Cut(email, "@")
	}
	title, err := cleanLine("title", n.Title, 120)
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: NewID(), Email: email, Name: name, Side: n.Side, Role: n.Role, Title: title, Active: true}
	if p.Language, p.TimeZone, err = tx.manners(n.Language, n.TimeZone); err != nil {
		return p, err
	}
	err = tx.run(`INSERT INTO person (id, email, name, side, role, title, language, time_zone, created_at) VALUES (?,?,?,?,?,?,?,?,?)`,
		p.ID, p.Email, p.Name, p.Side, p.Role, p.Title, p.Language, p.TimeZone, tx.now)
	return p, err
}

// manners are a person's language and time zone, by default the workspace's.
func (tx *Tx) manners(lang, zone string) (string, string, error) {
	var err error
	if lang == "" {
		if lang, err = value[string](tx, "SELECT value FROM setting WHERE key = 'workspace.language'"); err != nil {
			return "", "", err
		}
	}
	if zone == "" {
		if zone, err = value[string](tx, "SELECT value FROM setting WHERE key = 'workspace.time_zone'"); err != nil {
			return "", "", err
		}
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		return "", "", invalid("time_zone", "time-zone.unknown")
	}
	if tag, err := language.Parse(lang); err != nil || (tag.String() != "en" && tag.String() != "el") {
		return "", "", invalid("language", "language.unknown")
	}
	return lang, zone, nil
}

func (tx *Tx) personByEmail(email string) (Person, error) {
	return one(tx, personFields, "SELECT "+personColumns+" FROM person p WHERE p.email = ?", email)
}

// PersonByEmail finds who has an address, for the command line and for sign-in.
func (s *Store) PersonByEmail(address string) (Person, error) {
	email, err := NormalEmail(address)
	if err != nil {
		return Person{}, err
	}
	var found Person
	err = s.read(func(r source) (err error) {
		found, err = one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.email = ?", email)
		return err
	})
	return found, err
}

// Profile is what people change about themselves.
type Profile struct{ Name, Title, Language, TimeZone, Theme string }

// SetProfile changes the actor's own profile.
func (s *Store) SetProfile(actor Actor, profile Profile) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		name, err := cleanLine("name", profile.Name, 120)
		if err != nil {
			return err
		}
		if name == "" {
			return invalid("name", "name.empty")
		}
		title, err := cleanLine("title", profile.Title, 120)
		if err != nil {
			return err
		}
		lang, zone, err := tx.manners(profile.Language, profile.TimeZone)
		if err != nil {
			return err
		}
		if profile.Theme != "" && profile.Theme != "light" && profile.Theme != "dark" {
			return invalid("theme", "theme.unknown")
		}
		same, err := value[bool](tx, "SELECT name = ? AND title = ? FROM person WHERE id = ?", name, title, actor.ID)
		if err != nil {
			return err
		}
		before, err := tx.shownNames(actor.ID, same)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE person SET name = ?, title = ?, language = ?, time_zone = ?, theme = ? WHERE id = ?",
			name, title, lang, zone, profile.Theme, actor.ID); err != nil {
			return err
		}
		if err := tx.touchNames(actor.ID, same, before); err != nil {
			return err
		}
		return tx.touchAuthority() // the person's language decides which audience they belong to
	})
}

// notPreview refuses every write of somebody who looks through a client.
func (tx *Tx) notPreview(actor Actor) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	return nil
}

// administers is the actor as stored now, if owner or admin. Others of the team are
// denied (ErrDenied); for anybody else there is nothing (ErrNotFound).
func administers(r source, actor Actor) (Person, error) {
	found, err := one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.id = ? AND p.side = 'team' AND p.active = 1", actor.ID)
	if err == nil && !found.Admins() {
		err = ErrDenied
	}
	return found, err
}

// mayAdminister is administers for a change.
func (tx *Tx) mayAdminister(actor Actor) (Person, error) {
	if err := tx.notPreview(actor); err != nil {
		return Person{}, err
	}
	return administers(tx, actor)
}
