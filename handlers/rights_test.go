package handlers

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// Which right opens which address of the portal is data: a route of the portal
// without a line fails, and so does a right that no line names.
const rightsFile = "testdata/rights.txt"

// rightsLine is an address, what it answers to whom it is open, what to others,
// and the rights that it takes, all of them.
type rightsLine struct {
	matrixLine
	open, shut string
	takes      []string
}

// readRights reads the file; waiting are the rights that no page needs yet.
func readRights(t *testing.T) (lines []rightsLine, waiting []string) {
	file, err := os.Open(rightsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		fields := strings.Fields(scanner.Text())
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case fields[0] == "waits":
			waiting = append(waiting, fields[1:]...)
		case len(fields) < 6:
			t.Fatal("not enough columns: ", scanner.Text())
		default:
			line := rightsLine{matrixLine{method: fields[0], route: fields[1], object: fields[2]}, fields[3], fields[4], fields[5:]}
			if fields[5] == "-" {
				line.takes = nil
			}
			lines = append(lines, line)
		}
	}
	return lines, waiting
}

// rightsPeople makes two people for each right: one whose role has all rights but
// that one, and one whose role has only "projects" and that one.
func (w *world) rightsPeople() map[string]db.Rights {
	roles := map[string]db.Rights{}
	for _, right := range db.RightNames {
		rest := slices.DeleteFunc(slices.Clone(db.RightNames), func(other string) bool { return other == right })
		for name, rights := range map[string]db.Rights{"all but " + right: rest, "only " + right: slices.Compact([]string{"projects", right})} {
			w.withRole(name, rights...)
			roles[name] = rights
		}
	}
	return roles
}

// withRole adds a client of Website Redesign with a role of the same name.
func (w *world) withRole(name string, rights ...string) (role db.ID) {
	w.t.Helper()
	w.add(name, strings.ReplaceAll(name, " ", ".")+"@papadopoulos.example", "Person "+name, db.Client, "")
	w.join(w.project, name, "client")
	role, err := w.store.AddRole(w.actor("owner"), db.RoleForm{Name: name, Rights: rights})
	w.ok(err)
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people[name].ID, role.String()))
	return role
}

func TestRightsOpenWhatTheyShould(t *testing.T) {
	lines, waiting := readRights(t)
	w := newWorld(t)
	listed, named := map[string]bool{}, slices.Clone(waiting)
	for _, line := range lines {
		listed[line.method+" "+pathOnly(line.route)] = true
		named = append(named, line.takes...)
	}
	for _, route := range w.server.Routes {
		if strings.HasPrefix(route.Path, "/portal") && !listed[route.Method+" "+route.Path] {
			t.Errorf("%s %s has no line in %s", route.Method, route.Path, rightsFile)
		}
	}
	for _, right := range db.RightNames {
		if !slices.Contains(named, right) {
			t.Errorf("no line of %s takes the right %q", rightsFile, right)
		}
	}
	for _, right := range named {
		if !slices.Contains(db.RightNames, right) {
			t.Errorf("%s names the right %q, which there is not", rightsFile, right)
		}
	}
	people := w.rightsPeople()
	w.askAll(people)
	for _, line := range lines {
		for name, rights := range people {
			want := line.open
			for _, right := range line.takes {
				if !rights.Has(right) {
					want = line.shut
				}
			}
			path := w.fill(line.route, line.object)
			answer := w.as(name).ask(line.method, path, w.form(line.matrixLine))
			if got := fmt.Sprint(answer.status); got != want {
				t.Errorf("%s %s (%s) with %s answers %s, not %s", line.method, line.route, line.object, name, got, want)
			}
			if rights.Has("company") { // who may invite sees the invitations that wait
				answer.body = strings.NewReplacer("CNRY-invited-by-boss", "", "cnry-invited-by-boss", "").Replace(answer.body)
			}
			w.noCanary(line.method+" "+path+" with "+name, name, answer)
		}
	}
}

// A right that goes is gone with the commit: the next answer is refused, and the
// page that is open loses its box.
func TestReplyRightEndsAtOnce(t *testing.T) {
	w := newWorld(t)
	role := w.withRole("press", "projects", "comment")
	press, task := w.as("press"), "/portal/tasks/"+w.tasks["gallery"].String()
	other := w.as("eleni").watch(task)
	page := press.watch(task)
	if sent := press.post(task+"/replies", "body", "Said in time."); sent.status != 303 {
		t.Fatal(sent.status)
	}
	frames(page, 700*time.Millisecond)
	page = press.watch(task)
	frames(other, 300*time.Millisecond)
	w.ok(w.store.EditRole(w.actor("owner"), role, db.RoleForm{Name: "press", Rights: []string{"projects"}, Version: 1}))
	if late := press.post(task+"/replies", "body", "Said too late."); late.status != 404 {
		t.Errorf("a reply without the right answers %d", late.status)
	}
	if came := strings.Join(frames(page, time.Second), ""); !strings.Contains(came, `id="region-may"`) || !strings.Contains(came, "not part of your role") {
		t.Errorf("the open page is not told: %q", came)
	}
	if fresh := press.get(task); strings.Contains(fresh.body, "<textarea") || strings.Contains(fresh.body, "Said too late.") {
		t.Error("the page still has a box to write in")
	}
}

// Who may see no projects any more is out of every page of theirs within a second.
func TestProjectsRightClosesPages(t *testing.T) {
	w := newWorld(t)
	role := w.withRole("press", "projects", "comment")
	press := w.as("press")
	closed := make(chan int, 2)
	var over [2]atomic.Int64
	for i, path := range []string{"/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String()} {
		socket := press.watch(path)
		go func() {
			for {
				if _, _, err := socket.ReadMessage(); err != nil {
					refused, _ := err.(*websocket.CloseError)
					if refused == nil {
						refused = &websocket.CloseError{}
					}
					closed <- refused.Code
					return
				}
				over[i].Add(1)
			}
		}()
	}
	time.Sleep(300 * time.Millisecond)
	w.ok(w.store.EditRole(w.actor("owner"), role, db.RoleForm{Name: "press", Rights: []string{"comment"}, Version: 1}))
	revoked := time.Now()
	seen := [2]int64{over[0].Load(), over[1].Load()}
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	for range 2 {
		select {
		case code := <-closed:
			if took := time.Since(revoked); code != websocket.ClosePolicyViolation || took > time.Second {
				t.Errorf("closed with %d after %v", code, took)
			}
		case <-time.After(3 * time.Second):
			t.Fatal("a page stays open")
		}
	}
	if now := [2]int64{over[0].Load(), over[1].Load()}; now != seen {
		t.Errorf("frames came after the right was gone: %v, before %v", now, seen)
	}
	for _, path := range []string{"/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String()} {
		if answer := press.get(path); answer.status != 404 {
			t.Errorf("%s answers %d", path, answer.status)
		}
	}
	if home := press.get("/portal"); home.status != 200 || regexp.MustCompile(`Website Redesign|gallery`).MatchString(home.body) {
		t.Error("the home page still tells of the project: ", home.status)
	}
}
