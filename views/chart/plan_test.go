package chart

import (
	"fmt"
	"testing"
	"time"
)

func task(key int64, start, due string) Thing {
	return Thing{Key: key, Start: on(start), Due: on(due), State: "todo"}
}

// within fails when something of a plan stands outside of its sheet.
func within(t *testing.T, p Plan) {
	t.Helper()
	ok := func(x Share) bool { return x >= -0.001 && x <= 100.001 }
	for _, b := range p.Bars {
		sheet := p.Sheets[b.Sheet]
		if b.Y+barHeight > sheet.Floor || b.Long && (!ok(b.X) || !ok(b.End()) || b.Width <= 0 || b.Filled > b.Width+0.001) || b.Stone && !ok(b.StoneX) {
			t.Errorf("%+v reaches over its sheet", b)
		}
		for _, ghost := range b.Ghosts {
			if !ok(ghost) {
				t.Errorf("a ghost of %d is at %v", b.Key, ghost)
			}
		}
	}
	for _, sheet := range p.Sheets {
		for _, l := range sheet.Links {
			if !ok(l.From) || !ok(l.To) || min(l.Y, l.Bend) < sheetTop || max(l.Y, l.Bend) > sheet.Floor {
				t.Errorf("%+v reaches over its sheet", l)
			}
		}
	}
}

func TestPlanOfLittle(t *testing.T) {
	today := on("2026-05-14")
	for name, things := range map[string][]Thing{"nothing": nil, "no dates": {{Key: 1}, {Key: 2, IsPhase: true}}} {
		if _, ok := NewPlan(things, time.Time{}, time.Time{}, today, ZoomAll, today); ok {
			t.Errorf("%s is drawn", name)
		}
	}
	got, ok := NewPlan(nil, on("2026-05-01"), time.Time{}, today, ZoomAll, today)
	if !ok || len(got.Bars) != 0 || len(got.Sheets) != 0 {
		t.Errorf("a project without anything in it: %v, %+v", ok, got.Bars)
	}
	for name, one := range map[string]Thing{"due": task(1, "", "2026-05-14"), "start": task(1, "2026-05-14", ""), "both": task(1, "2026-05-14", "2026-05-14")} {
		got, ok := NewPlan([]Thing{one}, time.Time{}, time.Time{}, today, ZoomAll, today)
		if !ok || len(got.Bars) != 1 || got.Days != 7 || !got.Bars[0].Long {
			t.Fatalf("one task with %s: %v, %d days, %+v", name, ok, got.Days, got.Bars)
		}
		within(t, got)
		near(t, name, got.Bars[0].X, 3*100.0/7)
		near(t, name+"'s width", got.Bars[0].Width, 100.0/7)
	}
	got, _ = NewPlan([]Thing{{Key: 1, IsPhase: true, Due: today}}, time.Time{}, time.Time{}, today, ZoomAll, today)
	if b := got.Bars[0]; b.Long || !b.Stone {
		t.Errorf("a phase with its end alone is %+v", b)
	}
	got, _ = NewPlan([]Thing{task(1, "2026-05-01", "9926-05-20")}, time.Time{}, time.Time{}, today, ZoomAll, today)
	within(t, got)
	if !got.Years || len(got.Months) > 13 {
		t.Errorf("a mistyped year draws %d lines", len(got.Months))
	}
}

// Phases come in their order, each before its tasks; what reaches over the stretch is cut.
func TestPlanOfAMonth(t *testing.T) {
	things := []Thing{
		{Key: 1, IsPhase: true, Start: on("2026-03-02"), Due: on("2026-03-20"), State: "done", Total: 2, Done: 2},
		{Key: 2, IsPhase: true, Start: on("2026-04-20"), Due: on("2026-06-10"), State: "doing", Total: 4, Done: 2, Before: []time.Time{on("2026-05-29"), on("2026-07-01")}},
		task(3, "2026-05-20", "2026-05-22"), {Key: 4, Phase: 2, Start: on("2026-05-10"), Due: on("2026-05-12"), State: "done"}, {Key: 5, Phase: 2, Due: on("2026-05-04"), State: "done"},
		{Key: 6, Phase: 1, Start: on("2026-04-28"), Due: on("2026-05-03"), State: "doing"}, task(7, "2026-06-01", "2026-06-02"),
	}
	got, ok := NewPlan(things, time.Time{}, time.Time{}, on("2026-05-14"), ZoomMonth, on("2026-05-30"))
	if !ok || !got.First.Equal(on("2026-05-01")) || !got.Last.Equal(on("2026-05-31")) || !got.Weeks || !got.Earlier || !got.Later || !got.ShowsToday {
		t.Fatalf("%+v", got.Scale)
	}
	within(t, got)
	order := ""
	for _, b := range got.Bars {
		order += fmt.Sprint(b.Key)
	}
	if order != "62543" {
		t.Errorf("the order is %s", order)
	}
	phase := got.Bars[1]
	near(t, "the phase", phase.X, 0)
	near(t, "its width", phase.Width, 100)
	near(t, "half of all its days", phase.Filled, 100*(26.0-11)/31)
	if phase.Stone || len(phase.Ghosts) != 1 {
		t.Errorf("of what lies outside, this is drawn: %+v", phase)
	}
	for i, want := range []string{"2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25"} {
		if got.Months[i].First.Format(time.DateOnly) != want {
			t.Errorf("week %d begins on %v", i, got.Months[i].First)
		}
	}
	quarter, _ := NewPlan(things, time.Time{}, time.Time{}, on("2027-05-14"), ZoomQuarter, on("2026-05-14"))
	if !quarter.First.Equal(on("2026-04-01")) || !quarter.Last.Equal(on("2026-06-30")) || quarter.ShowsToday || !quarter.Earlier || quarter.Later || len(quarter.Bars) != 6 {
		t.Errorf("the quarter: %+v with %d bars", quarter.Scale, len(quarter.Bars))
	}
	empty, ok := NewPlan(things, time.Time{}, time.Time{}, on("2026-05-14"), ZoomMonth, on("2030-01-01"))
	if !ok || len(empty.Bars) != 0 || !empty.Earlier || empty.Later {
		t.Errorf("an empty month: %v, %+v", ok, empty)
	}
}

