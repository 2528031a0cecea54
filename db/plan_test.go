package db

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"modernc.org/sqlite"
)

// town is a big workspace: 50 projects of 200 tasks, with replies, notes and
// events. Every project has three clients of its own and three of the team.
func town(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.must(w.write(func(tx *Tx) error {
		for _, statement := range splitSQL(townSQL) {
			if err := tx.run(statement); err != nil {
				return fmt.Errorf("%w in %s", err, statement)
			}
		}
		return tx.run("ANALYZE")
	}))
	return w
}

const townSQL = `
CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n;
INSERT INTO company (id, name, created_at) SELECT 1000 + i, 'Company ' || i, '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 50;
INSERT INTO person (id, email, name, side, role, created_at) SELECT 2000 + i, 'client' || i || '@town.test', 'Client Number' || i, 'client', '', '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 150;
INSERT INTO person (id, email, name, side, role, created_at) SELECT 3000 + i, 'team' || i || '@town.test', 'Team Number' || i, 'team', 'member', '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 30;
INSERT INTO contact (company_id, person_id, role_id, created_at) SELECT 1000 + i / 3, 2000 + i, 1, '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 150;
INSERT INTO project (id, company_id, name, created_at) SELECT 4000 + i, 1000 + i, 'Project ' || i, '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 50;
INSERT INTO membership (project_id, person_id, role, created_at) SELECT 4000 + i / 3, 2000 + i, 'client', '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 150;
INSERT INTO membership (project_id, person_id, role, created_at) SELECT 4000 + i / 3, 3000 + i % 30, CASE WHEN i % 3 = 0 THEN 'leader' ELSE 'member' END, '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 150;
INSERT INTO board_column (id, project_id, name, kind, position) SELECT 5000 + i, 4000 + i / 4, 'Column', CASE i % 4 WHEN 0 THEN 'todo' WHEN 1 THEN 'doing' WHEN 2 THEN 'review' ELSE 'done' END, i % 4 FROM n WHERE i < 200;
INSERT INTO milestone (id, project_id, name, position) SELECT 6000 + i, 4000 + i / 4, 'Milestone', i % 4 FROM n WHERE i < 200;
INSERT INTO label (id, project_id, name, client_visible) SELECT 7000 + i, 4000 + i / 4, 'Label', i % 2 FROM n WHERE i < 200;
INSERT INTO task (id, project_id, column_id, milestone_id, title, description, private, estimate_minutes, position, done_at, created_at)
    SELECT 10000 + i, 4000 + i / 200, 5000 + (i / 200) * 4 + i % 4, 6000 + (i / 200) * 4 + i % 4, 'Task ' || i, 'A few words about it', i % 10 >= 3, 60, i, CASE WHEN i % 4 = 3 THEN '2026-05-20T00:00:00.000000Z' END, '2026-01-01T00:00:00.000000Z' FROM n;
INSERT INTO task_assignee (task_id, person_id) SELECT 10000 + i, 3000 + (i / 200 * 3) % 30 FROM n;
INSERT INTO task_label (task_id, label_id) SELECT 10000 + i, 7000 + (i / 200) * 4 + i % 4 FROM n;
INSERT INTO checklist_item (id, task_id, text, position) SELECT 100000 + i, 10000 + i, 'A step', 1 FROM n;
INSERT INTO reply (id, project_id, thread_id, author_id, body, created_at, released_at) SELECT 200000 + n.i * 2 + x.i, 4000 + n.i / 200, 10000 + n.i, 2000 + n.i / 200 * 3, 'Words', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z' FROM n, n x WHERE x.i < 2;
INSERT INTO note (id, project_id, thread_id, author_id, body, created_at) SELECT 300000 + i, 4000 + i / 200, 10000 + i, 3000 + (i / 200 * 3) % 30, 'Words', '2026-01-01T00:00:00.000000Z' FROM n;
INSERT INTO event (id, project_id, actor_id, kind, audience, task_id, column_kind, column_label, at)
    SELECT 400000 + n.i * 4 + x.i, 4000 + n.i / 200, 3000 + (n.i / 200 * 3) % 30, 'task.moved', CASE WHEN x.i < 2 AND n.i % 10 < 3 THEN 'client' ELSE 'team' END, 10000 + n.i, 'doing', '',
    '2026-05-' || (10 + x.i) || 'T00:00:00.' || substr(1000000 + n.i, 2) || 'Z' FROM n, n x WHERE x.i < 4;
INSERT INTO deliverable (id, project_id, name, created_at) SELECT 800000 + i, 4000 + i / 20, 'Deliverable', '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 1000;
INSERT INTO deliverable_version (id, deliverable_id, number, delivered_at, created_at) SELECT 810000 + i, 800000 + i / 3, 1 + i % 3, '2026-05-01T00:00:00.000000Z', '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 3000;
INSERT INTO deliverable_task (deliverable_id, task_id) SELECT 800000 + i, 10000 + i * 10 FROM n WHERE i < 1000;
INSERT INTO decision (id, project_id, kind, state, version_id, created_at, shown_at) SELECT 820000 + i, 4000 + i / 60, 'approval', 'asked', 810000 + i, '2026-05-01T00:00:00.000000Z', '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 3000;
INSERT INTO decision (id, project_id, kind, state, milestone_id, created_at, shown_at) SELECT 825000 + i, 4000 + i / 40, CASE WHEN i % 8 = 1 THEN 'milestone' ELSE 'question' END, CASE i % 4 WHEN 0 THEN 'asked' ELSE 'decided' END, 6000 + i / 10, '2026-05-01T00:00:00.000000Z', '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 2000;
INSERT INTO edition (decision_id, number, question, asked_at) SELECT id, 1, 'Words', shown_at FROM decision WHERE id BETWEEN 820000 AND 829999;
INSERT INTO decision_option (id, decision_id, edition, position, title) SELECT 840000 + i, 825000 + i / 2, 1, i % 2, 'Option' FROM n WHERE i < 4000;
INSERT INTO change_task (decision_id, edition, position, title) SELECT 825000 + i, 1, 1, 'Task' FROM n WHERE i < 2000;
INSERT INTO decision_task (decision_id, task_id) SELECT 825000 + i, 10000 + i * 5 FROM n WHERE i < 2000;
INSERT INTO decider (decision_id, person_id, position) SELECT 820000 + n.i, 2000 + n.i / 60 * 3 + x.i, x.i FROM n, n x WHERE n.i < 3000 AND x.i < 3;
INSERT INTO decider (decision_id, person_id, position) SELECT 825000 + n.i, 2000 + n.i / 40 * 3 + x.i, x.i FROM n, n x WHERE n.i < 2000 AND x.i < 3;
INSERT INTO signoff (id, project_id, decision_id, edition, person_id, outcome, comment, late_days, at, record, prev, hash, chain)
    SELECT 850000 + i, 4000 + i / 40, 825000 + i, 1, 2000 + i / 40 * 3, 'approve', '', 0, '2026-05-02T00:00:00.000000Z', '{}', '', '', '' FROM n WHERE i < 2000 AND i % 4 > 0;
INSERT INTO reply (id, project_id, thread_id, author_id, body, created_at, released_at) SELECT 860000 + i, 4000 + i / 40, 825000 + i, 2000 + i / 40 * 3, 'Words', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z' FROM n WHERE i < 2000;
INSERT INTO event (id, project_id, actor_id, kind, audience, decision_id, number, at) SELECT 870000 + i, 4000 + i / 40, 3000, 'decision.asked', 'client', 825000 + i, 1, '2026-05-09T00:00:00.' || substr(1000000 + i, 2) || 'Z' FROM n WHERE i < 2000;
INSERT INTO file (id, project_id, decision_id, name, size, sha256, created_at) SELECT 880000 + i, 4000 + i / 40, 825000 + i, 'file', 1, 'sum' || i, '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 2000;
INSERT INTO file (id, project_id, version_id, name, size, sha256, created_at) SELECT 830000 + i, 4000 + i / 120, 810000 + i / 2, 'file', 1, 'sha' || i, '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 6000;
INSERT INTO file_open (file_id, person_id, at) SELECT 830000 + i, 2000 + i / 120 * 3, '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 6000;
UPDATE contact SET role_id = 2 WHERE person_id = 2001;
INSERT INTO budget (id, project_id, name, currency, kind, client_open, created_at) SELECT 900000 + i, 4000 + i / 20, 'Budget', 'EUR', 'capped', i % 2, '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 1000;
INSERT INTO budget_service (id, budget_id, name, unit, price, quantity, position) SELECT 901000 + i, 900000 + i / 3, 'Service', 'hour', 6000, 10000, i % 3 FROM n WHERE i < 3000;
INSERT INTO time_entry (id, project_id, person_id, service_id, task_id, day, minutes, billable, amount, created_at) SELECT 910000 + i, 4000 + i / 200, 3000 + i % 30, 901000 + i / 200 * 60 + i % 60, 10000 + i, date('2026-01-01', (i % 140) || ' days'), 60, 60, 6000, '2026-05-01T00:00:00.000000Z' FROM n;
INSERT INTO expense (id, budget_id, day, amount, wording, created_at) SELECT 930000 + i, 900000 + i / 3, '2026-05-01', 100, 'Spent', '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 3000;
INSERT INTO file (id, project_id, expense_id, name, size, sha256, created_at) SELECT 940000 + i, 4000 + i / 60, 930000 + i, 'receipt', 1, 'rcpt' || i, '2026-05-01T00:00:00.000000Z' FROM n WHERE i < 3000;
DROP TABLE n`

