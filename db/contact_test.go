package db

import (
	"errors"
	"strings"
	"testing"
)

// inHand is everything that somebody could come in by.
type inHand struct {
	who                   string
	session, link, cookie string
	wayIn, token, asked   ID
}

// asked gives somebody one of each.
func (w *world) asked(who string) inHand {
	w.t.Helper()
	h := inHand{who: who, wayIn: NewID(), token: NewID()}
	person := w.actor(who)
	var err error
	link, err := w.SignInLink(person.Email)
	w.must(err)
	h.session, _, err = w.UseSignInLink(link, "test")
	w.must(err)
	h.link, err = w.SignInLink(person.Email)
	w.must(err)
	h.cookie, err = w.BeginSignIn(person.Email, "198.51.100.1", "", "", "")
	w.must(err)
	w.sql("INSERT INTO api_token (id, token_hash, person_id, name, created_at) VALUES (?,?,?,'x',?)", h.token, hashToken(who), person.ID, At(w.Now()))
	w.must(w.write(func(tx *Tx) (err error) {
		h.asked, err = tx.invite(invite{address: person.Email, language: "en", person: person.ID, company: w.id("Acme"), role: 1})
		return err
	}))
	return h
}

// over fails for everything of it that can still be used.
func (w *world) over(t *testing.T, h inHand, when string) {
	t.Helper()
	if _, err := w.Login(h.session); !errors.Is(err, ErrNotFound) {
		t.Errorf("%s: the session holds: %v", when, err)
	}
	if _, err := w.WayIn(h.link); !errors.Is(err, ErrGone) {
		t.Errorf("%s: the link holds: %v", when, err)
	}
	if c, err := w.Challenge(h.cookie); err == nil && c.Open {
		t.Errorf("%s: the PIN holds", when)
	}
	for what, query := range map[string]string{
		"token":      "SELECT 1 FROM api_token WHERE person_id = ? AND ended_at IS NULL",
		"invitation": "SELECT 1 FROM invitation WHERE person_id = ? AND ended_at IS NULL",
		"mail":       "SELECT 1 FROM outbox WHERE person_id = ? AND (sealed IS NOT NULL OR sent_at IS NULL AND failed_at IS NULL)",
		"preview":    "SELECT 1 FROM preview WHERE viewer_id = ? AND ended_at IS NULL",
	} {
		if left := w.rows(query, w.id(h.who)); len(left) > 0 {
			t.Errorf("%s: a %s holds", when, what)
		}
	}
}

// A deactivated contact is out of everything, and brought back has nothing of it.
func TestContactDeactivated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, acme := w.signIn("olivia"), w.id("Acme")
	hers := w.asked("eleni")
	w.must(w.SetPrimary(olivia, acme, w.id("eleni")))
	_, err := w.StartPreview(olivia, w.id("eleni"))
	w.must(err)
	for _, active := range []bool{false, true} {
		w.must(w.SetContactActive(olivia, acme, w.id("eleni"), active))
		w.over(t, hers, map[bool]string{false: "deactivated", true: "brought back"}[active])
	}
	if len(w.rows("SELECT 1 FROM contact WHERE is_primary = 1")) != 0 {
		t.Error("the mark came back")
	}
	hers = w.asked("duo") // a contact of another company: only this company's invitation ends
	w.must(w.SetContactActive(olivia, acme, w.id("duo"), false))
	if _, err := w.Login(hers.session); err != nil {
		t.Error("duo's session:", err)
	}
	if len(w.rows("SELECT 1 FROM invitation WHERE id = ? AND ended_at IS NULL", hers.asked)) != 0 {
		t.Error("duo's invitation holds")
	}
}

