package cli

import (
	"errors"

	"vitrine/db"
)

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
