package web

import (
	"time"

	"vitrine/db"
	"vitrine/views"
	"vitrine/views/chart"
)

const (
	PlanSlips  = 500 // moved dates that a plan looks at for where things stood
	planGhosts = 3   // of one thing
)

// Span is what a plan is asked for: how much of it, around which day.
type Span struct {
	Zoom string
	Day  db.Date // inside the stretch; "" for today
}

// SpanOf reads it from the values of an address; what it does not know is all.
func SpanOf(zoom, day string) Span {
	if zoom != chart.ZoomMonth && zoom != chart.ZoomQuarter {
		return Span{Zoom: chart.ZoomAll}
	}
	at, _ := db.ParseDate(day)
	return Span{zoom, at}
}

// All says that the whole of it is asked for.
func (s Span) All() bool { return s.Zoom == chart.ZoomAll }

// Address is where a span of a page is, at the page's own address.
func (s Span) Address(page string) string {
	switch {
	case s.All():
		return page
	case s.Day == "":
		return page + "?zoom=" + s.Zoom
	}
	return page + "?zoom=" + s.Zoom + "&day=" + string(s.Day)
}

// Dated is a phase or a task that a plan has a line for. Inner says that only the team
// sees it; State is as of chart.Thing, Label what its column is called.
type Dated struct {
	ID, Phase          db.ID
	IsPhase, Inner     bool
	Name, URL          string
	Kind, State, Label string
	StartsOn, DueOn    db.Date
	Done, Total        int
	Version            int64
	needs              []int64
	before             []time.Time
	Waits              []Dated // what it waits for
	Before             []db.Date
}

// Course is a project's plan as a page draws it. ID is that of its element.
type Course struct {
	W          *views.Words
	ID         string
	Span       Span
	Plan       chart.Plan
	Lines      []PlanLine
	Dated      bool // anything has a date
	Undated    int  // tasks without one
	Zooms      []Zoom
	Past, Next string // the addresses of the stretches beside this one, "" where nothing is
	Open       bool   // dates may be changed here

	Form    Form // one that was refused, and Refused whose
	Refused db.ID
	Stale   bool // because somebody was quicker
	Moves   bool // a date of a line stood elsewhere
}

// PlanLine is a line of the drawing and of the table.
type PlanLine struct {
	At chart.Bar
	Dated
}

// Sheet is a part of the drawing with its lines.
type Sheet struct {
	chart.Sheet
	Lines []PlanLine
}

// Sheets are the parts of the drawing.
func (c Course) Sheets() []Sheet {
	sheets := make([]Sheet, len(c.Plan.Sheets))
	for i, sheet := range c.Plan.Sheets {
		sheets[i] = Sheet{sheet, c.Lines[sheet.First:sheet.Next]}
	}
	return sheets
}

// Zoom is a way to look at a plan.
type Zoom struct {
	Name, URL string
	Now       bool
}

// Planned is what a plan is made of.
type Planned struct {
	Things       []Dated
	Needs        []db.Need
	Slips        []db.Slip
	Undated      int
	Starts, Ends db.Date // the project's own
}

// lens is what both sides read of a plan alike: the glass, and the team's viewer.
type lens interface {
	Needs(project db.ID) ([]db.Need, error)
	Slips(project db.ID, limit int) ([]db.Slip, error)
	Undated(project db.ID) (int, error)
}

// Read adds what holds for all things of a project: what waits for what, where dates
// stood, and how many tasks have none.
func (p *Planned) Read(see lens, project db.ID) (err error) {
	if p.Needs, err = see.Needs(project); err != nil {
		return err
	}
	if p.Slips, err = see.Slips(project, PlanSlips); err != nil {
		return err
	}
	p.Undated, err = see.Undated(project)
	return err
}

