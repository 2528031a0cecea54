package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// seedHomes gives the rival a home of their own, and both companies meetings.
func (w *world) seedHomes() {
	home := db.DefaultHome()
	home.Welcome["en"] = "CNRY-foreign-welcome"
	home.Cards = append(home.Cards, db.HomeCard{Kind: db.CardOwn, URL: "https://foreign.example/", Texts: map[string]db.CardText{"en": {Label: "CNRY-foreign-card"}}})
	w.ok(w.store.SetHome(w.actor("owner"), w.parts["foreign company"], 0, home))
	day := w.store.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for prefix, project := range map[string]db.ID{"": w.project, "foreign ": w.other} {
		title := map[string]string{"": "Photos together", "foreign ": "CNRY-foreign-meeting"}[prefix]
		id, err := w.store.SetMeeting(w.actor("owner"), 0, db.MeetingForm{With: project.String(), Title: title, Day: day, Clock: "16:30", Minutes: "45", URL: "https://meet.example/room", Place: "At the workshop"})
		w.ok(err)
		w.parts[prefix+"meeting"] = id
	}
}

// TestBuildMode: what an admin builds is what clients see, each company its own; every
// button works without scripts; a step can be undone; two admins at once both keep what
// they typed; and what cannot be is refused in a sentence and changes nothing.
func TestBuildMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, eleni := w.as("owner"), w.as("eleni")
	base := func(company string) string {
		body := owner.get("/settings/home" + company).body
		_, rest, _ := strings.Cut(body, `name="base" value="`)
		id, _, _ := strings.Cut(rest, `"`)
		return id
	}
	whole := []string{"order", "news meetings updates files activity", "widget", "news", "widget", "meetings", "widget", "activity", "kind", "todo",
		"card_kind_1", "projects", "card_kind_2", "own", "card_url_2", "https://press.example/kit", "card_label_en_2", "Press kit", "card_label_el_2", "Υλικό τύπου", "card_text_en_2", "Logos & photos",
		"welcome_en", "Good that **you** are here.", "welcome_el", "Καλώς ήρθατε."}
	save := func(status int, more ...string) answer {
		t.Helper()
		a := owner.post("/settings/home", append(append([]string{"base", base("")}, more...), whole...)...)
		if a.status != status {
			t.Fatalf("%v answers %d: %s", more, a.status, a.body)
		}
		return a
	}
	reads := func(what string, wanted bool, texts ...string) {
		t.Helper()
		page := eleni.get("/portal").body
		for _, text := range texts {
			if strings.Contains(page, text) != wanted {
				t.Errorf("%s: %q on the home page: %v", what, text, !wanted)
			}
		}
	}
	reads("at first", true, "Being worked on now", "Recent activity", "Photos together", "/portal/meetings/")
	reads("at first", false, "Press kit", "CNRY")
	save(http.StatusSeeOther, "do", "save")
	reads("saved", true, "Good that <strong>you</strong> are here.", "Press kit", `href="https://press.example/kit"`, "Logos &amp; photos", "Shipping rules", "Recent activity")
	reads("saved", false, "Latest updates", "Recent files", "CNRY")
	for _, do := range []string{"up:2", "drop:2"} {
		save(http.StatusSeeOther, "do", do)
		page := eleni.get("/portal").body
		first := strings.Index(page, "Press kit") < strings.Index(page, "<h2>Website Redesign")
		if has := strings.Contains(page, "Press kit"); has != (do == "up:2") || has && !first {
			t.Errorf("%s: has the card %v, first %v", do, has, first)
		}
	}
	owner.post("/settings/home/undo")
	reads("undone", true, "Press kit")
	save(http.StatusSeeOther, "do", "widget-down:news") // the order is only heard of where both are at the side
	save(http.StatusSeeOther, "do", "add:meeting")
	reads("a booking page without a link", false, "Book a meeting")
	save(http.StatusSeeOther, "do", "save", "card_kind_3", "meeting", "card_url_3", "https://book.example/us")
	reads("with a link", true, "Book a meeting", "https://book.example/us", "Next: ")
	if a := save(http.StatusSeeOther, "do", "add:own"); a.header.Get("Location") != "/settings/home?said=saved#cards" {
		t.Error("after a card was added one stands at", a.header.Get("Location"))
	}

	stale := append([]string{"base", base(""), "do", "save"}, whole...)
	save(http.StatusSeeOther, "do", "save")
	late := owner.post("/settings/home", stale...)
	if late.status != http.StatusConflict || !strings.Contains(late.body, "Press kit") || !strings.Contains(late.body, "meanwhile") {
		t.Error("an admin who was slower:", late.status)
	}
	for what, form := range map[string][]string{
		"a script as a link":  {"card_kind_4", "own", "card_url_4", "javascript:alert(1)", "card_label_en_4", "x"},
		"somebody else's":     {"card_kind_4", "own", "card_url_4", "//evil.example/", "card_label_en_4", "x"},
		"another path":        {"card_kind_4", "own", "card_url_4", "/settings", "card_label_en_4", "x"},
		"a password in it":    {"card_kind_4", "own", "card_url_4", "https://a:b@evil.example/", "card_label_en_4", "x"},
		"no label":            {"card_kind_4", "own", "card_url_4", "https://a.example/"},
		"an unknown kind":     {"card_kind_4", "boss", "card_label_en_4", "x"},
		"projects twice":      {"card_kind_4", "projects"},
		"a long welcome":      {"welcome_en", strings.Repeat("α", 4001)},
		"an unknown widget":   {"order", "news evil", "widget", "evil"},
		"an unknown kind too": {"kind", "secret"},
	} {
		before := eleni.get("/portal").body
		a := owner.post("/settings/home", append(append([]string{"base", base(""), "do", "save"}, form...), whole...)...)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="mistake"`) {
			t.Errorf("%s answers %d", what, a.status)
		}
		if eleni.get("/portal").body != before {
			t.Errorf("%s changes the home page", what)
		}
	}
	company := "?company=" + w.parts["company"].String()
	a := owner.post("/settings/home", append([]string{"company", w.parts["company"].String(), "base", base(company), "do", "save", "welcome_en", "For you alone"}, whole[:20]...)...)
	if a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.body)
	}
	reads("a company's own", true, "For you alone")
	if page := w.as("outsider").get("/portal").body; strings.Contains(page, "For you alone") || !strings.Contains(page, "CNRY-foreign-welcome") {
		t.Error("the other company reads it, or lost its own")
	}
	owner.post("/settings/home/reset", "company", w.parts["company"].String())
	reads("as all again", true, "Good that <strong>you</strong>")
	owner.post("/settings/home/reset")
	reads("as at first", false, "Good that", "Press kit")
	if bomb := strings.Repeat("> ", 1900); owner.post("/settings/home", "base", base(""), "do", "save", "welcome_en", bomb, "order", "news").status != http.StatusSeeOther || eleni.get("/portal").status != http.StatusOK {
		t.Error("quotes in quotes in quotes")
	}
}

// TestMeetings: a meeting stands on the right homes until it is over, and its calendar
// file says the same moment in every zone.
func TestMeetings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	leader, eleni := w.as("leader"), w.as("eleni")
	day := w.store.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	form := func(more ...string) []string {
		return append(more, "with", w.project.String(), "title", "Colours; sizes, \\ and more", "day", day, "clock", "10:15", "minutes", "90", "url", "https://meet.example/x", "place", "Sea Street 1")
	}
	if a := leader.post("/meetings", form()...); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.body)
	}
	home := eleni.get("/portal").body
	if !strings.Contains(home, "Colours; sizes, \\ and more") || !strings.Contains(home, "90 minutes") || strings.Contains(home, "CNRY") {
		t.Error("the meeting is not on the home page")
	}
	_, rest, _ := strings.Cut(home[strings.Index(home, "Colours"):], "/portal/meetings/")
	id, _, _ := strings.Cut(rest, ".ics")
	file := eleni.get("/portal/meetings/" + id + ".ics")
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 10:15", athensZone(t))
	w.ok(err)
	for _, want := range []string{"BEGIN:VEVENT\r\n", "DTSTART:" + at.UTC().Format("20060102T150405Z"), "DTEND:" + at.Add(90*time.Minute).UTC().Format("20060102T150405Z"), `SUMMARY:Colours\; sizes\, \\ and more`, "URL:https://meet.example/x", "LOCATION:Sea Street 1"} {
		if !strings.Contains(file.body, want) {
			t.Errorf("no %q in %s", want, file.body)
		}
	}
	if file.header.Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment;") {
		t.Error(file.header)
	}
	for field, value := range map[string]string{"title": " ", "day": "2026-02-30", "clock": "25:00", "minutes": "0", "url": "javascript:alert(1)", "with": w.other.String()} {
		if a := leader.post("/meetings", form(field, value)...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="`+field+`-error"`) {
			t.Errorf("%s %q answers %d", field, value, a.status)
		}
	}
	if a := leader.post("/meetings/"+id, form("version", "9")...); a.status != http.StatusConflict {
		t.Error("a stale form answers", a.status)
	}
	later := at.Add(91 * time.Minute)
	w.store.SetClock(func() time.Time { return later })
	if page := eleni.get("/portal"); strings.Contains(page.body, "Colours; sizes") {
		t.Error("a meeting that is over is still there:", page.status)
	}
}

func athensZone(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Europe/Athens")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
