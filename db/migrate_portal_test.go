package db

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Folders that took step 6 before it had all of its parts get them; the others keep theirs.
func TestFoldersOfBothPortalStepsMoveOver(t *testing.T) {
	t.Parallel()
	for name, early := range map[string]bool{"early": true, "late": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			pool, err := sql.Open("sqlite", "file:"+uriPath(filepath.Join(dir, FileName))+"?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)")
			if err != nil {
				t.Fatal(err)
			}
			steps, err := provider(pool)
			if err == nil {
				_, err = steps.UpTo(context.Background(), 7)
			}
			if err != nil {
				t.Fatal(err)
			}
			const at = "'2026-05-20T09:00:00.000000Z'"
			statements := []string{
				"INSERT INTO person (id, email, name, side, role, created_at) VALUES (1, 'a@ormos.test', 'A', 'team', 'owner', " + at + "), (2, 'b@acme.test', 'B', 'client', '', " + at + ")",
				"INSERT INTO company (id, name, created_at) VALUES (3, 'Acme', " + at + ")",
				"INSERT INTO project (id, company_id, name, created_at) VALUES (4, 3, 'Site', " + at + ")",
				"INSERT INTO board_column (id, project_id, name, kind, position) VALUES (6, 4, 'To do', 'todo', 1)",
				"INSERT INTO task (id, project_id, column_id, title, private, position, created_at) VALUES (7, 4, 6, 'One', 0, 1, " + at + ")",
				"INSERT INTO task_assignee (task_id, person_id) VALUES (7, 1), (7, 2)",
			}
			want := []string{"7|2"}
			if early {
				statements = append(statements, "DROP TABLE given_told", "ALTER TABLE project DROP COLUMN template_by")
			} else {
				statements = append(statements, "UPDATE project SET template_by = 1", "INSERT INTO given_told (task_id, person_id, at) VALUES (7, 1, "+at+")")
				want = []string{"7|1"}
			}
			for _, statement := range statements {
				if _, err := pool.Exec(statement); err != nil {
					t.Fatal(statement, err)
				}
			}
			if err := pool.Close(); err != nil {
				t.Fatal(err)
			}
			w := openWorld(t, dir, map[string]ID{}, time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC), Options{Serve: true})
			if got := w.rows("SELECT task_id || '|' || person_id FROM given_told"); !slices.Equal(got, want) {
				t.Error(got)
			}
			if got := w.rows("SELECT count(*) FROM project WHERE template_by IS NOT NULL"); !slices.Equal(got, []string{map[bool]string{true: "0", false: "1"}[early]}) {
				t.Error(got)
			}
		})
	}
}
