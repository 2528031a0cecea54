package handlers

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"vitrine/db"
)

// The matrix says what every route answers to everybody, for what is theirs, what
// is hidden, what is somebody else's and what never was. It is data: a route that
// is registered and has no line in it fails.
const matrixFile = "testdata/matrix.txt"

// roles are the columns of the matrix. "preview" is the leader who looks through eleni.
var roles = []string{"anonymous", "stranger", "eleni", "viewer", "finance", "former", "outsider", "elsewhere", "member", "leader", "owner", "preview"}

type matrixLine struct {
	method, route, object string
	want                  map[string]string
	text                  string
}

func readMatrix(t *testing.T) []matrixLine {
	file, err := os.Open(matrixFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines []matrixLine
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		text := strings.TrimSpace(scanner.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		fields := strings.Fields(text)
		if len(fields) != 3+len(roles) {
			t.Fatalf("%d columns instead of %d: %s", len(fields), 3+len(roles), text)
		}
		line := matrixLine{fields[0], fields[1], fields[2], map[string]string{}, text}
		for i, role := range roles {
			line.want[role] = fields[3+i]
		}
		lines = append(lines, line)
	}
	return lines
}

// objects are the ids that a line's object stands for, by the noun of the route.
func (w *world) object(route, object string) string {
	task := strings.Contains(route, "/tasks/:id") || strings.Contains(route, "page=task") || strings.Contains(route, "page=team-task")
	switch {
	case object == "never":
		return db.NewID().String()
	case object == "broken":
		return "not-an-id"
	case object == "-":
		return ""
	case strings.Contains(route, "/columns/:id"), strings.Contains(route, "/milestones/:id"), strings.Contains(route, "/items/:id"), strings.Contains(route, "/labels/:id"):
		return w.nouns(route, object)
	case task && object == "own":
		return w.tasks["gallery"].String()
	case task && object == "foreign":
		return w.tasks["foreign"].String()
	case task:
		return w.tasks[object].String()
	case object == "own":
		return w.project.String()
	case object == "foreign":
		return w.other.String()
	}
	w.t.Fatalf("no object %q for %s", object, route)
	return ""
}

var routeID = regexp.MustCompile(`:id\b`)

// TestMatrix asks every route as everybody. A refused request must not write.
func TestMatrix(t *testing.T) {
	lines := readMatrix(t)
	w := newWorld(t)
	asked, dirty := 0, false
	for _, line := range lines {
		for _, role := range roles {
			if dirty { // a write that was allowed: the next one finds a fresh world
				w.close()
				w = newWorld(t)
				dirty = false
			}
			path := w.fill(line.route, line.object)
			before := w.store.Generation()
			answer := w.role(role).ask(line.method, path, w.form(line))
			asked++
			got := fmt.Sprint(answer.status)
			if got != line.want[role] {
				t.Errorf("%s %s (%s) as %s answers %s, not %s", line.method, line.route, line.object, role, got, line.want[role])
			}
			wrote := w.store.Generation() != before
			if wrote && answer.status >= 400 {
				t.Errorf("%s %s (%s) as %s is refused and writes", line.method, line.route, line.object, role)
			}
			if wrote && line.method == http.MethodGet {
				t.Errorf("GET %s as %s writes", line.route, role)
			}
			dirty = wrote
			if client := clientRole(role); client != "" {
				w.noCanary(line.method+" "+path+" as "+role, client, answer)
			}
		}
	}
	t.Logf("%d answers", asked)
	seen := map[string]bool{}
	for _, line := range lines {
		seen[line.method+" "+pathOnly(line.route)] = true
	}
	for _, route := range w.server.Routes {
		if !seen[route.Method+" "+route.Path] {
			t.Errorf("%s %s has no line in the matrix", route.Method, route.Path)
		}
	}
}

func pathOnly(route string) string {
	path, _, _ := strings.Cut(route, "?")
	return path
}

// clientRole is the client whose eyes a role has, "" for the team's own.
func clientRole(role string) string {
	switch role {
	case "anonymous", "stranger", "eleni", "viewer", "finance", "former", "outsider":
		return role
	}
	return ""
}

// noCanary fails when an answer carries a word that this client may not see.
func (w *world) noCanary(what, client string, answer answer) {
	w.t.Helper()
	text := answer.bytes()
	for _, own := range w.ownCanaries(client) {
		text = strings.ReplaceAll(text, own, "")
	}
	if i := strings.Index(strings.ToUpper(text), "CNRY"); i >= 0 {
		w.t.Errorf("%s carries a canary: …%s…", what, text[max(0, i-100):min(len(text), i+100)])
	}
}

// ownCanaries are words that carry the mark and are a client's own.
func (w *world) ownCanaries(client string) []string {
	switch client {
	case "outsider":
		return []string{"CNRY-other-project", "CNRY-other-company", "CNRY-other-description", "CNRY-foreign-title", "Olga CNRY-rival"}
	case "stranger":
		return []string{"Stella CNRY-stranger"}
	}
	return nil
}

func (w *world) role(role string) *someone {
	switch role {
	case "anonymous":
		return w.as("")
	case "preview":
		return w.as("leader").through("eleni")
	}
	return w.as(role)
}

func (s *someone) ask(method, path string, form []string) answer {
	if method == http.MethodPost {
		return s.post(path, form...)
	}
	return s.get(path)
}

// fill puts ids into a route.
func (w *world) fill(route, object string) string {
	path := routeID.ReplaceAllLiteralString(route, w.object(route, object))
	for name, value := range map[string]string{":person": w.people["viewer"].ID.String(), ":token": strings.Repeat("x", 43), "*": "nothing", "{id}": w.object(route, object)} {
		path = strings.ReplaceAll(path, name, value)
	}
	return path
}
