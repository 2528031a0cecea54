package cli

import (
	"sort"
	"strconv"
	"time"

	"vitrine/db"
)

// demo makes a workspace in the middle of its work, by doing what its people
// would have done, one step after the other, on the days on which they would
// have done it. Day 0 is today; a clock of its own runs while it is made.
type demo struct {
	store    *db.Store
	now      time.Time
	zone     *time.Location
	steps    []demoStep
	people   map[string]db.Actor
	projects map[string]db.ID
	tasks    map[string]db.ID

	decisions map[string]db.ID
	delivered db.ID
}

type demoStep struct {
	at time.Time
	do func() error
}

const demoZone = "Europe/Athens"

func newDemo(store *db.Store) *demo {
	zone, err := time.LoadLocation(demoZone)
	if err != nil {
		zone = time.UTC
	}
	return &demo{store: store, now: store.Now(), zone: zone, people: map[string]db.Actor{}, projects: map[string]db.ID{}, tasks: map[string]db.ID{}, decisions: map[string]db.ID{}}
}

// fill takes all steps in the order of their times.
func (d *demo) fill() error {
	defer d.store.SetClock(nil)
	d.beginWorkspace()
	d.addWebsite()
	d.addCatalogue()
	d.addBooking()
	d.addPeople()
	d.addMoney()
	d.addTime()
	d.addPortal()
	sort.SliceStable(d.steps, func(i, j int) bool { return d.steps[i].at.Before(d.steps[j].at) })
	for _, step := range d.steps {
		d.store.SetClock(func() time.Time { return step.at })
		if err := step.do(); err != nil {
			return err
		}
		if err := d.mailed(); err != nil {
			return err
		}
	}
	return d.store.ForgetTold() // nobody of the demo can be written to
}

// mailed says of all that is due that it went out at once.
func (d *demo) mailed() error {
	for {
		mails, err := d.store.ClaimMail(50)
		if err != nil || len(mails) == 0 {
			return err
		}
		for _, mail := range mails {
			if err := d.store.MailSent(mail, true); err != nil {
				return err
			}
		}
	}
}

// on plans a step on a day, at a time of day in the studio. What is planned later
// for the same moment happens later.
func (d *demo) on(day int, clock string, do func() error) {
	minutes := 0
	if hour, err := strconv.Atoi(clock[:2]); err == nil {
		minutes = hour * 60
	}
	if minute, err := strconv.Atoi(clock[3:]); err == nil {
		minutes += minute
	}
	today := d.now.In(d.zone)
	d.at(time.Date(today.Year(), today.Month(), today.Day()+day, minutes/60, minutes%60, 0, 0, d.zone), do)
}

// ago plans a step so many minutes before now: what happened today must not lie
// in the future, whenever the demo is made.
func (d *demo) ago(minutes int, do func() error) {
	d.at(d.now.Add(-time.Duration(minutes)*time.Minute), do)
}

func (d *demo) at(at time.Time, do func() error) {
	if at.After(d.now) {
		at = d.now
	}
	d.steps = append(d.steps, demoStep{at, do})
}

// date is a working day so many days from today.
func (d *demo) date(day int) string {
	date := d.now.In(d.zone).AddDate(0, 0, day)
	for date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
		if day < 0 {
			date = date.AddDate(0, 0, -1)
		} else {
			date = date.AddDate(0, 0, 1)
		}
	}
	return date.Format(time.DateOnly)
}

// see reads as Katerina, who leads everything here.
func (d *demo) see(look func(*db.Viewer) error) error {
	return d.store.View(d.people["Katerina"].Person, look)
}
