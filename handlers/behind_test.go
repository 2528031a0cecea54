package handlers

import (
	"database/sql"
	"path/filepath"

	"vitrine/db"
)

// behind changes rows as another program on the same folder would, where the rules
// have no way or would take long: it is the one place outside db that opens the file.
func (w *world) behind(query string, args ...any) {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer file.Close()
	_, err = file.Exec(query, args...)
	w.ok(err)
}
