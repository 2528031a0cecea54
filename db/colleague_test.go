package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// deputy gives somebody a role with the right "company" that is lower than Client Admin.
func (w *world) deputy(name string) {
	w.sql("INSERT INTO client_role (id, name) VALUES (77, 'Deputy')")
	w.sql("INSERT INTO client_role_right (role_id, right) VALUES (77, 'projects'), (77, 'comment'), (77, 'company')")
	w.sql("UPDATE contact SET role_id = 77 WHERE person_id = ?", w.id(name))
}

func (w *world) key(err error) string {
	var refused *Invalid
	if errors.As(err, &refused) {
		return refused.Key
	}
	return fmt.Sprint(err)
}

// A client invites to no higher role and no further project than their own.
func TestColleaguesAreInvitedToNoMore(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.deputy("vic")
	vic, acme := w.actor("vic"), w.id("Acme")
	before := w.digest()
	for what, c := range map[string]struct {
		by      Actor
		company ID
		form    ColleagueForm
		want    string
	}{
		"a higher role":          {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 2}, "colleague.role-refused"},
		"one right more":         {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 1}, "colleague.role-refused"},
		"another right":          {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 3}, "colleague.role-refused"},
		"no role":                {vic, acme, ColleagueForm{Email: "new@acme.test"}, "colleague.role-refused"},
		"an unknown role":        {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: NewID()}, "colleague.role-refused"},
		"a project not theirs":   {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 4, Projects: []ID{w.id("site"), w.id("brand")}}, "not found"},
		"a foreign project":      {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 4, Projects: []ID{w.id("beta")}}, "not found"},
		"a project of nobody":    {vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 4, Projects: []ID{NewID()}}, "not found"},
		"another company":        {vic, w.id("Beta"), ColleagueForm{Email: "new@acme.test", RoleID: 4}, "not found"},
		"no company":             {vic, 0, ColleagueForm{Email: "new@acme.test", RoleID: 4}, "not found"},
		"without the right":      {w.actor("eleni"), acme, ColleagueForm{Email: "new@acme.test", RoleID: 4}, "not found"},
		"wrong without right":    {w.actor("eleni"), acme, ColleagueForm{Email: "nonsense", RoleID: 4}, "not found"},
		"somebody of the team":   {w.actor("olivia"), acme, ColleagueForm{Email: "new@acme.test", RoleID: 4}, "not found"},
		"an inactive contact":    {w.actor("ingo"), acme, ColleagueForm{Email: "new@acme.test", RoleID: 4}, "not found"},
		"several addresses":      {vic, acme, ColleagueForm{Email: "a@acme.test, b@acme.test", RoleID: 4}, "email.invalid"},
		"a header in an address": {vic, acme, ColleagueForm{Email: "a@acme.test\r\nBcc: b@acme.test", RoleID: 4}, "email.invalid"},
		"a long name":            {vic, acme, ColleagueForm{Email: "new@acme.test", Name: strings.Repeat("n", 1000), RoleID: 4}, "text.long"},
		"a colleague":            {vic, acme, ColleagueForm{Email: "Eleni@acme.test", RoleID: 4}, "colleague.already"},
	} {
		id, err := w.InviteColleague(c.by, c.company, c.form)
		if got := w.key(err); got != c.want || id != 0 && err == nil {
			t.Errorf("%s: %s, not %s", what, got, c.want)
		}
		w.unchanged(before, what)
	}
	w.sql("UPDATE feature SET is_on = 0 WHERE name = 'colleagues'")
	if _, err := w.InviteColleague(vic, acme, ColleagueForm{Email: "new@acme.test", RoleID: 4}); err != ErrNotFound {
		t.Error("with the feature off: ", err)
	}
	w.sql("UPDATE feature SET is_on = 1 WHERE name = 'colleagues'")
	id, err := w.InviteColleague(vic, acme, ColleagueForm{Email: " New@Acme.test", Name: "New", RoleID: 4, Projects: []ID{w.id("site")}})
	w.must(err)
	if got := w.rows("SELECT i.address || ' ' || i.role_id || ' ' || (i.person_id IS NULL) || ' ' || p.project_id FROM invitation i JOIN invitation_project p ON p.invitation_id = i.id WHERE i.id = ?", id); len(got) != 1 || got[0] != fmt.Sprintf("new@acme.test 4 1 %d", int64(w.id("site"))) {
		t.Error(got)
	}
}

