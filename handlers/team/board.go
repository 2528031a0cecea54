package team

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// A lane shows so many cards; the rest stands in the list.
const (
	laneCards = 150
	doneCards = 20
)

// lane is a column of the board with its cards.
type lane struct {
	W *views.Words
	db.Column
	Cards    []card
	Count    int
	Open     bool // the project takes new tasks
	Shown    bool // the client sees what is added here
	Add      adding
	Archived bool
}

// More is how many cards the lane leaves out.
func (l lane) More() int { return l.Count - len(l.Cards) }

// card is a task on the board.
type card struct {
	W *views.Words
	db.Task
	held
	Columns []db.Column // where it may go; none in an archived project
}

// adding is a quick-add form: the column it belongs to, and what was refused.
type adding struct {
	W              *views.Words
	Project        db.ID
	Column         db.ID
	Name           string
	Shown          bool
	Title, Mistake string
}

// Board is the project's board, live.
func (t *Team) Board(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	through, err := t.beside(c)
	if err != nil {
		return err
	}
	return t.live(c, live.PageKey{Team: true, Kind: boardPage, Project: id, Noun: id}, "team/board", func(s sight) (content, error) {
		return s.boardBody(id, through)
	})
}

// boardBody is the shell: everything that does not change while somebody looks.
func (s sight) boardBody(id db.ID, through through) (content, error) {
	h, err := s.head(id, "board")
	if err != nil {
		return content{}, err
	}
	columns, err := s.Columns(id)
	first := db.ID(0)
	if len(columns) > 0 {
		first = columns[0].ID
	}
	return content{h.Project.Name, struct {
		head
		First  db.ID // where "Add task" leads
		Beside *beside
	}{h, first, through.at(h)}}, err
}

func (s sight) boardRegions(project db.Project) ([]live.Region, error) {
	return s.boardWith(project, adding{})
}

// boardWith draws the board's regions; refused is a quick-add form to show again.
func (s sight) boardWith(project db.Project, refused adding) ([]live.Region, error) {
	columns, err := s.Columns(project.ID)
	if err != nil {
		return nil, err
	}
	tasks, err := s.Tasks(project.ID)
	if err != nil {
		return nil, err
	}
	roster, err := s.Roster(project.ID)
	if err != nil {
		return nil, err
	}
	waits, err := s.holds(project.ID)
	if err != nil {
		return nil, err
	}
	events, err := s.Viewer.Log(project.ID, boardEvents)
	if err != nil {
		return nil, err
	}
	return s.drawAll(
		drawing{"title", map[string]any{"Title": project.Name}},
		drawing{"watching", watching{s.Words, s.watchers(roster, tasks), false}},
		drawing{"board", map[string]any{"W": s.Words, "Lanes": s.lanes(project, columns, tasks, waits, refused)}},
		drawing{"bounds", s.bounds(project, tasks)},
		drawing{"log", map[string]any{"W": s.Words, "Lines": s.lines(events, false), "All": projectURL(project.ID) + "/log"}})
}

func (s sight) lanes(project db.Project, columns []db.Column, tasks []db.Task, waits holds, refused adding) []lane {
	open := project.ArchivedAt.IsZero()
	lanes := make([]lane, len(columns))
	place := map[db.ID]int{}
	for i, column := range columns {
		place[column.ID] = i
		lanes[i] = lane{W: s.Words, Column: column, Open: open, Add: adding{W: s.Words, Project: project.ID, Column: column.ID, Name: column.Name, Shown: !project.NewTasksPrivate}}
		if refused.Column == column.ID {
			lanes[i].Add.Title, lanes[i].Add.Mistake = refused.Title, refused.Mistake
		}
	}
	for _, task := range tasks {
		l := &lanes[place[task.ColumnID]]
		l.Count++
		one := card{W: s.Words, Task: task, held: waits.of(task)}
		if open {
			one.Columns = columns
		}
		l.Cards = append(l.Cards, one)
	}
	for i := range lanes {
		lanes[i].crop()
	}
	return lanes
}

// crop leaves out the first cards of a done lane, the last ones of any other.
func (l *lane) crop() {
	switch {
	case l.Kind == db.Done && l.Count > doneCards:
		l.Cards = l.Cards[l.Count-doneCards:]
	case l.Count > laneCards:
		l.Cards = l.Cards[:laneCards]
	}
}

// bounds says what the client sees of a project, in numbers.
type bounds struct {
	W                             *views.Words
	Shared, Private, Notes, Total int
	Clients                       int
	Project                       db.ID
}

func (s sight) bounds(project db.Project, tasks []db.Task) bounds {
	b := bounds{W: s.Words, Clients: project.Clients, Project: project.ID, Total: len(tasks)}
	for _, task := range tasks {
		b.Notes += task.Notes
		if task.Private {
			b.Private++
		} else {
			b.Shared++
		}
	}
	return b
}

// partials draws a page anew and picks regions for the answer to htmx.
func (t *Team) partials(c *fiber.Ctx, page live.PageKey, names ...string) error {
	var drawn live.Drawing
	settings := t.Workspace().Version
	err := t.look(c, func(s sight) (err error) { drawn, err = t.draw(s, page, settings, ""); return err })
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(partialOf(drawn, names...))
}

// partialOf wraps regions of a drawing as a frame does.
func partialOf(drawn live.Drawing, names ...string) []byte {
	var answer []byte
	for _, region := range drawn.Regions {
		if slices.Contains(names, region.Name) {
			answer = append(answer, web.Partial(region.Name, region.HTML)...)
		}
	}
	return answer
}