func TestLinks(t *testing.T) {
	first, second, third := task(1, "2026-05-04", "2026-05-08"), task(2, "2026-05-11", "2026-05-15"), task(3, "2026-05-13", "2026-05-20")
	second.Needs, third.Needs = []int64{1}, []int64{2, 99}
	got, _ := NewPlan([]Thing{first, second, third}, time.Time{}, time.Time{}, on("2026-05-14"), ZoomAll, on("2026-05-14"))
	links := got.Sheets[0].Links
	if len(links) != 2 || links[0].Clash || !links[1].Clash || !links[0].Turns || links[0].Up {
		t.Fatalf("%+v", links)
	}
	near(t, "where it leaves", links[0].From, 100*5.0/21)
	near(t, "where it ends", links[0].To, 100*7.0/21)
	within(t, got)
	first.Needs, second.Needs = []int64{2}, nil // from below
	got, _ = NewPlan([]Thing{first, second}, time.Time{}, time.Time{}, on("2026-05-14"), ZoomAll, on("2026-05-14"))
	if link := got.Sheets[0].Links[0]; !link.Up || !link.Clash || link.Y <= link.Bend {
		t.Errorf("%+v", link)
	}
	within(t, got)
	many := make([]Thing, 60)
	for i := range many {
		many[i] = task(int64(i+1), on("2026-05-01").AddDate(0, 0, i).Format(time.DateOnly), "")
	}
	many[59].Needs = []int64{1}
	got, _ = NewPlan(many, time.Time{}, time.Time{}, on("2026-05-14"), ZoomAll, on("2026-05-14"))
	if len(got.Sheets) != 4 {
		t.Fatal(len(got.Sheets), "sheets")
	}
	for i, sheet := range got.Sheets {
		if len(sheet.Links) != 1 || sheet.Links[0].Turns != (i == 3) {
			t.Errorf("sheet %d has %+v", i, sheet.Links)
		}
	}
	within(t, got)
}

// Two thousand tasks draw as much as a hundred: those nearest to today.
func TestPlanIsBounded(t *testing.T) {
	things := []Thing{{Key: 1, IsPhase: true, Start: on("2020-01-01"), Due: on("2020-02-01"), State: "done"}}
	for i := range 2000 {
		thing := task(int64(i+2), on("2022-01-01").AddDate(0, 0, i).Format(time.DateOnly), on("2022-01-01").AddDate(0, 0, i+3).Format(time.DateOnly))
		for n := range 20 {
			thing.Needs = append(thing.Needs, int64(max(2, i-n)))
		}
		things = append(things, thing)
	}
	begun := time.Now()
	got, ok := NewPlan(things, time.Time{}, time.Time{}, on("2026-05-14"), ZoomAll, on("2026-05-14"))
	if !ok || len(got.Bars) != barsMost || got.Left != 2001-barsMost || !got.Bars[0].IsPhase {
		t.Fatalf("%d bars, %d left, %v", len(got.Bars), got.Left, got.Bars[0])
	}
	links := 0
	for _, sheet := range got.Sheets {
		links += len(sheet.Links)
	}
	if links > 2*linksMost || time.Since(begun) > time.Second {
		t.Errorf("%d links after %v", links, time.Since(begun))
	}
	within(t, got)
	for _, b := range got.Bars[1:] {
		if away := days(on("2026-05-14"), b.Start); away < -54 || away > 51 {
			t.Errorf("a task %v days away is drawn", away)
		}
	}
	things[900].State = "done"
	things[1589].State = "done" // of today itself
	got, _ = NewPlan(things, time.Time{}, time.Time{}, on("2026-05-14"), ZoomAll, on("2026-05-14"))
	for _, b := range got.Bars {
		if b.State == "done" && !b.IsPhase {
			t.Error("what is done takes the place of what is not")
		}
	}
}