func TestAddContact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, acme := w.actor("olivia"), w.id("Acme")
	for want, form := range map[string]ContactForm{
		"name contact.name-or-email":     {},
		"name text.long":                 {Name: strings.Repeat("é", 1000)},
		"email email.invalid":            {Name: "A", Email: "a@b.test\r\nBcc: x@evil.test"},
		"email email.invalid ":           {Name: "A", Email: "a@b.test, c@d.test"},
		"email contact.of-the-team":      {Email: "MARK@ormos.test"},
		"email contact.already":          {Email: "eleni@acme.test"},
		"email contact.already-inactive": {Email: "ingo@acme.test"},
		"role role.unknown":              {Name: "A", RoleID: 77},
		"phone text.long":                {Name: "A", Phone: strings.Repeat("1", 61)},
	} {
		before := w.digest()
		if _, err := w.AddContact(olivia, acme, form); sentence(err) != strings.TrimRight(want, " ") {
			t.Errorf("%q: got %v", want, err)
		}
		w.unchanged(before, want)
	}
	otto, err := w.AddContact(olivia, acme, ContactForm{Name: "Somebody else", Email: "otto@beta.test", Primary: true})
	w.must(err)
	if otto.ID != w.id("otto") || otto.Name != "Otto Other" {
		t.Error("one address became two people", otto)
	}
	nameless, err := w.AddContact(olivia, acme, ContactForm{Name: "Mar\u202eía\nX-Evil: 1", Primary: true})
	w.must(err)
	if got := w.rows("SELECT name, email FROM person WHERE id = ?", nameless.ID); got[0] != "María X-Evil: 1<nil>" {
		t.Errorf("stored as %q", got)
	}
	if primary := w.rows("SELECT person_id FROM contact WHERE company_id = ? AND is_primary = 1", acme); len(primary) != 1 {
		t.Error("primary contacts:", primary)
	}
	for who, want := range map[string]error{"lea": ErrDenied, "tess": ErrDenied, "nikos": ErrNotFound, "stan": ErrNotFound} {
		if _, err := w.AddContact(w.actor(who), acme, ContactForm{Name: "X"}); !errors.Is(err, want) {
			t.Errorf("%s adds a contact: %v", who, err)
		}
	}
}

// Until somebody has joined the team corrects name and address; then they are theirs.
func TestSetContact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, acme, bea := w.actor("olivia"), w.id("Acme"), w.id("bea")
	w.sql("UPDATE person SET joined_at = NULL WHERE id = ?", bea)
	hers := w.asked("bea")
	w.sql("UPDATE person SET joined_at = NULL WHERE id = ?", bea)
	set := func(name, email string, version int64) error {
		return w.SetContact(olivia, acme, bea, ContactForm{Name: name, Email: email, Phone: "210", Version: version})
	}
	if err := set("Bea Brand", "eleni@acme.test", 1); sentence(err) != "email email.taken" {
		t.Error(err)
	}
	before := w.rows("SELECT client_version FROM project WHERE id = ?", w.id("brand"))
	w.must(set("Beatrix Brand", "beatrix@acme.test", 1))
	w.over(t, hers, "another address")
	if after := w.rows("SELECT client_version FROM project WHERE id = ?", w.id("brand")); after[0] == before[0] {
		t.Error("nobody notices the new name")
	}
	var conflict *Conflict
	if err := set("Bea", "beatrix@acme.test", 1); !errors.As(err, &conflict) || conflict.Theirs["name"] != "Beatrix Brand" {
		t.Error(err)
	}
	w.sql("UPDATE person SET joined_at = '2026-05-20T00:00:00.000000Z' WHERE id = ?", bea)
	if err := set("Beatrix Brand", "", 2); sentence(err) != "email contact.email-theirs" {
		t.Error(err)
	}
	if err := set("Bea", "beatrix@acme.test", 2); sentence(err) != "name contact.name-theirs" {
		t.Error(err)
	}
	w.must(set("Beatrix Brand", "beatrix@acme.test", 2))
}

// Who gives which role: admins every one, leaders none that is strong and to
// nobody who holds one.
func TestSetContactRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const client, admin, viewer = 1, 2, 4
	for _, c := range []struct {
		by, to string
		role   ID
		want   error
	}{
		{"lea", "eleni", viewer, nil}, {"lea", "eleni", admin, ErrDenied}, {"lea", "nikos", viewer, ErrDenied}, {"lea", "finn", client, ErrDenied},
		{"mark", "eleni", client, ErrDenied}, {"tess", "eleni", client, ErrNotFound}, {"tess", "bea", viewer, ErrDenied}, {"lea", "otto", client, ErrNotFound},
		{"nikos", "eleni", client, ErrNotFound}, {"dora", "eleni", client, ErrNotFound}, {"adam", "nikos", viewer, nil}, {"adam", "eleni", admin, nil},
	} {
		if err := w.SetContactRole(w.actor(c.by), w.id("Acme"), w.id(c.to), c.role); !errors.Is(err, c.want) {
			t.Errorf("%s gives %s role %d: %v, not %v", c.by, c.to, c.role, err, c.want)
		}
	}
	if err := w.SetContactRole(w.actor("adam"), w.id("Acme"), w.id("eleni"), 77); sentence(err) != "role role.unknown" {
		t.Error(err)
	}
}

