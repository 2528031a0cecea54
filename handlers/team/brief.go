package team

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const (
	briefTasks  = 40 // of what is late or comes next
	briefGiven  = 12
	briefEvents = 25
)

// brief is what somebody has to know who takes a project over, on one page.
type brief struct {
	head
	W          *views.Words
	Day        db.Date
	Count      map[string]int // tasks by kind
	Private    int
	Late, Next []db.Task
	Left       int // tasks to do that are not named
	Milestones []db.Milestone
	Promises   []inboxRow // conversations that lie with the team
	Waits      []askedRow // questions that lie with the client
	Proposed   []askedRow
	Handed     []db.Deliverable // that wait for an answer
	Given      []askedRow       // answered, newest first
	People     []rosterRow
	Lines      []web.Line
}

// Brief is the handover brief of a project.
func (t *Team) Brief(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/brief", func(s sight) (content, []live.Region, error) {
		page, err := s.brief(id)
		return content{s.T("brief.title") + ": " + page.Project.Name, page}, nil, err
	})
}

func (s sight) brief(id db.ID) (page brief, err error) {
	page.W, page.Day = s.Words, db.Date(s.Today())
	if page.head, err = s.head(id, "brief"); err != nil {
		return page, err
	}
	if err = s.briefWork(&page); err != nil {
		return page, err
	}
	if err = s.briefAsks(&page); err != nil {
		return page, err
	}
	threads, err := s.inbox("all", web.Asked{Path: "/inbox"}, "promises", nil)
	if err != nil {
		return page, err
	}
	for _, row := range slices.Concat(threads.Rows, threads.Aside) {
		if row.ProjectID == id {
			page.Promises = append(page.Promises, row)
		}
	}
	roster, err := s.Roster(id)
	if err != nil {
		return page, err
	}
	for _, line := range roster {
		page.People = append(page.People, s.rosterRow(page.Project, line, nil))
	}
	events, err := s.Viewer.Log(id, briefEvents)
	page.Lines = s.lines(events, false)
	return page, err
}

// briefWork is what is late and what comes next.
func (s sight) briefWork(page *brief) (err error) {
	if page.Milestones, err = s.Milestones(page.Project.ID); err != nil {
		return err
	}
	tasks, err := s.Tasks(page.Project.ID)
	page.Count = map[string]int{}
	for _, task := range tasks {
		page.Count[task.Kind]++
		if task.Private {
			page.Private++
		}
		switch {
		case task.Kind == db.Done:
		case task.DueOn != "" && task.DueOn < page.Day:
			page.Late = append(page.Late, task)
		default:
			page.Next = append(page.Next, task)
		}
	}
	soonest := func(a, b db.Task) int { return cmp.Compare(dueLast(a), dueLast(b)) }
	slices.SortStableFunc(page.Late, soonest)
	slices.SortStableFunc(page.Next, soonest)
	page.Left = max(len(page.Late)-briefTasks, 0) + max(len(page.Next)-briefTasks, 0)
	page.Late, page.Next = page.Late[:min(len(page.Late), briefTasks)], page.Next[:min(len(page.Next), briefTasks)]
	return err
}

// briefAsks is what is asked and proposed, what was answered, and which versions wait.
func (s sight) briefAsks(page *brief) error {
	list, err := s.Viewer.Decisions(page.Project.ID)
	if err != nil {
		return err
	}
	given, err := s.GivenAnswers(page.Project.ID)
	if err != nil {
		return err
	}
	for _, section := range s.sections(list, given) {
		switch section.Name {
		case "asked":
			page.Waits = section.Rows
		case "proposed":
			page.Proposed = section.Rows
		case "answered":
			page.Given = section.Rows[:min(len(section.Rows), briefGiven)]
		}
	}
	handed, err := s.Viewer.Deliverables(page.Project.ID)
	for _, deliverable := range handed {
		if slices.ContainsFunc(deliverable.Versions, func(v db.DeliverableVersion) bool { return v.Newest && v.State == db.Asked }) {
			page.Handed = append(page.Handed, deliverable)
		}
	}
	return err
}
