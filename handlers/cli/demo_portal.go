package cli

import (
	"errors"

	"vitrine/db"
)

// addPortal is what the clients' home page holds besides the work: a welcome, ways to
// book and to pay, and meetings to come.
func (d *demo) addPortal() {
	d.on(-58, "16:40", func() error {
		home := db.DefaultHome()
		home.Welcome["en"] = "Good that you are here. This page tells what is done, what comes next and **what we need from you**. Ask us anything on the task that it is about: everybody who works on it reads it there."
		home.Welcome["el"] = "Χαιρόμαστε που είστε εδώ. Αυτή η σελίδα λέει τι έγινε, τι ακολουθεί και **τι χρειαζόμαστε από εσάς**. Ρωτήστε μας ό,τι θέλετε στην εργασία που αφορά: εκεί το διαβάζουν όλοι όσοι δουλεύουν σε αυτήν."
		home.Cards = append(home.Cards, db.HomeCard{Kind: db.CardMeeting, URL: "https://meet.ormos.example/book", Texts: map[string]db.CardText{}})
		return d.store.SetHome(d.people["Katerina"], 0, 0, home)
	})
	d.meets(-3, "Product page, together", website, 3, "11:00", "45", "https://meet.ormos.example/product-page", "")
	d.meets(-2, "Photography in the workshop", website, 9, "10:00", "180", "", "The workshop, Marousi")
}

// meets plans a meeting so many days from today.
func (d *demo) meets(on int, title, project string, day int, clock, minutes, url, place string) {
	d.on(on, "15:15", func() error {
		_, err := d.store.SetMeeting(d.people["Katerina"], 0, db.MeetingForm{With: d.projects[project].String(), Title: title, Day: d.date(day), Clock: clock, Minutes: minutes, URL: url, Place: place})
		return err
	})
}

// websiteCourse is what moved on the way, and the first phase as the client approved it.
func (d *demo) websiteCourse() {
	const phase = "Is the discovery done?"
	d.on(-55, "13:00", func() error {
		return d.atPhase(website, "Discovery", func(id db.ID) error {
			asked, err := d.store.AddDecision(d.people["Katerina"], d.projects[website], db.DecisionForm{Kind: db.KindMilestone, Question: phase, Mode: db.AnyOne,
				Milestone: id.String(), Deciders: []string{d.people["Eleni"].ID.String()}, Context: "The page plan, the menu and what we learned from the old shop are in the project."})
			if err != nil {
				return err
			}
			d.decisions[phase] = asked
			return d.store.AskDecision(d.people["Katerina"], asked, 1)
		})
	})
	d.answers(-54, "10:20", phase, db.Approve, "", "")
	d.on(-33, "09:20", func() error { return d.moves("Design", d.date(1), db.Waited) })
	for day, text := range map[int]string{
		-17: "The test site is up and the category pages are drawn. Next is the product page: it decides how all 612 pieces look, so please take your time with it.",
		-3:  "Search and the language switch are on the test site. **What we need from you**: your word on the product page, and on the payment service. Checkout waits for the second one.",
	} {
		d.on(day, "17:10", func() error {
			_, err := d.store.PostUpdate(d.people["Katerina"], d.projects[website], text)
			return err
		})
	}
	d.on(-33, "09:25", func() error {
		var p db.Project
		if err := d.see(func(v *db.Viewer) (err error) { p, err = v.Project(d.projects[website]); return err }); err != nil {
			return err
		}
		return d.store.EditProject(d.people["Katerina"], p.ID, db.ProjectForm{Name: p.Name, Company: p.Company, Description: p.Description, Internal: p.Internal, Status: p.Status, TeamShown: p.TeamShown,
			StartsOn: string(p.StartsOn), EndsOn: d.date(36), NewTasksPrivate: p.NewTasksPrivate, Version: p.Version})
	})
}

// moves puts the end of a phase of the website on another day.
func (d *demo) moves(phase, day, why string) error {
	var found db.Milestone
	if err := d.see(func(v *db.Viewer) error {
		phases, err := v.Milestones(d.projects[website])
		for _, one := range phases {
			if one.Name == phase {
				found = one
			}
		}
		return err
	}); err != nil {
		return err
	}
	if found.ID == 0 {
		return errors.New("no such phase: " + phase)
	}
	return d.store.EditMilestone(d.people["Katerina"], found.ID, db.MilestoneForm{Name: found.Name, StartsOn: string(found.StartsOn), DueOn: day, ReachedOn: string(found.ReachedOn),
		Gate: found.Gate, Why: why, Version: found.Version})
}
