package cli

import "vitrine/db"

// beginWorkspace makes the studio and its team.
func (d *demo) beginWorkspace() {
	d.on(-90, "09:00", func() error {
		if err := d.store.SetWorkspaceFromShell(db.Workspace{Name: "Ormos Studio", Address: "Patision 74, Athens", TimeZone: demoZone}); err != nil {
			return err
		}
		for _, p := range []struct{ first, name, role, title string }{
			{"Katerina", "Katerina Doukas", db.Owner, "Studio lead"},
			{"Maria", "Maria Lenti", db.Member, "Designer"},
			{"Nikos", "Nikos Raptis", db.Member, "Developer"},
		} {
			email := map[string]string{"Katerina": demoLeader, "Maria": "maria@ormos.example", "Nikos": "nikos@ormos.example"}[p.first]
			added, err := d.store.AddPersonFromShell(db.NewPerson{Email: email, Name: p.name, Role: p.role, Title: p.title})
			if err != nil {
				return err
			}
			d.people[p.first] = db.Actor{Person: added}
		}
		return nil
	})
}

// demoMember is somebody on a project.
type demoMember struct{ first, email, name, role string }

var studioMembers = []demoMember{{"Maria", "maria@ormos.example", "", "member"}, {"Nikos", "nikos@ormos.example", "", "member"}}

var potters = []demoMember{
	{"Eleni", demoClient, "Eleni Papadopoulou", "client"},
	{"Stavros", "stavros@papadopoulos.example", "Stavros Papadopoulos", "client"},
	{"Dimitra", "dimitra@papadopoulos.example", "Dimitra Kosta", "client"},
}

// begin makes a project, led by Katerina, with a column for what the client looks at.
func (d *demo) begin(day int, form func() db.ProjectForm, members []demoMember) {
	d.on(day, "09:05", func() error {
		katerina, made := d.people["Katerina"], form()
		id, err := d.store.AddProject(katerina, made, [3]string{"To do", "In progress", "Done"})
		if err != nil {
			return err
		}
		d.projects[made.Name] = id
		review, err := d.store.AddColumn(katerina, id, db.ColumnForm{Name: "With the client", Kind: db.Review, ClientLabel: "With you"})
		if err != nil {
			return err
		}
		var columns []db.Column
		if err := d.see(func(v *db.Viewer) (err error) { columns, err = v.Columns(id); return err }); err != nil {
			return err
		}
		for _, column := range columns {
			if column.Kind == db.Done {
				if err := d.store.MoveColumn(katerina, review, column.ID); err != nil {
					return err
				}
			}
		}
		return d.join(id, members)
	})
}

func (d *demo) join(project db.ID, members []demoMember) error {
	for _, m := range members {
		person, err := d.store.AddMember(d.people["Katerina"], project, m.email, m.name, m.role)
		if err != nil {
			return err
		}
		d.people[m.first] = db.Actor{Person: person}
		if m.first == "Dimitra" && person.Language != "el" {
			if err := d.store.SetProfile(d.people[m.first], db.Profile{Name: person.Name, Language: "el", TimeZone: demoZone}); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoPhase is a milestone; reached is the day it was, 0 for not yet.
type demoPhase struct {
	name                 string
	starts, due, reached int
}

func (d *demo) phases(project string, day int, phases []demoPhase) {
	for _, phase := range phases {
		var id db.ID
		form := db.MilestoneForm{Name: phase.name, StartsOn: d.date(phase.starts), DueOn: d.date(phase.due)}
		d.on(day, "09:15", func() (err error) {
			id, err = d.store.AddMilestone(d.people["Katerina"], d.projects[project], form)
			return err
		})
		if phase.reached == 0 {
			continue
		}
		d.on(phase.reached, "12:31", func() error {
			return d.see(func(v *db.Viewer) error {
				milestones, err := v.Milestones(d.projects[project])
				for _, m := range milestones {
					if m.ID == id {
						form.Version = m.Version
					}
				}
				form.ReachedOn = d.date(phase.reached)
				if err != nil {
					return err
				}
				return d.store.EditMilestone(d.people["Katerina"], id, form)
			})
		})
	}
}

func (d *demo) labels(project string, day int) {
	d.on(day, "09:20", func() error {
		for _, l := range []struct {
			name, color string
			clients     bool
		}{{"Shop", "blue", true}, {"Content", "green", true}, {"Scope risk", "orange", false}} {
			if err := d.store.SetLabel(d.people["Katerina"], d.projects[project], 0, l.name, l.color, l.clients); err != nil {
				return err
			}
		}
		return nil
	})
}

// atPhase does something with a milestone of a project.
func (d *demo) atPhase(project, name string, do func(db.ID) error) error {
	var phase db.ID
	if err := d.see(func(v *db.Viewer) error {
		milestones, err := v.Milestones(d.projects[project])
		for _, m := range milestones {
			if m.Name == name {
				phase = m.ID
			}
		}
		return err
	}); err != nil {
		return err
	}
	return do(phase)
}
