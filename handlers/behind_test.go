package handlers

import (
	"database/sql"
	"path/filepath"
	"time"

	"vitrine/db"
)

// behind changes rows as another program on the same folder would, where the rules
// have no way or would take long, and waits until the server has noticed: it is the
// one place outside db that opens the file.
func (w *world) behind(query string, args ...any) {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer file.Close()
	before := w.store.Generation()
	result, err := file.Exec(query, args...)
	w.ok(err)
	if changed, err := result.RowsAffected(); err == nil && changed == 0 {
		return
	}
	for range 500 {
		if w.store.Generation() != before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Fatal("the server did not notice")
}

// rows counts beside the running server.
func (w *world) rows(query string, args ...any) (count int) {
	w.t.Helper()
	beside, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	w.ok(err)
	defer beside.Close()
	w.ok(beside.QueryRow(query, args...).Scan(&count))
	return count
}
