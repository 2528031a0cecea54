package team

import (
	"testing"

	"vitrine/db"
	"vitrine/views"
)

// The checklist must be able to fail: fed with a glass that shows too much, it finds
// each hidden thing.
func TestCheckFindsWhatLeaked(t *testing.T) {
	const here, there = db.ID(1), db.ID(2)
	words := views.For("en", "UTC", now)
	look := func(hidden db.Hidden, theirs db.ClientContents, rightly ...db.TheirProject) map[string]string {
		q := precheck{asks: asks{Words: words, Trouble: db.Trouble{CompanyID: 5, Company: "Acme", Projects: []db.LinkedProject{{ID: here, Name: "Site", On: true, TeamShown: "first"}}}, theirs: theirs},
			found: db.PreInvite{Hidden: hidden, Theirs: rightly}, names: map[db.ID]string{here: "Site"}}
		states := map[string]string{}
		for _, line := range q.lines() {
			states[line.Name] = line.State
		}
		return states
	}
	hidden := db.Hidden{Tasks: []db.HiddenThing{{ProjectID: here, ID: 10, TaskID: 10}}, Notes: []db.HiddenThing{{ProjectID: here, ID: 20, TaskID: 10, Text: "they pay late every time"}, {ProjectID: here, ID: 21, Text: "ok"}},
		Labels: []db.HiddenThing{{ProjectID: here, ID: 30, Text: "Risk"}}}
	right := db.ClientContents{Projects: []db.ClientProject{{ID: here, CompanyID: 5}}, Tasks: []db.ClientThing{{ProjectID: here, ID: 11}},
		Replies: []db.ClientThing{{ProjectID: here, ID: 22, Text: "OK"}, {ProjectID: there, ID: 23, Text: "They pay late every time"}}, Labels: []db.ClientThing{{ProjectID: there, Text: "Risk"}}}
	own := db.TheirProject{ID: here, CompanyID: 5, Seen: true}
	for name, state := range look(hidden, right, own) {
		if want := map[string]string{"names": yourLine, "role": lookLine, "look": lookLine}[name]; state != want && want+state != goodLine {
			t.Errorf("%s is %s without a leak", name, state)
		}
	}
	for name, leak := range map[string]func(c *db.ClientContents){
		"tasks":    func(c *db.ClientContents) { c.Tasks = append(c.Tasks, db.ClientThing{ProjectID: here, ID: 10}) },
		"notes":    func(c *db.ClientContents) { c.Replies = append(c.Replies, db.ClientThing{ProjectID: here, ID: 20}) },
		"labels":   func(c *db.ClientContents) { c.Labels = append(c.Labels, db.ClientThing{ProjectID: here, Text: "Risk"}) },
		"projects": func(c *db.ClientContents) { c.Projects = append(c.Projects, db.ClientProject{ID: there, CompanyID: 6}) },
		"billing":  func(c *db.ClientContents) { c.Billing = []db.ID{5, 6} },
	} {
		seen := right
		leak(&seen)
		if got := look(hidden, seen, own)[name]; got != lookLine {
			t.Errorf("a leak of %s is called %s", name, got)
		}
	}
	copied := right
	copied.Replies = append(copied.Replies, db.ClientThing{ProjectID: here, ID: 24, Text: "They pay LATE\nevery time"})
	if got := look(hidden, copied, own)["notes"]; got != lookLine {
		t.Error("a note sent as a reply is called", got)
	}
	if got := look(hidden, right)["projects"]; got != lookLine {
		t.Error("a project that they are not on is called", got)
	}
}