// Draw lays a plan out for a page at an address.
func (p Planned) Draw(w *views.Words, id, page string, span Span) Course {
	today := Midnight(db.Date(w.Today()))
	day := today
	if at := Midnight(span.Day); !at.IsZero() {
		day = at
	}
	p.join()
	things := make([]chart.Thing, len(p.Things))
	for i, d := range p.Things {
		things[i] = chart.Thing{Key: int64(d.ID), Phase: int64(d.Phase), IsPhase: d.IsPhase, Start: Midnight(d.StartsOn), Due: Midnight(d.DueOn),
			State: d.State, Done: d.Done, Total: d.Total, Before: d.before, Needs: d.needs}
	}
	course := Course{W: w, ID: id, Span: span, Undated: p.Undated}
	course.Plan, course.Dated = chart.NewPlan(things, Midnight(p.Starts), Midnight(p.Ends), today, span.Zoom, day)
	for _, bar := range course.Plan.Bars {
		line := PlanLine{bar, p.Things[bar.Place]}
		course.Moves = course.Moves || len(line.Before) > 0
		course.Lines = append(course.Lines, line)
	}
	course.steps(page)
	return course
}

// steps are the links to the other zooms, and to what lies beside this stretch.
func (c *Course) steps(page string) {
	for _, zoom := range []string{chart.ZoomMonth, chart.ZoomQuarter, chart.ZoomAll} {
		c.Zooms = append(c.Zooms, Zoom{zoom, Span{zoom, c.Span.Day}.Address(page), zoom == c.Span.Zoom})
	}
	beside := func(day time.Time) string {
		return Span{c.Span.Zoom, db.Date(day.Format(time.DateOnly))}.Address(page)
	}
	if c.Plan.Earlier {
		c.Past = beside(c.Plan.First.AddDate(0, 0, -1))
	}
	if c.Plan.Later {
		c.Next = beside(c.Plan.Last.AddDate(0, 0, 1))
	}
}

// join gives each thing what it waits for, and where its date stood before.
func (p Planned) join() {
	at := map[db.ID]*Dated{}
	for i := range p.Things {
		at[p.Things[i].ID] = &p.Things[i]
	}
	for _, need := range p.Needs {
		if task, on := at[need.TaskID], at[need.NeedsID]; task != nil && on != nil {
			task.Waits = append(task.Waits, Dated{ID: on.ID, Name: on.Name, URL: on.URL, Inner: on.Inner})
			task.needs = append(task.needs, int64(on.ID))
		}
	}
	for _, slip := range p.Slips {
		thing := at[slip.TaskID]
		if thing == nil {
			thing = at[slip.MilestoneID]
		}
		if thing == nil || slip.Old == thing.DueOn || len(thing.Before) >= planGhosts || holds(thing.Before, slip.Old) {
			continue
		}
		thing.Before = append(thing.Before, slip.Old)
		thing.before = append(thing.before, Midnight(slip.Old))
	}
}

func holds(dates []db.Date, date db.Date) bool {
	for _, one := range dates {
		if one == date {
			return true
		}
	}
	return false
}

// StoodBefore is where the dates of phases stood, newest first, by phase.
func StoodBefore(slips []db.Slip) map[db.ID][]time.Time {
	p := Planned{Slips: slips}
	seen := map[db.ID]bool{}
	for _, slip := range slips {
		if slip.TaskID == 0 && slip.MilestoneID != 0 && !seen[slip.MilestoneID] {
			seen[slip.MilestoneID] = true
			p.Things = append(p.Things, Dated{ID: slip.MilestoneID, DueOn: slip.New})
		}
	}
	p.join()
	ghosts := map[db.ID][]time.Time{}
	for _, thing := range p.Things {
		ghosts[thing.ID] = thing.before
	}
	return ghosts
}

// Midnight is a date as drawings take it: zero for none.
func Midnight(date db.Date) time.Time {
	at, _ := date.Midnight()
	return at
}

// PlanState is how a task is drawn by its column's kind, and whether a client holds it.
func PlanState(kind string, held bool) string {
	switch {
	case kind == db.Done:
		return "done"
	case held:
		return "hold"
	case kind == db.Todo:
		return "todo"
	}
	return "doing"
}

// PhaseState is the same for a phase.
func PhaseState(reached db.Date, done int) string {
	switch {
	case reached != "":
		return "done"
	case done > 0:
		return "doing"
	}
	return "todo"
}
