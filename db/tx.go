package db

import (
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// errClosed answers a write that came when the store was closing.
var errClosed = errors.New("the store is closing")

// Tx is one change being made: the only way to write.
type Tx struct {
	conn  *conn
	store *Store
	now   Time
	quiet bool
}

type write struct {
	change func(*Tx) error
	done   chan error
	quiet  bool
	err    error
}

// write makes one change. Changes that wait at the same time share one
// transaction, a savepoint each, and are acknowledged after its commit: one
// flush to disk for all of them.
func (s *Store) write(change func(*Tx) error) error {
	w := &write{change: change, done: make(chan error, 1)}
	select {
	case <-s.stop: // else those who write on and on would keep the store from closing
		return errClosed
	default:
	}
	select {
	case s.writes <- w:
	case <-s.stop:
		return errClosed
	}
	select {
	case err := <-w.done:
		return err
	case <-s.ended: // it may have been the last one, or have come too late
		select {
		case err := <-w.done:
			return err
		default:
			return errClosed
		}
	}
}

const (
	sharedWrites = 64
	outsideTick  = 100 * time.Millisecond
)

// writeAll is the goroutine that owns the writer. Between changes it looks
// whether another process has committed since outside was read.
func (s *Store) writeAll(writer *conn, outside int64) {
	defer close(s.ended)
	defer writer.close()
	tick := time.NewTicker(outsideTick)
	defer tick.Stop()
	for {
		select {
		case first := <-s.writes:
			s.commit(writer, s.waiting(first))
		case <-tick.C:
			if version := s.outsideVersion(writer); version != outside {
				outside = version
				s.changed()
			}
		case <-s.stop:
			for {
				select {
				case first := <-s.writes:
					s.commit(writer, s.waiting(first))
				default:
					writer.exec("PRAGMA wal_checkpoint(TRUNCATE)")
					return
				}
			}
		}
	}
}

// outsideVersion changes when somebody else than the writer has committed.
func (s *Store) outsideVersion(writer *conn) int64 {
	version, _ := value[int64](writer, "PRAGMA data_version")
	return version
}

func (s *Store) waiting(first *write) []*write {
	shared := []*write{first}
	for len(shared) < sharedWrites {
		select {
		case next := <-s.writes:
			shared = append(shared, next)
		default:
			return shared
		}
	}
	return shared
}

func (s *Store) commit(writer *conn, shared []*write) {
	seen, err := false, error(nil)
	if _, err = writer.exec("BEGIN IMMEDIATE"); err == nil {
		for _, w := range shared {
			if err == nil {
				w.err, err = s.savepoint(writer, w)
				seen = seen || (w.err == nil && !w.quiet)
			}
		}
		if err == nil {
			_, err = writer.exec("COMMIT")
		}
		if err != nil {
			writer.exec("ROLLBACK")
		}
	}
	if err == nil && seen {
		s.changed()
	}
	for _, w := range shared {
		if err != nil {
			w.err = errors.Join(w.err, err)
		}
		w.done <- w.err
	}
}

// savepoint runs one change alone: an error or a panic undoes it and it only.
// When that is not possible, because SQLite has rolled the whole transaction
// back (a full disk), lost says so: then none of the shared changes is stored.
func (s *Store) savepoint(writer *conn, w *write) (err, lost error) {
	if _, err := writer.exec("SAVEPOINT change"); err != nil {
		return nil, err
	}
	tx := &Tx{conn: writer, store: s, now: At(s.Now())}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", cause, debug.Stack())
		}
		w.quiet = tx.quiet
		if err != nil {
			_, lost = writer.exec("ROLLBACK TO change")
		}
		if lost == nil {
			_, lost = writer.exec("RELEASE change")
		}
	}()
	return w.change(tx), nil
}

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) {
	return tx.conn.query(query, args...)
}

// exec changes rows; must-change statements ask for the count.
func (tx *Tx) exec(query string, args ...any) (int64, error) { return tx.conn.exec(query, args...) }

// must runs a statement that has to change a row: none is ErrNotFound.
func (tx *Tx) must(query string, args ...any) error {
	changed, err := tx.exec(query, args...)
	if err == nil && changed == 0 {
		err = ErrNotFound
	}
	return err
}

// run executes statements one after the other and stops at the first error.
func (tx *Tx) run(query string, args ...any) error {
	_, err := tx.exec(query, args...)
	return err
}

// hush marks a change that nobody can see on any page, such as a last-used
// time: nothing kept has to be thrown away for it.
func (tx *Tx) hush() { tx.quiet = true }

// touch raises the project's versions: the team's always, the clients' only
// when something changed for clients.
func (tx *Tx) touch(project ID, clients bool) error {
	return tx.must("UPDATE project SET team_version = team_version + 1, client_version = client_version + ? WHERE id = ?", clients, project)
}

// touchBudget is touch for something on a budget (0: on none): of that only those
// clients hear who see the budget.
func (tx *Tx) touchBudget(project, budget ID, clients bool) error {
	if budget == 0 {
		return tx.touch(project, clients)
	}
	return tx.must("UPDATE project SET team_version = team_version + 1, budget_version = budget_version + ? WHERE id = ?", clients, project)
}

// touchAuthority says that a login, a role or a membership changed: open pages
// are asked again whether they may stay.
func (tx *Tx) touchAuthority() error {
	return tx.must("UPDATE setting SET value = value + 1 WHERE key = 'authority'")
}
