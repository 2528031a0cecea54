package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// refusedBy is the key of the sentence with which something was refused, "" when it was not.
func refusedBy(err error) string {
	var refusal *Invalid
	if errors.As(err, &refusal) {
		return refusal.Field + " " + refusal.Key
	}
	return ""
}

// role makes a role of the workspace's own.
func (w *world) role(name string, rights ...string) {
	w.t.Helper()
	w.keep(name)(w.AddRole(w.actor("adam"), RoleForm{Name: name, Rights: rights}))
}

func (w *world) storedRole(name string) (Role, []Holder) {
	w.t.Helper()
	role, holders, err := w.Role(w.actor("adam"), w.id(name))
	w.must(err)
	return role, holders
}

func TestRolesOfTheProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.role("Ätelier", "comment", "projects")
	roles, err := w.Roles(w.actor("olivia"))
	w.must(err)
	var got []string
	for _, r := range roles {
		got = append(got, fmt.Sprint(r.Name, " ", r.Fixed(), " ", strings.Join(r.Rights, ","), " ", r.Contacts))
	}
	want := `Client true projects,comment,decide,request,upload 4
Client Admin true projects,comment,decide,request,upload,billing,budgets,company 9
Client Finance true billing 1
Client Viewer true projects 2
Client Manager true projects,comment,decide,request,upload,budgets 1
Ätelier false projects,comment 0`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	for _, key := range []string{"client", "client-admin", "client-finance", "client-viewer", "client-manager"} {
		for _, role := range roles {
			if role.Key == key {
				if got := refusedBy(w.EditRole(w.actor("olivia"), role.ID, RoleForm{Name: "x", Version: 1})); got != "role client-role.is-fixed" {
					t.Error(key, "can be changed:", got)
				}
				if got := refusedBy(w.DeleteRole(w.actor("olivia"), role.ID)); got != "role client-role.is-fixed" {
					t.Error(key, "can be deleted:", got)
				}
			}
		}
	}
}

func TestRoleRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	w.role("Press office", "projects", "comment")
	before := w.digest()
	for _, c := range []struct {
		name, want string
		rights     []string
	}{
		{"", "name name.empty", nil},
		{" \u202e\u0000 ", "name name.empty", nil},
		{strings.Repeat("a", 1000), "name text.long", nil},
		{"bad \xff", "name text.broken", nil},
		{"press  OFFICE", "name client-role.name-taken", nil},
		{"CLIENT admin", "name client-role.name-taken", nil},
		{"Ok", "rights client-role.right-unknown", []string{"projects", "admin"}},
		{"Ok", "rights client-role.right-unknown", []string{"Projects"}},
		{"Ok", "rights client-role.right-unknown", []string{"projects comment"}},
		{"Ok", "rights client-role.right-unknown", []string{""}},
	} {
		if got := refusedBy(just(w.AddRole(adam, RoleForm{Name: c.name, Rights: c.rights}))); got != c.want {
			t.Errorf("%q %q: %q", c.name, c.rights, got)
		}
		if c.name == "press  OFFICE" {
			continue // its own name
		}
		if got := refusedBy(w.EditRole(adam, w.id("Press office"), RoleForm{Name: c.name, Rights: c.rights, Version: 1})); got != c.want {
			t.Errorf("edit %q %q: %q", c.name, c.rights, got)
		}
	}
	for who, want := range map[string]error{"lea": ErrDenied, "mark": ErrDenied, "dora": ErrNotFound, "eleni": ErrNotFound, "nikos": ErrNotFound, "stan": ErrNotFound} {
		by := w.actor(who)
		by.Role = Owner // what a request says of itself counts for nothing
		_, listed := w.Roles(by)
		_, _, one := w.Role(by, w.id("Press office"))
		for what, err := range map[string]error{"list": listed, "read": one, "add": just(w.AddRole(by, RoleForm{Name: "Own"})),
			"edit": w.EditRole(by, w.id("Press office"), RoleForm{Name: "Own", Rights: RightNames, Version: 1}), "delete": w.DeleteRole(by, w.id("Press office"))} {
			if err != want {
				t.Errorf("%s may %s: %v", who, what, err)
			}
		}
	}
	for _, id := range []ID{NewID(), w.id("site"), w.id("eleni"), 0} {
		if err := w.EditRole(adam, id, RoleForm{Name: "x", Version: 1}); err != ErrNotFound {
			t.Error("a forged id:", err)
		}
		if err := w.DeleteRole(adam, id); err != ErrNotFound {
			t.Error("a forged id:", err)
		}
	}
	w.unchanged(before, "a refused role")

	// Two admins at once: the second is told what the first saved.
	w.must(w.EditRole(adam, w.id("Press office"), RoleForm{Name: "ΤΎΠΟΣ e\u0301\u202e", Rights: []string{"upload", "projects"}, Version: 1}))
	role, _ := w.storedRole("Press office")
	if role.Name != "ΤΎΠΟΣ é" || !slices.Equal(role.Rights, []string{"projects", "upload"}) || role.Version != 2 {
		t.Errorf("stored %+v", role)
	}
	var conflict *Conflict
	if err := w.EditRole(w.actor("olivia"), w.id("Press office"), RoleForm{Name: "Mine", Version: 1}); !errors.As(err, &conflict) ||
		conflict.Version != 2 || conflict.Theirs["name"] != "ΤΎΠΟΣ é" || conflict.Theirs["rights"] != "projects upload" {
		t.Errorf("%v %+v", err, conflict)
	}
	if got := refusedBy(just(w.AddRole(adam, RoleForm{Name: "τύπος É"}))); got != "name client-role.name-taken" {
		t.Error("the same name in another case:", got)
	}
}

func TestRoleInUseStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	w.role("Press", "projects", "comment")
	press := w.id("Press")
	w.must(w.SetClientRole(w.actor("lea"), w.id("site"), w.id("eleni"), press.String()))
	if _, holders := w.storedRole("Press"); len(holders) != 1 || holders[0].Name != "Eleni Client" || holders[0].CompanyName != "Acme" || !holders[0].Active {
		t.Error(holders)
	}
	if got := refusedBy(w.DeleteRole(adam, press)); got != "role client-role.held" {
		t.Error(got)
	}
	w.must(w.SetClientRole(w.actor("lea"), w.id("site"), w.id("eleni"), "client"))
	w.must(w.write(func(tx *Tx) error {
		_, err := tx.invite(invite{address: "new@acme.test", language: "en", company: w.id("Acme"), role: press, by: adam.ID})
		return err
	}))
	if got := refusedBy(w.DeleteRole(adam, press)); got != "role client-role.invited" {
		t.Error(got)
	}
	w.tick(InvitationLife)
	w.must(w.DeleteRole(adam, press))
	if got := w.rows("SELECT role_id IS NULL AND ended_at IS NOT NULL FROM invitation WHERE address = 'new@acme.test'"); len(got) != 1 || got[0] != "1" {
		t.Error("the invitation is", got)
	}
	if err := w.DeleteRole(adam, press); err != ErrNotFound {
		t.Error(err)
	}
}

