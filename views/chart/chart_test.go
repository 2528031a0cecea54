package chart

import (
	"math"
	"testing"
	"time"
)

func on(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func near(t *testing.T, what string, got Share, want float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > 0.01 {
		t.Errorf("%s is at %v, want %.2f%%", what, got, want)
	}
}

// The project of the design: its drawing covers 2 March to 21 June, 112 days.
var redesign = []Milestone{
	{Name: "Discovery", Start: on("2026-03-02"), Due: on("2026-03-20"), Reached: true},
	{Name: "Design", Start: on("2026-03-16"), Due: on("2026-05-15"), Done: 9, Total: 10},
	{Name: "Build", Start: on("2026-04-13"), Due: on("2026-05-22"), Done: 4, Total: 7},
	{Name: "Checkout", Start: on("2026-05-18"), Due: on("2026-06-05"), Waits: true},
	{Name: "Testing", Start: on("2026-06-01"), Due: on("2026-06-19")},
}

func TestTimelineOfTheDesign(t *testing.T) {
	got, ok := NewTimeline(redesign, on("2026-03-02"), on("2026-06-19"), on("2026-05-14"))
	if !ok || !got.First.Equal(on("2026-03-02")) || !got.Last.Equal(on("2026-06-21")) {
		t.Fatalf("drawn from %v to %v", got.First, got.Last)
	}
	if got.Height != 330 || got.Floor != 288 || got.Rows[1].Y != 122 {
		t.Errorf("height %d, floor %d, second bar at %d", got.Height, got.Floor, got.Rows[1].Y)
	}
	near(t, "today", got.Today, 65.63)
	near(t, "Discovery's end", got.Rows[0].X+got.Rows[0].Width, 16.96)
	near(t, "Discovery's stone", got.Rows[0].StoneX, 16.52)
	near(t, "what is filled of Discovery", got.Rows[0].Filled, 16.96)
	near(t, "Design", got.Rows[1].X, 12.5)
	near(t, "Design's width", got.Rows[1].Width, 54.46)
	near(t, "what is filled of Design", got.Rows[1].Filled, 49.02)
	want := []string{"Mar", "Apr", "May", "Jun"}
	at := []float64{0, 26.79, 54.46 - 0.89, 81.25}
	for i, month := range got.Months {
		if month.First.Format("Jan") != want[i] || !month.Named {
			t.Errorf("month %d is %v, named %v", i, month.First, month.Named)
		}
		near(t, want[i], month.X, at[i])
	}
	for i, state := range []string{"done", "doing", "doing", "hold", "todo"} {
		if got.Rows[i].State != state {
			t.Errorf("row %d is %q, want %q", i, got.Rows[i].State, state)
		}
	}
}

func TestTimelineEdges(t *testing.T) {
	one := func(start, due string, reached bool) []Milestone {
		return []Milestone{{Start: on(start), Due: on(due), Reached: reached}}
	}
	for _, test := range []struct {
		name        string
		milestones  []Milestone
		starts      string
		today       string
		ok, shows   bool
		first, last string
	}{
		{name: "nothing", today: "2026-05-14"},
		{name: "a milestone without dates", milestones: one("", "", false), today: "2026-05-14"},
		{"only the project's start", nil, "2026-05-14", "2026-05-14", true, true, "2026-05-11", "2026-05-17"},
		{"one milestone", one("2026-05-12", "2026-05-20", false), "", "2026-05-14", true, true, "2026-05-11", "2026-05-24"},
		{"start and due on one Monday", one("2026-05-11", "2026-05-11", false), "", "2026-05-11", true, true, "2026-05-11", "2026-05-17"},
		{"start and due on one Sunday", one("2026-05-17", "2026-05-17", false), "", "2026-05-17", true, true, "2026-05-11", "2026-05-17"},
		{"due only", one("", "2026-05-20", false), "", "2026-05-14", true, false, "2026-05-18", "2026-05-24"},
		{"due before start", one("2026-05-20", "2026-05-12", false), "", "2026-05-14", true, true, "2026-05-11", "2026-05-24"},
		{"today before", one("2026-05-12", "2026-05-20", false), "", "2026-01-01", true, false, "2026-05-11", "2026-05-24"},
		{"late by a week", one("2026-05-12", "2026-05-20", false), "", "2026-05-27", true, true, "2026-05-11", "2026-05-31"},
		{"late by years", one("2026-05-12", "2026-05-20", false), "", "2029-05-20", true, false, "2026-05-11", "2026-05-24"},
		{"reached long ago", one("2026-05-12", "2026-05-20", true), "", "2026-05-27", true, false, "2026-05-11", "2026-05-24"},
		{"across a year's end", one("2025-12-29", "2026-01-04", false), "", "2025-12-31", true, true, "2025-12-29", "2026-01-04"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := NewTimeline(test.milestones, on(test.starts), time.Time{}, on(test.today))
			if ok != test.ok || got.ShowsToday != test.shows {
				t.Fatalf("ok %v, shows today %v", ok, got.ShowsToday)
			}
			if !ok {
				return
			}
			if !got.First.Equal(on(test.first)) || !got.Last.Equal(on(test.last)) {
				t.Errorf("drawn from %v to %v", got.First, got.Last)
			}
			inside(t, got)
		})
	}
}

