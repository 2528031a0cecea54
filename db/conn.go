package db

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// conn is one SQLite connection with its prepared statements, used by one
// goroutine at a time. It is opened when it is first used.
type conn struct {
	pool  *sql.DB
	sql   *sql.Conn
	ready map[string]*sql.Stmt
}

func (c *conn) open() (err error) {
	if c.sql == nil {
		c.ready = map[string]*sql.Stmt{}
		c.sql, err = c.pool.Conn(context.Background())
	}
	return err
}

// prepared keeps each statement for the life of the connection: the texts are
// constants of this package, so their number is bounded.
func (c *conn) prepared(query string) (*sql.Stmt, error) {
	if ready, ok := c.ready[query]; ok {
		return ready, nil
	}
	if err := c.open(); err != nil {
		return nil, err
	}
	ready, err := c.sql.PrepareContext(context.Background(), query)
	if err == nil {
		c.ready[query] = ready
	}
	return ready, err
}

func (c *conn) query(query string, args ...any) (*sql.Rows, error) {
	ready, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return ready.Query(args...)
}

// exec runs a statement and says how many rows it changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	ready, err := c.prepared(query)
	if err != nil {
		return 0, err
	}
	result, err := ready.Exec(args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (c *conn) close() {
	for _, ready := range c.ready {
		ready.Close()
	}
	if c.sql != nil {
		c.sql.Close()
	}
}

// shelf lends connections, first the one that was used last: its statements are
// prepared, and to prepare them is dearer than to run them.
type shelf struct {
	tickets chan struct{}
	mu      sync.Mutex
	conns   []*conn
}

// newShelf opens one connection, so that what is wrong with them shows at once.
func newShelf(pool *sql.DB, count int) (*shelf, error) {
	s := &shelf{tickets: make(chan struct{}, count)}
	for range count {
		s.give(&conn{pool: pool})
	}
	return s, s.conns[count-1].open()
}

func (s *shelf) take() *conn {
	<-s.tickets
	return s.pop()
}

// takeWithin is nil when all connections are out for that long.
func (s *shelf) takeWithin(wait time.Duration) *conn {
	select {
	case <-s.tickets:
		return s.pop()
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-s.tickets:
		return s.pop()
	case <-timer.C:
		return nil
	}
}

func (s *shelf) pop() *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := len(s.conns) - 1
	c := s.conns[last]
	s.conns = s.conns[:last]
	return c
}

func (s *shelf) give(c *conn) {
	s.mu.Lock()
	s.conns = append(s.conns, c)
	s.mu.Unlock()
	s.tickets <- struct{}{}
}

// close closes those that are not lent out, waiting a moment for those that are.
// They are put back, so that nobody waits for one for ever.
func (s *shelf) close() {
	var closed []*conn
	for patience := time.Now().Add(2 * time.Second); len(closed) < cap(s.tickets); {
		c := s.takeWithin(time.Until(patience))
		if c == nil {
			break
		}
		c.close()
		closed = append(closed, c)
	}
	for _, c := range closed {
		s.give(c)
	}
}
