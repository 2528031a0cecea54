package handlers

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// The page of colleagues: people and invitations of one's own company, for those
// with the right.
func TestColleagues(t *testing.T) {
	w := newWorld(t)
	boss := w.as("boss")
	page := boss.get("/portal/company").body
	for _, wanted := range []string{"Eleni Papadopoulou", "Dimitra Kosta", "Fanis Fanou", "cnry-invited-by-boss@mail.example", `href="/portal/company" aria-current="page"`} {
		if !strings.Contains(page, wanted) {
			t.Errorf("the page lacks %s", wanted)
		}
	}
	for _, hidden := range []string{"Olga", "rival", "papadopoulos.example", "katerina", "invited-by-outsider"} {
		if strings.Contains(page, hidden) {
			t.Errorf("the page shows %s", hidden)
		}
	}
	if menu := w.as("eleni").get("/portal").body; strings.Contains(menu, "/portal/company") {
		t.Error("without the right the menu leads to it")
	}
	company := w.parts["company"].String()
	invite := func(address, role string, more ...string) answer {
		return boss.post("/portal/company/invite", append([]string{"company", company, "email", address, "role", role}, more...)...)
	}
	sent := invite("new@mail.example", roleViewer.String(), "name", "New Person")
	if sent.status != http.StatusSeeOther {
		t.Fatalf("inviting: %d %s", sent.status, sent.body)
	}
	if page := boss.get(sent.header.Get("Location")); !strings.Contains(page.body, "An invitation is on its way to new@mail.example.") || !strings.Contains(page.body, "New Person") {
		t.Errorf("afterwards:\n%s", page.body)
	}
	refused := invite("fanis@papadopoulos.example", roleViewer.String())
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "somebody who is here already") || !strings.Contains(refused.body, `value="fanis@papadopoulos.example"`) {
		t.Errorf("a colleague: %d\n%s", refused.status, refused.body)
	}
	if none := invite("x@mail.example", db.NewID().String()); none.status != http.StatusUnprocessableEntity || !strings.Contains(none.body, "more than your own role allows") {
		t.Errorf("an unknown role: %d", none.status)
	}
	for _, project := range []string{w.other.String(), w.project.String(), db.NewID().String(), "x"} { // boss is on none
		if none := invite("x@mail.example", roleViewer.String(), "project", project); none.status != http.StatusNotFound {
			t.Errorf("a project not theirs: %d", none.status)
		}
	}
	id := sent.header.Get("Location")[strings.LastIndex(sent.header.Get("Location"), "=")+1:]
	if other := w.as("outsider").post("/portal/company/invitations/" + id + "/end"); other.status != http.StatusNotFound {
		t.Errorf("somebody of another company ends it: %d", other.status)
	}
	if ended := boss.post("/portal/company/invitations/" + id + "/end"); ended.status != http.StatusSeeOther || strings.Contains(boss.get("/portal/company").body, "new@mail.example") {
		t.Errorf("ending: %d", ended.status)
	}
}

// The answer tells nothing of who has an address.
func TestInvitingSaysTheSameOfEverybody(t *testing.T) {
	w := newWorld(t)
	boss := w.as("boss")
	var seen []string
	for _, address := range []string{"nobody-at-all@mail.example", w.people["leader"].Email, w.people["outsider"].Email, w.people["stranger"].Email} {
		sent := boss.post("/portal/company/invite", "company", w.parts["company"].String(), "email", address, "role", roleViewer.String())
		target := sent.header.Get("Location")
		page := boss.get(target)
		id := target[strings.LastIndex(target, "=")+1:]
		text := strings.NewReplacer(address, "ADDRESS", id, "ID").Replace(http.StatusText(sent.status) + target + page.body)
		seen = append(seen, text)
		boss.post("/portal/company/invitations/" + id + "/end")
	}
	for i, text := range seen {
		if text != seen[0] {
			t.Errorf("answer %d is another one:\n%s\n%s", i, text, seen[0])
		}
	}
}
