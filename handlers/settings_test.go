package handlers

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// Two admins with the same role open: the second reads both and loses nothing.
func TestTwoAdminsEditOneRole(t *testing.T) {
	w := newWorld(t)
	path := "/settings/roles/" + w.parts["role"].String()
	owner := w.as("owner")
	if first := owner.post(path, "name", "Press", "right", "projects", "right", "comment", "version", "1"); first.status != http.StatusSeeOther {
		t.Fatal(first.status)
	}
	second := owner.post(path, "name", "Newsroom", "right", "projects", "right", "billing", "version", "1")
	if second.status != http.StatusConflict {
		t.Fatal(second.status)
	}
	for _, text := range []string{"Somebody else saved this", "Press</div>", "Newsroom</div>", "projects, replies</div>", "projects, billing</div>", `value="Newsroom"`, `name="version" value="2"`, `value="billing" checked`} {
		if !strings.Contains(second.body, text) {
			t.Errorf("the page does not hold %q", text)
		}
	}
	if again := owner.post(path, "name", "Newsroom", "right", "projects", "version", "2"); again.status != http.StatusSeeOther {
		t.Error(again.status)
	}
}

func TestRolePages(t *testing.T) {
	w := newWorld(t)
	owner, roles := w.as("owner"), "/settings/roles"
	for what, form := range map[string][]string{
		"This is too long":      {"name", strings.Repeat("ρ", 1000), "right", "projects"},
		"Give a name":           {"name", "\u202e", "right", "projects"},
		"called Client":         {"name", "cLiEnT", "right", "projects"},
		"rights does not exist": {"name", "Kept name", "right", "owner"},
	} {
		refused := owner.post(roles, form...)
		if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, what) || !strings.Contains(refused.body, "aria-invalid") {
			t.Errorf("%q answers %d", form, refused.status)
		}
	}
	made := owner.post(roles, "name", "Φωτο\u0301γραφοι", "right", "projects", "right", "upload")
	page := owner.get(made.header.Get("Location"))
	if made.status != http.StatusSeeOther || !strings.Contains(page.body, "<h1>Φωτόγραφοι</h1>") || !strings.Contains(page.body, "Nobody has this role yet") {
		t.Fatal(made.status, page.body)
	}
	path, _, _ := strings.Cut(made.header.Get("Location"), "?")
	id := strings.TrimPrefix(path, roles+"/")
	member := "/projects/" + w.project.String() + "/members/" + w.people["eleni"].ID.String()
	if given := w.as("leader").post(member+"/role", "role", id); given.status != http.StatusSeeOther {
		t.Error("a leader cannot give it: ", given.status)
	}
	if roster := w.as("leader").get("/projects/" + w.project.String() + "/members"); !strings.Contains(roster.body, "<td role=\"cell\">Φωτόγραφοι</td>") {
		t.Error("the roster does not name it")
	}
	for _, refused := range []answer{owner.post(path + "/delete"), owner.get(path)} {
		if !strings.Contains(refused.body, "1 person has this role. Give another one first") {
			t.Error("it does not say who has it: ", refused.status)
		}
	}
	for _, far := range []string{"client-admin", "client-finance"} {
		if refused := w.as("leader").post(member+"/role", "role", far); refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "Only an admin gives it") {
			t.Errorf("a leader gives %s: %d", far, refused.status)
		}
	}
	for _, fixed := range []string{"1", "2"} {
		if refused := owner.post(roles+"/"+db.ID(fixed[0]-'0').String(), "name", "Mine", "right", "projects", "version", "1"); refused.status != http.StatusUnprocessableEntity {
			t.Error("a fixed role changed: ", refused.status)
		}
	}
	if copied := owner.get(roles + "?from=" + db.ID(5).String()); !strings.Contains(copied.body, `value="Client manager, copy"`) || !strings.Contains(copied.body, `value="budgets" checked`) {
		t.Error("the copy is not filled in")
	}
}

