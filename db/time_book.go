package db

import (
	"errors"
	"time"

	"vitrine/db/hours"
)

// TimeForm is an entry as it is filled in. Minutes is how long it took in any form that
// hours.Parse reads, from when to when included; text after it becomes the internal remark where
// that is empty. Billable is "" for as much as was worked. Sure books what was questioned.
type TimeForm struct {
	Project, Service, Task string // ids, "" for none; without a project it is the service's or the task's
	Day, Minutes, Billable string
	Remark, Wording        string
	Person                 string // of the project's team, for those who lead it; "" for the actor
	Sure                   bool
	Version                int64
}

// booking is a form that was read.
type booking struct {
	project, service, task, person ID
	day                            Date
	minutes, billable              int
	from, to                       Time
	remark, wording                string

	budget budgetOf // the service's, zero for none
	unit   string
	price  int64
	rate   int64
	sure   bool
}

func (f TimeForm) clean() (b booking, err error) {
	b.sure = f.Sure
	for _, id := range []struct {
		field, text string
		into        *ID
	}{{"project", f.Project, &b.project}, {"service", f.Service, &b.service}, {"task", f.Task, &b.task}, {"person", f.Person, &b.person}} {
		if *id.into, err = optionalID(id.field, id.text); err != nil {
			return b, err
		}
	}
	day, known := ParseDate(f.Day)
	if b.day = day; !known || day == "" {
		return b, invalid("day", "date.invalid")
	}
	minutes, rest, err := hours.Parse(f.Minutes)
	if err != nil {
		return b, unclear("minutes", err)
	}
	b.minutes, b.billable = minutes, minutes
	if f.Billable != "" {
		if b.billable, _, err = hours.Parse(f.Billable); err != nil {
			return b, unclear("billable", err)
		}
	}
	if b.minutes == 0 && b.billable == 0 {
		return b, invalid("minutes", "time.nothing")
	}
	if f.Remark == "" {
		f.Remark = rest
	}
	if b.remark, err = cleanText("remark", f.Remark, 2000); err != nil {
		return b, err
	}
	b.wording, err = cleanLine("wording", f.Wording, 500)
	return b, err
}

func unclear(field string, err error) error {
	if errors.Is(err, hours.ErrTooLong) {
		return invalid(field, "time.too-long")
	}
	return invalid(field, "time.unclear")
}

// AddTime books work. Whoever works on the project may for themselves, who leads it for others of
// its team too. A day that gets longer than it is, and work at the same time as other work, is
// questioned: Invalid on the field "sure", until the form says that they are. Errors: ErrPreview,
// ErrNotFound, ErrDenied, Invalid.
func (s *Store) AddTime(actor Actor, form TimeForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		b, err := tx.booking(actor, form)
		if err != nil {
			return err
		}
		return tx.book(id, b, "")
	})
	return id, err
}

// booking reads a form and what it names, for somebody who may book it.
func (tx *Tx) booking(actor Actor, form TimeForm) (booking, error) {
	b, err := form.clean()
	if err != nil {
		return b, err
	}
	if b.person == 0 {
		b.person = actor.ID
	}
	if err := tx.placed(actor, &b); err != nil {
		return b, err
	}
	if err := tx.spanned(&b, form); err != nil {
		return b, err
	}
	return b, tx.question(b, 0)
}

// spanned reads from when to when it was, by the clock of whoever worked: in a night in which that
// changes it is an hour more or less.
func (tx *Tx) spanned(b *booking, form TimeForm) error {
	from, to, ok := hours.Span(form.Minutes)
	if !ok {
		return nil
	}
	zone, err := tx.zoneOf(b.person)
	if err != nil {
		return err
	}
	b.from, b.to = spanOn(b.day, from, to, zone)
	if b.minutes = wholeMinutes(b.to.Sub(b.from.Time)); form.Billable == "" {
		b.billable = b.minutes
	}
	if b.minutes <= 0 { // both lie in the hour that there is not
		return invalid("minutes", "time.nothing")
	}
	return nil
}

