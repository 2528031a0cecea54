package db

import (
	"fmt"
	"testing"
)

// Through a contact of several companies a leader would read of those that they
// do not see: its name, its people and whom it invited.
func TestPreviewReachesNoOtherCompany(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.signIn("lea")
	lea := w.signIn("lea")
	token, err := w.StartPreview(lea, w.id("eleni"))
	w.must(err)
	_, err = w.AddContact(w.actor("adam"), w.id("Beta"), ContactForm{Email: "eleni@acme.test", RoleID: 2})
	w.must(err)
	if _, err := w.Preview(lea, token); err != ErrNotFound {
		t.Error("the look that was open goes on:", err)
	}
	if _, err := w.StartPreview(lea, w.id("eleni")); err != ErrNotFound {
		t.Error("a leader looks into another company:", err)
	}
	if _, err := w.StartPreview(w.signIn("adam"), w.id("eleni")); err != nil {
		t.Error("an admin does not:", err)
	}
}

// How often an address was written to for other companies is told to nobody.
func TestInvitationLimitTellsOfNoOtherCompany(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	const address = "new@both.test"
	for range invitationsPerDay / 2 {
		_, err := w.InviteColleague(w.actor("odd"), w.id("Beta"), ColleagueForm{Email: address, RoleID: 1})
		w.must(err)
	}
	for i := range colleagueLimit {
		if _, err := w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: address, RoleID: 1}); err != nil {
			t.Fatal("invitation", i, w.key(err))
		}
	}
	if _, err := w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: address, RoleID: 1}); w.key(err) != "colleague.limit" {
		t.Error(fmt.Sprint("beyond the limit: ", err))
	}
}

// Of a company's history a member reads what is about the contacts they see: no
// name and no address of the others.
func TestCompanyHistoryNamesNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam, acme := w.actor("adam"), w.id("Acme")
	hidden, err := w.AddContact(adam, acme, ContactForm{Name: "Hidden Hand", Email: "hand@acme.test"})
	w.must(err)
	w.must(w.SetContact(adam, acme, hidden.ID, ContactForm{Name: "Hidden Hand", Email: "other.hand@acme.test", Version: 1}))
	w.must(w.SetPrimary(adam, acme, w.id("eleni")))
	for who, sees := range map[string]bool{"lea": false, "tess": false, "adam": true} {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
			lines, err := v.CompanyAudit(acme, 100)
			named, primary := false, false
			for _, line := range lines {
				named = named || line.PersonID == hidden.ID || line.Person == "Hidden Hand" || line.Detail == "other.hand@acme.test"
				primary = primary || line.Kind == "contact.primary"
			}
			if named != sees {
				t.Errorf("%s reads of a contact: %v", who, named)
			}
			if primary != (who != "tess") {
				t.Errorf("%s reads of eleni, who is on site: %v", who, primary)
			}
			return err
		}))
	}
}

// What clients of one company wrote on a project is not shown to another company.
func TestProjectTakesNoClientsWordsToAnotherCompany(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam, site := w.actor("adam"), w.id("site")
	w.sql("DELETE FROM membership WHERE project_id = ? AND role = 'client'", site)
	form := ProjectForm{Name: "Site", Company: "Beta", Version: version(w, site)}
	if err := w.EditProject(adam, site, form); w.key(err) != "project.company-has-words" {
		t.Error("clients left words behind, and the project moves:", err)
	}
	w.must(w.EditProject(adam, site, ProjectForm{Name: "Site", Version: version(w, site)}))
	form.Version = version(w, site)
	if err := w.EditProject(adam, site, form); w.key(err) != "project.company-has-words" {
		t.Error("it moves by way of no company:", err)
	}
	if _, err := w.AddMember(adam, site, "fresh@gamma.test", "", Client); w.key(err) != "project.company-has-words" {
		t.Error("it gets a company for its first client:", err)
	}
	w.must(w.EditProject(adam, site, ProjectForm{Name: "Site", Company: "Acme", Version: version(w, site)})) // theirs
}

func version(w *world, project ID) (at int64) {
	w.must(w.read(func(r source) (err error) {
		at, err = value[int64](r, "SELECT version FROM project WHERE id = ?", project)
		return err
	}))
	return at
}

