package portal

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// timeFilter is which of a budget's time is asked for.
type timeFilter struct {
	budget   db.ID
	tab      string
	service  db.ID
	from, to db.Date
	Form     web.Form
}

func readTimeFilter(c *fiber.Ctx, budget db.ID) timeFilter {
	f := timeFilter{budget: budget, tab: budgetTabs[0], Form: web.FormOf(map[string]string{"service": c.Query("service"), "from": c.Query("from"), "to": c.Query("to")})}
	if tab := c.Query("tab"); slices.Contains(budgetTabs, tab) {
		f.tab = tab
	}
	words := func(field, key string) {
		if f.Form.Mistakes == nil {
			f.Form.Mistakes = web.Mistakes{}
		}
		f.Form.Mistakes[field], f.tab = key, "time"
	}
	var fromKnown, toKnown bool
	f.from, fromKnown = db.ParseDate(f.Form.Value("from"))
	f.to, toKnown = db.ParseDate(f.Form.Value("to"))
	if f.Form.Value("service") != "" {
		var err error
		if f.service, err = db.ParseID(f.Form.Value("service")); err != nil {
			words("service", "choice.unknown")
		}
	}
	switch {
	case !fromKnown:
		words("from", "date.invalid")
	case !toKnown:
		words("to", "date.invalid")
	case f.from != "" && f.to != "" && f.to < f.from:
		words("to", "date.before-start")
	}
	return f
}

// mistaken says that it cannot be; then it narrows nothing.
func (f timeFilter) mistaken() bool { return len(f.Form.Mistakes) > 0 }

// Set says that it narrows anything.
func (f timeFilter) Set() bool { return f.service != 0 || f.from != "" || f.to != "" }

// url is the budget's page with the same filter and another value of one field.
func (f timeFilter) url(field, value string) string {
	query := url.Values{"tab": {"time"}}
	for _, name := range []string{"service", "from", "to"} {
		if f.Form.Value(name) != "" && !f.mistaken() {
			query.Set(name, f.Form.Value(name))
		}
	}
	query.Set(field, value)
	return budgetURL(f.budget) + "?" + query.Encode()
}

// file is where what it leaves can be had as a file.
func (f timeFilter) file() string {
	query := url.Values{}
	for _, name := range []string{"service", "from", "to"} {
		if f.Form.Value(name) != "" && !f.mistaken() {
			query.Set(name, f.Form.Value(name))
		}
	}
	if len(query) == 0 {
		return budgetURL(f.budget) + "/time.csv"
	}
	return budgetURL(f.budget) + "/time.csv?" + query.Encode()
}

// timeList is a budget's time, by week.
type timeList struct {
	W       *views.Words
	B       db.ClientBudget
	Filter  timeFilter
	Service string // that is chosen
	Weeks   []timeWeek
	Minutes int // of all that matches, also of what is not shown
	Amount  int64
	Older   string // where the rest is, "" for none
	May     bool   // ask about a line
}

// timeWeek is one week's, from Monday to Sunday.
type timeWeek struct {
	From, To db.Date
	Rows     []db.ClientTimeEntry
	Minutes  int
	Amount   int64
}

// linesShown are shown at once, and what belongs to the week of the last one.
const linesShown = 150

// Ask is where to ask about a line.
func (l timeList) Ask(id db.ID) string { return l.Filter.url("about", id.String()) + "#reply-box" }

func (s sight) timeList(b db.ClientBudget, filter timeFilter, may bool) (*timeList, error) {
	list := &timeList{W: s.Words, B: b, Filter: filter, May: may}
	for _, service := range b.Services {
		if service.ID == filter.service {
			list.Service = service.Name
		}
	}
	for field, key := range filter.Form.Mistakes {
		filter.Form.Mistakes[field] = s.T(key)
	}
	entries, err := s.entries(filter)
	if err != nil {
		return nil, err
	}
	shown := 0
	for _, e := range entries {
		list.Minutes, list.Amount = list.Minutes+e.Minutes, list.Amount+e.Amount
		monday := mondayOf(e.Day)
		last := len(list.Weeks) - 1
		if list.Older == "" && (last < 0 || list.Weeks[last].From != monday) {
			if shown >= linesShown {
				list.Older = filter.url("to", string(list.Weeks[last].From.Plus(-1)))
			} else {
				list.Weeks = append(list.Weeks, timeWeek{From: monday, To: monday.Plus(6)})
				last++
			}
		}
		if list.Older == "" {
			week := &list.Weeks[last]
			week.Rows, week.Minutes, week.Amount = append(week.Rows, e), week.Minutes+e.Minutes, week.Amount+e.Amount
			shown++
		}
	}
	return list, nil
}

// entries are those that a filter leaves, in the reader's words.
func (s sight) entries(f timeFilter) ([]db.ClientTimeEntry, error) {
	if f.mistaken() {
		f.service, f.from, f.to = 0, "", ""
	}
	entries, err := s.TimeEntries(f.budget, f.service, f.from, f.to)
	for i := range entries {
		if entries[i].Author == "" {
			entries[i].Author = s.space.Name
		}
		if entries[i].Wording == "" {
			entries[i].Wording = s.T("client-budget.work-on", "service", entries[i].Service)
		}
	}
	return entries, err
}

// mondayOf is the day on which a day's week began.
func mondayOf(day db.Date) db.Date {
	at, _ := day.Midnight()
	return day.Plus(-(int(at.Weekday()) + 6) % 7)
}

// spentList is what was spent on a budget.
type spentList struct {
	W    *views.Words
	B    db.ClientBudget
	Rows []db.ClientExpense
	Sum  int64
	May  bool
}

// Ask is where to ask about a line.
func (l spentList) Ask(id db.ID) string {
	return budgetURL(l.B.ID) + "?tab=expenses&about=" + id.String() + "#reply-box"
}

func (s sight) spentList(b db.ClientBudget, may bool) (*spentList, error) {
	list := &spentList{W: s.Words, B: b, May: may}
	var err error
	list.Rows, err = s.Glass.Expenses(b.ID)
	for _, x := range list.Rows {
		list.Sum += x.Amount
	}
	return list, err
}

// asking puts the line that somebody asks about before what they have typed already: as a quote, once.
// Of a line that they do not see nothing is said.
func (s sight) asking(budget db.ID, about, typed string) (string, error) {
	id, err := db.ParseID(about)
	if about == "" || err != nil || !s.own {
		return typed, nil
	}
	line, err := s.BudgetLine(budget, id)
	if err == db.ErrNotFound {
		return typed, nil
	}
	if err != nil {
		return typed, err
	}
	return s.quoted(budget, line, typed)
}
