package handlers

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// budgetPaths are all ways by which a client reads a budget.
func (w *world) budgetPaths() []string {
	at := "/portal/budgets/" + w.parts["budget"].String()
	return []string{at, at + "?tab=time", at + "?tab=time&from=2026-11-01&to=2026-11-30", at + "?tab=expenses", at + "/time.csv", at + "/budget.pdf", at + "/help", "/portal/projects/" + w.project.String() + "/budgets"}
}

// readers are people of the client: the first two hold the right to budgets.
func (w *world) readers() []string {
	w.withRole("auditor", "projects", "budgets")
	w.add("manager", "manager@papadopoulos.example", "Mara Manager", db.Client, "")
	w.join(w.project, "manager", "client")
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["manager"].ID, "client-manager"))
	rest := slices.DeleteFunc(slices.Clone(db.RightNames), func(right string) bool { return right == "budgets" })
	w.withRole("all but budgets", rest...)
	return []string{"auditor", "manager", "all but budgets", "eleni", "viewer", "finance", "former", "outsider", "stranger"}
}

// inner are figures and words that no client may read: what was worked (97 minutes), what it costs inside, and
// what follows from the two.
var inner = []string{"1 h 37", "1:37", ",97,", "1.62", "7,707", "7707", "124.60", "12460", "CNRY-remark", "remark-on", "CNRY-free", "CNRY-inside", "CNRY-shut", "CNRY-spare", "CNRY-receipt"}

func (w *world) nothingInner(what string, answer answer) {
	w.t.Helper()
	text := answer.bytes()
	for _, word := range inner {
		if strings.Contains(text, word) {
			w.t.Errorf("%s tells %q", what, word)
		}
	}
}

// state brings the entry and the expense of the seed into a state, as the team does.
func (w *world) state(state string) {
	w.t.Helper()
	entry, expense := w.parts["entry"], w.parts["expense"]
	judge := db.Judgement{Entries: []db.ID{entry}, Expenses: []db.ID{expense}, Approve: state == db.WorkApproved, Reason: "as agreed"}
	if state != db.WorkOpen {
		w.ok(w.store.Judge(w.actor("owner"), judge))
		return
	}
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		e, err := v.TimeEntry(entry)
		if err != nil || e.State == db.WorkOpen {
			return err
		}
		w.t.Fatal("what was judged does not become open again")
		return nil
	}))
}

// TestTwoKeys: a budget is read by those alone who hold the right, while its switch is on; what
// was not approved by nobody where the project approves, what was returned by nobody at all.
func TestTwoKeys(t *testing.T) {
	w := newWorld(t)
	names := w.readers()
	never := strings.NewReplacer(w.parts["budget"].String(), db.NewID().String(), w.project.String()+"/budgets", db.NewID().String()+"/budgets")
	for _, state := range []string{db.WorkOpen, db.WorkReturned, db.WorkApproved} {
		w.state(state)
		for _, approves := range []bool{false, true} {
			w.ok(w.store.SetApproves(w.actor("owner"), w.project, approves))
			for _, open := range []bool{false, true} {
				w.ok(w.store.OpenBudget(w.actor("owner"), w.parts["budget"], open))
				for i, name := range names {
					what, someone := fmt.Sprintf("%s, %s, approval %v, switch %v", name, state, approves, open), w.as(name)
					reads, shown := open && i < 2, state == db.WorkApproved || state == db.WorkOpen && !approves
					for _, path := range w.budgetPaths() {
						got := someone.get(path)
						w.noCanary(what+": "+path, name, got)
						w.nothingInner(what+": "+path, got)
						if !reads {
							if none := someone.get(never.Replace(path)); got.status != 404 || got.bytes() != none.bytes() {
								t.Errorf("%s: %s answers %d, what never was %d", what, path, got.status, none.status)
							}
							continue
						}
						if got.status != 200 {
							t.Errorf("%s: %s answers %d", what, path, got.status)
							continue
						}
						text := got.bytes()
						if strings.Contains(path, "tab=time") || strings.HasSuffix(path, ".csv") || strings.HasSuffix(path, ".pdf") {
							if strings.Contains(text, "Gallery, large photo") != shown {
								t.Errorf("%s: %s has the entry: %v", what, path, !shown)
							}
						}
						if strings.Contains(path, "tab=expenses") || strings.HasSuffix(path, ".pdf") {
							if strings.Contains(text, "Font licence") != shown {
								t.Errorf("%s: %s has the expense: %v", what, path, !shown)
							}
						}
						if !strings.HasSuffix(path, ".csv") && !strings.HasSuffix(path, "/help") && strings.Contains(text, "1 h 15 min") != shown && !strings.Contains(path, "tab=expenses") {
							t.Errorf("%s: %s counts the time: %v", what, path, !shown)
						}
					}
					page := someone.get("/portal/projects/" + w.project.String())
					w.nothingInner(what+": project", page)
					if tells := strings.Contains(page.body, "Shop hours") || strings.Contains(page.body, "/budgets"); tells != reads {
						t.Errorf("%s: the project's page tells of it: %v", what, tells)
					}
					if reads && !strings.Contains(page.body, map[bool]string{true: "1 h 15 min of 10 h used", false: "0 min of 10 h used"}[shown]) {
						t.Errorf("%s: the project's page has another line", what)
					}
					help := someone.get("/portal/help")
					if tells := strings.Contains(help.body, `id="budgets"`); tells != (reads || name == "outsider") { // who has a budget of their own
						t.Errorf("%s: the help tells of budgets: %v", what, tells)
					}
				}
			}
		}
	}
}

