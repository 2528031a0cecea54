package cli

import (
	"testing"
	"time"

	"vitrine/db"
)

// The demo is made relative to the time at which it is made; none of these may
// break it or put anything into the future.
func TestDemoAtAnyTime(t *testing.T) {
	for _, now := range []string{"2026-05-14T07:41:00Z", "2026-05-17T22:31:00Z", "2026-02-28T21:59:30Z", "2027-01-01T22:00:10Z", "2026-03-29T01:30:00Z"} {
		t.Run(now, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, now)
			if err != nil {
				t.Fatal(err)
			}
			store, err := db.Open(t.TempDir(), db.Options{Glasses: 2, Clock: func() time.Time { return at }})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if err := fillDemo(store); err != nil {
				t.Fatal(err)
			}
			lookAtDemo(t, store, at)
		})
	}
}

func lookAtDemo(t *testing.T, store *db.Store, now time.Time) {
	eleni, err := store.PersonByEmail(demoClient)
	if err != nil {
		t.Fatal(err)
	}
	var projects []db.ClientProject
	err = store.Glass(eleni.ID, func(g *db.Glass) error {
		if projects, err = g.Projects(); err != nil {
			return err
		}
		events, err := g.Activity(0, 1000)
		for _, event := range events {
			if event.At.After(now) {
				t.Errorf("%s happens in the future: %s", event.Kind, event.At)
			}
		}
		home, _ := g.Home(projects[0].CompanyID)
		if meetings, _ := g.Meetings(projects[0].CompanyID, now, 9); len(meetings) != 2 || home.Welcome["en"] == "" || home.Welcome["el"] == "" || len(home.Cards) != 3 {
			t.Errorf("the home page holds %+v and %+v", home, meetings)
		}
		progress, _ := g.Progress()
		for _, project := range projects {
			if p := progress[project.ID]; project.Name == website && (p.Total != 26 || p.Done != 16 || p.Doing != 6 || p.Todo != 4 || !p.Measured) {
				t.Errorf("progress: %+v", p)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(projects) != 2 || projects[0].Name != "Autumn catalogue" || projects[1].Name != website {
		t.Fatalf("Eleni sees %+v", projects)
	}
	katerina, err := store.PersonByEmail(demoLeader)
	if err != nil {
		t.Fatal(err)
	}
	err = store.View(katerina, func(v *db.Viewer) error {
		all, err := v.Projects()
		if len(all) != 3 {
			t.Errorf("the team has %d projects", len(all))
		}
		tasks, _ := v.Tasks(projects[1].ID)
		private, words := 0, 0
		for _, task := range tasks {
			if task.Private {
				private++
			}
			words += task.Replies + task.Notes
		}
		if len(tasks) != 28 || private != 2 || words < 20 {
			t.Errorf("%d tasks, %d private, %d replies and notes", len(tasks), private, words)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	dimitra, err := store.PersonByEmail("dimitra@papadopoulos.example")
	if err != nil || dimitra.Language != "el" {
		t.Errorf("Dimitra reads %q: %v", dimitra.Language, err)
	}
}

// Everybody of the demo stands as the pages are to show it.
func TestDemoPeople(t *testing.T) {
	store, err := db.Open(t.TempDir(), db.Options{Glasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := fillDemo(store); err != nil {
		t.Fatal(err)
	}
	var got string
	for _, company := range []string{ceramics, hotels} {
		contacts, err := store.ContactsFromShell(company)
		if err != nil {
			t.Fatal(err)
		}
		got += company + "\n"
		for _, c := range contacts {
			got += c.Name + ", " + c.RoleName + ", " + c.State(store.Now())
			if c.Primary {
				got += ", primary, " + c.Phone
			}
			got += "\n"
		}
	}
	want := `Papadopoulos Ceramics
Dimitra Kosta, Client, joined
Eleni Papadopoulou, Client Admin, joined, primary, +30 210 555 0134
Fotis Alexiou, Client Finance, joined
Ioanna Vlachou, Client Viewer, invited
Lydia Manou, Client Viewer, joined
Stavros Papadopoulos, Client Admin, joined
Takis Moros, Client, inactive
Thalassa Hotels
Anna Kritikou, Client Admin, joined
Lydia Manou, Client, joined
Petros Lambrou, Client, joined, primary, +30 22850 555 20
`
	if got != want {
		t.Errorf("the demo has\n%s", got)
	}
	katerina, err := store.PersonByEmail(demoLeader)
	if err != nil {
		t.Fatal(err)
	}
	clients, err := store.People(db.Actor{Person: katerina}, db.Client)
	if err != nil {
		t.Fatal(err)
	}
	alone := 0
	for _, line := range clients {
		if line.Companies == "" {
			alone++
		}
	}
	if alone != 1 {
		t.Errorf("%d people registered and wait", alone)
	}
}
