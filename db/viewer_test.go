package db

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is this package as written, for the rules that only its text can show.
type sourceText struct {
	t         *testing.T
	files     *token.FileSet
	constants map[string]ast.Expr
	methods   map[string][]*ast.FuncDecl // by receiver
}

func readSource(t *testing.T) *sourceText {
	t.Helper()
	s := &sourceText{t, token.NewFileSet(), map[string]ast.Expr{}, map[string][]*ast.FuncDecl{}}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s.add(name, text)
	}
	return s
}

func (s *sourceText) add(name string, text []byte) {
	s.t.Helper()
	file, err := parser.ParseFile(s.files, name, text, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, ok := node.(*ast.ValueSpec); ok && len(spec.Values) == len(spec.Names) {
			for i, name := range spec.Names {
				s.constants[name.Name] = spec.Values[i]
			}
		}
		if f, ok := node.(*ast.FuncDecl); ok {
			s.methods[receiver(f)] = append(s.methods[receiver(f)], f)
		}
		return true
	})
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	kind := f.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name
	}
	return "?"
}

// text is the constant part of an expression: literals, constants and sums of them.
func (s *sourceText) text(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return text
		}
	case *ast.BinaryExpr:
		return s.text(e.X) + s.text(e.Y)
	case *ast.ParenExpr:
		return s.text(e.X)
	case *ast.Ident:
		if constant, ok := s.constants[e.Name]; ok {
			return s.text(constant)
		}
	}
	return ""
}

// query is one use of a source of rows: what is asked of it, in which method.
type query struct {
	method, text string
	call         *ast.CallExpr
	others       []string // the other arguments, as written
}

// queries are all calls in the methods of a receiver that hand from to somebody,
// or ask it directly. Whatever else is done with it is a fault.
func (s *sourceText) queries(receiverName string, isFrom func(ast.Expr) bool) (list []query, faults []string) {
	for _, f := range s.methods[receiverName] {
		used := map[ast.Expr]bool{}
		ast.Inspect(f, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			hands := slices.ContainsFunc(call.Args, isFrom)
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok && isFrom(selector.X) {
				hands = hands || selector.Sel.Name == "query"
				used[selector.X] = true
			}
			if !hands {
				return true
			}
			q := query{method: f.Name.Name, call: call}
			for _, arg := range call.Args {
				if isFrom(arg) {
					used[arg] = true
				}
				q.text += " " + s.text(arg)
				q.others = append(q.others, words(arg))
			}
			list = append(list, q)
			return true
		})
		ast.Inspect(f, func(node ast.Node) bool {
			if expr, ok := node.(ast.Expr); ok && isFrom(expr) && !used[expr] {
				faults = append(faults, f.Name.Name+" does something else with its source of rows")
			}
			return true
		})
	}
	return list, faults
}

func words(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return words(e.X) + "." + e.Sel.Name
	}
	return ""
}

var (
	teamsDoor  = regexp.MustCompile(`\b(visible_\w+_team|visible_note|visible_file|visible_board_column|may_\w+)\b`)
	bothArms   = regexp.MustCompile(`\bvisible_(project|task|milestone|label|checklist_item|reply|event)\b`)
	readsFrom  = regexp.MustCompile(`(?i)\b(?:from|join)\s+([a-z_.]+)`)
	sourceArgs = func(expr ast.Expr) bool { return words(expr) == "v.source" }
)

func (s *sourceText) viewerFaults() (faults []string, checked int) {
	queries, faults := s.queries("Viewer", sourceArgs)
	for _, q := range queries {
		checked++
		switch {
		case slices.Contains([]string{"readTalk", "readBilling"}, words(q.call.Fun)): // how the workspace works is told to all of the team
		case slices.Contains([]string{"i.complete", "usualInvoice", "dunAt"}, words(q.call.Fun)): // of an invoice or a company that was read through the door just before
		case !teamsDoor.MatchString(q.text):
			faults = append(faults, q.method+" joins no view of the team's door: "+q.text)
		case bothArms.MatchString(q.text):
			faults = append(faults, q.method+" joins a view with a client arm: use its _team arm: "+q.text)
		case !strings.Contains(q.text, "viewer_id = ?") || !slices.Contains(q.others, "v.ID"):
			faults = append(faults, q.method+" does not say whose eyes it looks with: "+q.text)
		}
	}
	return faults, checked
}

