package handlers

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// dates are the ends of a project and of its milestones, in order.
func (w *world) dates() string {
	return strings.Join(w.texts(fmt.Sprintf("SELECT ends_on FROM project WHERE id = %d UNION ALL SELECT * FROM (SELECT coalesce(due_on, '') FROM milestone WHERE project_id = %[1]d ORDER BY position, id)", int64(w.project))), " ")
}

// A client proposes a change; the leader prices it and asks; the client accepts: the tasks
// are made, the dates move once, and the price is noted.
func TestChangeFromProposalToPlan(t *testing.T) {
	w := newWorld(t)
	leader, eleni := w.as("leader"), w.as("eleni")
	project := "/portal/projects/" + w.project.String()
	if page := eleni.get(project + "/changes/new"); page.status != 200 || !strings.Contains(page.body, `action="`+project+`/changes"`) || !strings.Contains(eleni.get(project).body, project+"/changes/new") {
		t.Errorf("the form: %d, or nothing leads to it", page.status)
	}
	for _, who := range []string{"viewer", "finance", "outsider", "stranger", "former"} {
		if page := w.as(who).get(project + "/changes/new"); page.status != 404 || strings.Contains(w.as(who).get(project).body, "/changes/new") {
			t.Errorf("%s gets the form: %d", who, page.status)
		}
	}
	for _, one := range []struct{ what, why, says string }{{" \n", "For the <fair>.", "Write in one line what should be different."}, {strings.Repeat("ω", 301), "For the <fair>.", "300"}, {"A page", strings.Repeat("ω", 20001), "20"}} {
		if refused := eleni.post(project+"/changes", "question", one.what, "context", one.why); refused.status != 422 || !strings.Contains(refused.body, one.says) || !strings.Contains(refused.body, `aria-invalid="true"`) ||
			len(one.why) < 50 && !strings.Contains(refused.body, "For the &lt;fair&gt;.</textarea>") {
			t.Errorf("%.20q: %d", one.what, refused.status)
		}
	}
	sent := eleni.post(project+"/changes", "question", "A page for the fair", "context", "In **May**.")
	path := sent.header.Get("Location")
	if sent.status != 303 || !strings.HasPrefix(path, "/portal/decisions/") {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	id, err := db.ParseID(strings.TrimPrefix(path, "/portal/decisions/"))
	w.ok(err)
	if page := eleni.get(path); !strings.Contains(page.body, "Vitrine looks at it.") || !strings.Contains(page.body, "Proposed by Eleni Papadopoulou") || !strings.Contains(page.body, "<strong>May</strong>") || strings.Contains(page.body, `name="outcome"`) {
		t.Error("the proposal's page is not as it should be")
	}
	if early := eleni.signs(id, 1, db.Approve, "", ""); early.status < 400 {
		t.Errorf("a proposal is answered: %d", early.status)
	}
	if page := leader.get("/decisions/" + id.String()); !strings.Contains(page.body, "/edit") || !strings.Contains(page.body, "Price it") {
		t.Error("the leader cannot price it")
	}
	was := w.dates()
	tasks := w.rows("SELECT count(*) FROM task")
	if done := leader.asksAnew(id, "question", "A page for the fair", "body", "In **May**.", "price", "620.00", "days", "7", "milestone", w.parts[":milestone"].String(), "new_tasks", "Fair page: text\r\n\r\nFair page: photos <b>"); done.status != 303 {
		t.Fatalf("%d %s", done.status, done.body)
	}
	page := eleni.get(path)
	for _, says := range []string{"Accept the change: + €620.00, launch moves to ", "Fair page: photos &lt;b&gt;", "7 days later", `value="approve"`, `value="changes"`, `value="decline"`, `name="edition" value="2"`} {
		if !strings.Contains(html.UnescapeString(page.body), html.UnescapeString(says)) || strings.Contains(page.body, "photos <b>") {
			t.Errorf("the priced change does not say %q", says)
		}
	}
	if strings.Contains(page.body, "instead of") || !strings.Contains(page.body, "Priced, and asked") {
		t.Error("the record tells the price of a proposal as a change of it")
	}
	if w.dates() != was || w.rows("SELECT count(*) FROM task") != tasks {
		t.Error("asking moved or made something")
	}
	for _, outcome := range []string{db.Changes, db.Decline} {
		if empty := eleni.signs(id, 2, outcome, "", " "); empty.status != 422 || !strings.Contains(empty.body, `<details class="fold" data-answers open>`) {
			t.Errorf("%s without words: %d", outcome, empty.status)
		}
	}
	for _, outcome := range []string{db.Choose, db.Free} {
		if wrong := eleni.signs(id, 2, outcome, ownOption, "x"); wrong.status != 422 {
			t.Errorf("%s answers a change: %d", outcome, wrong.status)
		}
	}
	if sent := eleni.signs(id, 2, db.Approve, "", "Good."); sent.status != 303 {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	now := later(t, was, 7)
	if w.dates() != now {
		t.Errorf("%s became %s, not %s", was, w.dates(), now)
	}
	for _, title := range []string{"Fair page: text", "Fair page: photos &lt;b&gt;"} {
		if page := eleni.get(project); !strings.Contains(page.body, title) {
			t.Errorf("no task %q", title)
		}
	}
	if n := w.rows("SELECT count(*) FROM task") - tasks; n != 2 {
		t.Errorf("%d tasks are made", n)
	}
	if lines := w.texts(fmt.Sprintf("SELECT amount || currency FROM budget_line WHERE decision_id = %d", int64(id))); len(lines) != 1 || lines[0] != "62000EUR" {
		t.Error(lines)
	}
	eleni.signs(id, 2, db.Approve, "", "Good.")
	if other := eleni.signs(id, 2, db.Decline, "", "No"); other.status != 409 {
		t.Errorf("answered twice: %d", other.status)
	}
	if w.dates() != now || w.rows("SELECT count(*) FROM task") != tasks+2 || w.rows("SELECT count(*) FROM budget_line WHERE decision_id = ?", id) != 1 {
		t.Error("the second press moved or made something")
	}
	if page := eleni.get(path); !strings.Contains(page.body, "Its price, its dates and its tasks are part of the project now.") || !strings.Contains(page.body, "Accepted") || strings.Contains(page.body, "launch moves to") {
		t.Error("the accepted page is not as it should be")
	}
	if form := eleni.get("/portal/decisions/" + w.parts["proposed decision"].String()); form.status != 200 {
		t.Fatal(form.status)
	}
	refused := leader.post("/decisions/"+w.parts["proposed decision"].String()+"/decline", "reason", "\u200b")
	if refused.status != 422 || !strings.Contains(refused.body, "Write why. The client reads it.") {
		t.Errorf("declined without a reason: %d", refused.status)
	}
	if done := leader.post("/decisions/"+w.parts["proposed decision"].String()+"/decline", "reason", "A map <is> there."); done.status != 303 {
		t.Fatal(done.status)
	}
	if page := eleni.get("/portal/decisions/" + w.parts["proposed decision"].String()); !strings.Contains(page.body, "Vitrine does not take this up.") || !strings.Contains(page.body, "A map &lt;is&gt; there.") {
		t.Error("the client does not read why")
	}
}

// later moves days, blank separated, by so many.
func later(t *testing.T, days string, by int) string {
	t.Helper()
	list := strings.Split(days, " ")
	for i, day := range list {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		list[i] = at.AddDate(0, 0, by).Format(time.DateOnly)
	}
	return strings.Join(list, " ")
}

// The tasks of the phase after a gate say that they wait for its approval, until the client
// gives it.
func TestGateUntilApproval(t *testing.T) {
	w := newWorld(t)
	leader, eleni := w.as("leader"), w.as("eleni")
	gate := w.parts[":milestone"]
	next, err := w.store.AddMilestone(w.actor("leader"), w.project, db.MilestoneForm{Name: "Open to all", DueOn: "2026-12-10"})
	w.ok(err)
	w.behind("UPDATE milestone SET gate = 1 WHERE id = ?", gate)
	w.behind("UPDATE task SET milestone_id = ?, version = version + 1 WHERE id = ?", next, w.tasks["shipping"])
	const line = "Starts after approval of Shop ready"
	places := []string{"/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["shipping"].String()}
	shut := func(want bool) {
		t.Helper()
		for _, who := range []string{"eleni", "viewer"} {
			for _, at := range places {
				if got := strings.Contains(w.as(who).get(at).body, line); got != want {
					t.Errorf("%s at %s reads of the gate: %v", who, at, got)
				}
			}
		}
		if strings.Contains(eleni.get("/portal/tasks/"+w.tasks["gallery"].String()).body, line) {
			t.Error("a task of the phase itself waits for it")
		}
	}
	shut(true)
	id := leader.drafts(db.KindMilestone, "Is the shop ready?", "milestone", gate.String(), "deciders", w.people["eleni"].ID.String())
	leader.sends(id)
	page := eleni.get("/portal/decisions/" + id.String())
	for _, says := range []string{"Approve Shop ready", "Approval of a phase: Shop ready", "Ask for changes", "Decline this phase"} {
		if !strings.Contains(page.body, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	if sent := eleni.signs(id, 1, db.Changes, "", "The cart is slow."); sent.status != 303 || w.stands(id) != db.Changed {
		t.Errorf("%d %s", sent.status, w.stands(id))
	}
	if page := eleni.get("/portal/decisions/" + id.String()); !strings.Contains(page.body, "Changes are asked for. Vitrine works on them and asks again.") || !strings.Contains(page.body, "The cart is slow.") {
		t.Error("nobody says that changes were asked for")
	}
	shut(true)
	if done := leader.asksAnew(id, "question", "Is the shop ready now?", "milestone", gate.String()); done.status != 303 {
		t.Fatalf("%d %s", done.status, done.body)
	}
	shut(true)
	if sent := eleni.signs(id, 2, db.Approve, "", ""); sent.status != 303 || w.stands(id) != db.Decided {
		t.Errorf("%d %s", sent.status, w.stands(id))
	}
	shut(false)
}
