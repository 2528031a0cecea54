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