// plainGlass is a glass without its guard, so that its queries can be explained.
func plainGlass(t testing.TB, w *world, viewer ID) *Glass {
	t.Helper()
	plain := new(sqlite.Driver)
	plain.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
		for _, statement := range glassStatements(visibilitySQL, glassSQL) {
			if _, err := c.ExecContext(context.Background(), statement, nil); err != nil {
				return err
			}
		}
		return nil
	})
	pool := sql.OpenDB(glassConnector{plain, "file:" + uriPath(w.path()) + "?mode=ro&_pragma=temp_store(MEMORY)"})
	c := &conn{pool: pool}
	if _, err := c.exec("UPDATE temp.viewer SET id = ?", viewer); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.close(); pool.Close() })
	return &Glass{conn: c, viewer: viewer}
}

// asksTown asks every method of the glass about one project of the town.
func asksTown(g *Glass, project, task ID) map[string]func() error {
	return map[string]func() error{
		"Projects":   func() error { return just(g.Projects()) },
		"Project":    func() error { return just(g.Project(project)) },
		"Me":         func() error { return just(g.Me()) },
		"Workspace":  func() error { return just(g.Workspace()) },
		"Tasks":      func() error { return just(g.Tasks(project)) },
		"Task":       func() error { return just(g.Task(task)) },
		"Ongoing":    func() error { return just(g.Ongoing(0, HomeKinds, 10)) },
		"Checklist":  func() error { return just(g.Checklist(task)) },
		"Milestones": func() error { return just(g.Milestones(project)) },
		"Progress":   func() error { return just(g.Progress()) },
		"People":     func() error { return just(g.People(project)) },
		"Thread":     func() error { return just(g.Thread(task)) },
		"Threads":    func() error { return just(g.Threads(project)) },
		"Draft":      func() error { return just(g.Draft(task)) },

		"Conversation": func() error { return just(g.Conversation(task)) },
		"Reply":        func() error { return just(g.Reply(200000)) },
		"Log":          func() error { return just(g.Log(project, 30)) },
		"TaskLog":      func() error { return just(g.TaskLog(task, 30)) },
		"Activity":     func() error { return just(g.Activity(0, 20)) },
		"Features":     func() error { return just(g.Features()) },

		"CompanyFeatures": func() error { return just(g.CompanyFeatures(1000)) },
		"ProjectFeatures": func() error { return just(g.ProjectFeatures(project)) },
		"Companies":       func() error { return just(g.Companies()) },
		"Colleagues":      func() error { return just(g.Colleagues(1000)) },
		"Invitations":     func() error { return just(g.Invitations(1000)) },
		"MayAtCompany":    func() error { return just(g.MayAtCompany(1000, "company")) },
		"MayAnywhere":     func() error { return just(g.MayAnywhere("company")) },
		"Budgets":         func() error { return just(g.Budgets(project, "2026-05-20")) },
		"Budget":          func() error { return just(g.Budget(900001, "2026-05-20")) },
		"TimeEntries":     func() error { return just(g.TimeEntries(900001, 0, "", "")) },
		"Expenses":        func() error { return just(g.Expenses(900001)) },
		"Pace":            func() error { return just(g.Pace(900001, "2026-05-20")) },
		"OwnAvatar":       func() error { return just(g.OwnAvatar()) },
		"Topics":          func() error { return just(g.Topics()) },

		"Deliverables":  func() error { return just(g.Deliverables(project)) },
		"Deliverable":   func() error { return just(g.Deliverable(800000)) },
		"DecisionFiles": func() error { return just(g.DecisionFiles(820000)) },
		"Decisions":     func() error { return just(g.Decisions(project)) },
		"Decision":      func() error { return just(g.Decision(825001)) },
		"Asks":          func() error { return just(g.Asks(0)) },
		"AsksOfCompany": func() error { return just(g.Asks(1000)) },
		"Editions":      func() error { return just(g.Editions(825001)) },
		"WaitingTasks":  func() error { return just(g.WaitingTasks(project)) },
		"Signoff":       func() error { return just(g.Signoff(850001)) },
		"Talked":        func() error { return just(g.Conversation(825001)) },
		"PlanTasks":     func() error { return just(g.PlanTasks(project)) },
		"Undated":       func() error { return just(g.Undated(project)) },
		"NeededBy":      func() error { return just(g.NeededBy(task)) },
		"Needs":         func() error { return just(g.Needs(project)) },
		"Slips":         func() error { return just(g.Slips(project, 500)) },
	}
}