// TestBudgetHelpTellsItsState: on both sides, as it stands now.
func TestBudgetHelpTellsItsState(t *testing.T) {
	w := newWorld(t)
	w.readers()
	theirs, ours := "/portal/budgets/"+w.parts["budget"].String()+"/help", "/budgets/"+w.parts["budget"].String()+"/help"
	for _, approves := range []bool{false, true} {
		w.ok(w.store.SetApproves(w.actor("owner"), w.project, approves))
		for who, path := range map[string]string{"auditor": theirs, "leader": ours} {
			page := w.as(who).get(path)
			if strings.Contains(page.body, "once they were approved") != approves || strings.Contains(page.body, "as soon as they are booked") == approves {
				t.Errorf("%s reads of approval %v: %d", who, approves, page.status)
			}
		}
		if page := w.as("auditor").get("/portal/budgets/" + w.parts["budget"].String()); strings.Contains(page.body, "once Katerina CNRY") || strings.Contains(page.body, "appear once") != approves {
			t.Error("the budget's page tells another state than approval", approves)
		}
	}
	for _, open := range []bool{true, false} {
		w.ok(w.store.OpenBudget(w.actor("owner"), w.parts["budget"], open))
		if page := w.as("leader").get(ours); strings.Contains(page.body, "switch is on") != open || strings.Contains(page.body, "switch is off") == open {
			t.Error("the team reads another state of the switch than", open)
		}
	}
}