// Whoever has an address: the answer, the rows and the mails are the same.
func TestInvitingTellsOfNobody(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	nikos, people := w.actor("nikos"), w.rows("SELECT count(*) FROM person")
	var shapes []string
	for _, address := range []string{"unknown@acme.test", "olivia@ormos.test", "dora@ormos.test", "otto@beta.test", "gone@acme.test", "ingo@acme.test", "stan@nowhere.test"} {
		id, err := w.InviteColleague(nikos, w.id("Acme"), ColleagueForm{Email: address, RoleID: 1})
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
		shapes = append(shapes, strings.Join(w.rows(`SELECT coalesce(person_id, 'nobody') || language || role_id || (SELECT group_concat(kind || coalesce(o.person_id = i.person_id, '-') || (o.address = i.address)) FROM outbox o WHERE o.subject_id = i.id)
			FROM invitation i WHERE i.id = ?`, id), "\n"))
	}
	for _, shape := range shapes {
		if shape != shapes[0] {
			t.Errorf("%s is not like %s", shape, shapes[0])
		}
	}
	if now := w.rows("SELECT count(*) FROM person"); now[0] != people[0] {
		t.Error("people were made: ", now)
	}
}

func TestInvitationsOfACompanyAreLimited(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	nikos, acme := w.actor("nikos"), w.id("Acme")
	var first ID
	for i := range colleagueLimit {
		id, err := w.InviteColleague(nikos, acme, ColleagueForm{Email: fmt.Sprintf("n%d@acme.test", i), RoleID: 1})
		w.must(err)
		first = id
	}
	before := w.digest()
	if _, err := w.InviteColleague(nikos, acme, ColleagueForm{Email: "more@acme.test", RoleID: 1}); w.key(err) != "colleague.limit" {
		t.Error(err)
	}
	if _, err := w.InviteAgain(nikos, first); w.key(err) != "colleague.limit" {
		t.Error(err)
	}
	w.unchanged(before, "beyond the limit")
	tomorrow := w.Now().Add(25 * time.Hour)
	w.clock.Store(&tomorrow)
	w.must(just(w.InviteAgain(nikos, first)))
}

// What a client could not have sent, they neither repeat nor end, nor replace.
func TestInvitationsAboveOnesOwnStay(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.deputy("vic")
	nikos, vic, acme := w.actor("nikos"), w.actor("vic"), w.id("Acme")
	high, err := w.InviteColleague(nikos, acme, ColleagueForm{Email: "chief@acme.test", RoleID: 2})
	w.must(err)
	low, err := w.InviteColleague(nikos, acme, ColleagueForm{Email: "guest@acme.test", Name: "Guest", RoleID: 4, Projects: []ID{w.id("site")}})
	w.must(err)
	before := w.digest()
	for what, err := range map[string]error{"end": w.EndColleagueInvitation(vic, high), "again": just(w.InviteAgain(vic, high)),
		"eleni": w.EndColleagueInvitation(w.actor("eleni"), low), "foreign": w.EndColleagueInvitation(w.actor("otto"), low), "team": w.EndColleagueInvitation(w.actor("olivia"), low)} {
		if err != ErrNotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := w.InviteColleague(vic, acme, ColleagueForm{Email: "chief@acme.test", RoleID: 4}); w.key(err) != "colleague.waits" {
		t.Error(err)
	}
	w.unchanged(before, "above one's own")
	again, err := w.InviteAgain(vic, low)
	w.must(err)
	if got := w.rows("SELECT address || name || role_id || (SELECT count(*) FROM invitation_project p WHERE p.invitation_id = i.id) FROM invitation i WHERE id = ?", again); got[0] != "guest@acme.testGuest41" {
		t.Error(got)
	}
	if err := w.EndColleagueInvitation(vic, low); err != ErrNotFound {
		t.Error("the earlier one is over: ", err)
	}
	w.must(w.EndColleagueInvitation(vic, again))
	if left := w.rows("SELECT count(*) FROM outbox WHERE subject_id = ? AND sealed IS NOT NULL", again); left[0] != "0" {
		t.Error("the mail of an ended invitation still carries its link")
	}
}