// No page reads a whole table: what it costs does not grow with the workspace.
func TestNoPageReadsAWholeTable(t *testing.T) {
	alone(t)
	t.Parallel()
	w := town(t)
	g := plainGlass(t, w, 2001)
	for method, ask := range asksTown(g, 4000, 10000) {
		if err := ask(); err != nil {
			t.Errorf("%s: %v", method, err)
		}
	}
	v := &Viewer{w.actor("olivia").Person, g.conn}
	for name, ask := range map[string]func() error{
		"Projects": func() error { return just(v.Projects()) }, "Project": func() error { return just(v.Project(4000)) },
		"Tasks": func() error { return just(v.Tasks(4000)) }, "Task": func() error { return just(v.Task(10000)) },
		"Log": func() error { return just(v.Log(4000, 30)) }, "TaskLog": func() error { return just(v.TaskLog(10000, 30)) },
		"Conversation": func() error { return just(v.Conversation(10000)) }, "Thread": func() error { return just(v.Thread(10000)) }, "Threads": func() error { return just(v.Threads(4000)) }, "Drafts": func() error { return just(v.Drafts(10000)) }, "Checklist": func() error { return just(v.Checklist(10000)) },
		"Reply": func() error { return just(v.Reply(200000)) }, "Note": func() error { return just(v.Note(300000)) }, "ReplyRevisions": func() error { return just(v.ReplyRevisions(200000)) },
		"NoteRevisions": func() error { return just(v.NoteRevisions(300000)) }, "Drill": func() error { return just(v.Drill(200000)) },
		"Roster": func() error { return just(v.Roster(4000)) }, "Readers": func() error { return just(v.Readers(10000)) },
		"Milestones": func() error { return just(v.Milestones(4000)) }, "Columns": func() error { return just(v.Columns(4000)) },
		"ProjectLabels": func() error { return just(v.ProjectLabels(4000)) }, "Deliverables": func() error { return just(v.Deliverables(4000)) },
		"Deliverable": func() error { return just(v.Deliverable(800000)) }, "VersionOpens": func() error { return just(v.VersionOpens(810000)) },
		"Decisions": func() error { return just(v.Decisions(4000)) }, "Decision": func() error { return just(v.Decision(825001)) }, "Editions": func() error { return just(v.Editions(825001)) },
		"MayBeAsked": func() error { return just(v.MayBeAsked(4000)) }, "WaitingTasks": func() error { return just(v.WaitingTasks(4000)) }, "Signoff": func() error { return just(v.Signoff(850001)) },
		"Talked": func() error { return just(v.Conversation(825001)) }, "PlanTasks": func() error { return just(v.PlanTasks(4000)) }, "Undated": func() error { return just(v.Undated(4000)) },
		"Needs": func() error { return just(v.Needs(4000)) }, "NeededBy": func() error { return just(v.NeededBy(10000)) }, "Needable": func() error { return just(v.Needable(4000, 200)) }, "Slips": func() error { return just(v.Slips(4000, 500)) },
		"Budgets": func() error { return just(v.Budgets(4000, "2026-05-20")) }, "Budget": func() error { return just(v.Budget(900001, "2026-05-20")) }, "Expenses": func() error { return just(v.Expenses(900001)) },
		"TimeOfBudget": func() error { return just(v.TimeEntries(TimeFilter{Budget: 900001})) }, "TimeOfPerson": func() error { return just(v.TimeEntries(TimeFilter{Person: 3001, From: "2026-05-01"})) }, "TimeEntry": func() error { return just(v.TimeEntry(910001)) },
		"Approvals": func() error { _, _, err := v.Approvals(4000); return err }, "Pace": func() error { return just(v.Pace(900001, "2026-05-20")) },
	} {
		if err := ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	queries := slices.Sorted(maps.Keys(g.conn.ready))
	for _, query := range queries {
		if strings.HasPrefix(query, "UPDATE") {
			continue
		}
		for _, step := range explain(t, g, query) {
			if whole(step) || step == "SCAN pr" && !strings.Contains(query, "_team") {
				t.Errorf("%s\n\tin %s", step, query)
			}
		}
	}
	if len(queries) < 36 {
		t.Error("only so many queries:", len(queries))
	}
}

// whole says that a step of a plan goes through a whole table, or makes an index
// of one for this query alone. v, vp and the views of the glass are what a view
// gave; somebody who may see every project goes through all of them (pr).
func whole(step string) bool {
	if strings.Contains(step, "reply_right_right") { // a row for each noun
		return false
	}
	scanned, scans := strings.CutPrefix(step, "SCAN ")
	if searched, found := strings.CutPrefix(step, "SEARCH "); found && strings.Contains(step, "AUTOMATIC") {
		scanned, scans = searched, true
	}
	scanned, _, _ = strings.Cut(scanned, " ")
	return scans && !slices.Contains([]string{"temp.viewer", "v", "vp", "pr", "json_each"}, scanned) && !strings.HasPrefix(scanned, glassTag) && !strings.HasPrefix(scanned, "(")
}

func explain(t *testing.T, g *Glass, query string) (steps []string) {
	t.Helper()
	count := strings.Count(query, "?")
	for n := range 12 {
		if strings.Contains(query, fmt.Sprint("?", n+1)) {
			count = n + 1
		}
	}
	args := slices.Repeat([]any{int64(1)}, count)
	rows, err := g.conn.sql.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	return steps
}
