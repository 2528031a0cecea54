package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vitrine/db"
)

// planned gives the world's visible tasks dates, one of them a moved one.
func (w *world) planned() (portal, team string) {
	for name, form := range map[string]db.DatesForm{"gallery": {StartsOn: "2026-11-02", DueOn: "2026-11-30", Version: 2}, "shipping": {StartsOn: "2026-12-01", DueOn: "2026-12-09", Version: 1}, "private": {StartsOn: "2026-11-05", DueOn: "2026-11-20", Version: 2}} {
		_, err := w.store.SetTaskDates(w.actor("leader"), w.tasks[name], form)
		w.ok(err)
	}
	_, err := w.store.SetMilestoneDates(w.actor("leader"), w.parts[":milestone"], db.DatesForm{StartsOn: "2026-04-01", DueOn: "2026-12-11", Version: 1})
	w.ok(err)
	return "/portal/projects/" + w.project.String() + "/timeline", "/projects/" + w.project.String() + "/timeline"
}

// part is what stands between two words, both left out.
func part(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

func TestTimelinePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	portal, team := w.planned()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	w.store.SetClock(func() time.Time { return now })
	eleni, leader := w.as("eleni"), w.as("leader")

	page := eleni.get(portal).body
	for _, want := range []string{"Shop ready", "Product page gallery", `class="before"`, "<table", "Stood before on", "<time datetime=\"2026-12-01\">"} {
		if !strings.Contains(page, want) {
			t.Errorf("the client's timeline does not say %s", want)
		}
	}
	for _, hidden := range []string{"data-form", "data-days", "2026-11-20", `class="need"`, "/dates", "/static/plan."} {
		if strings.Contains(page, hidden) {
			t.Errorf("the client's timeline has %s", hidden)
		}
	}
	inside := leader.get(team).body
	for _, want := range []string{"CNRY-private-title", "CNRY-internal-title", "data-form", "2026-11-20", "/static/plan."} {
		if !strings.Contains(inside, want) {
			t.Errorf("the team's timeline does not say %s", want)
		}
	}

	// What is seen waits for what is not: for the client it does not wait.
	before := part(eleni.get(portal).body, `id="region-plan"`, "</section>")
	need := func(task, needs, mistake string) {
		t.Helper()
		form := leader.get("/tasks/" + w.tasks[task].String() + "/edit").body
		answer := leader.post("/tasks/"+w.tasks[task].String()+"/edit", "title", part(part(form, `name="title"`, ">"), `value="`, `"`), "priority", "normal", "client_title", part(part(form, `name="client_title"`, ">"), `value="`, `"`),
			"starts_on", part(part(form, `name="starts_on"`, ">"), `value="`, `"`), "due_on", part(part(form, `name="due_on"`, ">"), `value="`, `"`), "version", part(part(form, `name="version"`, ">"), `value="`, `"`), "need", needs)
		if mistake == "" && answer.status != 303 || mistake != "" && (answer.status != 422 || !strings.Contains(answer.body, mistake)) {
			t.Errorf("%s waits for %s: %d %s", task, needs, answer.status, part(answer.body, `class="error"`, "</p>"))
		}
	}
	need("shipping", w.base+"/tasks/"+w.tasks["private"].String(), "")
	if after := part(eleni.get(portal).body, `id="region-plan"`, "</section>"); after != before {
		t.Error("a private task that is waited for changes the client's timeline")
	}
	if !strings.Contains(leader.get(team).body, `class="need`) {
		t.Error("the team's timeline has no link")
	}
	need("private", w.base+"/tasks/"+w.tasks["shipping"].String(), "waits for this task already")
	need("shipping", w.base+"/tasks/"+w.tasks["foreign"].String(), "No open task of this project")
	need("shipping", w.base+"/tasks/"+w.tasks["gallery"].String(), "")
	if page := eleni.get(portal).body; !strings.Contains(page, `class="need"`) || !strings.Contains(page, "Starts after") {
		t.Error("the client does not see what waits for what they see")
	}
	for who, path := range map[*someone]string{eleni: "/portal/tasks/", leader: "/tasks/"} {
		if page := who.get(path + w.tasks["shipping"].String()).body; !strings.Contains(page, `<dt>Starts after</dt><dd><a href="`+path+w.tasks["gallery"].String()) {
			t.Error("the task's page does not say what it waits for:", path)
		}
	}

	// Zoom, and what is no zoom.
	month, quarter := eleni.get(portal+"?zoom=month").body, eleni.get(portal+"?zoom=quarter&amp;day=2026-05-05").body
	if !strings.Contains(month, "1 to 30 Nov") || strings.Contains(part(month, `id="found"`, "</section>"), ">Shipping") || !strings.Contains(month, "day=2026-12-01") {
		t.Error("November is not November")
	}
	if !strings.Contains(quarter, "1 Oct to 31 Dec") {
		t.Error("the quarter is not today's")
	}
	if page := eleni.get(portal + "?zoom=month&day=2026-08-08").body; !strings.Contains(page, "1 to 31 Aug") || !strings.Contains(page, "Shop ready") {
		t.Error("August is not August")
	}
	for _, odd := range []string{"?zoom=week", "?zoom=month&day=soon", "?zoom=month&day=9999-12-31", "?zoom=quarter&day=1970-01-01"} {
		if answer := eleni.get(portal + odd); answer.status != 200 {
			t.Errorf("%s is answered with %d", odd, answer.status)
		}
	}

	// The same line stands over the same day on both sides of the date line.
	at := func(zone string) string {
		w.ok(w.store.SetProfile(w.actor("eleni"), db.Profile{Name: "Eleni Papadopoulou", Language: "en", TimeZone: zone}))
		return part(part(eleni.get(portal+"?zoom=month").body, `id="found"`, "</section>"), "<svg", "<ol>")
	}
	west, east := at("Pacific/Pago_Pago"), at("Pacific/Kiritimati")
	for _, week := range []string{">2 Nov<", ">9 Nov<", ">16 Nov<"} {
		if !strings.Contains(west, week) || !strings.Contains(east, week) {
			t.Errorf("no line for %s", week)
		}
	}
	if line := `class="now" x1="`; part(west, line, "%") >= part(east, line, "%") {
		t.Errorf("today is at %s in the west and at %s in the east", part(west, line, "%"), part(east, line, "%"))
	}
	if page := eleni.get("/portal/projects/" + w.project.String()).body; !strings.Contains(page, `class="before"`) || !strings.Contains(page, portal) {
		t.Error("the project's page has no ghost, or no link to the whole timeline")
	}
}

