package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

func TestRoster(t *testing.T) {
	w := newWorld(t)
	path := "/projects/" + w.project.String() + "/members"
	page := w.get("leader", path).is(http.StatusOK)
	for name, want := range map[string][2]string{"leader": {"Leader", "full"}, "maria": {"Member", "full"}, "eleni": {"Client", "project view replies, decisions, requests, files"},
		"viewer": {"Client viewer", "looks only"}, "finance": {"Client finance", "billing only"}} {
		cells := find(page.id("person-"+w.people[name].ID.String()), "td", "role", "cell")
		if textOf(cells[0]) != want[0] || textOf(cells[1]) != want[1] {
			t.Errorf("%s is %q with %q", name, textOf(cells[0]), textOf(cells[1]))
		}
		looks := len(find(page.id("person-"+w.people[name].ID.String()), "form", "action", "/preview/start"))
		if (looks == 1) != (name == "eleni" || name == "viewer") {
			t.Errorf("%s can be looked through: %d", name, looks)
		}
	}
	if member := w.get("maria", path).is(http.StatusOK); len(find(member.page, "form", "action", path)) != 0 || member.has("menu-"+w.people["eleni"].ID.String()) {
		t.Error("a member is offered what leaders do")
	}
	if text := w.get("member", path).text(); !strings.Contains(text, "Πελάτης, οικονομικά") || !strings.Contains(text, "μόνο τιμολόγια") {
		t.Error("the roster does not speak Greek:", text)
	}
}

func TestAddMember(t *testing.T) {
	w := newWorld(t)
	path := "/projects/" + w.project.String() + "/members"
	added := w.post("leader", path, "email", "Stavros@Papadopoulos.example", "name", "Stavros Papadopoulos", "role", "client").is(http.StatusSeeOther)
	if page := w.get("leader", added.header.Get("Location")).text(); !strings.Contains(page, "Stavros Papadopoulos is on the project.") {
		t.Error("the page does not say who was added")
	}
	for field, form := range map[string][]string{"email": {"email", "nobody", "role", "client"}, "role": {"email", "a@b.example", "role", "boss"}} {
		page := w.post("leader", path, append(form, "name", "Kept")...).is(http.StatusUnprocessableEntity)
		if value(page.form(path), "name") != "Kept" || (field == "email") != page.has("email-error") {
			t.Errorf("%s: the form has lost something", field)
		}
	}
	wrong := w.post("leader", path, "email", w.people["maria"].Email, "role", "client").is(http.StatusUnprocessableEntity)
	if !strings.Contains(textOf(wrong.id("email-error")), "Maria Lenti works for the team") {
		t.Error("it does not say why")
	}
	w.post("maria", path, "email", "x@y.example", "role", "leader").is(http.StatusForbidden)
}

func TestRoles(t *testing.T) {
	w := newWorld(t)
	path := "/projects/" + w.project.String() + "/members"
	of := func(name string) string { return path + "/" + w.people[name].ID.String() }
	for _, refused := range []answer{w.post("leader", of("leader")+"/role", "role", "member"), w.post("leader", of("leader")+"/remove")} {
		if refused.is(http.StatusUnprocessableEntity); !strings.Contains(textOf(find(refused.page, "p", "role", "alert")[0]), "A project needs a leader") {
			t.Error("the page does not say why the last leader stays")
		}
	}
	w.post("leader", of("maria")+"/role", "role", "leader").leads(path)
	w.post("leader", of("leader")+"/role", "role", "member").leads(path)
	w.post("leader", of("maria")+"/role", "role", "member").is(http.StatusForbidden)
	w.post("maria", of("eleni")+"/role", "role", "client-viewer").leads(path)
	w.post("maria", of("eleni")+"/role", "role", "leader").is(http.StatusUnprocessableEntity)
	w.post("maria", of("leader")+"/role", "role", "client-admin").is(http.StatusUnprocessableEntity)
	w.post("maria", of("elsewhere")+"/role", "role", "member").is(http.StatusNotFound)
	roles := map[string]string{}
	w.look("maria", func(v *db.Viewer) error {
		roster, err := v.Roster(w.project)
		for _, line := range roster {
			roles[line.Name] = line.MemberRole + line.ClientRole
		}
		return err
	})
	if roles["Maria Lenti"] != "leader" || roles["Katerina Doukas"] != "member" || roles["Eleni Papadopoulou"] != "clientClient Viewer" {
		t.Error(roles)
	}
	w.post("maria", of("eleni")+"/remove").leads(path)
	w.post("maria", of("leader")+"/role", "role", "leader").leads(path)
	w.post("maria", of("maria")+"/remove").leads("/projects")
	if err := w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error { _, err := g.Project(w.project); return err }); err == nil {
		t.Error("who was taken off still sees the project")
	}
}
