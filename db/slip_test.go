package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// slipsOf words the dates that eleni reads as moved, newest first.
func (w *world) slipsOf(project string) (lines []string) {
	w.t.Helper()
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		slips, err := g.Slips(w.id(project), 100)
		for _, s := range slips {
			lines = append(lines, fmt.Sprintf("%s %s %s %+d %s", s.Name, s.Old, s.New, s.Days(), s.Cause))
		}
		return err
	}))
	return lines
}

// Every move of a date that clients see is told with what caused it; what was hidden
// when it moved is not, and a first or a last date is no move.
func TestSlipsAndTheirCauses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-06-15 10:00")
	w.sql("DELETE FROM event")
	w.sql("DELETE FROM decision WHERE kind <> 'milestone'")
	due := func(task, day, why string) {
		t.Helper()
		w.tick(time.Minute)
		w.edit("lea", task, func(f *TaskForm) { f.DueOn, f.Why = day, why })
	}
	check := func(what string, newest ...string) {
		t.Helper()
		got := w.slipsOf("site")
		if len(got) < len(newest) || fmt.Sprint(got[:len(newest)]) != fmt.Sprint(newest) {
			t.Errorf("%s: %q, want %q", what, got, newest)
		}
	}
	for _, task := range []string{"home", "form", "secret"} {
		w.edit("lea", task, func(f *TaskForm) { f.DueOn, f.StartsOn = "", "" })
	}
	w.sql("DELETE FROM event")
	due("home", "2026-06-20", "waited")
	if got := w.slipsOf("site"); len(got) != 0 {
		t.Errorf("a first date is a move: %q", got)
	}
	title := "home" // as clients read it
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		task, err := g.Task(w.id("home"))
		title = task.Title
		return err
	}))
	due("home", "2026-06-24", "")
	check("the work took longer", title+" 2026-06-20 2026-06-24 +4 team")
	due("home", "2026-06-22", "scope")
	check("nearer has no cause", title+" 2026-06-24 2026-06-22 -2 ")
	due("home", "2026-06-23", "plan")
	check("a cause that was given", title+" 2026-06-22 2026-06-23 +1 plan")
	due("secret", "2026-06-20", "")
	due("secret", "2026-06-30", "team")
	check("a private task", title+" 2026-06-22 2026-06-23 +1 plan")

	question := w.puts(DecisionForm{DueOn: "2026-06-17", Tasks: []string{w.id("home").String(), w.id("secret").String()}})
	due("home", "2026-06-25", "")
	check("a question that is not yet late", title+" 2026-06-23 2026-06-25 +2 team")
	w.at("2026-06-18 10:00")
	due("home", "2026-06-26", "")
	check("a question that is late", title+" 2026-06-25 2026-06-26 +1 waited")
	due("form", "2026-06-20", "")
	due("form", "2026-06-21", "")
	if got := w.slipsOf("site"); len(got) == 0 || got[0][len(got[0])-4:] != "team" {
		t.Errorf("what no question is about waited for one: %q", got)
	}
	w.says("eleni", question, 1)
	w.at("2026-06-20 10:00")
	due("home", "2026-06-28", "")
	check("soon after a late answer", title+" 2026-06-26 2026-06-28 +2 waited")
	w.at("2026-07-08 10:00")
	due("home", "2026-07-28", "")
	check("long after it", title+" 2026-06-28 2026-07-28 +30 team")

	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.EndsOn = "2026-08-01" }))
	w.sql("DELETE FROM event WHERE kind = 'project.moved'")
	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.EndsOn = "2026-08-15" }))
	check("the planned end", " 2026-08-01 2026-08-15 +14 team")
	before := w.slipsOf("site")
	for field, change := range map[string]func(*TaskForm){"why": func(f *TaskForm) { f.Why, f.DueOn = "the client", "2026-09-09" }, "size": func(f *TaskForm) { f.Size = "XXL" }} {
		form := w.form("lea", "home")
		change(&form)
		var refused *Invalid
		if err := w.EditTask(w.actor("lea"), w.id("home"), form); !errors.As(err, &refused) || refused.Field != field {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	if after := w.slipsOf("site"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("a refused form moved a date: %q", after)
	}
}

// A day of an answer begins and ends where the workspace is, not in Greenwich.
func TestCausesGoByTheWorkspacesDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-06-15 10:00")
	w.sql("DELETE FROM decision WHERE kind <> 'milestone'")
	day := 20
	check := func(moment, want string) {
		t.Helper()
		w.at(moment)
		day++
		w.edit("lea", "home", func(f *TaskForm) { f.DueOn, f.StartsOn, f.Why = fmt.Sprintf("2026-06-%d", day), "", "" })
		if got := w.slipsOf("site"); len(got) == 0 || !strings.HasSuffix(got[0], want) {
			t.Errorf("moved at %s: %q, want %q", moment, got, want)
		}
	}
	check("2026-06-15 10:30", "")
	question := w.puts(DecisionForm{DueOn: "2026-06-17", Tasks: []string{w.id("home").String()}})
	check("2026-06-17 23:30", " team")
	check("2026-06-18 00:30", " waited") // half past nine in the evening of the 17th in Greenwich
	w.says("eleni", question, 1)
	check("2026-06-18 10:00", " waited")
}
