package db

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/db/importers"
)

const reportOfTwo = `User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Mark,mark@team.example,Acme,Site,home,Gallery for internal eyes,Yes,2026-05-04,09:00:00,2026-05-04,10:30:00,01:30:00,
Mark,mark@team.example,Acme,Site,Else,Mails,No,2026-05-05,09:00:00,2026-05-05,09:20:00,00:20:00,
Somebody,somebody@else.example,Acme,Site,,Unknown person,Yes,2026-05-06,09:00:00,2026-05-06,10:00:00,01:00:00,
`

func readReport(t *testing.T, text string) *importers.TimePlan {
	t.Helper()
	plan, err := importers.ReadTime([]byte(text), importers.TimeReading{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// allOf takes a report over at one place, everybody's as a person's, or "" Mark's alone as Mark's.
func (w *world) allOf(plan *importers.TimePlan, person string, place TimePlace) TimeImport {
	how := TimeImport{People: map[string]ID{}, Places: map[string]TimePlace{}}
	for _, p := range plan.People {
		if person != "" {
			how.People[PersonKey(p.Name, p.Mail)] = w.id(person)
		} else if p.Name == "Mark" {
			how.People[PersonKey(p.Name, p.Mail)] = w.id("mark")
		}
	}
	for _, p := range plan.Projects {
		how.Places[PlaceKey(p.Client, p.Name)] = place
	}
	return how
}

// A report is taken over once, with its descriptions inside unless somebody says otherwise.
func TestImportOfTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan, service := readReport(t, reportOfTwo), TimePlace{Service: w.id("work of hours")}
	how := w.allOf(plan, "", service)
	for _, want := range []TimeImported{{Added: 2, Nobody: 1}, {There: 2, Nobody: 1}} {
		if done, err := w.ImportTime(w.actor("lea"), plan, how); err != nil || done != want {
			t.Errorf("%+v %v, want %+v", done, err, want)
		}
	}
	how.Places[PlaceKey("Acme", "Site")] = TimePlace{Project: w.id("site")}
	if done, err := w.ImportTime(w.actor("lea"), plan, how); err != nil || done.Added != 0 {
		t.Error("the same goes elsewhere a second time:", done, err)
	}
	got := fmt.Sprint(w.rows("SELECT day || ' ' || minutes || ' ' || billable || ' ' || amount || ' ' || (task_id IS NOT NULL) || ' ' || replace(remark, char(10), '/') || '|' || wording || ' ' || state FROM time_entry WHERE source LIKE 'toggl:%' ORDER BY day"))
	if got != "[2026-05-04 90 90 9000 1 Gallery for internal eyes| open 2026-05-05 20 0 0 0 Else/Mails| open]" {
		t.Error(got)
	}
	w.must(w.Glass(w.id("manu"), func(g *Glass) error {
		entries, err := g.TimeEntries(w.id("hours"), 0, "", "")
		for _, e := range entries {
			if strings.Contains(fmt.Sprint(e), "internal eyes") {
				t.Error("a client reads what was written for the team:", e)
			}
		}
		return err
	}))
	other := readReport(t, strings.ReplaceAll(reportOfTwo, "2026-05", "2026-04"))
	open := w.allOf(other, "", service)
	open.Wording = true
	if done, err := w.ImportTime(w.actor("lea"), other, open); err != nil || done.Added != 2 {
		t.Error(done, err)
	}
	if w.rows("SELECT count(*) FROM time_entry WHERE day = '2026-04-04' AND wording = 'Gallery for internal eyes' AND remark = ''")[0] != "1" {
		t.Error("clients were to read it")
	}
}

// Work of others is taken over by those alone who lead the project; nobody's goes to a project that is not theirs.
func TestImportOfTimeIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := readReport(t, reportOfTwo)
	before := w.digest()
	for name, c := range map[string]struct {
		by    string
		place TimePlace
		want  string
	}{
		"another's work":          {"mark", TimePlace{Project: w.id("site")}, "your role does not allow this"},
		"a project of others":     {"mark", TimePlace{Project: w.id("beta")}, "not found"},
		"a service of others":     {"mark", TimePlace{Service: w.id("work of beta hours")}, "service choice.unknown"},
		"a client":                {"eleni", TimePlace{Project: w.id("site")}, "not found"},
		"a project that is no id": {"lea", TimePlace{Project: NewID()}, "not found"},
	} {
		if _, err := w.ImportTime(w.actor(c.by), plan, w.allOf(plan, "lea", c.place)); refusedFor(err) != c.want {
			t.Errorf("%s: %q", name, refusedFor(err))
		}
	}
	how := w.allOf(plan, "eleni", TimePlace{Project: w.id("site")})
	if _, err := w.ImportTime(w.actor("lea"), plan, how); refusedFor(err) != "person choice.unknown" {
		t.Error("a client works:", err)
	}
	w.unchanged(before, "what is refused")
}

// The samples of real reports: what the counts say that they hold is there once, however often they are imported.
func TestImportOfTimeSamples(t *testing.T) {
	folder := os.Getenv("VITRINE_SAMPLES")
	if folder == "" {
		t.Skip("VITRINE_SAMPLES names no folder with samples")
	}
	w := newWorld(t)
	raw, err := os.ReadFile(filepath.Join(folder, "counts.json"))
	w.must(err)
	var counts map[string]struct {
		Rows int `json:"rows"`
	}
	_ = json.Unmarshal(raw, &counts) // other parts have other shapes
	w.sql("DELETE FROM time_entry")
	for _, tool := range []string{"toggl", "harvest", "clockify"} {
		files, _ := filepath.Glob(filepath.Join(folder, tool, "*.csv"))
		for _, path := range files {
			text, err := os.ReadFile(path)
			w.must(err)
			plan, err := importers.ReadTime(text, importers.TimeReading{Dates: importers.MonthFirst})
			if err != nil {
				continue // no report of entries: the readers' own tests say which
			}
			how := w.allOf(plan, "mark", TimePlace{Service: w.id("work of hours")})
			how.Invoiced = true
			done, err := w.ImportTime(w.actor("adam"), plan, how)
			w.must(err)
			again, err := w.ImportTime(w.actor("adam"), plan, how)
			w.must(err)
			rows := counts[tool+"/"+filepath.Base(path)].Rows
			if done.Added+done.There != len(plan.Entries) || again.There != len(plan.Entries) || again.Added != 0 || len(plan.Entries)+len(plan.Left) > rows {
				t.Errorf("%s: %+v, then %+v, of %d entries in %d rows", path, done, again, len(plan.Entries), rows)
			}
		}
	}
	if w.rows("SELECT count(*) > 20 FROM time_entry")[0] != "1" {
		t.Error("next to nothing was imported")
	}
}
