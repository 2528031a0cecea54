package db

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// refused is what SQLite says when the authorizer denies a part of a statement.
func refused(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "not authorized") || strings.Contains(err.Error(), "prohibited"))
}

// tryOnGlass runs a statement on a glass as eleni, who sees something everywhere.
func tryOnGlass(g *Glass, statement string) (string, error) {
	rows, err := g.conn.sql.QueryContext(context.Background(), statement)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		count++
	}
	return fmt.Sprintf("%d rows", count), rows.Err()
}

func TestGlassRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var statements []string
	for _, table := range w.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')") {
		statements = append(statements, "SELECT * FROM "+table, "SELECT * FROM main."+table, "SELECT count(*) FROM "+table,
			"SELECT 1 FROM "+table, "SELECT EXISTS (SELECT 1 FROM "+table+")", "SELECT (SELECT 1 FROM "+table+" LIMIT 1) FROM client_me",
			"WITH client_x AS (SELECT * FROM "+table+") SELECT * FROM client_x",
			"WITH client_task AS (SELECT * FROM "+table+") SELECT * FROM client_task",
			"WITH client_x AS (SELECT 1 FROM "+table+") SELECT count(*) FROM client_x",
			"WITH glass_x AS (SELECT * FROM "+table+") SELECT * FROM glass_x",
			"SELECT c.id FROM client_me c, "+table, "SELECT c.id FROM client_me c LEFT JOIN "+table+" x ON 1")
	}
	for view := range clientViews {
		for _, name := range []string{view, strings.ToUpper(view), "client_role", "temp_" + view, "visible_task_client", "viewer", "glass_task"} {
			statements = append(statements, fmt.Sprintf("WITH %s AS (SELECT internal_details AS id FROM task) SELECT id FROM %s", name, name),
				fmt.Sprintf("WITH %s AS (SELECT id FROM task) SELECT id FROM %s", name, name),
				fmt.Sprintf("WITH %s AS (SELECT note.body AS id FROM note) SELECT count(*) FROM %s", name, name))
		}
		statements = append(statements, "DROP VIEW "+view, "DROP VIEW temp."+view, "CREATE VIEW x AS SELECT * FROM "+view,
			"CREATE TEMP TABLE x AS SELECT * FROM "+view)
	}
	statements = append(statements, outlawed...)
	checked := 0
	err := w.Glass(w.id("eleni"), func(g *Glass) error {
		for _, statement := range statements {
			checked++
			if said, err := tryOnGlass(g, statement); !refused(err) {
				t.Errorf("not refused: %s: %s, %v", statement, said, err)
			}
		}
		for _, statement := range impossible {
			if said, err := tryOnGlass(g, statement); err == nil {
				t.Errorf("possible: %s: %s", statement, said)
			}
		}
		return nil
	})
	if err != nil || checked < 500 {
		t.Error(checked, err)
	}
}

var outlawed = []string{
	"SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema", "SELECT sql FROM sqlite_temp_master", "SELECT * FROM temp.sqlite_schema",
	"SELECT * FROM pragma_table_info('task')", "SELECT * FROM pragma_table_list", "SELECT * FROM pragma_database_list", "PRAGMA table_info(task)",
	"PRAGMA query_only = 0", "PRAGMA database_list", "PRAGMA writable_schema = 1", "PRAGMA data_version", "PRAGMA trusted_schema = 1",
	"SELECT id FROM temp.viewer", "SELECT count(*) FROM viewer", "SELECT * FROM client_me, viewer", "SELECT 1 FROM temp.viewer",
	"UPDATE temp.viewer SET id = 1 WHERE id IS NULL", "UPDATE temp.viewer SET id = 1 RETURNING id", "UPDATE temp.viewer SET id = id + 1",
	"UPDATE temp.viewer SET id = (SELECT id FROM person LIMIT 1)", "UPDATE temp.viewer SET id = 1 FROM task",
	"INSERT INTO temp.viewer VALUES (1)", "DELETE FROM temp.viewer", "DROP TABLE temp.viewer",
	"ATTACH DATABASE ':memory:' AS x", "DETACH DATABASE main", "ANALYZE", "REINDEX",
	"INSERT INTO task (id) VALUES (1)", "UPDATE task SET private = 0", "DELETE FROM note", "REPLACE INTO setting VALUES ('a', 'b')",
	"UPDATE setting SET value = 'x'", "UPDATE main.person SET active = 1",
	"CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)", "CREATE TEMP VIEW client_x AS SELECT * FROM task", "CREATE VIEW x AS SELECT 1", "CREATE INDEX x ON task (title)",
	"CREATE TEMP TRIGGER x AFTER UPDATE ON temp.viewer BEGIN SELECT 1; END", "CREATE VIRTUAL TABLE temp.x USING fts5(a)", "DROP TABLE task", "ALTER TABLE task ADD x",
	"SAVEPOINT x", "SELECT load_extension('x')", "SELECT sqlite_version()", "SELECT randomblob(9)",
	"SELECT * FROM json_each('[1]')", "SELECT json_object('a', id) FROM client_me",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
	"SELECT * FROM client_role", "SELECT count(*) FROM client_role", "SELECT * FROM client_role_right", "SELECT name FROM main.client_role",
	"SELECT c.id FROM client_task c JOIN task t ON t.id = c.id", "SELECT count(*) FROM client_task c JOIN task t ON t.id = c.id",
	"SELECT 1 FROM client_task c WHERE EXISTS (SELECT 1 FROM note)", "SELECT 1 FROM client_task c WHERE EXISTS (SELECT 1 FROM task t WHERE t.id = c.id)",
	"SELECT id FROM client_task UNION SELECT id FROM task", "SELECT id FROM client_task WHERE id IN (SELECT thread_id FROM note)", "SELECT id FROM client_task WHERE id IN task",
	"SELECT id FROM client_task ORDER BY (SELECT max(created_at) FROM note)", "SELECT id FROM (SELECT id FROM task)", "VALUES ((SELECT title FROM task LIMIT 1))",
	"WITH client_task AS (SELECT * FROM temp.client_task), client_y AS (SELECT title FROM task) SELECT * FROM client_y",
	"WITH x AS (SELECT * FROM visible_task_client) SELECT * FROM x",
}

