package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestRoster(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	var got []string
	w.must(w.View(w.actor("mark").Person, func(v *Viewer) error {
		lines, err := v.Roster(w.id("site"))
		for _, l := range lines {
			got = append(got, fmt.Sprintf("%s %s %s %v", w.name(l.ID), l.MemberRole, l.ClientRole, l.Sees))
		}
		if lines, _ := v.Roster(w.id("brand")); len(lines) > 0 {
			t.Error("somebody else's roster can be read")
		}
		return err
	}))
	want := `dora leader  false
lea leader  true
sly leader  false
mark member  true
duo client Client true
eleni client Client true
fake client Client Admin false
finn client Client Finance false
gone client Client Admin false
ingo client Client Admin false
manu client Client Manager true
nikos client Client Admin true
odd client  false
vic client Client Viewer true`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// A project keeps somebody who leads it.
func TestLastLeaderStays(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	tess := w.actor("tess")
	before := w.digest()
	var refusal *Invalid
	if err := w.RemoveMember(tess, w.id("brand"), w.id("tess")); !errors.As(err, &refusal) || refusal.Key != "member.last-leader" {
		t.Error(err)
	}
	if _, err := w.AddMember(tess, w.id("brand"), "tess@ormos.test", "", "member"); !errors.As(err, &refusal) || refusal.Key != "member.last-leader" {
		t.Error(err)
	}
	if w.digest() != before {
		t.Error("a refused change changed something")
	}
	w.must(just(w.AddMember(tess, w.id("brand"), "lea@ormos.test", "", "leader")))
	w.must(w.RemoveMember(tess, w.id("brand"), w.id("tess")))
	if err := w.RemoveMember(tess, w.id("brand"), w.id("lea")); err != ErrNotFound {
		t.Error("somebody who left still leads: ", err)
	}
	if err := w.RemoveMember(w.actor("olivia"), w.id("brand"), w.id("lea")); !errors.As(err, &refusal) {
		t.Error("the owner took the last leader: ", err)
	}
}

func TestAddMember(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	before := w.digest()
	for _, c := range []struct{ email, role, key string }{
		{"nobody", "client", "email.invalid"},
		{"a@b.test, c@d.test", "client", "email.invalid"},
		{"new@acme.test", "owner", "choice.unknown"},
		{"new@acme.test", "", "choice.unknown"},
		{"mark@ormos.test", "client", "member.wrong-side-team"},
		{"eleni@acme.test", "member", "member.wrong-side-client"},
		{"eleni@acme.test", "leader", "member.wrong-side-client"},
	} {
		var refusal *Invalid
		if _, err := w.AddMember(lea, w.id("site"), c.email, "", c.role); !errors.As(err, &refusal) || refusal.Key != c.key {
			t.Errorf("%s as %s: %v", c.email, c.role, err)
		}
	}
	if w.digest() != before {
		t.Error("a refused member changed something")
	}
	added, err := w.AddMember(lea, w.id("site"), " NEW@Acme.test ", "New Person", "client")
	w.must(err)
	w.ids["new"] = added.ID
	if got := w.rows("SELECT p.email, p.side, r.key, co.name FROM person p JOIN contact c ON c.person_id = p.id JOIN client_role r ON r.id = c.role_id JOIN company co ON co.id = c.company_id WHERE p.id = ?", added.ID); len(got) != 1 || got[0] != "new@acme.testclientclientAcme" {
		t.Error("the new client is ", got)
	}
	if got := w.glassOrder("new", "site"); len(got[Doing]) == 0 {
		t.Error("the new client sees nothing")
	}
	// A project without a company gets one of its own name, so that its client sees it.
	w.must(just(w.AddMember(w.actor("adam"), w.id("inhouse"), "first@client.test", "", "client")))
	if got := w.rows("SELECT co.name FROM project p JOIN company co ON co.id = p.company_id WHERE p.id = ?", w.id("inhouse")); len(got) != 1 || got[0] != "Inhouse" {
		t.Error(got)
	}
	// Added again, somebody keeps the role at the company and what was decided about it.
	w.must(just(w.AddMember(lea, w.id("site"), "vic@acme.test", "", "client")))
	if _, err := w.AddReply(w.actor("vic"), w.id("home"), "words"); err != ErrNotFound {
		t.Error("added again, a viewer may comment: ", err)
	}
	w.must(just(w.AddMember(lea, w.id("site"), "ingo@acme.test", "", "client")))
	if got := w.glassOrder("ingo", "site"); len(got) > 0 {
		t.Error("added again, an inactive contact sees ", got)
	}
}

// A leader brings clients, and people of the team whom admins added; nobody else
// comes into the team by way of a project.
func TestLeadersAddNobodyToTheTeam(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	var refused *Invalid
	for _, role := range []string{"member", "leader"} {
		if _, err := w.AddMember(w.actor("lea"), w.id("site"), "new@ormos.test", "New", role); !errors.As(err, &refused) || refused.Key != "member.team-by-admins" {
			t.Errorf("a new %s of lea's: %v", role, err)
		}
	}
	if len(w.rows("SELECT 1 FROM person WHERE email = 'new@ormos.test'")) != 0 {
		t.Error("somebody was added all the same")
	}
	if _, err := w.AddMember(w.actor("lea"), w.id("site"), "tess@ormos.test", "", "member"); err != nil {
		t.Error("somebody of the team:", err)
	}
	if added, err := w.AddMember(w.actor("adam"), w.id("site"), "new@ormos.test", "New", "member"); err != nil || added.Side != Team || added.Role != Member {
		t.Error("added by an admin:", added, err)
	}
}

func TestNewClientsSpeakTheirCompanysLanguage(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE company SET language = 'el' WHERE id = ?", w.id("Acme"))
	if added, err := w.AddMember(w.actor("lea"), w.id("site"), "new@acme.test", "New", "client"); err != nil || added.Language != "el" {
		t.Error(added, err)
	}
}