func TestConnectContact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme, lea := w.id("Acme"), w.actor("lea")
	for _, c := range []struct {
		company, person, project string
		want                     error
	}{{"Acme", "otto", "site", ErrNotFound}, {"Beta", "otto", "site", ErrNotFound}, {"Acme", "fake", "site", ErrNotFound}, {"Acme", "bea", "brand", ErrNotFound}, {"Acme", "bea", "site", nil}} {
		if err := w.ConnectContact(lea, w.id(c.company), w.id(c.person), w.id(c.project), true); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	w.must(w.ConnectContact(lea, acme, w.id("bea"), w.id("site"), false))
	if w.on("site", "bea") {
		t.Error("still on it")
	}
	if err := w.ConnectContact(lea, acme, w.id("bea"), w.id("site"), false); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

func TestContactsFromShell(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.AddCompanyFromShell(CompanyForm{Name: "Νήσος"})
	w.must(err)
	_, err = w.AddContactFromShell("ΝΉΣΟΣ", ContactForm{Name: "Ιώ", Email: "io@nisos.test", Phone: "1"})
	w.must(err)
	w.must(w.SetContactActiveFromShell("νήσος", "IO@nisos.test", false))
	list, err := w.ContactsFromShell("Νήσος")
	w.must(err)
	if len(list) != 1 || list[0].State(w.Now()) != ContactInactive || list[0].RoleKey != "client" {
		t.Errorf("%+v", list)
	}
	if _, err := w.ContactsFromShell("nowhere"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	companies, err := w.CompaniesFromShell()
	if err != nil || len(companies) != 4 {
		t.Error(len(companies), err)
	}
}

// What was done in a project is read by those who see it: tess is on another one
// of the company's.
func TestAuditKeepsToOnesProjects(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.SetJoinsAll(w.actor("olivia"), w.id("Acme"), true))
	for who, sees := range map[string]bool{"tess": false, "lea": true, "olivia": true} {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
			company, err := v.CompanyAudit(w.id("Acme"), 100)
			w.must(err)
			contact, err := v.ContactAudit(w.id("Acme"), w.id("eleni"), 100)
			w.must(err)
			log, err := v.CompanyLog(w.id("Acme"), 100)
			for _, line := range log {
				company = append(company, AuditLine{Project: line.Project})
			}
			for what, lines := range map[string][]AuditLine{"company": company, "contact": contact} {
				site := false
				for _, line := range lines {
					site = site || line.Project == "Site"
				}
				if site != sees || len(lines) == 0 {
					t.Errorf("%s reads of Site about the %s: %v", who, what, site)
				}
			}
			return err
		}))
	}
}

// The contact's page and the roster say the same of an invitation whose role changed.
func TestContactSaysThatTheInvitationChanged(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE person SET joined_at = NULL WHERE id = ?", w.id("vic"))
	state := func() (contact, roster string) {
		w.must(w.View(w.actor("adam").Person, func(v *Viewer) error {
			line, err := v.Contact(w.id("Acme"), w.id("vic"))
			w.must(err)
			states, err := v.RosterStates(w.id("site"))
			roster, _ = states[w.id("vic")].At(w.Now())
			contact = line.State(w.Now())
			return err
		}))
		return contact, roster
	}
	w.must(w.InviteContact(w.actor("adam"), w.id("Acme"), w.id("vic"), ""))
	if contact, roster := state(); contact != ContactInvited || roster != InvitationSent {
		t.Error("invited:", contact, roster)
	}
	w.must(w.SetContactRole(w.actor("adam"), w.id("Acme"), w.id("vic"), 1))
	if contact, roster := state(); contact != ContactChanged || roster != InvitationChanged {
		t.Error("after another role:", contact, roster)
	}
}
