package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const (
	projectEvents = 20
	doneShown     = 5
)

// Project is one project, live.
func (p *Portal) Project(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.page(c, live.PageKey{Kind: projectPage, Project: id, Noun: id}, "projects", "portal/project", func(s sight) (string, any, error) {
		project, err := s.Project(id)
		if err != nil {
			return "", nil, err
		}
		topics, err := s.Topics()
		if err != nil {
			return "", nil, err
		}
		since, err := s.since(0, project)
		return project.Name, map[string]any{"Decides": topics["right-decide"], "Since": since}, err
	})
}

// taskRow is a task on a list.
type taskRow struct {
	W *views.Words
	db.ClientTask
	Project string
	People  []db.ClientPerson
	Hold    *hold  // the decision that it waits for
	Gate    string // the phase whose approval it waits for
}

func (s sight) row(task db.ClientTask) taskRow {
	return taskRow{W: s.Words, ClientTask: task, People: s.named(task.Assignees)}
}

// named gives "the team" the workspace's name.
func (s sight) named(people []db.ClientPerson) []db.ClientPerson {
	named := make([]db.ClientPerson, len(people))
	for i, person := range people {
		if person.Name == "" {
			person.Name = s.space.Name
		}
		named[i] = person
	}
	return named
}

// group is the tasks of one kind that read alike to clients.
type group struct {
	W           *views.Words
	Kind, Label string
	Rows, Older []taskRow
}

// Count is how many tasks the group has.
func (g group) Count() int { return len(g.Rows) + len(g.Older) }

func (s sight) projectRegions(id db.ID) ([]live.Region, error) {
	project, err := s.Project(id)
	if err != nil {
		return nil, err
	}
	tasks, err := s.Tasks(id)
	if err != nil {
		return nil, err
	}
	progress, err := s.Progress()
	if err != nil {
		return nil, err
	}
	milestones, err := s.Milestones(id)
	if err != nil {
		return nil, err
	}
	people, err := s.People(id)
	if err != nil {
		return nil, err
	}
	events, err := s.Log(id, projectEvents)
	if err != nil {
		return nil, err
	}
	threads, err := s.threads(id)
	if err != nil {
		return nil, err
	}
	waits, err := s.waits(id, milestones)
	if err != nil {
		return nil, err
	}
	groups := s.groups(tasks, waits)
	return drawAll(
		s.drawer("head", map[string]any{"W": s.Words, "Project": project, "Team": s.team(people)}),
		func() (live.Region, error) { return s.latest(id) },
		func() (live.Region, error) { return s.progress(project, milestones, progress[id]) },
		func() (live.Region, error) { return s.course(project, milestones) },
		s.drawer("doing", map[string]any{"W": s.Words, "Groups": groups[db.Doing]}),
		s.drawer("review", map[string]any{"W": s.Words, "Groups": groups[db.Review]}),
		s.drawer("todo", map[string]any{"W": s.Words, "Groups": groups[db.Todo]}),
		s.drawer("done", map[string]any{"W": s.Words, "Groups": groups[db.Done]}),
		func() (live.Region, error) { return s.decisions(project) },
		func() (live.Region, error) { return s.handed(project) },
		func() (live.Region, error) { return s.budgets(project) },
		s.drawer("people", map[string]any{"W": s.Words, "People": s.named(people)}),
		s.drawer("threads", map[string]any{"W": s.Words, "Threads": threads, "Here": db.ID(0)}),
		s.drawer("log", map[string]any{"W": s.Words, "Days": s.days(events), "Project": id}))
}

// groups sorts tasks by kind and by the word that clients read: a column of kind
// "review" reads as in progress unless it has a label of its own.
func (s sight) groups(tasks []db.ClientTask, waits waits) map[string][]group {
	byKind := map[string][]group{}
	for _, task := range tasks {
		row, kind := waits.on(s.row(task)), task.Kind
		if kind == db.Review && task.Label == "" {
			kind = db.Doing
		}
		groups := byKind[kind]
		at := -1
		for i := range groups {
			if groups[i].Label == task.Label {
				at = i
			}
		}
		if at < 0 {
			groups = append(groups, group{W: s.Words, Kind: kind, Label: task.Label})
			at = len(groups) - 1
		}
		if kind == db.Done && len(groups[at].Rows) >= doneShown {
			groups[at].Older = append(groups[at].Older, row)
		} else {
			groups[at].Rows = append(groups[at].Rows, row)
		}
		byKind[kind] = groups
	}
	return byKind
}

// team names those who lead and those who help, as the project shows them.
func (s sight) team(people []db.ClientPerson) map[string][]string {
	names := map[string][]string{}
	for _, person := range s.named(people) {
		switch {
		case person.Side != db.Team || person.ID == 0:
		case person.Leads:
			names["Lead"] = append(names["Lead"], person.Name)
		default:
			names["With"] = append(names["With"], person.Name)
		}
	}
	return names
}