// The team's door: whatever a Viewer asks joins a view that says what they may see.
func TestViewerAsksThroughTheDoor(t *testing.T) {
	alone(t)
	t.Parallel()
	faults, checked := readSource(t).viewerFaults()
	for _, fault := range faults {
		t.Error(fault)
	}
	if checked < 15 {
		t.Error("only so many queries were found:", checked)
	}
	for rule, text := range map[string]string{
		"no view":      "func (v *Viewer) X(id ID) (int, error) { return value[int](v.source, `SELECT count(*) FROM task WHERE ? AND id = ?`, v.ID, id) }",
		"both arms":    "func (v *Viewer) X() (int, error) { return value[int](v.source, `SELECT 1 FROM visible_project_team a JOIN visible_reply v WHERE v.viewer_id = ?`, v.ID) }",
		"no viewer":    "func (v *Viewer) X(id ID) (int, error) { return value[int](v.source, `SELECT 1 FROM visible_task_team v WHERE v.viewer_id = ?`, id) }",
		"another name": "func (v *Viewer) X() (int, error) { r := v.source; return value[int](r, `SELECT 1`) }",
		"straight":     "func (v *Viewer) X() { v.source.query(`SELECT title FROM task`) }",
		"returned":     "func (v *Viewer) X() source { return v.source }",
	} {
		s := readSource(t)
		s.add("broken.go", []byte("package db\n"+text))
		if faults, _ := s.viewerFaults(); len(faults) == 0 {
			t.Errorf("breaking the rule (%s) is not noticed", rule)
		}
	}
}

func (s *sourceText) glassFaults() (faults []string, checked int) {
	queries, _ := s.queries("Glass", func(expr ast.Expr) bool {
		return words(expr) == "g" || words(expr) == "g.conn"
	})
	for _, q := range queries {
		tables := readsFrom.FindAllStringSubmatch(q.text, -1)
		checked += len(tables)
		for _, table := range tables {
			if !clientViews[strings.ToLower(table[1])] {
				faults = append(faults, q.method+" reads "+table[1])
			}
		}
	}
	return faults, checked
}

// On the glass only client_ views are named; SQLite refuses the rest anyway.
func TestGlassAsksClientViewsOnly(t *testing.T) {
	alone(t)
	t.Parallel()
	faults, checked := readSource(t).glassFaults()
	for _, fault := range faults {
		t.Error(fault)
	}
	if checked < 15 {
		t.Error("only so many tables were found:", checked)
	}
	s := readSource(t)
	s.add("broken.go", []byte("package db\nfunc (g *Glass) X() (int, error) { return value[int](g, `SELECT 1 FROM client_task t JOIN task USING (id)`) }"))
	if after, _ := s.glassFaults(); len(after) <= len(faults) {
		t.Error("a base table on the glass is not noticed")
	}
}

// Every method of Glass is asked about by world.look, and so by the canary, the
// twins and the others.
func TestLookIsComplete(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	for _, l := range glassLooks {
		asked[l.method] = true
	}
	for _, f := range readSource(t).methods["Glass"] {
		if f.Name.IsExported() && !asked[f.Name.Name] {
			t.Errorf("Glass.%s is not looked at", f.Name.Name)
		}
	}
}

// Nothing but this package opens a database, and one helper of the tests over HTTP.
func TestNobodyElseOpensTheDatabase(t *testing.T) {
	t.Parallel()
	checked := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || filepath.Dir(path) == filepath.Join("..", "db") || path == filepath.Join("..", "handlers", "behind_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return nil // somebody is writing it; the compiler will say so
		}
		checked++
		for _, used := range file.Imports {
			if name, _ := strconv.Unquote(used.Path.Value); name == "database/sql" || strings.HasPrefix(name, "database/sql/") || strings.HasPrefix(name, "modernc.org/sqlite") ||
				strings.Contains(name, "goose") || strings.Contains(name, "sqlite") {
				t.Errorf("%s imports %s", path, name)
			}
		}
		return nil
	})
	if err != nil || checked < 20 {
		t.Error(checked, err)
	}
}
