package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

func TestPeopleList(t *testing.T) {
	w := newWorld(t)
	page := w.get("owner", "/people").is(http.StatusOK)
	if n := len(find(page.page, "tr", "role", "row")); n != 6 {
		t.Errorf("%d rows for five of the team and a head", n)
	}
	if row := textOf(page.id("person-" + w.people["owner"].ID.String())); !strings.Contains(row, "Owner") || !strings.Contains(row, "(you)") {
		t.Error(row)
	}
	for query, want := range map[string]int{"?q=KATERÍNA": 1, "?q=ormos.example": 5, "?q=nobody": 0, "?side=client": 3, "?side=client&q=ceramics": 3, "?side=client&q=δημ": 0, "?sort=role": 5, "?sort=-last": 5, "?page=2": 5, "?q=owner": 1} {
		if n := strings.Count(w.get("owner", "/people"+query).is(http.StatusOK).body, `<tr role="row" id="person-`); n != want {
			t.Errorf("%s: %d rows", query, n)
		}
	}
	if text := w.get("owner", "/people?q=%ff%fe"+strings.Repeat("x", 1000)).is(http.StatusOK).text(); !strings.Contains(text, "Nothing") {
		t.Error(text)
	}
	for _, name := range []string{"leader", "eleni"} {
		if status := w.get(name, "/people").status; status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("%s reads everybody's names: %d", name, status)
		}
	}
}

func TestPeoplePages(t *testing.T) {
	w := newWorld(t)
	for i := range 120 {
		_, err := w.store.AddPerson(db.NewPerson{Email: "client" + itoa(i) + "@big.example", Name: "Client " + itoa(1000+i), Side: db.Client})
		w.ok(err)
	}
	seen, address := 0, "/people?side=client"
	for range 6 {
		page := w.get("owner", address).is(http.StatusOK)
		seen += strings.Count(page.body, `<tr role="row" id="person-`)
		address = ""
		for _, link := range find(page.page, "a", "class", "btn") {
			if strings.Contains(attr(link, "href"), "page=") && attr(link, "rel") == "next" {
				address = attr(link, "href")
			}
		}
		if address == "" {
			break
		}
	}
	if seen != 123 {
		t.Errorf("%d of 123 people on five pages", seen)
	}
}

func TestAddPerson(t *testing.T) {
	w := newWorld(t)
	added := w.post("owner", "/people", "email", "New@Ormos.example", "name", "Νέα Φωνή", "role", "admin", "title", "Writer", "language", "el").is(http.StatusSeeOther)
	page := w.get("owner", added.header.Get("Location")).is(http.StatusOK)
	if text := page.text(); !strings.Contains(text, "Νέα Φωνή") || !strings.Contains(text, "Added to the team.") || !strings.Contains(text, "Ourania Orfanou added Νέα Φωνή") {
		t.Error(text)
	}
	for field, form := range map[string][]string{"email": {"email", "maria@ormos.example", "role", "member"}, "name": {"email", "x@y.example", "name", strings.Repeat("x", 1000), "role", "member"}} {
		page := w.post("owner", "/people", append(form, "title", "Kept")...).is(http.StatusUnprocessableEntity)
		if value(page.id("add"), "title") != "Kept" || !page.has(field+"-error") {
			t.Errorf("%s: the form has lost something", field)
		}
	}
	w.post("owner", "/people", "email", "x@y.example", "role", "god").is(http.StatusUnprocessableEntity)
	w.post("leader", "/people", "email", "x@y.example", "role", "member").is(http.StatusForbidden)
}

