package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// secondCompany makes eleni a contact of another company with a project of its own.
func (w *world) secondCompany() (company, project db.ID) {
	w.t.Helper()
	project, err := w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "Harbour signs", Company: "Zeta Works"}, [3]string{"A", "B", "C"})
	w.ok(err)
	w.join(project, "eleni", "client")
	w.task("sign", project, "Paint the signs", "doing", "shown")
	w.ok(w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		list, err := g.Companies()
		for _, one := range list {
			if one.Name == "Zeta Works" {
				company = one.ID
			}
		}
		return err
	}))
	return company, project
}

// A contact of two companies looks at one of them, and switches.
func TestCompaniesAreSwitched(t *testing.T) {
	w := newWorld(t)
	if page := w.as("eleni").get("/portal"); strings.Contains(page.body, `id="companies"`) {
		t.Error("with one company there is a switch")
	}
	zeta, harbour := w.secondCompany()
	eleni := w.as("eleni")
	shows := func(what, path, ours, theirs string) {
		t.Helper()
		page := eleni.get(path)
		_, main, _ := strings.Cut(page.body, `<main`)
		if page.status != http.StatusOK || !strings.Contains(main, ours) || strings.Contains(main, theirs) || !strings.Contains(page.body, `id="companies"`) {
			t.Errorf("%s: %s answers %d and mixes companies up:\n%s", what, path, page.status, main)
		}
	}
	const redesign, signs = "Website Redesign", "Harbour signs"
	shows("at first", "/portal", redesign, signs)
	shows("at first", "/portal/projects", redesign, signs)
	before := w.store.Generation()
	if moved := eleni.get("/portal?company=" + zeta.String()); moved.status != http.StatusSeeOther || moved.header.Get("Location") != "/portal" || eleni.cookies["company"] != zeta.String() {
		t.Fatalf("switching answers %d %v", moved.status, moved.header)
	}
	shows("after the switch", "/portal", signs, redesign)
	shows("after the switch", "/portal/projects", "Harbour signs", redesign)
	for _, foreign := range []string{w.parts["foreign company"].String(), db.NewID().String(), "x"} {
		if refused := eleni.get("/portal?company=" + foreign); refused.status != http.StatusNotFound || eleni.cookies["company"] != zeta.String() {
			t.Errorf("company %s: %d, cookie %s", foreign, refused.status, eleni.cookies["company"])
		}
		eleni.cookies["company"] = foreign
		shows("with a forged cookie", "/portal", redesign, signs)
		eleni.cookies["company"] = zeta.String()
	}
	for range 2 { // the second time from the kept page
		eleni.get("/portal?company=" + w.parts["company"].String())
		eleni.get("/portal/projects/" + harbour.String())
		shows("after a deep link", "/portal", signs, redesign)
		eleni.get("/portal/tasks/" + w.tasks["gallery"].String())
		shows("after a link to a task", "/portal", redesign, signs)
	}
	if w.store.Generation() != before {
		t.Error("switching wrote something")
	}
	owner := w.as("owner").through("eleni")
	before = w.store.Generation()
	owner.get("/portal?company=" + zeta.String())
	if page := owner.get("/portal"); !strings.Contains(page.body, signs) || strings.Contains(page.body, redesign) || w.store.Generation() != before {
		t.Error("a look through a client does not switch, or writes")
	}
}

// The home of a company is the same for everybody who sees the same of it, and is
// pushed what belongs to it.
func TestHomesOfCompaniesLive(t *testing.T) {
	w := newWorld(t)
	w.join(w.project, "boss", "client")
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["boss"].ID, "client")) // who sees bills sees another home
	w.behind("DELETE FROM decider")                                                         // who is asked something sees another home
	zeta, harbour := w.secondCompany()
	eleni, boss := w.as("eleni"), w.as("boss")
	first, second := eleni.get("/portal"), boss.get("/portal")
	a, b := versionValue.FindStringSubmatch(first.body), versionValue.FindStringSubmatch(second.body)
	if a == nil || b == nil || a[1] != b[1] {
		t.Errorf("two members of an audience have the versions %v and %v", a, b)
	}
	ours := eleni.watch("/portal")
	eleni.get("/portal?company=" + zeta.String())
	theirs := eleni.watch("/portal")
	_, err := w.store.MoveTask(w.actor("owner"), w.tasks["sign"], db.Done, 0)
	w.ok(err)
	if came := strings.Join(frames(theirs, 1500*time.Millisecond), ""); !strings.Contains(came, "Harbour signs") || strings.Contains(came, "Website Redesign") {
		t.Errorf("the company's home got %q", came)
	}
	if came := frames(ours, 200*time.Millisecond); len(came) != 0 {
		t.Errorf("the other company's home got %q", came)
	}
	again := eleni.watch("/portal")
	w.ok(w.store.RemoveMember(w.actor("owner"), harbour, w.people["eleni"].ID))
	if came := strings.Join(frames(again, 1500*time.Millisecond), ""); !strings.Contains(came, "has not connected you") || strings.Contains(came, "Harbour signs") {
		t.Errorf("after the last project the home got %q", came)
	}
}

// Somebody who is connected to nothing reads what will be here, and who brings it.
func TestEmptyHomeIsHonest(t *testing.T) {
	w := newWorld(t)
	for name, tell := range map[string]bool{"stranger": true, "former": false} {
		page := w.as(name).get("/portal").body
		if !strings.Contains(page, "has not connected you to a project yet") || strings.Contains(page, "tell Vitrine which address") != tell {
			t.Errorf("%s reads\n%s", name, page)
		}
	}
	if page := w.as("eleni").get("/portal").body; strings.Contains(page, "has not connected you") {
		t.Error("somebody with a project is told of none")
	}
}
