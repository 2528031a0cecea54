package db

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The replies, notes and files of the second version are all there in this one, on the
// threads of their tasks, and what a client waited for waits still.
func TestConversationsMoveOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pool, err := sql.Open("sqlite", "file:"+uriPath(filepath.Join(dir, FileName))+"?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	steps, err := provider(pool)
	if err == nil {
		_, err = steps.UpTo(context.Background(), 2)
	}
	if err != nil {
		t.Fatal(err)
	}
	const at = "'2026-05-20T09:00:00.000000Z'"
	for _, statement := range []string{
		"INSERT INTO person (id, email, name, side, role, created_at) VALUES (1, 'a@ormos.test', 'A', 'team', 'owner', " + at + "), (2, 'b@acme.test', 'B', 'client', '', " + at + ")",
		"INSERT INTO company (id, name, created_at) VALUES (3, 'Acme', " + at + ")",
		"INSERT INTO project (id, company_id, name, created_at) VALUES (4, 3, 'Site', " + at + ")",
		"INSERT INTO milestone (id, project_id, name, position) VALUES (5, 4, 'Launch', 1)",
		"INSERT INTO board_column (id, project_id, name, kind, position) VALUES (6, 4, 'To do', 'todo', 1)",
		"INSERT INTO task (id, project_id, column_id, title, private, position, created_at) VALUES (7, 4, 6, 'One', 0, 1, " + at + "), (8, 4, 6, 'Two', 0, 2, " + at + ")",
		"INSERT INTO reply (id, project_id, task_id, author_id, body, created_at, edited_at, deleted_at) VALUES (10, 4, 7, 1, 'first', '2026-05-20T09:00:00.000000Z', " + at + ", NULL), (11, 4, 7, 2, 'why?', '2026-05-20T10:00:00.000000Z', NULL, NULL), (12, 4, 7, 2, 'and when?', '2026-05-20T11:00:00.000000Z', NULL, NULL), (13, 4, 8, 1, 'gone', '2026-05-20T09:00:00.000000Z', NULL, " + at + ")",
		"INSERT INTO note (id, project_id, task_id, author_id, body, created_at, source) VALUES (20, 4, 7, 1, 'inside', " + at + ", 'trello:1')",
		"INSERT INTO file (id, project_id, task_id, reply_id, note_id, name, sha256, url, created_at) VALUES (30, 4, 7, NULL, NULL, 'of the task', NULL, 'https://files.test/a', " + at + "), (31, 4, 7, 10, NULL, 'of the reply', 'abc', NULL, " + at + "), (32, 4, NULL, NULL, 20, 'of the note', 'def', NULL, " + at + ")",
	} {
		if _, err := pool.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	w := openWorld(t, dir, map[string]ID{}, time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC), Options{Serve: true})
	w.must(w.SettleWaiting())
	for query, want := range map[string][]string{
		"SELECT id || '|' || thread_id || '|' || author_id || '|' || body || '|' || released_at || '|' || coalesce(edited_at, '') || '|' || coalesce(deleted_at, '') FROM reply ORDER BY id": {
			"10|7|1|first|2026-05-20T09:00:00.000000Z|2026-05-20T09:00:00.000000Z|", "11|7|2|why?|2026-05-20T10:00:00.000000Z||", "12|7|2|and when?|2026-05-20T11:00:00.000000Z||", "13|8|1|gone|2026-05-20T09:00:00.000000Z||2026-05-20T09:00:00.000000Z"},
		"SELECT id || '|' || thread_id || '|' || body || '|' || source FROM note":                                                                         {"20|7|inside|trello:1"},
		"SELECT id || '|' || coalesce(task_id, '') || '|' || coalesce(reply_id, '') || '|' || coalesce(note_id, '') || '|' || name FROM file ORDER BY id": {"30|7|||of the task", "31||10||of the reply", "32|||20|of the note"},
		"SELECT id || '|' || noun || '|' || lies_with || '|' || coalesce(since, '') || '|' || (due_at IS NOT NULL) FROM thread ORDER BY id":               {"4|project|||0", "5|milestone|||0", "7|task|team|2026-05-20T10:00:00.000000Z|1", "8|task|||0"},
		"SELECT count(*) FROM pragma_foreign_key_check":                                                                                                   {"0"},
	} {
		if got := w.rows(query); !slices.Equal(got, want) {
			t.Errorf("%s\n%s", query, fmt.Sprint(got))
		}
	}
}