// placed settles on what is booked, and that the actor may.
func (tx *Tx) placed(actor Actor, b *booking) error {
	type found struct {
		budget, project ID
		unit            string
		price, rate     int64
	}
	if b.service != 0 {
		s, err := one(tx, func(f *found) []any { return []any{&f.budget, &f.project, &f.unit, &f.price, &f.rate} },
			"SELECT s.budget_id, b.project_id, s.unit, s.price, s.cost FROM budget_service s JOIN budget b ON b.id = s.budget_id JOIN visible_project_team v ON v.project_id = b.project_id AND v.viewer_id = ? WHERE s.id = ?", actor.ID, b.service)
		if err == nil && b.project != 0 && b.project != s.project {
			err = ErrNotFound
		}
		if err != nil {
			return orChoice("service", err)
		}
		b.project, b.unit, b.price, b.rate = s.project, s.unit, s.price, s.rate
		if b.budget, err = tx.budgetOf(s.budget); err != nil {
			return err
		}
	}
	if b.task != 0 {
		project, err := value[ID](tx, "SELECT t.project_id FROM visible_task_team v JOIN task t ON t.id = v.task_id WHERE v.viewer_id = ? AND t.id = ?", actor.ID, b.task)
		if err != nil || b.project != 0 && b.project != project {
			return invalid("task", "choice.unknown")
		}
		b.project = project
	}
	if b.project == 0 {
		return invalid("project", "time.project-empty")
	}
	if err := tx.mayWork(actor, b.project); err != nil {
		return err
	}
	if b.budget.Closed {
		return invalid("service", "time.budget-closed")
	}
	if b.person == actor.ID {
		return nil
	}
	if err := tx.mayLead(actor, b.project); err != nil {
		return err
	}
	known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM visible_project_team WHERE viewer_id = ? AND project_id = ?)", b.person, b.project)
	if err == nil && !known {
		err = invalid("person", "choice.unknown")
	}
	return err
}

// question asks again about what is likely a mistake, unless they are sure: a day longer than it is,
// and times that overlap. id is the entry that is changed.
func (tx *Tx) question(b booking, id ID) error {
	if b.sure {
		return nil
	}
	zone, err := tx.zoneOf(b.person)
	if err != nil {
		return err
	}
	sum, err := value[int](tx, "SELECT coalesce(sum(minutes), 0) FROM time_entry WHERE person_id = ? AND day = ? AND id <> ?", b.person, b.day, int64(id))
	if err != nil {
		return err
	}
	if begins, ends := spanOn(b.day, 0, 24*60, zone); sum+b.minutes > wholeMinutes(ends.Sub(begins.Time)) {
		return invalid("sure", "time.day-full", "Sum", hours.Clock(sum+b.minutes))
	}
	if b.from.IsZero() {
		return nil
	}
	other, err := one(tx, func(s *[2]Time) []any { return []any{&s[0], &s[1]} }, "SELECT started_at, ended_at FROM time_entry WHERE person_id = ? AND id <> ? AND started_at < ? AND ended_at > ? ORDER BY started_at LIMIT 1", b.person, int64(id), b.to, b.from)
	if err == ErrNotFound {
		return nil
	}
	if err == nil {
		err = invalid("sure", "time.overlaps", "From", other[0].In(zone).Format("15:04"), "To", other[1].In(zone).Format("15:04"))
	}
	return err
}

// book stores a new entry at the price and the internal cost of now. source is "" for what was not imported.
func (tx *Tx) book(id ID, b booking, source string) error {
	named := any(nil)
	if source != "" {
		named = source
	}
	if err := tx.run(`INSERT INTO time_entry (id, project_id, person_id, service_id, task_id, day, minutes, billable, started_at, ended_at, remark, wording, price, rate, amount, cost, source, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, b.project, b.person, b.service, b.task, b.day, b.minutes, b.billable, b.from, b.to, b.remark, b.wording,
		b.price, b.rate, hours.Amount(b.billable, b.price, b.unit), hours.Amount(b.minutes, b.rate, b.unit), named, tx.now); err != nil {
		return err
	}
	return tx.bookedOn(b.project, b.budget, id)
}

// bookedOn lets everybody hear of an entry as it is now: clients only where they see it.
func (tx *Tx) bookedOn(project ID, budget budgetOf, id ID) error {
	if budget.ID == 0 {
		return tx.touch(project, false)
	}
	shown, err := tx.shows(id)
	if err != nil {
		return err
	}
	budget.Open = shown
	return tx.reckoned(budget)
}

// shows says whether the clients who see its budget see an entry.
func (tx *Tx) shows(id ID) (bool, error) {
	return value[bool](tx, "SELECT EXISTS (SELECT 1 FROM time_entry e JOIN project p ON p.id = e.project_id JOIN budget_service s ON s.id = e.service_id JOIN budget b ON b.id = s.budget_id WHERE e.id = ? AND "+entryShown+")", id)
}

func (tx *Tx) zoneOf(person ID) (*time.Location, error) {
	name, err := value[string](tx, "SELECT time_zone FROM person WHERE id = ?", person)
	return Person{TimeZone: name}.Location(), err
}

// spanOn is when minutes after midnight of a day are, by the clock on the wall there.
func spanOn(day Date, from, to int, zone *time.Location) (begins, ends Time) {
	midnight, _ := day.Midnight()
	at := func(minutes int) Time {
		return At(time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, minutes, 0, 0, zone))
	}
	return at(from), at(to)
}

// wholeMinutes are those of a duration, rounded half up.
func wholeMinutes(d time.Duration) int { return int((d + 30*time.Second) / time.Minute) }
