package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed visibility.sql
var visibilitySQL string

func provider(pool *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, pool, files, goose.WithVerbose(false), goose.WithGoMigrations(
		goose.NewGoMigration(8, &goose.GoFunc{RunTx: fillPortal}, nil)))
}

// fillPortal adds what step 6 got after some data folders had taken it already:
// who saved a template, and what a client was told of a task that is theirs.
func fillPortal(ctx context.Context, tx *sql.Tx) error {
	var column, table bool
	if err := tx.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM pragma_table_info('project') WHERE name = 'template_by'),
		       EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'given_told')`).Scan(&column, &table); err != nil {
		return err
	}
	if !column {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE project ADD COLUMN template_by INTEGER REFERENCES person ON DELETE SET NULL"); err != nil {
			return err
		}
	}
	if table {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		CREATE TABLE given_told (
			task_id    INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
			person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
			at         TEXT NOT NULL,
			before_due TEXT,
			after_due  TEXT,
			PRIMARY KEY (task_id, person_id)
		) STRICT, WITHOUT ROWID;
		CREATE INDEX given_told_person ON given_told (person_id);
		INSERT INTO given_told (task_id, person_id, at)
		SELECT a.task_id, a.person_id, '2026-01-01T00:00:00.000000Z'
		FROM task_assignee a JOIN person p ON p.id = a.person_id AND p.side = 'client'`)
	return err
}

// migrateSchema brings the tables up to date. Views are dropped before and made
// anew after, because SQLite refuses to rebuild a table under a view.
func migrateSchema(pool *sql.DB) error {
	steps, err := provider(pool)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := refuseNewer(ctx, steps); err != nil {
		return err
	}
	views, err := viewsOf(ctx, pool)
	if err != nil {
		return err
	}
	pending, err := steps.HasPending(ctx)
	if err != nil {
		return err
	}
	wanted := splitSQL(visibilitySQL)
	if !pending && sameViews(views, wanted) {
		return nil
	}
	var drops strings.Builder
	for name := range views {
		fmt.Fprintf(&drops, "DROP VIEW %q;", name)
	}
	if _, err := pool.ExecContext(ctx, drops.String()); err != nil {
		return err
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("the database cannot be brought up to date: %w", err)
	}
	_, err = pool.ExecContext(ctx, "BEGIN IMMEDIATE;"+strings.Join(wanted, ";")+";COMMIT")
	return err
}

// viewsOf are the database's views by name, each as it was written.
func viewsOf(ctx context.Context, pool *sql.DB) (map[string]string, error) {
	rows, err := pool.QueryContext(ctx, "SELECT name, sql FROM sqlite_master WHERE type = 'view'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	views := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		views[name] = text
	}
	return views, rows.Err()
}

// sameViews is whether these are the views that are wanted, to the letter.
func sameViews(views map[string]string, wanted []string) bool {
	for _, statement := range wanted {
		name := created.FindStringSubmatch(statement)
		if name == nil || views[name[1]] != statement {
			return false
		}
	}
	return len(views) == len(wanted)
}

// checkSchema refuses to work beside a server of another version.
func checkSchema(pool *sql.DB) error {
	steps, err := provider(pool)
	if err != nil {
		return err
	}
	have, want, err := steps.GetVersions(context.Background())
	if err == nil && have != want {
		err = fmt.Errorf("the running server keeps schema %d, this program knows %d: use the same version for both", have, want)
	}
	return err
}

func refuseNewer(ctx context.Context, steps *goose.Provider) error {
	have, want, err := steps.GetVersions(ctx)
	if err == nil && have > want {
		err = errors.New("this data folder was written by a newer version of the program; please use that one")
	}
	return err
}

// uriPath writes a file name so that SQLite reads it from a URI.
func uriPath(path string) string {
	return (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

// fullSync makes macOS really flush its disk.
func fullSync() string {
	if runtime.GOOS == "darwin" {
		return "&_pragma=fullfsync(1)"
	}
	return ""
}
