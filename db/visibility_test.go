package db

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// names gives every id of the world a short name; events are named by what happened.
func (w *world) names() map[string]string {
	names := map[string]string{}
	for name, id := range w.ids {
		names[fmt.Sprint(int64(id))] = strings.ReplaceAll(name, " ", "_")
	}
	type line struct {
		id   int64
		name string
	}
	w.must(w.read(func(r source) error {
		events, err := all(r, func(l *line) []any { return []any{&l.id, &l.name} },
			`SELECT e.id, e.kind || ':' || coalesce(t.title, q.question, m.name, d.name || ' ' || e.number, p.name) FROM event e JOIN project p ON p.id = e.project_id
			LEFT JOIN task t ON t.id = e.task_id LEFT JOIN milestone m ON m.id = e.milestone_id LEFT JOIN deliverable d ON d.id = e.deliverable_id
			LEFT JOIN edition q ON q.decision_id = e.decision_id AND q.number = 1`)
		for _, e := range events {
			names[fmt.Sprint(e.id)] = strings.ReplaceAll(e.name, " ", "_")
		}
		return err
	}))
	return names
}

// matrixOf reads a view (viewer, things …) and says what each viewer has in it.
func (w *world) matrixOf(view string, rows []string) map[string]string {
	names, byViewer, pairs := w.names(), map[string][]string{}, map[string]bool{}
	for _, row := range rows {
		if pairs[row] {
			w.t.Errorf("%s has a pair twice: %s", view, row)
		}
		pairs[row] = true
		fields := strings.Split(row, "|")
		for i, field := range fields {
			if name, ok := names[field]; ok {
				fields[i] = name
			}
		}
		byViewer[fields[0]] = append(byViewer[fields[0]], strings.Join(fields[1:], "/"))
	}
	matrix := map[string]string{}
	for viewer, things := range byViewer {
		slices.Sort(things)
		matrix[viewer] = counted(things)
	}
	return matrix
}

// counted writes what is there several times once, with its number.
func counted(things []string) string {
	var short []string
	for i := 0; i < len(things); {
		n := i
		for n < len(things) && things[n] == things[i] {
			n++
		}
		if n-i > 1 {
			short = append(short, fmt.Sprintf("%s*%d", things[i], n-i))
		} else {
			short = append(short, things[i])
		}
		i = n
	}
	return strings.Join(short, " ")
}

// expected reads the table "view | viewers: things".
func expected(t *testing.T, table string) map[string]map[string]string {
	views := map[string]map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		view, rest, _ := strings.Cut(line, "|")
		viewers, things, ok := strings.Cut(rest, ":")
		view = strings.TrimSpace(view)
		if views[view] == nil {
			views[view] = map[string]string{}
		}
		for _, viewer := range strings.Fields(viewers) {
			if _, twice := views[view][viewer]; twice || !ok {
				t.Fatal("the table is wrong at ", line)
			}
			views[view][viewer] = strings.TrimSpace(things)
		}
	}
	return views
}

func compare(t *testing.T, view string, got, want map[string]string) {
	t.Helper()
	for viewer, things := range got {
		if want[viewer] != things {
			t.Errorf("%s of %s:\n got %s\nwant %s", view, viewer, things, want[viewer])
		}
	}
	for viewer, things := range want {
		if _, some := got[viewer]; !some {
			t.Errorf("%s of %s: nothing, want %s", view, viewer, things)
		}
	}
}

// Who may see and do what: every view of the database against the table. Whoever
// is not named in a line has nothing in that view.
func TestWhoMaySee(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	want := expected(t, whoMatrix)
	for _, view := range w.rows("SELECT name FROM sqlite_master WHERE type = 'view'") {
		if noViewer[view] {
			continue
		}
		var columns []string
		for _, column := range w.rows("SELECT name FROM pragma_table_info('" + view + "')") {
			columns = append(columns, "coalesce(\""+column+"\", 'none')")
		}
		read := func(view string) []string {
			return w.rows("SELECT " + strings.Join(columns, " || '|' || ") + " FROM " + view)
		}
		got := w.matrixOf(view, read(view))
		lines, listed := want[view]
		if !listed { // what has both arms is their sum, without a pair twice
			team, client := want[view+"_team"], want[view+"_client"]
			if team == nil {
				t.Errorf("%s is not in the table", view)
			}
			lines = maps.Clone(team)
			for viewer, things := range client {
				if lines[viewer] != "" {
					t.Errorf("%s: %s is in both arms", view, viewer)
				}
				lines[viewer] = things
			}
		}
		compare(t, view, got, lines)
	}
}

// noViewer are the views without a viewer: TestNamesOfPeople, TestFeatures and TestWhoMaySignIn ask them.
var noViewer = map[string]bool{"shown_person_client": true, "feature_company_client": true, "feature_project_client": true, "may_sign_in": true}

