package portal

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/views"
	"vitrine/views/chart"
)

const (
	homeCards    = 3
	homeTasks    = 12
	homeEvents   = 8
	homeFiles    = 6
	homeUpdates  = 2
	homeMeetings = 5
)

// Home is the first page: what is going on in all that is theirs.
func (p *Portal) Home(c *fiber.Ctx) error {
	if c.Query("company") != "" {
		return p.switchCompany(c)
	}
	return p.page(c, live.PageKey{Kind: homePage}, "home", "portal/home", func(s sight) (string, any, error) {
		topics, err := s.Topics()
		if err != nil {
			return "", nil, err
		}
		projects, err := s.projects(s.page.Noun)
		if err != nil {
			return "", nil, err
		}
		home, err := s.Glass.Home(s.page.Noun)
		if err != nil {
			return "", nil, err
		}
		if !slices.Contains(home.Widgets, "news") {
			projects = nil
		}
		since, err := s.since(s.page.Noun, projects...)
		return s.T("nav.home"), map[string]any{"Today": db.Date(s.Today()), "Decides": topics["right-decide"], "Since": since}, err
	})
}

// Projects lists the projects.
func (p *Portal) Projects(c *fiber.Ctx) error {
	return p.page(c, live.PageKey{Kind: homePage}, "projects", "portal/projects", func(s sight) (string, any, error) {
		return s.T("nav.projects"), nil, nil
	})
}

// card is a project on a list, with its progress.
type card struct {
	W *views.Words
	db.ClientProject
	Progress db.ClientProgress
	Needs    int // how much waits for the viewer
}

func (s sight) homeRegions(company db.ID) ([]live.Region, error) {
	projects, err := s.projects(company)
	if err != nil {
		return nil, err
	}
	progress, err := s.Progress()
	if err != nil {
		return nil, err
	}
	names := map[db.ID]string{}
	cards := make([]card, len(projects))
	for i, project := range projects {
		cards[i] = card{W: s.Words, ClientProject: project, Progress: progress[project.ID]}
		names[project.ID] = project.Name
	}
	home, err := s.Glass.Home(company)
	if err != nil {
		return nil, err
	}
	meetings, err := s.Meetings(company, s.now, homeMeetings)
	if err != nil {
		return nil, err
	}
	ongoing, err := s.Ongoing(company, home.Kinds, homeTasks)
	if err != nil {
		return nil, err
	}
	waits, err := s.waits(0, nil)
	if err != nil {
		return nil, err
	}
	rows := make([]taskRow, len(ongoing))
	for i, task := range ongoing {
		rows[i] = waits.on(s.row(task))
		rows[i].Project = names[task.ProjectID]
	}
	waiting, err := s.waiting(company)
	if err != nil {
		return nil, err
	}
	asks, err := s.asks(company)
	if err != nil {
		return nil, err
	}
	given, err := s.givenTasks(company, names)
	if err != nil {
		return nil, err
	}
	for i := range cards {
		cards[i].Needs = needs(cards[i].ID, asks, given)
	}
	bills, err := s.Bills(company)
	if err != nil {
		return nil, err
	}
	connected, count := len(projects) > 0, len(asks)+len(given)
	return drawAll(
		s.drawer("waits", map[string]any{"W": s.Words, "Count": count}),
		s.drawer("lede", map[string]any{"W": s.Words, "Count": count, "Workspace": s.space.Name}),
		s.drawer("asks", map[string]any{"W": s.Words, "Asks": asks, "Given": given, "Count": count, "Connected": connected}),
		s.drawer("welcome", map[string]any{"W": s.Words, "Connected": connected, "Company": company, "Workspace": s.space.Name}),
		func() (live.Region, error) { return s.greeting(home) },
		func() (live.Region, error) { return s.cards(home, cards, meetings, bills) },
		s.drawer("projects", map[string]any{"W": s.Words, "Cards": cards, "Workspace": s.space.Name}),
		s.drawer("waiting", map[string]any{"W": s.Words, "Rows": waiting}),
		s.drawer("ongoing", map[string]any{"W": s.Words, "Rows": rows, "Connected": connected && len(home.Kinds) > 0}),
		func() (live.Region, error) { return s.widgets(company, home, names, meetings) })
}

// drawer draws a region later; drawAll draws several and stops at the first error.
func (s sight) drawer(name string, data any) func() (live.Region, error) {
	return func() (live.Region, error) { return s.region(name, data) }
}

func drawAll(drawers ...func() (live.Region, error)) ([]live.Region, error) {
	regions := make([]live.Region, 0, len(drawers))
	for _, draw := range drawers {
		region, err := draw()
		if err != nil {
			return nil, err
		}
		regions = append(regions, region)
	}
	return regions, nil
}

// sorted puts projects in the order of their ids, as an audience names them.
func sorted(projects []db.ClientProject) []db.ClientProject {
	list := slices.Clone(projects)
	slices.SortFunc(list, func(a, b db.ClientProject) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Meter is the card's progress as a drawing.
func (c card) Meter() []chart.Segment { return meterOf(c.Progress) }