// TestKeysCloseOpenPages: whichever key is turned, and also where budgets are switched off: every page of
// it that is open is closed within a second, and told nothing more.
func TestKeysCloseOpenPages(t *testing.T) {
	for name, turn := range map[string]func(*world, db.ID) error{
		"switch": func(w *world, _ db.ID) error {
			return w.store.OpenBudget(w.actor("leader"), w.parts["budget"], false)
		},
		"right": func(w *world, role db.ID) error {
			return w.store.EditRole(w.actor("owner"), role, db.RoleForm{Name: "press", Rights: []string{"projects", "comment"}, Version: 1})
		},
		"feature": func(w *world, _ db.ID) error {
			return w.store.SetFeature(w.actor("owner"), db.ForProject, w.project, "budgets", "off")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			role := w.withRole("press", "projects", "budgets")
			press, at := w.as("press"), "/portal/budgets/"+w.parts["budget"].String()
			budget, help, project := press.watch(at+"?tab=time"), press.watch(at+"/help"), press.watch("/portal/projects/"+w.project.String())
			w.ok(turn(w, role))
			turned := time.Now()
			_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: w.parts["budget service"].String(), Day: "2026-11-03", Minutes: "0:30", Wording: "after the key"})
			w.ok(err)
			for what, socket := range map[string]*websocket.Conn{"budget": budget, "help": help} {
				socket.SetReadDeadline(turned.Add(20 * time.Second))
				for err = nil; err == nil; {
					var frame []byte
					if _, frame, err = socket.ReadMessage(); strings.Contains(string(frame), "after the key") {
						t.Errorf("the page %s is told what came later", what)
					}
				}
				if took := time.Since(turned); !websocket.IsCloseError(err, websocket.ClosePolicyViolation) || took > time.Second && !raced {
					t.Errorf("the page %s is closed after %v: %v", what, took, err)
				}
			}
			if came := strings.Join(frames(project, 500*time.Millisecond), ""); !strings.Contains(came, `id="region-budgets" hidden`) || strings.Contains(came, "Shop hours") {
				t.Errorf("the project's page keeps its line: %q", came)
			}
			for _, path := range w.budgetPaths() {
				if got := press.get(path); got.status != 404 {
					t.Errorf("%s answers %d", path, got.status)
				}
			}
			if again, _, err := press.socket("/portal/live?page=budget&id=" + w.parts["budget"].String()); err == nil {
				again.Close()
				t.Error("a new socket is let in")
			}
			if sent := press.post(at+"/replies", "body", "hello"); sent.status != 404 {
				t.Errorf("a question is taken: %d", sent.status)
			}
		})
	}
}

// TestBudgetFrames: what comes in comes to those who read the budget, and wakes nobody else.
func TestBudgetFrames(t *testing.T) {
	w := newWorld(t)
	w.readers()
	at := "/portal/budgets/" + w.parts["budget"].String()
	reads, line, other := w.as("auditor").watch(at), w.as("auditor").watch("/portal/projects/"+w.project.String()), w.as("eleni").watch("/portal/projects/"+w.project.String())
	add := func(minutes, billable string) {
		_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: w.parts["budget service"].String(), Day: "2026-11-03", Minutes: minutes, Billable: billable, Wording: "Menu", Remark: "CNRY-remark-new"})
		w.ok(err)
	}
	add("1:37", "1:00")
	for what, socket := range map[string]*websocket.Conn{"budget": reads, "project": line} {
		came := strings.Join(frames(socket, 900*time.Millisecond), "")
		if !strings.Contains(came, "2 h 15 min") {
			t.Errorf("the %s does not hear of it: %q", what, came)
		}
		for _, word := range inner {
			if strings.Contains(came, word) {
				t.Errorf("a frame to the %s tells %q", what, word)
			}
		}
	}
	if came := frames(other, 50*time.Millisecond); len(came) != 0 {
		t.Errorf("somebody without the right is told: %q", came)
	}
	reads = w.as("auditor").watch(at)
	add("3:21", "0")
	if came := frames(reads, 600*time.Millisecond); len(came) != 0 {
		t.Errorf("work that counts for nothing wakes the client: %q", came)
	}
}

