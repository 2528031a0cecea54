package handlers

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
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

// standsStill keeps what is held in the seed from going out, however long the tests take.
func (w *world) standsStill(folder string) {
	beside, err := sql.Open("sqlite", "file:"+filepath.Join(folder, db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer beside.Close()
	for _, statement := range []string{"UPDATE reply SET held_until = '2099-01-01T00:00:00.000000Z' WHERE released_at IS NULL", "UPDATE job SET run_at = '2099-01-01T00:00:00.000000Z' WHERE kind = 'release' AND done_at IS NULL"} {
		_, err := beside.Exec(statement)
		w.ok(err)
	}
}

// holds sets for how many seconds the team's replies are held before clients see them.
func (w *world) holds(seconds int) {
	w.t.Helper()
	settings, err := w.store.Talk()
	w.ok(err)
	form := settings.Form()
	form.Hold = strconv.Itoa(seconds)
	w.ok(w.store.SetTalk(w.actor("owner"), form))
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

// beside changes rows, perhaps none, as another program on the same folder would.
func (w *world) beside(statement string, args ...any) {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer file.Close()
	_, err = file.Exec(statement, args...)
	w.ok(err)
}

// pairs reads two columns beside the running server.
func (w *world) pairs(query string) (list [][2]string) {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	w.ok(err)
	defer file.Close()
	rows, err := file.Query(query)
	w.ok(err)
	defer rows.Close()
	for rows.Next() {
		var pair [2]string
		w.ok(rows.Scan(&pair[0], &pair[1]))
		list = append(list, pair)
	}
	w.ok(rows.Err())
	return list
}

// tally has every row that is written from now on noted by its table and the kind
// of statement, but what the worker does to the outbox.
func (w *world) tally() {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer file.Close()
	file.SetMaxOpenConns(1)
	var script string
	w.ok(file.QueryRow(`SELECT 'CREATE TABLE tally (what TEXT NOT NULL);' || group_concat('CREATE TRIGGER tally_' || name || '_' || kind || ' AFTER ' || kind || ' ON "' || name || '" BEGIN INSERT INTO tally VALUES (''' || kind || ' ' || name || '''); END;', '')
		FROM sqlite_master, (SELECT 'INSERT' AS kind UNION ALL SELECT 'UPDATE' UNION ALL SELECT 'DELETE')
		WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND (name <> 'outbox' OR kind = 'INSERT')`).Scan(&script))
	_, err = file.Exec(script)
	w.ok(err)
}

// tallied is what was noted since the last time.
func (w *world) tallied() (what string) {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)")
	w.ok(err)
	defer file.Close()
	file.SetMaxOpenConns(1)
	w.ok(file.QueryRow("SELECT coalesce(group_concat(line, ', '), 'nothing') FROM (SELECT what || ' ' || count(*) AS line FROM tally GROUP BY what ORDER BY what)").Scan(&what))
	_, err = file.Exec("DELETE FROM tally")
	w.ok(err)
	return what
}

// texts reads one column beside the running server.
func (w *world) texts(query string) (list []string) {
	w.t.Helper()
	beside, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	w.ok(err)
	defer beside.Close()
	rows, err := beside.Query(query)
	w.ok(err)
	defer rows.Close()
	for rows.Next() {
		var text string
		w.ok(rows.Scan(&text))
		list = append(list, text)
	}
	w.ok(rows.Err())
	return list
}

// tables is a hash of every table's rows; that somebody's session was used is no change.
func (w *world) tables() map[string]string {
	w.t.Helper()
	file, err := sql.Open("sqlite", "file:"+filepath.Join(w.store.Dir(), db.FileName)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	w.ok(err)
	defer file.Close()
	strings := func(query string) (list []string) {
		rows, err := file.Query(query)
		w.ok(err)
		defer rows.Close()
		for rows.Next() {
			var one string
			w.ok(rows.Scan(&one))
			list = append(list, one)
		}
		return list
	}
	hashes := map[string]string{}
	for _, table := range strings("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
		rows, err := file.Query("SELECT * FROM " + table)
		w.ok(err)
		columns, err := rows.Columns()
		w.ok(err)
		sum := sha256.New()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			w.ok(rows.Scan(into...))
			for i, column := range columns {
				if table != "session" || column != "last_used_at" {
					fmt.Fprintf(sum, "%s=%v;", column, values[i])
				}
			}
		}
		w.ok(rows.Close())
		hashes[table] = fmt.Sprintf("%x", sum.Sum(nil))
	}
	return hashes
}
