package team

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// taskFields are what the form of a task sends.
var taskFields = []string{"title", "client_title", "description", "internal", "acceptance", "priority", "estimate", "size", "starts_on", "due_on",
	"milestone", "why", "assignees", "labels", "needs", "need", "version"}

// needable is how many tasks the form offers as what a task waits for.
const needable = 200

// choice is a line that can be ticked.
type choice struct {
	ID     db.ID
	Name   string
	Client bool // a person of the client, or a label that the client sees
	Color  string
}

// taskEdit is the page with all fields of a task.
type taskEdit struct {
	head
	Task       db.Task
	Form       web.Form
	Milestones []db.Milestone
	People     []choice
	Labels     []choice
	Needs      []db.Needed       // what it waits for
	Needable   []db.Needed       // what the form offers
	Stored     map[string]string // where somebody was quicker: what is stored now, by field
}

// EditTaskForm shows all fields of a task.
func (t *Team) EditTaskForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.editing(c, id, fiber.StatusOK, nil, nil)
}

// editing draws the form: as stored, as sent and refused, or as sent and too late.
func (t *Team) editing(c *fiber.Ctx, id db.ID, status int, sent *web.Form, conflict *db.Conflict) error {
	return t.still(c, status, "team/task_edit", func(s sight) (content, []live.Region, error) {
		page, err := s.taskEdit(id)
		if err != nil {
			return content{}, nil, err
		}
		if sent != nil {
			stored := page.Form
			page.Form = *sent
			if conflict != nil {
				page.Stored = differences(s.Words, page, *sent, stored)
				page.Form.Values["version"] = stored.Value("version")
			}
		}
		return content{page.Task.Title, page}, nil, nil
	})
}

// taskEdit reads the page with the form as it is stored.
func (s sight) taskEdit(id db.ID) (page taskEdit, err error) {
	if page.Task, err = s.Task(id); err != nil {
		return page, err
	}
	roster, err := s.Roster(page.Task.ProjectID)
	if err != nil {
		return page, err
	}
	project, err := s.Project(page.Task.ProjectID)
	if err != nil {
		return page, err
	}
	page.head = newHead(project, roster, "board")
	if page.Milestones, err = s.Milestones(project.ID); err != nil {
		return page, err
	}
	labels, err := s.ProjectLabels(project.ID)
	for _, label := range labels {
		page.Labels = append(page.Labels, choice{label.ID, label.Name, label.ClientVisible, label.Color})
	}
	page.People = people(roster, page.Task.Assignees)
	page.Form = storedTask(s.Words, page.Task)
	if err != nil {
		return page, err
	}
	if page.Needs, err = s.NeededBy(id); err != nil {
		return page, err
	}
	for _, need := range page.Needs {
		page.Form.Lists["needs"] = append(page.Form.Lists["needs"], need.ID.String())
	}
	page.Needable, err = s.Needable(project.ID, needable)
	page.Needable = slices.DeleteFunc(page.Needable, func(one db.Needed) bool { return one.ID == id || slices.Contains(page.Needs, one) })
	return page, err
}

// people are the members of the project, and who works on the task without being one.
func people(roster []db.RosterLine, assignees []db.Assignee) []choice {
	var list []choice
	for _, line := range roster {
		list = append(list, choice{ID: line.ID, Name: line.Name, Client: line.Side == db.Client})
	}
	for _, person := range assignees {
		if !slices.ContainsFunc(list, func(one choice) bool { return one.ID == person.ID }) {
			list = append(list, choice{ID: person.ID, Name: person.Name, Client: person.Side == db.Client})
		}
	}
	return list
}

func storedTask(w *views.Words, task db.Task) web.Form {
	form := web.FormOf(map[string]string{"title": task.Title, "client_title": task.ClientTitle, "description": task.Description, "internal": task.Internal,
		"acceptance": task.Acceptance, "priority": task.Priority, "size": task.Size, "starts_on": string(task.StartsOn), "due_on": string(task.DueOn),
		"version": strconv.FormatInt(task.Version, 10)})
	if task.Estimate > 0 {
		form.Values["estimate"] = w.Hours(task.Estimate)
	}
	if task.MilestoneID != 0 {
		form.Values["milestone"] = task.MilestoneID.String()
	}
	for _, person := range task.Assignees {
		form.Lists["assignees"] = append(form.Lists["assignees"], person.ID.String())
	}
	for _, label := range task.Labels {
		form.Lists["labels"] = append(form.Lists["labels"], label.ID.String())
	}
	return form
}

// EditTask takes the form. Where somebody else saved in the meantime nothing is
// stored, and both texts are shown.
func (t *Team) EditTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, taskFields...)
	minutes, err := estimate(form.Value("estimate"))
	if err == nil {
		err = t.Store.EditTask(t.Actor(c), id, db.TaskForm{Title: form.Value("title"), ClientTitle: form.Value("client_title"), Description: form.Value("description"),
			Internal: form.Value("internal"), Acceptance: form.Value("acceptance"), Priority: form.Value("priority"), Estimate: minutes, Size: form.Value("size"), StartsOn: form.Value("starts_on"), Why: form.Value("why"),
			DueOn: form.Value("due_on"), Milestone: form.Value("milestone"), Assignees: form.Lists["assignees"], Labels: form.Lists["labels"], Needs: form.Lists["needs"], Need: form.Value("need"), Version: number(form.Value("version"))})
	}
	if conflict := conflictOf(err); conflict != nil {
		return t.editing(c, id, fiber.StatusConflict, &form, conflict)
	}
	if form.Refused(t.Words(c), err) {
		return t.editing(c, id, fiber.StatusUnprocessableEntity, &form, nil)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, taskURL(id)+"?said=saved")
}

var (
	clockTime   = regexp.MustCompile(`^(\d{1,5}):([0-5]\d)$`)
	wordedTime  = regexp.MustCompile(`^(?:(\d{1,5})(?:[.,](\d))?\s*(?:h|ώ\.?|ω\.?))?\s*(?:(\d{1,5})\s*(?:min|m|λ\.?))?$`)
	plainNumber = regexp.MustCompile(`^(\d{1,5})(?:[.,](\d))?$`)
)

// estimate reads "18 h", "1 h 30 min", "1:30", "45 min" or, in hours, "1.5" and
// answers minutes.
func estimate(text string) (string, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if text == "" {
		return "", nil
	}
	minutes := 0
	if parts := clockTime.FindStringSubmatch(text); parts != nil {
		minutes = 60*atoi(parts[1]) + atoi(parts[2])
	} else if parts := plainNumber.FindStringSubmatch(text); parts != nil {
		minutes = 60*atoi(parts[1]) + 6*atoi(parts[2])
	} else if parts := wordedTime.FindStringSubmatch(text); parts != nil {
		minutes = 60*atoi(parts[1]) + 6*atoi(parts[2]) + atoi(parts[3])
	}
	if minutes == 0 {
		return "", &db.Invalid{Field: "estimate", Key: "estimate.invalid"}
	}
	return itoa(minutes), nil
}

func atoi(text string) int { n, _ := strconv.Atoi(text); return n }
func itoa(n int) string    { return strconv.Itoa(n) }