func TestDatesOfTheTimeline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, team := w.planned()
	leader, path := w.as("leader"), "/tasks/"+w.tasks["gallery"].String()+"/dates"
	if answer := leader.post(path, "starts_on", "2026-11-04", "due_on", "2026-12-02", "version", "3", "zoom", "quarter", "day", "2026-11-01"); answer.status != 303 ||
		!strings.HasPrefix(answer.header.Get("Location"), team+"?zoom=quarter&day=2026-11-01&said=dates#dates-") {
		t.Errorf("saved: %d to %s", answer.status, answer.header.Get("Location"))
	}
	if page := leader.get(team + "?said=dates").body; !strings.Contains(page, `value="2026-12-02"`) || !strings.Contains(page, "The dates are saved.") {
		t.Error("the new date is not on the page")
	}
	if answer := leader.post(path, "starts_on", "2026-11-04", "due_on", "2026-11-01", "version", "4"); answer.status != 422 || !strings.Contains(answer.body, `value="2026-11-01"`) || !strings.Contains(answer.body, `aria-invalid="true"`) {
		t.Errorf("an end before the beginning is answered with %d", answer.status)
	}
	if answer := leader.post(path, "starts_on", "2026-11-04", "due_on", "2026-12-24", "version", "3", "zoom", "month"); answer.status != 409 || !strings.Contains(answer.body, "changed this in the meantime") || strings.Contains(answer.body, `value="2026-12-24"`) {
		t.Errorf("an old form is answered with %d", answer.status)
	}
	for i := range 300 {
		id, err := w.store.AddTask(w.actor("leader"), w.project, db.NewTask{Title: fmt.Sprint("Many ", i), Column: "todo", Shown: "shown"})
		w.ok(err)
		_, err = w.store.SetTaskDates(w.actor("leader"), id, db.DatesForm{DueOn: fmt.Sprintf("2026-12-%02d", i%28+1), Version: 1})
		w.ok(err)
	}
	page := w.as("eleni").get("/portal" + team)
	if rows := strings.Count(page.body, "<tr role"); rows != 101 || !strings.Contains(page.body, "lines are not drawn") || len(page.body) > 150_000 {
		t.Errorf("of 300 tasks %d are drawn, on %d bytes", rows, len(page.body))
	}
	w.ok(w.store.ArchiveProject(w.actor("leader"), w.project, true))
	if page := leader.get(team).body; strings.Contains(page, "data-form") || strings.Contains(page, "/dates\"") {
		t.Error("the dates of an archived project can be changed")
	}
}

// A bar, and its end, are dragged to other days; axe finds nothing, here or on the client's page.
func TestDraggingDates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	portal, team := w.planned()
	b := w.browser("leader", 1440, 900, false)
	bar := `[data-form=dates-` + w.tasks["gallery"].String() + `]`
	move := func(selector string, days float64) {
		t.Helper()
		eval[bool](b, `document.querySelector('`+bar+`').scrollIntoView({ block: "center" }), true`)
		x, y := b.box(bar + selector)
		wide := eval[float64](b, `(() => { const d = document.querySelector('`+bar+`').ownerSVGElement; return d.getBoundingClientRect().width / d.dataset.days })()`)
		b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y), chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
		for i := 1.0; i <= 8; i++ {
			b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x+days*wide*i/8, y, chromedp.ButtonLeft))
		}
		b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x+days*wide, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	}
	field := func(name, value string) {
		t.Helper()
		b.until(`document.getElementById("dates-` + w.tasks["gallery"].String() + `-` + name + `").defaultValue == "` + value + `"`)
	}
	for _, address := range []string{team + "?zoom=quarter&day=2026-11-01", team} {
		b.open(address)
		b.until(`document.querySelector("#live[data-state=live], #live:not([hidden])")`)
		move(" > rect", 3)
		field("starts", "2026-11-05")
		field("due", "2026-12-03")
		move(" .end", -2)
		field("due", "2026-12-01")
		field("starts", "2026-11-05")
		move(" > rect", -3)
		field("starts", "2026-11-02")
		move(" .end", 2)
		field("due", "2026-11-30")
	}
	b.plain("the team's timeline")
	b.shot("timeline-team")
	b.silent()
	for _, dark := range []bool{false, true} {
		c := w.browser("eleni", 360, 740, dark)
		c.open(portal)
		c.until(`document.querySelector(".plan")`)
		c.plain("the client's timeline")
		c.silent()
	}
}