// TestTimeAsATable: the file has what the page has, and no formula.
func TestTimeAsATable(t *testing.T) {
	w := newWorld(t)
	w.readers()
	service := w.parts["budget service"].String()
	_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: service, Day: "2026-11-10", Minutes: "0:20", Wording: "=HYPERLINK(1)"})
	w.ok(err)
	at := "/portal/budgets/" + w.parts["budget"].String()
	read := func(path string) [][]string {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.as("auditor").get(path).body, "\ufeff"))).ReadAll()
		w.ok(err)
		return rows
	}
	rows := read(at + "/time.csv")
	if want := [][]string{{"Day", "What", "Who", "Service", "Minutes", "Hours", "Amount", "Currency", "Invoice"}, {"2026-11-10", "'=HYPERLINK(1)", "Nikos", "Shop hours work", "20", "0.33", "20.00", "EUR", ""},
		{"2026-11-02", "Gallery, large photo", "Nikos", "Shop hours work", "75", "1.25", "75.00", "EUR", ""}}; fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("%q", rows)
	}
	if rows := read(at + "/time.csv?to=2026-11-03&service=" + service); len(rows) != 2 || rows[1][0] != "2026-11-02" {
		t.Errorf("%q", rows)
	}
	for _, query := range []string{"from=x", "to=2026-13-01", "service=x", "from=2026-11-03&to=2026-11-02"} {
		for _, path := range []string{at + "?tab=time&" + query, at + "/time.csv?" + query} {
			if got := w.as("auditor").get(path); got.status != 422 || strings.Count(got.body, `class="error"`) != 1 {
				t.Errorf("%s answers %d", path, got.status)
			}
		}
	}
	page := w.as("auditor").get(at + "?tab=time")
	for _, part := range []string{"2 to 8 Nov", "9 to 15 Nov", "Together 1 h 35 min, €95.00", at + "/time.csv"} {
		if !strings.Contains(page.body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

// TestAskAboutALine: a line is put into the box as a quote, once; of one that is hidden nothing is. The
// question stands in the budget's conversation, and in the log of those alone who see it.
func TestAskAboutALine(t *testing.T) {
	w := newWorld(t)
	w.readers()
	at, auditor := "/portal/budgets/"+w.parts["budget"].String(), w.as("auditor")
	const quote = "&gt; 2 Nov 2026: Gallery, large photo, 1 h 15 min"
	list := auditor.get(at + "?tab=time")
	if !strings.Contains(list.body, "about="+w.parts["entry"].String()) {
		t.Error("nothing leads there")
	}
	if page := auditor.get(at + "?tab=time&about=" + w.parts["entry"].String()); !strings.Contains(page.body, quote) {
		t.Error("the line is not in the box")
	}
	if page := auditor.get(at + "?tab=expenses&about=" + w.parts["expense"].String()); !strings.Contains(page.body, "&gt; 2 Nov 2026: Font licence, €64.00") {
		t.Error("the expense is not in the box")
	}
	for _, hidden := range []db.ID{w.parts["foreign entry"], w.parts["foreign expense"], db.NewID()} {
		if page := auditor.get(at + "?tab=time&about=" + hidden.String()); page.status != 200 || strings.Contains(page.body, "&gt; ") {
			t.Error("of a hidden line something is in the box")
		}
	}
	typed := "Dear all,"
	w.ok(w.store.SaveDraft(w.actor("auditor"), w.parts["budget"], db.Reply, db.DraftForm{Body: &typed}))
	if page := auditor.get(at + "?tab=time&about=" + w.parts["entry"].String()); !strings.Contains(page.body, "Dear all,\n\n"+quote) {
		t.Error("what was typed is lost")
	}
	if sent := auditor.post(at+"/replies", "body", "> 2 Nov 2026: Gallery, large photo\n\nWhat was that?"); sent.status != 303 || sent.header.Get("Location") != at+"#talk" {
		t.Fatal(sent.status, sent.header.Get("Location"))
	}
	if refused := auditor.post(at+"/replies", "body", " "); refused.status != 422 || !strings.Contains(refused.body, `id="region-used"`) {
		t.Error("an empty question answers", refused.status)
	}
	page := auditor.get(at)
	if !strings.Contains(page.body, "What was that?") || strings.Contains(page.body, "Dear all,") {
		t.Error("the question is not in the conversation, or still in the box")
	}
	if moved := auditor.get("/portal/threads/" + w.parts["budget"].String()); moved.header.Get("Location") != at+"#talk" {
		t.Error("the conversation's address leads to", moved.header.Get("Location"))
	}
	for name, tells := range map[string]bool{"auditor": true, "manager": true, "eleni": false, "all but budgets": false} {
		if page := w.as(name).get("/portal/projects/" + w.project.String()); strings.Contains(page.body, "replied on <a href=\""+at) != tells {
			t.Errorf("the log tells %s: %v", name, !tells)
		}
	}
}