// An invitation that is over writes to nobody any more, whoever began to accept it.
func TestEndedInvitationSendsNoMorePINs(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	id, err := w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: "new@acme.test", RoleID: 1})
	w.must(err)
	cookie, _ := w.begin(w.inviteMail("new@acme.test", MailInvitation).Link, "new@acme.test")
	if _, err := w.SignInAgain(cookie, "192.0.2.0/24"); err != nil {
		t.Fatal("while it waits:", err)
	}
	cookie, _ = w.begin(w.againOf(id), "new@acme.test")
	w.must(w.EndColleagueInvitation(w.actor("nikos"), w.waiting("new@acme.test")))
	before := w.rows("SELECT count(*) FROM outbox WHERE kind = ?", MailSignIn)[0]
	if _, err := w.SignInAgain(cookie, "192.0.2.0/24"); err != ErrGone || w.rows("SELECT count(*) FROM outbox WHERE kind = ?", MailSignIn)[0] != before {
		t.Error("a mail after the end:", err)
	}
}

// againOf sends a client's invitation once more and tells its new link.
func (w *world) againOf(id ID) string {
	_, err := w.InviteAgain(w.actor("nikos"), id)
	w.must(err)
	return w.inviteMail("new@acme.test", MailInvitation).Link
}

// waiting is the invitation to an address that waits.
func (w *world) waiting(address string) (id ID) {
	w.must(w.read(func(r source) (err error) {
		id, err = value[ID](r, "SELECT id FROM invitation WHERE address = ? AND accepted_at IS NULL AND ended_at IS NULL", address)
		return err
	}))
	return id
}

// Whoever was taken off a project does not come back by an older invitation.
func TestTakenOffIsNotInvitedBack(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	_, err := w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: "new@acme.test", RoleID: 1, Projects: []ID{w.id("site")}})
	w.must(err)
	link := w.inviteMail("new@acme.test", MailInvitation).Link
	person, err := w.AddMember(w.actor("lea"), w.id("site"), "new@acme.test", "New", Client)
	w.must(err)
	if _, err := w.Invitation(link); err != nil {
		t.Fatal("added by the team, it still holds:", err)
	}
	w.must(w.RemoveMember(w.actor("lea"), w.id("site"), person.ID))
	if _, err := w.Invitation(link); err != ErrGone {
		t.Error("it leads back:", err)
	}
}

// Where owner and admins confirm with a passkey, what they made before for programs
// opens no more than the session that it was made in.
func TestTokensOfAdminsAreConfirmedToo(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam, lea := w.signIn("adam"), w.signIn("lea")
	loose, err := w.AddToken(adam, "loose")
	w.must(err)
	members, err := w.AddToken(lea, "a member's")
	w.must(err)
	shell, err := w.AddTokenFromShell("adam@ormos.test", "shell")
	w.must(err)
	w.sql("UPDATE session SET passkey_at = created_at WHERE id = ?", adam.Session)
	bound, err := w.AddToken(adam, "bound")
	w.must(err)
	opens := func(token string) bool { _, err := w.TokenActor(token); return err == nil }
	for range 2 {
		if !opens(loose) || !opens(members) || !opens(shell) || !opens(bound) {
			t.Error("a token is refused while no passkey is asked for")
		}
		w.sql("UPDATE setting SET value = '1' WHERE key = 'security.passkey'")
		if opens(loose) || !opens(members) || !opens(shell) || !opens(bound) {
			t.Error("where passkeys are asked for:", opens(loose), opens(members), opens(shell), opens(bound))
		}
		w.sql("UPDATE person SET role = 'admin' WHERE id = ?", lea.ID)
		if opens(members) {
			t.Error("a member who became an admin has a token without a passkey")
		}
		w.sql("UPDATE person SET role = 'member' WHERE id = ?", lea.ID)
		w.sql("UPDATE setting SET value = '0' WHERE key = 'security.passkey'")
	}
}

// A client takes nobody further than they are themselves, also where a company's
// contacts join all its projects: else a second address would undo a removal.
func TestColleaguesJoinNoFurtherThanWhoInvites(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam, acme := w.actor("adam"), w.id("Acme")
	w.must(w.SetJoinsAll(adam, acme, true))
	w.must(w.RemoveMember(adam, w.id("brand"), w.id("nikos")))
	_, err := w.InviteColleague(w.actor("nikos"), acme, ColleagueForm{Email: "second@acme.test", RoleID: 1})
	w.must(err)
	cookie, pin := w.begin(w.inviteMail("second@acme.test", MailInvitation).Link, "second@acme.test")
	_, _, err = w.TryPIN(cookie, pin.PIN, "")
	w.must(err)
	person, err := w.PersonByEmail("second@acme.test")
	w.must(err)
	w.ids["second"] = person.ID
	if !w.on("site", "second") || w.on("brand", "second") {
		t.Error("on site:", w.on("site", "second"), "on brand:", w.on("brand", "second"))
	}
}
