package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// answersForm is the form about answers as it is at first, with some of its fields changed.
func (w *world) answersForm(changed ...string) (form []string) {
	fields := map[string]string{"country": "", "closed": "", "promise_reply": "24", "promise_billing": "16", "hold": "30", "words": "", "upload_limit": "100", "urgent": "",
		"version": w.settingsVersion()}
	for day := 1; day <= 5; day++ {
		at := strconv.Itoa(day)
		fields["open"+at], fields["from"+at], fields["to"+at] = "1", "09:00", "17:00"
	}
	for i := 0; i < len(changed); i += 2 {
		fields[changed[i]] = changed[i+1]
	}
	for field, value := range fields {
		form = append(form, field, value)
	}
	return form
}

const answersPath = "/settings/answers"

// Every mistake has its sentence beside its field, and nothing that was typed is lost.
func TestAnswersMistakes(t *testing.T) {
	w := newWorld(t)
	owner := w.as("owner")
	version := w.settingsVersion()
	for _, c := range []struct{ field, value, id, sentence string }{
		{"to2", "08:00", "hours2", "Give both times, the first one earlier."},
		{"from3", "", "hours3", "Give both times, the first one earlier."},
		{"open6", "1", "hours6", "Give both times, the first one earlier."},
		{"country", "QQ", "country", "Choose a country from the list."},
		{"closed", "2026-12-24\n24 December", "closed", "24 December is not a date such as 2026-12-24."},
		{"promise_reply", "0", "promise_reply", "Enter a whole number from 1 to 1,000."},
		{"promise_billing", "two days", "promise_billing", "Enter a whole number from 1 to 1,000."},
		{"hold", "601", "hold", "Enter a whole number from 0 to 600."},
		{"upload_limit", "2001", "upload_limit", "Enter a whole number from 1 to 2,000."},
		{"words", strings.Repeat("word\n", 1001) + "x", "words", "This is too long"},
		{"urgent", strings.Repeat("9", 201), "urgent", "This is too long"},
	} {
		kept := map[string]string{"closed": "2027-01-04", "words": "kept word", "urgent": "+30 210 KEPT", "to5": "16:45", "from0": "10:10", c.field: c.value}
		var pairs []string
		for field, value := range kept {
			pairs = append(pairs, field, value)
		}
		refused := owner.post(answersPath, w.answersForm(pairs...)...)
		if refused.status != http.StatusUnprocessableEntity {
			t.Errorf("%s %q answers %d", c.field, c.value, refused.status)
			continue
		}
		_, beside, found := strings.Cut(refused.body, `id="`+c.id+`-error"`)
		beside, _, _ = strings.Cut(beside, "</p>")
		if !found || !strings.Contains(beside, c.sentence) || !strings.Contains(refused.body, `aria-invalid="true"`) {
			t.Errorf("%s %q: %q stands beside it", c.field, c.value, beside)
		}
		for _, value := range kept {
			if !strings.Contains(strings.ReplaceAll(refused.body, "&#43;", "+"), value) && c.field != "country" {
				t.Errorf("%s: %q is lost", c.field, value)
			}
		}
	}
	form := w.answersForm()
	for i := 0; i < len(form); i += 2 {
		if strings.HasPrefix(form[i], "open") {
			form[i+1] = ""
		}
	}
	if never := owner.post(answersPath, form...); never.status != http.StatusUnprocessableEntity || !strings.Contains(never.body, "Tick at least one day") {
		t.Error("never open: ", never.status)
	}
	if w.settingsVersion() != version {
		t.Error("a refused form changed the settings")
	}
}

// What is settled shows what it does, in the reader's words; an older form meets both texts.
func TestAnswers(t *testing.T) {
	w := newWorld(t)
	owner := w.as("owner")
	old := w.settingsVersion()
	closed := ""
	for day := range 5 { // of which one at least is no holiday
		closed += time.Now().AddDate(0, 0, day+1).Format(time.DateOnly) + "\r\n"
	}
	if saved := owner.post(answersPath, w.answersForm("country", "GR", "closed", closed, "open6", "1", "from6", "10:00", "to6", "00:00", "open1", "", "words", "margin\r\nour cost")...); saved.status != http.StatusSeeOther {
		t.Fatal(saved.status, saved.body)
	}
	page := owner.get(answersPath).body
	for _, text := range []string{`<option value="GR" selected>Greece</option>`, `<dd><span lang="el">`, "Your own day off", "margin\nour cost</textarea>", `name="to6" value="00:00"`,
		`name="open6" value="1" checked>`, `name="open1" value="1">`, `name="from1" value=""`} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not hold %q", text)
		}
	}
	late := owner.post(answersPath, w.answersForm("version", old, "country", "DE", "urgent", "call 112", "words", "secret plan")...)
	for _, text := range []string{"Somebody else saved this", "Public holidays of\nGreece</div>", "Public holidays of\nGermany</div>", "Saturday\n10:00–00:00</div>", "Saturday\nClosed</div>",
		"our cost</div>", "secret plan</div>", `value="call 112"`, `<option value="DE" selected>`, `name="version" value="` + w.settingsVersion() + `"`} {
		if !strings.Contains(late.body, text) {
			t.Errorf("%d: the late form does not hold %q", late.status, text)
		}
	}
	if strings.Contains(late.body, "Tuesday\n") || late.status != http.StatusConflict {
		t.Error("what is alike is compared: ", late.status)
	}
	w.ok(w.store.SetProfile(w.actor("owner"), db.Profile{Name: "Ourania", Language: "el", TimeZone: "Europe/Athens"}))
	greek := w.as("owner").get(answersPath).body
	if at := strings.Index(greek, "Αυστρία"); at < 0 || strings.Index(greek, "Ελλάδα") < at || !strings.Contains(greek, "Τρίτη") {
		t.Error("countries are not in the reader's language and order")
	}
	for _, name := range []string{"leader", "member", "eleni"} {
		if got := w.as(name).get(answersPath); got.status != http.StatusNotFound {
			t.Error(name, " reads it: ", got.status)
		}
	}
}
