package team

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/hours"
	"vitrine/handlers/web"
)

// sheet is a week as a table: what was worked on, day by day.
type sheet struct {
	Monday, Before, After db.Date
	Days                  [7]db.Date
	Rows                  []sheetRow
	Sums                  [7]int
	Sum                   int
	Mistake               string
}

// sheetRow is what somebody worked on one thing. On is as in forms; Task is "" for none.
type sheetRow struct {
	On, Task, Project, Service, Title string
	Cells                             [7]cell
	Sum                               int
}

// cell is one day of it. Several says that there is more than one entry: then each is changed by
// itself. Locked is one that cannot be changed any more.
type cell struct {
	Minutes         int
	Several, Locked bool
	Entry           db.ID
	Version         int64
	Text            string // what was typed, of a sheet that was not taken
}

// Typed is what stands in the cell.
func (c cell) Typed() string {
	if c.Text != "" || c.Minutes == 0 {
		return c.Text
	}
	return hours.Clock(c.Minutes)
}

// newSheet sorts a week's entries, newest first, into rows, and adds a row for each service that
// can be booked on.
func newSheet(monday db.Date, entries []db.TimeEntry, bookables []db.Bookable) sheet {
	s := sheet{Monday: monday, Before: monday.Plus(-7), After: monday.Plus(7), Days: daysOf(monday)}
	at := map[string]int{}
	row := func(on, task, project, service, title string) *sheetRow {
		key := on + " " + task
		if _, known := at[key]; !known {
			at[key] = len(s.Rows)
			s.Rows = append(s.Rows, sheetRow{On: on, Task: task, Project: project, Service: service, Title: title})
		}
		return &s.Rows[at[key]]
	}
	for _, e := range entries {
		task := ""
		if e.TaskID != 0 {
			task = e.TaskID.String()
		}
		r := row(onOf(e), task, e.Project, e.Service, e.Task)
		for i, day := range s.Days {
			if day != e.Day {
				continue
			}
			c := &r.Cells[i]
			c.Several = c.Entry != 0
			c.Minutes, c.Entry, c.Version, c.Locked = c.Minutes+e.Minutes, e.ID, e.Version, c.Locked || !e.MayEdit
			r.Sum, s.Sums[i], s.Sum = r.Sum+e.Minutes, s.Sums[i]+e.Minutes, s.Sum+e.Minutes
		}
	}
	for _, b := range bookables {
		if b.ServiceID != 0 {
			row("s"+b.ServiceID.String(), "", b.Project, b.Service, "")
		}
	}
	return s
}

// refill puts back what was typed into a sheet that was not taken.
func (s *sheet) refill(form web.Form) {
	for _, text := range form.Mistakes {
		s.Mistake = text
	}
	for n, key := range form.Lists["cell"] {
		for r := range s.Rows {
			for i := range s.Days {
				if s.Key(r, i) == key && n < len(form.Lists["typed"]) {
					s.Rows[r].Cells[i].Text = form.Lists["typed"][n]
				}
			}
		}
	}
}

// Key names a cell in the form: what it is booked on, its task, its day, its entry and version.
func (s sheet) Key(row, day int) string {
	r := s.Rows[row]
	c := r.Cells[day]
	return strings.Join([]string{r.On, r.Task, string(s.Days[day]), c.Entry.String(), strconv.FormatInt(c.Version, 10), strconv.Itoa(c.Minutes)}, "|")
}

// SetWeek takes a sheet: what changed is booked, changed or taken back, cell by cell; the first that is not
// taken is shown with what was typed.
func (t *Team) SetWeek(c *fiber.Ctx) error {
	form := web.ReadForm(c, "week", "cell", "typed", "sure")
	cells, typed := form.Lists["cell"], form.Lists["typed"]
	if len(cells) != len(typed) || len(cells) > 700 {
		return db.ErrNotFound
	}
	for n, key := range cells { // each is an entry of its own, written by itself
		err := t.setCell(c, key, typed[n], form.Value("sure") != "")
		if conflictOf(err) != nil {
			err = &db.Invalid{Field: "week", Key: "time.changed"}
		}
		if form.Refused(t.Words(c), err) {
			return t.time(c, fiber.StatusUnprocessableEntity, sentTime{week: &form})
		}
		if err != nil {
			return err
		}
	}
	return web.SeeOther(c, "/time?said=saved&week="+string(mondayOf(form.Value("week"), db.Date(t.Words(c).Today()))))
}

// setCell makes one cell say what was typed into it.
func (t *Team) setCell(c *fiber.Ctx, key, typed string, sure bool) error {
	parts := strings.Split(key, "|")
	if len(parts) != 6 {
		return db.ErrNotFound
	}
	before, err := strconv.Atoi(parts[5])
	if err != nil {
		return db.ErrNotFound
	}
	typed = strings.TrimSpace(typed)
	if minutes, rest, err := hours.Parse(typed); typed == "" && before == 0 || err == nil && minutes == before && rest == "" {
		return nil
	}
	project, service := bookedOn(parts[0], "", "")
	form := db.TimeForm{Project: project, Service: service, Task: parts[1], Day: parts[2], Minutes: typed, Sure: sure}
	if before == 0 {
		_, err := t.Store.AddTime(t.Actor(c), form)
		return err
	}
	id, err := db.ParseID(parts[3])
	if err != nil {
		return err
	}
	if minutes, _, err := hours.Parse(typed); typed == "" || err == nil && minutes == 0 {
		return t.Store.DeleteTime(t.Actor(c), id)
	}
	var e db.TimeEntry
	if err := t.look(c, func(s sight) (err error) { e, err = s.Viewer.TimeEntry(id); return err }); err != nil {
		return err
	}
	form.Remark, form.Wording, form.Version = e.Remark, e.Wording, e.Version
	if strconv.FormatInt(e.Version, 10) != parts[4] || e.Minutes != before {
		return &db.Conflict{Version: e.Version}
	}
	if e.Billable != e.Minutes {
		form.Billable = hours.Clock(e.Billable)
	}
	return t.Store.EditTime(t.Actor(c), id, form)
}
