package live

import (
	"fmt"
	"html"
	"slices"
	"sync"
	"time"

	"vitrine/db"
)

// world is a store in memory: every method is one snapshot under its mutex, and
// every change raises the counters that a real one would.
type world struct {
	mu        sync.Mutex
	now       time.Time
	people    map[db.ID]*somebody
	projects  map[db.ID]*undertaking
	ended     map[db.ID]bool // sessions
	workspace int64
	authority int64
	presence  func(db.ID) []Presence
	stamp     func(db.ID) string

	draws       int
	asked       int
	comparisons int               // of counters, one each round
	broken      error             // answered by every method
	trusts      bool              // Draw does not look whether the eyes still belong
	before      func(string)      // called by each method before its snapshot
	after       func(string)      // and after it
	filling     map[string]string // more text for a region
	poison      PageKey           // panics when drawn
	private     PageKey           // not found when drawn, though its project is still seen
	commit      func()            // the hub's Wake
}

type somebody struct {
	zone, language string
	team, inactive bool
}

type undertaking struct {
	team, client int64
	rights       map[db.ID]string // of members
	tasks        []work
}

type work struct {
	title  string
	column string
	hidden bool
}

var columns = []string{"todo", "doing", "review", "done"}

func newWorld() *world {
	return &world{
		now:      time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC),
		people:   map[db.ID]*somebody{},
		projects: map[db.ID]*undertaking{},
		ended:    map[db.ID]bool{},
		filling:  map[string]string{},
		presence: func(db.ID) []Presence { return nil },
		stamp:    func(db.ID) string { return "" },
		commit:   func() {},
	}
}

// change commits: visible says whether clients may see the difference.
func (w *world) change(project db.ID, visible bool, how func(u *undertaking)) {
	w.mu.Lock()
	u := w.projects[project]
	how(u)
	u.team++
	if visible {
		u.client++
	}
	w.mu.Unlock()
	w.commit()
}

// govern commits a change of rights, people or sessions.
func (w *world) govern(how func()) {
	w.mu.Lock()
	how()
	w.authority++
	w.mu.Unlock()
	w.commit()
}

func (w *world) person(id db.ID, team bool) *somebody {
	p := &somebody{zone: "Europe/Athens", language: "en", team: team}
	w.people[id] = p
	return p
}

func (w *world) project(id db.ID, members map[db.ID]string) *undertaking {
	u := &undertaking{rights: members}
	for i, column := range columns {
		u.tasks = append(u.tasks, work{fmt.Sprintf("task %d", i), column, false})
	}
	w.projects[id] = u
	return u
}

// load is the page as a request over HTTP would draw it.
func (w *world) load(seat Seat) (Drawing, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, ok := w.audience(seat)
	if !ok {
		return Drawing{}, false
	}
	return w.draw(a, seat.Page), true
}

func (w *world) audience(seat Seat) (Audience, bool) {
	person := w.people[seat.Viewer]
	if person == nil || person.inactive || person.team != seat.Page.Team {
		return Audience{}, false
	}
	a := Audience{Viewer: seat.Viewer, Language: person.language, Zone: person.zone}
	if seat.Page.Kind == "home" {
		a.Key = "home"
		for id, u := range w.projects {
			if right, ok := u.rights[seat.Viewer]; ok {
				a.Projects = append(a.Projects, id)
				a.Key += fmt.Sprint("|", int64(id), right)
			}
		}
		slices.Sort(a.Projects)
		a.Key = fmt.Sprint("home|", a.Projects)
	} else {
		u := w.projects[seat.Page.Project]
		if u == nil || u.rights[seat.Viewer] == "" {
			return Audience{}, false
		}
		a.Key = fmt.Sprint(int64(seat.Page.Project), "|", u.rights[seat.Viewer])
	}
	a.Key += "|" + person.language + "|" + person.zone
	return a, true
}

func (w *world) draw(a Audience, p PageKey) Drawing {
	zone, _ := time.LoadLocation(a.Zone)
	date := w.now.In(zone).Format(time.DateOnly)
	parts := []any{w.workspace, date}
	regions := []Region{{"head", []byte(w.filled("head", "workspace", w.workspace, date))}}
	if p.Kind == "home" {
		text := ""
		for _, id := range a.Projects {
			text += fmt.Sprint(int64(id), "at", w.projects[id].client, ",")
			parts = append(parts, int64(id), w.projects[id].client)
		}
		regions = append(regions, Region{"projects", []byte(w.filled("projects", text))})
		return Drawing{Stamp(a, p, parts...), regions}
	}
	u := w.projects[p.Project]
	counter := u.client
	if p.Team {
		counter = u.team
	}
	for _, column := range columns {
		text := ""
		for _, task := range u.tasks {
			if task.column == column && (p.Team || !task.hidden) && !(column == "review" && u.rights[a.Viewer] == "few") {
				text += "<li>" + html.EscapeString(task.title) + "</li>"
			}
		}
		regions = append(regions, Region{column, []byte(w.filled(column, text))})
	}
	regions = append(regions, Region{"log", []byte(w.filled("log", "change", counter))})
	parts = append(parts, counter)
	if p.Team {
		regions = append(regions, Region{"watching", []byte(w.filled("watching", w.presence(p.Project)))})
		parts = append(parts, w.stamp(p.Project))
	}
	return Drawing{Stamp(a, p, parts...), regions}
}

func (w *world) filled(name string, parts ...any) string {
	return fmt.Sprintf(`<section id="region-%s">%s<p>%s</p></section>`, name, fmt.Sprint(parts...), w.filling[name])
}
