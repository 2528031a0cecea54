package handlers

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
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

// TestMatrix asks every route as everybody. A refused request must not write.
func TestMatrix(t *testing.T) {
	lines, seen := readMatrix(t), map[string]bool{}
	for _, line := range lines {
		seen[line.method+" "+pathOnly(line.route)] = true
	}
	for _, route := range newWorld(t).server.Routes {
		if !seen[route.Method+" "+route.Path] {
			t.Errorf("%s %s has no line in the matrix", route.Method, route.Path)
		}
	}
	if raced {
		t.Skip("thousands of requests, one after the other: make check asks them without the race detector")
	}
	const parts = 4 // they mostly wait for servers to stop
	for part := range parts {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			w, clean := newWorld(t), true
			for i, line := range lines {
				if i%parts != part {
					continue
				}
				for _, role := range roles {
					if !clean { // a write that was allowed: the next one finds a fresh world
						w.close()
						w = newWorld(t)
					}
					clean = w.asked(line, role)
				}
			}
		})
	}
}

// asked compares one answer with the matrix and says whether nothing was written.
func (w *world) asked(line matrixLine, role string) (clean bool) {
	path, who := w.fill(line.route, line.object), w.role(role)
	before := w.store.Generation()
	answer := who.ask(line.method, path, w.form(line))
	if got := fmt.Sprint(answer.status); got != line.want[role] {
		w.t.Errorf("%s %s (%s) as %s answers %s, not %s", line.method, line.route, line.object, role, got, line.want[role])
	}
	clean = w.store.Generation() == before
	if !clean && (answer.status >= 400 || line.method == http.MethodGet) {
		w.t.Errorf("%s %s (%s) as %s answers %d and writes", line.method, line.route, line.object, role, answer.status)
	}
	if client := clientRole(role); client != "" {
		w.noCanary(line.method+" "+path+" as "+role, client, answer)
	}
	return clean
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

// canary is what every word begins with that not everybody may read. The sign after it
// keeps random ids and tags from being taken for one.
var canary = regexp.MustCompile(`(?i)CNRY[- ]`)

// noCanary fails when an answer carries a word that this client may not see.
func (w *world) noCanary(what, client string, answer answer) {
	w.t.Helper()
	text := answer.bytes()
	for _, own := range w.ownCanaries(client) {
		text = strings.ReplaceAll(text, own, "")
	}
	if found := canary.FindStringIndex(text); found != nil {
		i := found[0]
		w.t.Errorf("%s carries a canary: …%s…", what, text[max(0, i-100):min(len(text), i+100)])
	}
}

// ownCanaries are words that carry the mark and are a client's own.
func (w *world) ownCanaries(client string) []string {
	switch client {
	case "outsider":
		return []string{"CNRY-other-project", "CNRY-other-company", "CNRY-other-description", "CNRY-foreign-title", "CNRY-foreign-label", "CNRY-foreign-milestone", "CNRY-foreign-item", "CNRY-foreign-words", "CNRY-foreign-line", "CNRY-foreign-file", "CNRY-rival", "CNRY-foreign-picture", "CNRY-foreign-deliverable", "CNRY-foreign-version", "CNRY-foreign-question", "CNRY-foreign-update", "CNRY-foreign-meeting", "CNRY-foreign-welcome", "CNRY-foreign-card", "CNRY-foreign-context", "CNRY-foreign-budget", "CNRY-invited-by-outsider", "cnry-invited-by-outsider"}
	case "stranger":
		return []string{"CNRY-stranger"}
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
	switch method {
	case http.MethodPost:
		return s.post(path, form...)
	case http.MethodGet:
		return s.get(path)
	}
	return s.send(method, path, nil, "Origin", s.w.base)
}
