package team

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// filter is what a list is narrowed by, and its order; each field is a parameter
// of the address. What names nothing finds nothing.
type filter struct {
	Text, Column, Person, Label, Priority, Milestone string
	Seen                                             string // "shown" or "private"
	Due                                              string // "late", "week" or "none"
	Sort                                             string // "" board order, "title", "due", "priority" or "new"
	page                                             int    // from 0
}

const maxFilterText = 200

func readFilter(c *fiber.Ctx) filter {
	text := c.Query("text")
	if len(text) > maxFilterText {
		text = strings.ToValidUTF8(text[:maxFilterText], "")
	}
	return filter{Text: strings.ToValidUTF8(text, ""), Column: c.Query("column"), Person: c.Query("person"), Label: c.Query("label"), Priority: c.Query("priority"),
		Milestone: c.Query("milestone"), Seen: c.Query("seen"), Due: c.Query("due"), Sort: c.Query("sort"), page: min(max(c.QueryInt("page"), 1), 1000) - 1}
}

// Set says that the list is not simply the whole board.
func (f filter) Set() bool { return f != filter{} }

// More says that one of the filters is set that are folded away.
func (f filter) More() bool {
	return f.Person+f.Due+f.Priority+f.Label+f.Milestone+f.Sort != ""
}

// pairs are the parameters that are set, in a fixed order.
func (f filter) pairs() [][2]string {
	return [][2]string{{"text", f.Text}, {"column", f.Column}, {"person", f.Person}, {"label", f.Label}, {"priority", f.Priority},
		{"milestone", f.Milestone}, {"seen", f.Seen}, {"due", f.Due}, {"sort", f.Sort}}
}

// query is the address's end for a page of the same list.
func (f filter) query(page int) string {
	values := url.Values{}
	for _, pair := range f.pairs() {
		if pair[1] != "" {
			values.Set(pair[0], pair[1])
		}
	}
	if page > 0 {
		values.Set("page", itoa(page+1))
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// apply picks and sorts tasks.
func (f filter) apply(w *views.Words, tasks []db.Task) []db.Task {
	text := web.Fold(f.Text)
	var found []db.Task
	for _, task := range tasks {
		if f.fits(w, task) && (text == "" || strings.Contains(web.Fold(task.Title), text) || strings.Contains(web.Fold(task.ClientTitle), text)) {
			found = append(found, task)
		}
	}
	f.order(found)
	return found
}

func (f filter) fits(w *views.Words, task db.Task) bool {
	is := func(wanted string, id db.ID) bool { return wanted == "" || wanted == id.String() }
	person := f.Person == "" || f.Person == "nobody" && len(task.Assignees) == 0 ||
		slices.ContainsFunc(task.Assignees, func(a db.Assignee) bool { return a.ID.String() == f.Person })
	label := f.Label == "" || slices.ContainsFunc(task.Labels, func(l db.Label) bool { return l.ID.String() == f.Label })
	return person && label && is(f.Column, task.ColumnID) && is(f.Milestone, task.MilestoneID) && (f.Priority == "" || f.Priority == task.Priority) &&
		(f.Seen == "" || (f.Seen == "private") == task.Private) && f.dueFits(w, task)
}

func (f filter) dueFits(w *views.Words, task db.Task) bool {
	switch f.Due {
	case "late":
		return task.Kind != db.Done && w.DaysLate(task.DueOn) > 0
	case "week":
		return task.Kind != db.Done && task.DueOn != "" && w.DaysLate(task.DueOn) == 0 && string(task.DueOn) <= ahead(w, 7)
	case "none":
		return task.DueOn == ""
	}
	return true
}

// ahead is the reader's date so many days from today.
func ahead(w *views.Words, days int) string {
	today, _ := db.Date(w.Today()).Midnight()
	return today.AddDate(0, 0, days).Format(time.DateOnly)
}

// priorities, the most pressing first.
var priorities = []string{"highest", "high", "normal", "low"}

// order sorts; what is equal stays in board order.
func (f filter) order(tasks []db.Task) {
	by := map[string]func(a, b db.Task) int{
		"title": func(a, b db.Task) int { return cmp.Compare(web.Fold(a.Title), web.Fold(b.Title)) },
		"due":   func(a, b db.Task) int { return cmp.Compare(dueLast(a), dueLast(b)) },
		"priority": func(a, b db.Task) int {
			return cmp.Compare(slices.Index(priorities, a.Priority), slices.Index(priorities, b.Priority))
		},
		"new": func(a, b db.Task) int { return b.CreatedAt.Compare(a.CreatedAt.Time) },
	}[f.Sort]
	if by != nil {
		slices.SortStableFunc(tasks, by)
	}
}

// dueLast puts tasks without a date behind those with one.
func dueLast(task db.Task) string { return dateLast(task.DueOn) }

func dateLast(date db.Date) string {
	if date == "" {
		return "~"
	}
	return string(date)
}
