package team

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// reveal is one task as the client would read it.
type reveal struct {
	W           *views.Words
	ID          db.ID
	Title       string
	Inside      string // the team's own title, where it is another one
	Description string
	Acceptance  string
	Kind, Label string
	Priority    string
	StartsOn    db.Date
	DueOn       db.Date
	Milestone   string
	Items       []db.ChecklistItem
	Labels      []db.Label
	People      []string
	Replies     []db.Comment
	Notes       int
}

// publishing is the page that shows what would become visible.
type publishing struct {
	head
	Reveals []reveal
	Company string
	Readers []string // of the client, who would see it
	Seen    string   // stands for all that is shown here
	Changed bool     // something is not as it was when it was looked at
	All     bool     // all private tasks were asked for
}

// Publish shows what the client would see of private tasks, before they do.
func (t *Team) Publish(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var tasks []string
	for _, task := range c.Context().QueryArgs().PeekMulti("task") {
		tasks = append(tasks, string(task))
	}
	return t.publishing(c, id, tasks, c.Query("all") != "", false)
}

func (t *Team) publishing(c *fiber.Ctx, id db.ID, tasks []string, every, changed bool) error {
	status := fiber.StatusOK
	if changed {
		status = fiber.StatusConflict
	}
	return t.still(c, status, "team/publish", func(s sight) (content, []live.Region, error) {
		page, err := s.publishing(id, tasks, every)
		page.Changed = changed
		return content{s.T("publish.title"), page}, nil, err
	})
}

// publishing reads the page. A task that is not the project's, or is gone, is not
// found; one that the client sees already is left out.
func (s sight) publishing(id db.ID, asked []string, every bool) (page publishing, err error) {
	project, err := s.Project(id)
	if err != nil {
		return page, err
	}
	roster, err := s.Roster(id)
	if err != nil {
		return page, err
	}
	page = publishing{head: newHead(project, roster, "list"), Company: project.Company, All: every}
	for _, line := range roster {
		if line.MemberRole == db.Client && line.Sees {
			page.Readers = append(page.Readers, line.Name)
		}
	}
	tasks, err := s.Tasks(id)
	if err != nil {
		return page, err
	}
	chosen, err := choose(tasks, asked, every)
	if err == nil {
		page.Reveals, err = s.reveals(id, chosen)
	}
	if err == nil {
		page.Seen, err = page.stamp()
	}
	return page, err
}

// choose picks the private ones of the tasks that were asked for.
func choose(tasks []db.Task, asked []string, every bool) ([]db.Task, error) {
	wanted := map[string]bool{}
	for _, id := range asked {
		wanted[id] = true
	}
	var chosen []db.Task
	for _, task := range tasks {
		if every || wanted[task.ID.String()] {
			delete(wanted, task.ID.String())
			if task.Private {
				chosen = append(chosen, task)
			}
		}
	}
	if len(wanted) > 0 && !every {
		return nil, db.ErrNotFound
	}
	return chosen, nil
}

func (s sight) reveals(project db.ID, tasks []db.Task) ([]reveal, error) {
	ids := make([]db.ID, len(tasks))
	for i, task := range tasks {
		ids[i] = task.ID
	}
	checklists, err := s.Checklists(ids)
	if err != nil {
		return nil, err
	}
	replies, err := s.Replies(ids)
	if err != nil {
		return nil, err
	}
	shown, err := s.ShownAs(project)
	list := make([]reveal, len(tasks))
	for i, task := range tasks {
		list[i] = s.reveal(task, shown)
		list[i].Items, list[i].Replies = checklists[task.ID], replies[task.ID]
	}
	return list, err
}

// reveal words a task by the rules of the glass.
func (s sight) reveal(task db.Task, shown map[db.ID]string) reveal {
	r := reveal{W: s.Words, ID: task.ID, Title: task.ClientTitle, Description: task.Description, Acceptance: task.Acceptance, Kind: task.Kind, Label: task.ClientLabel,
		Priority: task.Priority, StartsOn: task.StartsOn, DueOn: task.DueOn, Milestone: task.Milestone, Notes: task.Notes}
	if r.Title == "" {
		r.Title = task.Title
	}
	if r.Title != task.Title {
		r.Inside = task.Title
	}
	for _, label := range task.Labels {
		if label.ClientVisible {
			r.Labels = append(r.Labels, label)
		}
	}
	seen := map[string]bool{}
	for _, person := range task.Assignees {
		name, ok := shown[person.ID]
		if name == "" {
			name = s.space
		}
		if ok && !seen[name] {
			seen[name] = true
			r.People = append(r.People, name)
		}
	}
	return r
}

// stamp stands for everything that is shown on the page: if any of it changes
// before somebody presses the button, nothing is shown to the client.
func (p publishing) stamp() (string, error) {
	sum := sha256.New()
	for _, one := range p.Reveals {
		var text bytes.Buffer
		if err := views.Render(&text, "fragments/team_reveal", one); err != nil {
			return "", err
		}
		sum.Write(text.Bytes())
	}
	for _, name := range p.Readers {
		sum.Write([]byte("\x00" + name))
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18]), nil
}

// Reveal shows the tasks to the client, if they still are what was looked at.
func (t *Team) Reveal(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "task", "all", "seen")
	asked, every := form.Lists["task"], form.Value("all") != ""
	var page publishing
	if err := t.look(c, func(s sight) (err error) { page, err = s.publishing(id, asked, every); return err }); err != nil {
		return err
	}
	if form.Value("seen") != page.Seen {
		return t.publishing(c, id, asked, every, true)
	}
	tasks := make([]db.ID, len(page.Reveals))
	for i, one := range page.Reveals {
		tasks[i] = one.ID
	}
	if err := t.Store.ShowTasks(t.Actor(c), id, tasks); err != nil {
		return err
	}
	return web.SeeOther(c, afterShowing(id, tasks))
}

// afterShowing leads to the task, or to the board when there were several.
func afterShowing(project db.ID, tasks []db.ID) string {
	if len(tasks) == 1 {
		return taskURL(tasks[0]) + "?shown=1"
	}
	return projectURL(project) + "?shown=" + itoa(len(tasks))
}

// Hide makes tasks private: one press, for the client they do not exist any more.
func (t *Team) Hide(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "task", "back")
	var tasks []db.ID
	for _, text := range form.Lists["task"] {
		task, err := db.ParseID(text)
		if err != nil {
			return err
		}
		tasks = append(tasks, task)
	}
	if len(tasks) == 0 {
		return &db.Invalid{Field: "task", Key: "publish.choose"}
	}
	if err := t.Store.HideTasks(t.Actor(c), id, tasks); err != nil {
		return err
	}
	if len(tasks) == 1 && form.Value("back") == "" {
		return web.SeeOther(c, taskURL(tasks[0]))
	}
	return web.SeeOther(c, projectURL(id)+"/list?said=hidden")
}
