package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// Both logs say what was asked and answered, with links of their side; to whom has to
// answer now it is marked, and to nobody else.
func TestLogOfDecisions(t *testing.T) {
	w := newWorld(t)
	id := w.puts(w.question("How do sizes show?", "eleni"))
	link := func(side string) string {
		return `<a href="` + side + `/decisions/` + id.String() + `">How do sizes show?</a>`
	}
	line := func(class, text string) string {
		if class != "" {
			class = ` class="` + class + `"`
		}
		return "<li" + class + "><span>" + text
	}
	asked := "Katerina asked: " + link("/portal")
	for _, one := range []struct{ who, class string }{{"eleni", "call"}, {"viewer", ""}} {
		for _, page := range []string{"/portal", "/portal/projects/" + w.project.String()} {
			if body := w.as(one.who).get(page).body; !strings.Contains(body, line(one.class, asked)) {
				t.Errorf("%s at %s does not read %s", one.who, page, line(one.class, asked))
			}
		}
	}
	if body := w.as("leader").get("/projects/" + w.project.String() + "/log").body; !strings.Contains(body, "Katerina CNRY-surname asked: "+link("")) {
		t.Error("the team's log lacks it")
	}
	due := db.Date(time.Now().AddDate(0, 0, -9).Format(time.DateOnly))
	w.behind("UPDATE edition SET due_on = ? WHERE decision_id = ?", due, id)
	talk, err := w.store.Talk()
	w.ok(err)
	late := talk.Office.WorkDays(due, db.Date(time.Now().In(talk.Office.Zone).Format(time.DateOnly)))
	_, err = w.store.Answer(w.actor("eleni"), id, db.AnswerForm{Edition: 1, Outcome: db.Free, Comment: "As tiles"})
	w.ok(err)
	answered := line("key", fmt.Sprintf("Eleni Papadopoulou answered %s, %d working days after the day it was needed", link("/portal"), late))
	for _, who := range []string{"eleni", "viewer"} {
		body := w.as(who).get("/portal/projects/" + w.project.String()).body
		if !strings.Contains(body, answered) || !strings.Contains(body, line("", asked)) {
			t.Errorf("%s does not read %s", who, answered)
		}
	}
	if body := w.as("outsider").get("/portal").body; strings.Contains(body, "How do sizes show?") {
		t.Error("a stranger reads it")
	}
}

// The inbox lists what clients proposed until somebody asks or declines it, and answers
// for two weeks; mine are those of whoever leads, asked or spoke.
func TestInboxOfAnswers(t *testing.T) {
	w := newWorld(t)
	wish, err := w.store.ProposeChange(w.actor("eleni"), w.project, "One more page", "For the fair")
	w.ok(err)
	row := func(id db.ID) string { return `id="answer-` + id.String() + `"` }
	shows := func(who, path string, id db.ID, want bool) {
		t.Helper()
		if page := w.as(who).get(path); page.status != 200 || strings.Contains(page.body, row(id)) != want {
			t.Errorf("%s at %s: %d, shows it: %v", who, path, page.status, !want)
		}
	}
	shows("leader", "/inbox", wish, true)
	shows("member", "/inbox", wish, false)
	shows("member", "/inbox?show=all", wish, true)
	shows("elsewhere", "/inbox?show=all", wish, false)
	if page := w.as("leader").get("/inbox").body; !strings.Contains(page, ", 3 wait for you") || !strings.Contains(page, "For the fair") || !strings.Contains(page, "Eleni Papadopoulou") {
		t.Error("it is not counted, or its words are missing")
	}
	_, err = w.store.AddNote(w.actor("member"), wish, "I would like that")
	w.ok(err)
	shows("member", "/inbox", wish, true)
	id := w.puts(w.question("How do sizes show?", "eleni"))
	shows("leader", "/inbox", id, false)
	_, err = w.store.Answer(w.actor("eleni"), id, db.AnswerForm{Edition: 1, Outcome: db.Decline, Comment: "Neither of them"})
	w.ok(err)
	shows("leader", "/inbox", id, true)
	if page := w.as("leader").get("/inbox").body; strings.Index(page, row(wish)) > strings.Index(page, row(id)) || !strings.Contains(page, "Neither of them") {
		t.Error("what waits is not first")
	}
	w.ok(w.changes(id, func(form *db.DecisionForm) { form.Context = "A third way" }))
	shows("leader", "/inbox", id, false)
	_, err = w.store.Answer(w.actor("eleni"), id, db.AnswerForm{Edition: 2, Outcome: db.Free, Comment: "Good"})
	w.ok(err)
	shows("leader", "/inbox", id, true)
	w.ok(w.store.WithdrawDecision(w.actor("leader"), wish, "Not now"))
	shows("leader", "/inbox", wish, false)
	w.behind("UPDATE decision SET ended_at = '2026-01-01T00:00:00.000000Z' WHERE id = ?", id)
	w.behind("UPDATE project SET team_version = team_version + 1")
	shows("leader", "/inbox", id, false)
}