// A leader gives and takes only roles that stay within the project.
func TestLeadersGiveNoFarRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.role("Treasurer", "projects", "billing")
	w.role("Host", "projects", "company")
	w.role("Planner", "projects", "budgets")
	lea, adam, site := w.actor("lea"), w.actor("adam"), w.id("site")
	before := w.digest()
	for _, role := range []string{"client-admin", "client-finance", w.id("Treasurer").String(), w.id("Host").String()} {
		if got := refusedBy(w.SetClientRole(lea, site, w.id("eleni"), role)); got != "role client-role.admins-only" {
			t.Errorf("lea gives %s: %q", role, got)
		}
	}
	for _, who := range []string{"nikos", "finn", "fake", "ingo"} { // nobody takes it away either
		if got := refusedBy(w.SetClientRole(lea, site, w.id(who), "client")); got != "role client-role.admins-only" {
			t.Errorf("lea takes the role of %s: %q", who, got)
		}
	}
	forged := lea
	forged.Role = Owner
	if got := refusedBy(w.SetClientRole(forged, site, w.id("eleni"), "client-admin")); got != "role client-role.admins-only" {
		t.Error("a request that calls itself an owner's: ", got)
	}
	for _, role := range []string{"", "Client", "owner", "client ", NewID().String(), w.id("site").String()} {
		if got := refusedBy(w.SetClientRole(adam, site, w.id("eleni"), role)); got != "role role.unknown" {
			t.Errorf("%q: %q", role, got)
		}
	}
	w.unchanged(before, "a refused role")
	w.must(w.SetClientRole(lea, site, w.id("eleni"), w.id("Planner").String()))
	w.must(w.SetClientRole(adam, site, w.id("eleni"), w.id("Treasurer").String()))
	var offers []string
	for _, who := range []string{"lea", "adam", "mark"} {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
			roles, err := v.GivableRoles(site)
			for _, role := range roles {
				offers = append(offers, who+" "+role.Name)
			}
			return err
		}))
	}
	want := "lea Client, lea Client Viewer, lea Client Manager, lea Planner, adam Client, adam Client Admin, adam Client Finance, adam Client Viewer, adam Client Manager, adam Host, adam Planner, adam Treasurer"
	if got := strings.Join(offers, ", "); got != want {
		t.Error(got)
	}
}

// A role that changes, changes for everybody who has it, in every project.
func TestRoleChangesActAtOnce(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	w.role("Press", "projects", "comment", "upload")
	for _, who := range []string{"eleni", "vic"} {
		w.must(w.SetClientRole(adam, w.id("site"), w.id(who), w.id("Press").String()))
	}
	version := int64(1)
	edit := func(rights ...string) {
		w.must(w.EditRole(adam, w.id("Press"), RoleForm{Name: "Press", Rights: rights, Version: version}))
		version++
	}
	_, authority, err := w.Versions(nil)
	w.must(err)
	site, brand := w.versions("site"), w.versions("brand")
	beta := w.versions("beta")
	edit("projects", "upload") // they may not write any more: what others read stays
	if now := w.versions("site"); now[0] != site[0]+1 || now[1] != site[1] {
		t.Errorf("site went from %v to %v", site, now)
	}
	if w.versions("brand")[0] != brand[0]+1 || w.versions("beta") != beta {
		t.Error("the wrong projects were told")
	}
	if _, now, err := w.Versions(nil); err != nil || now != authority+1 {
		t.Error("open pages are not asked again", now, authority, err)
	}
	for _, who := range []string{"eleni", "vic"} {
		if _, err := w.AddReply(w.actor(who), w.id("home"), "words"); err != ErrNotFound {
			t.Error(who, "still writes:", err)
		}
	}
	site = w.versions("site")
	edit("upload") // they see no project any more: their colleagues read two people less
	if now := w.versions("site"); now[1] != site[1]+1 {
		t.Errorf("site went from %v to %v", site, now)
	}
	standings, err := w.Standings([]ID{w.id("eleni"), w.id("vic"), w.id("manu")})
	w.must(err)
	for seat := range standings {
		if seat.Project != 0 && seat.Viewer != w.id("manu") {
			t.Error(w.name(seat.Viewer), "still has a seat at", w.name(seat.Project))
		}
	}
	edit("projects", "comment")
	w.say("vic", "home", "vic is back")
	if got := w.rows("SELECT kind || ' ' || detail FROM audit WHERE kind LIKE 'role.%' ORDER BY id DESC LIMIT 1"); got[0] != "role.changed Press: projects comment" {
		t.Error(got)
	}
}
