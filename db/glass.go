package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"modernc.org/sqlite"
)

//go:embed glass.sql
var glassSQL string

// ErrBusy says that no glass became free in time.
var ErrBusy = errors.New("too many readers at once")

// Glass is what one client may see, on one snapshot. Its connection can prepare
// nothing but SELECTs from the client_ views (see guard), and without a viewer
// these are empty.
type Glass struct {
	conn   *conn
	viewer ID
}

// glassTag makes the names of the inner views unguessable, because SQLite takes
// the name of a CTE for that of a view when it asks the authorizer.
var glassTag = "glass_" + hex.EncodeToString(randomBytes(12)) + "_"

const glassPrefix = "client_"

// glassWait is how long a request waits for a glass; tests shorten it.
var glassWait = 5 * time.Second

// clientViews are the names that a statement on the glass may read: the views of
// glass.sql by name, not by prefix, because client_role is a table.
var clientViews = func() map[string]bool {
	names := map[string]bool{}
	for _, statement := range splitSQL(glassSQL) {
		names[glassPrefix+strings.TrimPrefix(created.FindStringSubmatch(statement)[1], "glass_")] = true
	}
	return names
}()

func (s *Store) openGlasses(count int) error {
	statements := glassStatements(visibilitySQL, glassSQL)
	guarded := new(sqlite.Driver)
	guarded.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
		for _, statement := range statements {
			if _, err := c.ExecContext(context.Background(), statement, nil); err != nil {
				return fmt.Errorf("glass: %w in %s", err, statement)
			}
		}
		return c.(sqlite.AuthorizerRegisterer).RegisterAuthorizer(guard)
	})
	pool := sql.OpenDB(glassConnector{guarded, "file:" + uriPath(s.path()) + "?mode=ro&_pragma=busy_timeout(5000)&_pragma=temp_store(MEMORY)"})
	s.pools = append(s.pools, pool)
	var err error
	s.glasses, err = newShelf(pool, count)
	return err
}

type glassConnector struct {
	driver *sqlite.Driver
	dsn    string
}

func (g glassConnector) Connect(context.Context) (driver.Conn, error) { return g.driver.Open(g.dsn) }
func (g glassConnector) Driver() driver.Driver                        { return g.driver }

var (
	clientArm = regexp.MustCompile(`\b((?:visible|feature|shown|may|home|weight)_(?:\w+_)?client)\b`)
	created   = regexp.MustCompile(`CREATE (?:TEMP )?VIEW (\w+)`)
)

// glassStatements builds the temporary views: the client arms of visibility.sql
// and the views of glass.sql under the tag, and a client_ view above each of the latter.
func glassStatements(visibility, glass string) []string {
	statements := []string{"CREATE TEMP TABLE viewer (id INTEGER)", "INSERT INTO temp.viewer VALUES (NULL)"}
	tagged := func(text string) string {
		return clientArm.ReplaceAllString(strings.ReplaceAll(text, "glass_", glassTag), glassTag+"$1")
	}
	for _, statement := range splitSQL(visibility) {
		if name := created.FindStringSubmatch(statement); name != nil && clientArm.MatchString(name[1]) {
			statements = append(statements, strings.Replace(clientArm.ReplaceAllString(statement, glassTag+"$1"), "CREATE VIEW", "CREATE TEMP VIEW", 1))
		}
	}
	for _, statement := range splitSQL(glass) {
		name := strings.TrimPrefix(created.FindStringSubmatch(statement)[1], "glass_")
		statements = append(statements, tagged(statement),
			fmt.Sprintf("CREATE TEMP VIEW %s%s AS SELECT * FROM temp.%s%s", glassPrefix, name, glassTag, name))
	}
	return statements
}

// splitSQL cuts a file into statements, without comments.
func splitSQL(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if code, _, _ := strings.Cut(line, "--"); strings.TrimSpace(code) != "" {
			lines = append(lines, code)
		}
	}
	var statements []string
	for _, statement := range strings.Split(strings.Join(lines, "\n"), ";") {
		if statement = strings.TrimSpace(statement); statement != "" {
			statements = append(statements, statement)
		}
	}
	return statements
}

var glassFunctions = map[string]bool{"count": true, "sum": true, "max": true, "min": true, "coalesce": true, "ifnull": true,
	"length": true, "lower": true, "instr": true, "substr": true, "round": true, "group_concat": true}

// guard is asked by SQLite about every part of every statement, when it is
// prepared. What is not named here is denied.
func guard(action sqlite.AuthorizerActionCode, table, column, database, view string) sqlite.AuthorizerReturnCode {
	inner := strings.HasPrefix(view, glassTag)
	allowed := false
	switch action {
	case sqlite.AuthSelect:
		allowed = true
	case sqlite.AuthTransaction: // a COMMIT would leave the viewer behind
		allowed = table == "BEGIN" || table == "ROLLBACK"
	case sqlite.AuthFunction: // the function's name comes second
		allowed = glassFunctions[column]
	case sqlite.AuthUpdate:
		allowed = table == "viewer" && database == "temp" && view == ""
	case sqlite.AuthRead:
		switch {
		case inner:
			allowed = true
		case clientViews[table]:
			allowed = view == "" && (database == "temp" || column == "")
		case strings.HasPrefix(table, glassTag):
			allowed = clientViews[view] || column == "" // nobody can write this name but the views themselves
		}
	}
	if allowed {
		return sqlite.AuthorizerOK
	}
	return sqlite.AuthorizerDeny
}

// Glass lends one glass for one person and one snapshot; it is for one request,
// handed down and never taken twice. Afterwards the viewer is gone from it.
func (s *Store) Glass(viewer ID, see func(*Glass) error) error {
	c := s.glasses.takeWithin(glassWait)
	if c == nil {
		return ErrBusy
	}
	g := &Glass{conn: c}
	defer func() {
		c.exec("ROLLBACK")
		g.conn, g.viewer = nil, 0 // whoever kept it sees nothing more
		s.glasses.give(c)
	}()
	if _, err := c.exec("BEGIN"); err != nil {
		return err
	}
	if _, err := c.exec("UPDATE temp.viewer SET id = ?", viewer); err != nil {
		return err
	}
	g.viewer = viewer
	return see(g)
}

// errHandedBack answers a glass that was kept after its loan.
var errHandedBack = errors.New("this glass was handed back")

func (g *Glass) query(query string, args ...any) (*sql.Rows, error) {
	if g.conn == nil {
		return nil, errHandedBack
	}
	return g.conn.query(query, args...)
}