// What each client's glass shows: every client_ view against the table, for
// every person of the world.
func TestWhatTheGlassShows(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	want, seen := expected(t, glassMatrix), map[string][]string{}
	for _, who := range slices.Concat(clientNames, teamNames, []string{"nobody"}) {
		err := w.Glass(w.ids[who], func(g *Glass) error {
			for view, columns := range glassColumnsShown {
				rows, err := textRows(g, "SELECT '"+who+"' || '|' || "+columns+" FROM "+view)
				if err != nil {
					return fmt.Errorf("%s: %w", view, err)
				}
				seen[view] = append(seen[view], rows...)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for view := range clientViews {
		if glassColumnsShown[view] == "" {
			t.Errorf("%s is not in the table", view)
		}
		for i, row := range seen[view] {
			seen[view][i] = strings.ReplaceAll(row, " ", "_")
		}
		compare(t, view, w.matrixOf(view, seen[view]), want[view])
	}
}

// glassColumnsShown are the columns by which the table names a row.
var glassColumnsShown = map[string]string{
	"client_workspace":       "key",
	"client_me":              "id || '|' || email",
	"client_thread":          "id || '|' || noun || '|' || lies_with || '|' || may_reply",
	"client_draft":           "thread_id || '|' || id",
	"client_mention":         "thread_id || '|' || person_id || '|' || name",
	"client_file":            "coalesce(reply_id, draft_id, decision_id, version_id, (SELECT x.id FROM client_expense x WHERE x.receipt_id = client_file.id)) || '|' || id",
	"client_reply_file":      "thread_id || '|' || reply_id || '|' || id",
	"client_project":         "id || '|' || company || '|' || replies || '|' || archived || '|' || may_propose || '|' || mine",
	"client_milestone":       "id || '|' || gate || '|' || approved",
	"client_task":            "id || '|' || title || '|' || kind || label",
	"client_progress":        "project_id || '|' || total || '|' || todo || '|' || doing || '|' || done || '|' || coalesce(effort_left, 'untold')",
	"client_checklist_item":  "id || '|' || task_id",
	"client_task_label":      "task_id || '|' || name",
	"client_person":          "project_id || '|' || coalesce(id, 'none') || '|' || side || '|' || name || '|' || leads",
	"client_assignee":        "task_id || '|' || coalesce(person_id, 'none') || '|' || name",
	"client_budget":          "id || '|' || approves",
	"client_budget_service":  "id || '|' || budget_id",
	"client_time_entry":      "id || '|' || minutes || '|' || wording || '|' || coalesce(author, '') || '|' || coalesce(invoice, '')",
	"client_expense":         "id || '|' || coalesce(receipt_id, 'none') || '|' || coalesce(invoice, '')",
	"client_company":         "id",
	"client_right":           "company_id || '|' || right",
	"client_feature":         "coalesce(company_id, 'none') || '|' || name",
	"client_project_feature": "project_id || '|' || name",
	"client_colleague":       "company_id || '|' || person_id || '|' || name || '|' || role_key || '|' || joined",
	"client_invitation":      "company_id || '|' || address || '|' || role_key",
	"client_givable_role":    "company_id || '|' || key",
	"client_avatar":          "id",

	"client_decision":            "id || '|' || kind || '|' || state || '|' || edition || '|' || may_decide",
	"client_edition":             "decision_id || '|' || number || '|' || coalesce(asked_by, 'nobody')",
	"client_decision_option":     "decision_id || '|' || edition || '|' || title",
	"client_change_task":         "decision_id || '|' || edition || '|' || title",
	"client_decider":             "decision_id || '|' || position || '|' || name || '|' || answered",
	"client_decision_task":       "decision_id || '|' || task_id || '|' || state",
	"client_signoff":             "decision_id || '|' || id || '|' || outcome || '|' || coalesce(person, 'nobody')",
	"client_deliverable":         "id || '|' || name",
	"client_deliverable_version": "deliverable_id || '|' || id || '|' || coalesce(state, 'none') || '|' || newest || '|' || delivered_by",
	"client_deliverable_task":    "deliverable_id || '|' || task_id",
	"client_version_file":        "deliverable_id || '|' || version_id || '|' || id || '|' || opened",
	"client_decision_file":       "decision_id || '|' || id || '|' || opened",
	"client_file_open":           "file_id",
	"client_reply":               "id || '|' || coalesce(author_id, 'none') || '|' || author",
	"client_task_need":           "task_id || '|' || needs_id",
	"client_status_update":       "id || '|' || coalesce(author, 'nobody')",
	"client_invoice":             "id || '|' || may_pay || may_reply || '|' || coalesce(credits_id, '')",
	"client_invoice_party":       "invoice_id || '|' || role",
	"client_invoice_project":     "invoice_id || '|' || coalesce(project_id, 'hidden')",
	"client_invoice_line":        "invoice_id || '|' || position",
	"client_invoice_file":        "invoice_id || '|' || kind",
	"client_payment":             "id || '|' || state",
	"client_invoice_reply":       "id || '|' || side || mine || author",
	"client_bill_text":           "key",
	"client_meeting":             "id",
	"client_home_text":           "coalesce(company_id, 'none') || '|' || language || '|' || welcome",
	"client_home_card":           "coalesce(company_id, 'none') || '|' || position || '|' || kind || '|' || coalesce(label, '')",
	"client_home_widget":         "coalesce(company_id, 'none') || '|' || name",
	"client_home_kind":           "coalesce(company_id, 'none') || '|' || kind",
	"client_visit":               "coalesce(before_at, 'never')",
	"client_milestone_progress":  "milestone_id || '|' || total || '|' || accepted || '|' || done || '|' || basis",
	"client_event":               "id || '|' || coalesce(actor, 'nobody')",
}