func TestPersonPage(t *testing.T) {
	w := newWorld(t)
	at := func(name string) string { return "/people/" + w.people[name].ID.String() }
	page := w.get("owner", at("maria")).is(http.StatusOK)
	if !page.has("name") || len(find(page.form(at("maria")), "input", "name", "role")) != 3 {
		t.Error("the form about Maria is not whole")
	}
	w.post("owner", at("maria"), "name", "Maria L.", "role", "admin", "title", "Chief", "version", "1").leads(at("maria") + "?said=saved")
	conflict := w.post("owner", at("maria"), "name", "Other", "role", "member", "title", "Other", "version", "1").is(http.StatusConflict)
	if text := conflict.text(); value(conflict.form(at("maria")), "title") != "Other" || !strings.Contains(text, "Chief") || !strings.Contains(text, "Somebody else saved this") {
		t.Error("the page does not show both texts: ", text)
	}
	w.people["maria"] = db.Person{ID: w.people["maria"].ID, Email: w.people["maria"].Email, Side: db.Team, Role: db.Admin, Active: true}
	// An admin sees an owner, and cannot change one.
	boss := w.get("maria", at("owner")).is(http.StatusOK)
	if len(find(boss.page, "form", "action", at("owner"))) != 0 || len(find(boss.page, "form", "action", at("owner")+"/active")) != 0 {
		t.Error("an admin is offered what owners decide")
	}
	for _, path := range []string{at("owner"), at("owner") + "/active", at("owner") + "/sessions/end"} {
		w.post("maria", path, "name", "N", "role", "member", "version", "1", "active", "0").is(http.StatusForbidden)
	}
	w.post("maria", at("leader"), "name", "N", "role", "owner", "version", "1").is(http.StatusForbidden)
	// Nobody decides about themselves.
	self := w.get("owner", at("owner")).is(http.StatusOK)
	if len(find(self.page, "input", "name", "role")) != 0 || len(find(self.page, "form", "action", at("owner")+"/active")) != 0 {
		t.Error("somebody is offered to change their own role or access")
	}
	out := w.post("owner", at("owner")+"/active", "active", "0").is(http.StatusUnprocessableEntity)
	if !strings.Contains(out.text(), "Nobody deactivates themselves") {
		t.Error(out.text())
	}
	w.post("owner", at("owner"), "name", "N", "role", "member", "version", "1").is(http.StatusUnprocessableEntity)
	// Out, and in again.
	w.post("owner", at("leader")+"/active", "active", "0").leads(at("leader") + "?said=person-out")
	if text := w.get("owner", at("leader")).text(); !strings.Contains(text, "Let in again") || !strings.Contains(text, "Ourania Orfanou deactivated Katerina Doukas") {
		t.Error(text)
	}
	w.post("owner", at("leader")+"/active", "active", "1").leads(at("leader") + "?said=person-in")
	w.post("owner", at("leader")+"/sessions/end").leads(at("leader") + "?said=person-signed-out")
	w.get("owner", "/people/"+db.NewID().String()).is(http.StatusNotFound)
}

func TestConnectPerson(t *testing.T) {
	w := newWorld(t)
	stranger, err := w.store.AddPerson(db.NewPerson{Email: "stella@nowhere.example", Name: "Stella", Side: db.Client})
	w.ok(err)
	at := "/people/" + stranger.ID.String()
	if text := w.get("owner", "/people?side=client").text(); !strings.Contains(text, "Not connected yet 1") {
		t.Error(text)
	}
	page := w.get("owner", at).is(http.StatusOK)
	options := find(page.form(at+"/connect"), "option", "value", "*")
	company, role, project := "", "", ""
	for _, option := range options {
		switch textOf(option) {
		case "Papadopoulos Ceramics":
			company = attr(option, "value")
		case "Client viewer":
			role = attr(option, "value")
		case "Papadopoulos Ceramics: Website Redesign":
			project = attr(option, "value")
		}
	}
	refused := w.post("owner", at+"/connect", "company", company, "role", role, "project", w.other.String()).is(http.StatusUnprocessableEntity)
	if !refused.has("project-error") {
		t.Error("it does not say what is wrong")
	}
	w.post("owner", at+"/connect", "company", company, "role", role, "project", project).leads(at + "?said=connected")
	if text := w.get("owner", at).text(); !strings.Contains(text, "Papadopoulos Ceramics") || !strings.Contains(text, "Website Redesign") || !strings.Contains(text, "Ourania Orfanou added Stella as a contact") {
		t.Error(text)
	}
}
