package db

import "time"

// TimerAsks is after how long a timer is not believed any more: then, and once another day has begun
// for whoever started it, they say how long it really was.
const TimerAsks = 10 * time.Hour

// Timer is the clock that runs for somebody. Asks says that it is not believed.
type Timer struct {
	ProjectID, ServiceID, TaskID   ID
	Project, Budget, Service, Task string
	Remark                         string
	StartedAt                      Time
	Minutes                        int // so far
	Day                            Date
	Asks                           bool
}

// TimerForm says what a timer is started on, as in TimeForm.
type TimerForm struct{ Project, Service, Task, Remark string }

func timerFields(t *Timer) []any {
	return []any{&t.ProjectID, &t.ServiceID, &t.TaskID, &t.Project, &t.Budget, &t.Service, &t.Task, &t.Remark, &t.StartedAt}
}

// Timer is the viewer's own; ok is false where none runs. Of a project that they have left it says
// nothing but since when. zone is the viewer's.
func (v *Viewer) Timer(now time.Time, zone *time.Location) (t Timer, ok bool, err error) {
	t, err = one(v.source, timerFields, `SELECT v.project_id, iif(v.project_id IS NULL, NULL, r.service_id), iif(v.project_id IS NULL, NULL, r.task_id), coalesce(p.name, ''), iif(v.project_id IS NULL, '', coalesce(b.name, '')),
			iif(v.project_id IS NULL, '', coalesce(s.name, '')), iif(v.project_id IS NULL, '', coalesce(t.title, '')), r.remark, r.started_at
		FROM timer r LEFT JOIN visible_project_team v ON v.viewer_id = ?1 AND v.project_id = r.project_id LEFT JOIN project p ON p.id = v.project_id
		LEFT JOIN budget_service s ON s.id = r.service_id LEFT JOIN budget b ON b.id = s.budget_id LEFT JOIN task t ON t.id = r.task_id WHERE r.person_id = ?1`, v.ID)
	if err == ErrNotFound {
		return t, false, nil
	}
	t.run(now, zone)
	return t, err == nil, err
}

// run reckons how long a timer has run.
func (t *Timer) run(now time.Time, zone *time.Location) {
	t.Minutes = max(1, wholeMinutes(now.Sub(t.StartedAt.Time)))
	t.Day = Date(t.StartedAt.In(zone).Format(time.DateOnly))
	t.Asks = now.Sub(t.StartedAt.Time) > TimerAsks || t.Day != Date(now.In(zone).Format(time.DateOnly))
}

// StartTimer starts the actor's clock. One that runs is booked first; where it has to be asked about
// that is refused (Invalid on "minutes"). Errors as of AddTime.
func (s *Store) StartTimer(actor Actor, form TimerForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.bookTimer(actor, StopForm{}); err != nil && err != ErrNotFound {
			return err
		}
		b, err := TimeForm{Project: form.Project, Service: form.Service, Task: form.Task, Remark: form.Remark, Day: "2000-01-01", Minutes: "0:01"}.clean()
		if err != nil {
			return err
		}
		b.person = actor.ID
		if err := tx.placed(actor, &b); err != nil {
			return err
		}
		return tx.run("INSERT INTO timer (person_id, project_id, service_id, task_id, remark, started_at) VALUES (?,?,?,?,?,?)", actor.ID, b.project, b.service, b.task, b.remark, tx.now)
	})
}

// StopForm ends a timer. Minutes is how long it really was, "" for as long as it ran.
type StopForm struct {
	Minutes, Billable, Remark, Wording string
	Sure                               bool
}

// StopTimer books what the actor's clock has counted, on the day on which it was started. Errors as
// of AddTime; ErrNotFound where none runs.
func (s *Store) StopTimer(actor Actor, form StopForm) (id ID, err error) {
	err = s.write(func(tx *Tx) (err error) { id, err = tx.bookTimer(actor, form); return err })
	return id, err
}

// DropTimer stops the actor's clock and books nothing.
func (s *Store) DropTimer(actor Actor) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		return tx.must("DELETE FROM timer WHERE person_id = ?", actor.ID)
	})
}

func (tx *Tx) bookTimer(actor Actor, form StopForm) (ID, error) {
	if err := tx.notPreview(actor); err != nil {
		return 0, err
	}
	t, err := one(tx, func(t *Timer) []any { return []any{&t.ProjectID, &t.ServiceID, &t.TaskID, &t.Remark, &t.StartedAt} },
		"SELECT project_id, service_id, task_id, remark, started_at FROM timer WHERE person_id = ?", actor.ID)
	if err != nil {
		return 0, err
	}
	zone, err := tx.zoneOf(actor.ID)
	if err != nil {
		return 0, err
	}
	t.run(tx.now.Time, zone)
	if t.Asks && form.Minutes == "" {
		return 0, invalid("minutes", "timer.asks", "Since", t.StartedAt.In(zone).Format("2006-01-02 15:04"))
	}
	b := booking{project: t.ProjectID, service: t.ServiceID, task: t.TaskID, person: actor.ID, day: t.Day, minutes: t.Minutes, billable: t.Minutes, from: t.StartedAt, to: tx.now, remark: t.Remark, sure: form.Sure}
	if form != (StopForm{}) {
		if err := b.stopped(form); err != nil {
			return 0, err
		}
	}
	if err := tx.placed(actor, &b); err != nil {
		return 0, err
	}
	if form.Minutes != "" {
		if err := tx.question(b, 0); err != nil {
			return 0, err
		}
	}
	id := NewID()
	if err := tx.book(id, b, ""); err != nil {
		return 0, err
	}
	return id, tx.must("DELETE FROM timer WHERE person_id = ?", actor.ID)
}

// stopped takes over what somebody said of a timer that ends.
func (b *booking) stopped(form StopForm) error {
	said := TimeForm{Day: string(b.day), Minutes: form.Minutes, Billable: form.Billable, Remark: form.Remark, Wording: form.Wording}
	if said.Minutes == "" {
		said.Minutes = "0:01"
	}
	read, err := said.clean()
	if err != nil {
		return err
	}
	if form.Minutes != "" {
		b.minutes, b.billable = read.minutes, read.minutes
		b.from, b.to = Time{}, Time{}
	}
	if form.Billable != "" {
		b.billable = read.billable
	}
	if read.remark != "" {
		b.remark = read.remark
	}
	b.wording = read.wording
	return nil
}