func inside(t *testing.T, timeline Timeline) {
	t.Helper()
	ok := func(from, to Share) bool { return from >= 0 && to >= from && to <= 100.001 }
	if timeline.ShowsToday && !ok(0, timeline.Today) {
		t.Errorf("today is at %v", timeline.Today)
	}
	for _, row := range timeline.Rows {
		if row.Bar && (!ok(row.X, row.X+row.Width) || row.Width <= 0 || row.Filled > row.Width) {
			t.Errorf("the bar %d goes from %v over %v, filled %v", row.Number, row.X, row.Width, row.Filled)
		}
		if row.Stone && !ok(0, row.StoneX) {
			t.Errorf("the stone %d is at %v", row.Number, row.StoneX)
		}
	}
	for i, row := range timeline.Rows {
		for _, other := range timeline.Rows[:i] {
			apart := max(row.StoneX-other.StoneX, other.StoneX-row.StoneX)
			if row.Stone && other.Stone && row.Named && other.Named && (apart < stoneApart || !row.Tight && !other.Tight && apart < phoneStoneApart) {
				t.Errorf("the names of %d and %d are %v apart", other.Number, row.Number, apart)
			}
		}
	}
	last, phone := Share(-apart), Share(-phoneApart)
	for _, month := range timeline.Months {
		if !ok(0, month.X) || month.Named && month.X-last < apart-0.001 {
			t.Errorf("%v is at %v, after %v", month.First, month.X, last)
		}
		if month.Named {
			last = month.X
		}
		if month.Named && !month.Tight {
			if month.X-phone < phoneApart-0.001 {
				t.Errorf("%v is at %v, on a phone after %v", month.First, month.X, phone)
			}
			phone = month.X
		}
	}
}

func TestFortyMilestones(t *testing.T) {
	var many []Milestone
	for i := range 40 {
		start := on("2026-01-05").AddDate(0, 0, 7*i)
		many = append(many, Milestone{Start: start, Due: start.AddDate(0, 0, 11), Done: i, Total: 40})
	}
	got, ok := NewTimeline(many, time.Time{}, time.Time{}, on("2026-06-01"))
	if !ok || len(got.Rows) != 40 || got.Height != 48+40*48+42 {
		t.Fatalf("%d rows, height %d", len(got.Rows), got.Height)
	}
	inside(t, got)
	named := 0
	for _, row := range got.Rows {
		if row.Named {
			named++
		}
	}
	if named < 10 || named > 25 {
		t.Errorf("%d stones have their name, some must give way", named)
	}
}

func TestMistypedYearStaysSmall(t *testing.T) {
	got, ok := NewTimeline([]Milestone{{Start: on("2026-05-12"), Due: on("9926-05-20")}}, time.Time{}, time.Time{}, on("2026-05-14"))
	if !ok || !got.Years || len(got.Months) > 13 {
		t.Fatalf("years %v, %d lines", got.Years, len(got.Months))
	}
	inside(t, got)
	if got.Rows[0].Width < 99 {
		t.Errorf("the bar is %v wide", got.Rows[0].Width)
	}
}

func TestMeter(t *testing.T) {
	design := Meter(14, 4, 2, 4)
	if len(design) != 3 || design[0].Class != "" || design[1].Class != "doing" || design[2].Class != "call" {
		t.Fatalf("%+v", design)
	}
	near(t, "done", design[0].Width, 58.13)
	near(t, "doing", design[1].X, 58.53)
	near(t, "doing's width", design[1].Width, 16.27)
	near(t, "waiting", design[2].X, 75.2)
	near(t, "waiting's width", design[2].Width, 7.93)

	if all := Meter(3, 0, 0, 0); len(all) != 1 || all[0].X != 0 || all[0].Width != 100 {
		t.Errorf("everything done is %+v", all)
	}
	if none := Meter(0, 0, 0, 9); none != nil {
		t.Errorf("nothing begun is %+v", none)
	}
	if empty := Meter(0, 0, 0, 0); empty != nil {
		t.Errorf("no tasks are %+v", empty)
	}
	if odd := Meter(-5, 1, 0, 1); len(odd) != 1 || odd[0].X != 0 || odd[0].Width > 50 {
		t.Errorf("a negative count gives %+v", odd)
	}
	if tiny := Meter(1, 0, 0, 100000); tiny[0].Width <= 0 {
		t.Errorf("one of very many is %v wide", tiny[0].Width)
	}
}

func TestPercentIsHonest(t *testing.T) {
	for _, test := range []struct{ n, total, want int }{
		{0, 0, 0}, {0, 5, 0}, {5, 5, 100}, {199, 200, 99}, {999, 1000, 99}, {1, 1000, 1}, {14, 24, 58}, {9, 5, 100}, {-1, 5, 0},
	} {
		if got := Percent(test.n, test.total); got != test.want {
			t.Errorf("%d of %d is %d%%, want %d", test.n, test.total, got, test.want)
		}
	}
	if text := Share(58.125).String() + " " + Share(100).String() + " " + Share(0).String(); text != "58.13% 100% 0%" {
		t.Errorf("shares are written %s", text)
	}
}