// What SQLite itself does not do here.
var impossible = []string{"DELETE FROM client_task", "UPDATE client_task SET title = 'x'", "INSERT INTO client_me (id) VALUES (1)", "VACUUM", "VACUUM INTO '/tmp/x.db'",
	"SELECT readfile('/etc/passwd')", "SELECT * FROM generate_series(1, 3)"}

// A name of main that looks like a view of the glass is not one.
func TestGlassKnowsNoOtherSchema(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	err := w.Glass(w.id("eleni"), func(g *Glass) error {
		for view := range clientViews {
			if said, err := tryOnGlass(g, "SELECT * FROM main."+view); err == nil {
				t.Errorf("main.%s can be read: %s", view, said)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// SQLite reports a table of which nothing but its rowid is used without the name
// of the view: every form of a query has to work on every view, with rows and without.
func TestEveryViewCanBeAskedInEveryWay(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	if len(clientViews) != strings.Count(glassSQL, "CREATE TEMP VIEW") || len(clientViews) < 12 {
		t.Fatal("the views are", clientViews)
	}
	for _, who := range []string{"eleni", "nikos", "vic", "stan", "finn", "lea", ""} {
		err := w.Glass(w.ids[who], func(g *Glass) error {
			for view := range clientViews {
				column := "id"
				switch view {
				case "client_workspace", "client_bill_text":
					column = "key"
				case "client_visit":
					column = "began_at"
				case "client_progress", "client_project_feature", "client_milestone_progress":
					column = "project_id"
				case "client_right", "client_feature", "client_colleague", "client_home_text", "client_home_card", "client_home_widget", "client_home_kind":
					column = "company_id"
				case "client_edition", "client_change_task", "client_decider", "client_decision_task":
					column = "decision_id"
				case "client_deliverable_task":
					column = "deliverable_id"
				case "client_invoice_line", "client_invoice_party", "client_invoice_project", "client_invoice_file":
					column = "invoice_id"
				case "client_file_open":
					column = "file_id"
				case "client_task_label", "client_assignee", "client_task_need":
					column = "task_id"
				}
				all := len(mustAsk(t, g, "SELECT * FROM "+view))
				for _, query := range []string{"SELECT " + column + " FROM ", "SELECT 1 FROM ", "SELECT " + column + " FROM temp."} {
					if got := len(mustAsk(t, g, query+view)); got != all {
						t.Errorf("%s%s as %q: %d rows of %d", query, view, who, got, all)
					}
				}
				want := fmt.Sprint([]string{fmt.Sprint(all)})
				if got := fmt.Sprint(mustAsk(t, g, "SELECT count(*) FROM "+view)); got != want {
					t.Errorf("count(*) of %s as %q: %s of %s", view, who, got, want)
				}
				if got := fmt.Sprint(mustAsk(t, g, "SELECT EXISTS (SELECT 1 FROM "+view+")")); got != fmt.Sprint([]string{fmt.Sprint(min(all, 1))}) {
					t.Errorf("EXISTS of %s as %q: %s", view, who, got)
				}
				full := who == "eleni" && !withRight[view] || who == "nikos" && withRight[view]
				if seen := all > 0; full != seen && who != "vic" && (who != "nikos" || withRight[view]) && (!anyClients[view] || who == "lea" || who == "") {
					t.Errorf("%s as %q: %d rows", view, who, all)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// withRight are the views for whoever may invite colleagues, and sees bills.
var withRight = map[string]bool{"client_colleague": true, "client_invitation": true, "client_givable_role": true, "client_invoice": true, "client_bill_text": true, "client_invoice_line": true, "client_invoice_party": true, "client_invoice_project": true, "client_invoice_file": true, "client_payment": true, "client_invoice_reply": true, "client_budget": true, "client_budget_service": true, "client_time_entry": true, "client_expense": true}

// anyClients are the views in which somebody without a project finds rows as well.
var anyClients = map[string]bool{"client_me": true, "client_workspace": true, "client_feature": true, "client_company": true, "client_right": true, "client_home_text": true, "client_home_card": true, "client_home_widget": true, "client_home_kind": true, "client_meeting": true, "client_invoice": true, "client_bill_text": true, "client_invoice_line": true, "client_invoice_party": true, "client_invoice_project": true, "client_invoice_file": true, "client_payment": true, "client_invoice_reply": true}

func mustAsk(t *testing.T, g *Glass, query string) []string {
	t.Helper()
	list, err := textRows(g, query)
	if err != nil {
		t.Errorf("%s: %v", query, err)
	}
	return list
}
