package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const listRows = 200

// taskTable is a page of tasks as a table.
type taskTable struct {
	W       *views.Words
	ID      string // of the element: the region's, or another one when it is filtered
	Rows    []card
	Found   int
	Private int // of all that were found
	Page    int
	Next    string // address of the next page, "" for none
	Before  string
	Open    bool
	Project db.ID
	Back    string // where a form of a row leads back to
}

// list is the shell around the table.
type list struct {
	head
	Filter     filter
	Columns    []db.Column
	Labels     []db.Label
	Milestones []db.Milestone
	People     []choice
	Table      taskTable // when it is filtered
	Private    int       // tasks that could be shown to the client
	Address    string
}

// List is the project's tasks as a table. Without a filter it is a region like
// any other; a filtered one fetches itself again when something has changed.
func (t *Team) List(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	asked := readFilter(c)
	key := live.PageKey{Team: true, Kind: listPage, Project: id, Noun: id}
	return t.live(c, key, "team/list", func(s sight) (content, error) { return s.listBody(id, asked) })
}

func (s sight) listBody(id db.ID, asked filter) (content, error) {
	h, err := s.head(id, "list")
	if err != nil {
		return content{}, err
	}
	page := list{head: h, Filter: asked, Address: projectURL(id) + "/list" + asked.query(asked.page)}
	if page.Columns, err = s.Columns(id); err != nil {
		return content{}, err
	}
	if page.Labels, err = s.ProjectLabels(id); err != nil {
		return content{}, err
	}
	if page.Milestones, err = s.Milestones(id); err != nil {
		return content{}, err
	}
	roster, err := s.Roster(id)
	if err != nil {
		return content{}, err
	}
	tasks, err := s.Tasks(id)
	page.People = people(roster, assigneesOf(tasks))
	for _, task := range tasks {
		if task.Private {
			page.Private++
		}
	}
	if err != nil || !asked.Set() {
		return content{h.Project.Name, page}, err
	}
	waits, err := s.holds(id)
	page.Table = s.table(h.Project, page.Columns, tasks, waits, asked, "found")
	return content{h.Project.Name, page}, err
}

func assigneesOf(tasks []db.Task) []db.Assignee {
	var all []db.Assignee
	seen := map[db.ID]bool{}
	for _, task := range tasks {
		for _, person := range task.Assignees {
			if !seen[person.ID] {
				seen[person.ID] = true
				all = append(all, person)
			}
		}
	}
	return all
}

func (s sight) listRegions(project db.Project) ([]live.Region, error) {
	columns, err := s.Columns(project.ID)
	if err != nil {
		return nil, err
	}
	tasks, err := s.Tasks(project.ID)
	if err != nil {
		return nil, err
	}
	waits, err := s.holds(project.ID)
	if err != nil {
		return nil, err
	}
	return s.drawAll(
		drawing{"title", map[string]any{"Title": project.Name}},
		drawing{"list", s.table(project, columns, tasks, waits, filter{}, "region-list")})
}

func (s sight) table(project db.Project, columns []db.Column, tasks []db.Task, waits holds, asked filter, element string) taskTable {
	found := asked.apply(s.Words, tasks)
	address := projectURL(project.ID) + "/list"
	table := taskTable{W: s.Words, ID: element, Found: len(found), Page: asked.page, Open: project.ArchivedAt.IsZero(), Project: project.ID, Back: address + asked.query(asked.page)}
	for _, task := range found {
		if task.Private {
			table.Private++
		}
	}
	from := min(asked.page*listRows, len(found))
	upto := min(from+listRows, len(found))
	for _, task := range found[from:upto] {
		one := card{W: s.Words, Task: task, held: waits.of(task)}
		if table.Open {
			one.Columns = columns
		}
		table.Rows = append(table.Rows, one)
	}
	if upto < len(found) {
		table.Next = address + asked.query(asked.page+1)
	}
	if asked.page > 0 {
		table.Before = address + asked.query(asked.page-1)
	}
	return table
}