// A feature that is off for a client is nowhere for that client: no menu, no page,
// and what they read is byte for byte what it is where it never was on.
func TestFeatureOffLeavesNoTrace(t *testing.T) {
	w := newWorld(t)
	owner, eleni := w.as("owner"), w.as("eleni")
	menu := func(s *someone) bool { return strings.Contains(s.get("/portal").body, `href="/portal/help"`) }
	company := "/companies/" + w.parts["company"].String() + "/features"
	if !menu(eleni) {
		t.Fatal("no help at all")
	}
	if off := owner.post(company, "name", "help", "state", "off"); off.status != http.StatusSeeOther {
		t.Fatal(off.status)
	}
	if menu(eleni) || !menu(w.as("outsider")) || !menu(w.as("stranger")) || menu(w.as("leader").through("eleni")) {
		t.Error("the switch of a company does not act where it should")
	}
	pages := func() (text string) {
		for _, path := range []string{"/portal", "/portal/projects", "/portal/account", "/portal/nothing", "/nothing"} {
			text += eleni.get(path).body
		}
		return text
	}
	here := pages()
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForCompany, w.parts["company"], "help", "inherit"))
	if !menu(eleni) {
		t.Error("as for everybody is not on again")
	}
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "help", "off"))
	if menu(w.as("outsider")) || menu(w.as("stranger")) {
		t.Error("off for all is on for some")
	}
	strip := func(text string) string { // the settings have another version
		return regexp.MustCompile(`brand\.css\?v=\d+`).ReplaceAllString(versionValue.ReplaceAllString(text, ""), "")
	}
	if strip(pages()) != strip(here) {
		t.Error("off for the company and off for all do not read alike\n", difference(strip(pages()), strip(here)))
	}
}

// The guard of a feature's routes answers what a missing page answers.
func TestFeatureGuard(t *testing.T) {
	w := newWorld(t)
	g := guards{App: w.server.web}
	for name, want := range map[string]error{"help": nil, "registration": db.ErrNotFound, "": db.ErrNotFound, "unknown": db.ErrNotFound} {
		app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error {
			if !errors.Is(err, want) {
				t.Errorf("%q: %v", name, err)
			}
			return c.SendStatus(web.StatusOf(err))
		}})
		app.Get("/", func(c *fiber.Ctx) error { g.LearnFeatures(c, w.people["eleni"].ID); return c.Next() }, g.feature(name),
			func(c *fiber.Ctx) error { return c.SendString("in") })
		request, err := http.NewRequest(http.MethodGet, "http://localhost/", nil)
		w.ok(err)
		response, err := app.Test(request)
		w.ok(err)
		if (response.StatusCode == http.StatusOK) != (want == nil) {
			t.Errorf("%q: %d", name, response.StatusCode)
		}
	}
}

// Every page that is open follows when the workspace gets another name.
func TestWorkspaceSettings(t *testing.T) {
	w := newWorld(t)
	owner := w.as("owner")
	form := func(pairs ...string) []string {
		return append(pairs, "address", "", "language", "en", "time_zone", "Europe/Athens", "version", w.settingsVersion())
	}
	for _, color := range []string{"", "red", "#12345", "#1234567", "#12345g", "#000;}*{}", "url(x)"} {
		if refused := owner.post("/settings/workspace", form("name", "Kept", "brand", color)...); refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, `value="Kept"`) {
			t.Errorf("the colour %q answers %d", color, refused.status)
		}
	}
	page := w.as("eleni").watch("/portal/projects/" + w.project.String())
	if taken := owner.post("/settings/workspace", form("name", "Other Studio", "brand", "#AA3355")...); taken.status != http.StatusSeeOther {
		t.Fatal(taken.status)
	}
	if len(frames(page, time.Second)) == 0 {
		t.Error("an open page is not told")
	}
	if brand := w.as("").get("/brand.css").body; !strings.Contains(brand, "#AA3355") {
		t.Error(brand)
	}
	late := owner.post("/settings/workspace", "name", "Late", "address", "", "brand", "#AA3355", "language", "en", "time_zone", "UTC", "version", "1")
	if late.status != http.StatusConflict || !strings.Contains(late.body, "Other Studio</div>") || !strings.Contains(late.body, `value="Late"`) {
		t.Error("a late form: ", late.status)
	}
	if refused := owner.post("/settings/security", "passkey", "1"); refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "lock yourself out") {
		t.Error("somebody without a passkey asks for one: ", refused.status)
	}
	for _, value := range []string{"", "2", "on"} {
		if refused := owner.post("/settings/security", "passkey", value); refused.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", value, refused.status)
		}
	}
}
