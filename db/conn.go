package db

import (
	"context"
	"database/sql"
)

// conn is one SQLite connection with its prepared statements, used by one
// goroutine at a time.
type conn struct {
	sql   *sql.Conn
	ready map[string]*sql.Stmt
}

func newConn(ctx context.Context, pool *sql.DB) (*conn, error) {
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{c, map[string]*sql.Stmt{}}, nil
}

// prepared keeps each statement for the life of the connection: the texts are
// constants of this package, so their number is bounded.
func (c *conn) prepared(query string) (*sql.Stmt, error) {
	if ready, ok := c.ready[query]; ok {
		return ready, nil
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
	c.sql.Close()
}
