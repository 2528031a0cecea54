package team

import (
	"html/template"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// precheck is a contact before inviting.
type precheck struct {
	asks
	found db.PreInvite
	names map[db.ID]string // of the projects that the actor sees
}

// Check answers what somebody would look at before inviting a contact, from the
// contact's own glass held against the store.
func (t *Team) Check(c *fiber.Ctx) error {
	q := precheck{names: map[db.ID]string{}}
	var err error
	q.asks, err = t.asksAbout(c, func(company, person db.ID) (trouble db.Trouble, err error) {
		q.found, err = t.Store.PreInvite(t.Actor(c), company, person)
		return q.found.Trouble, err
	})
	if err != nil {
		return err
	}
	for _, project := range q.Projects {
		q.names[project.ID] = project.Name
	}
	return t.checked(c, "team/check", "check.title", q.asks, q.lines())
}

func (q precheck) lines() []checkLine {
	hidden, theirs := q.found.Hidden, q.theirs
	return []checkLine{q.onlyProjects(), q.billing(),
		q.absent("notes", hidden.Notes, copied(hidden.Notes, theirs.Replies), ""),
		q.absent("tasks", hidden.Tasks, shared(hidden.Tasks, theirs.Tasks), "/list?seen=private"),
		q.absent("labels", hidden.Labels, worded(hidden.Labels, theirs.Labels), "/settings#labels"),
		q.teamNames(), q.meant(), q.looksRight()}
}

// onlyProjects holds what they see against what they are rightly on, which is
// worked out in another way.
func (q precheck) onlyProjects() checkLine {
	rightly, here, elsewhere, foreign := map[db.ID]db.TheirProject{}, 0, 0, 0
	for _, project := range q.found.Theirs {
		rightly[project.ID] = project
	}
	var facts []fact
	for _, project := range q.theirs.Projects {
		switch own, ok := rightly[project.ID]; {
		case !ok || own.CompanyID != project.CompanyID:
			foreign++
		case own.CompanyID == q.CompanyID:
			if name := q.names[project.ID]; name != "" {
				here++
				facts = append(facts, fact{Text: views.Anchor(projectURL(project.ID), name)})
			}
		case own.Seen:
			elsewhere++
		}
	}
	cure := q.to(true, "check.cure-projects", q.at+"/trouble#linked")
	var line checkLine
	switch {
	case foreign > 0:
		line = answered("projects", false, q.HN("check.projects-foreign", foreign), cure)
	case here == 0:
		line = answered("projects", false, q.H("check.projects-none", "company", q.Company), cure)
	default:
		line = answered("projects", true, q.HN("check.projects-good", here, "company", q.Company))
	}
	if elsewhere > 0 {
		facts = append(facts, fact{Text: q.HN("check.projects-elsewhere", elsewhere)})
	}
	line.Facts = facts
	return line
}

// billing asks whether theirs is the only billing that they see: that of companies
// whose contact they are.
func (q precheck) billing() checkLine {
	own, foreign := false, 0
	for _, company := range q.theirs.Billing {
		switch {
		case company == q.CompanyID:
			own = true
		case !slices.Contains(q.found.Companies, company):
			foreign++
		}
	}
	cure := q.to(true, "trouble.cure-role", q.at)
	switch {
	case foreign > 0:
		return answered("billing", false, q.HN("check.billing-foreign", foreign))
	case !own && q.may("billing"):
		return answered("billing", false, q.H("check.billing-off", "role", q.role()), q.to(true, "check.cure-trouble", q.at+"/trouble#features"))
	case !own:
		return answered("billing", true, q.H("check.billing-none", "role", q.role()), cure)
	}
	return answered("billing", true, q.H("check.billing-own", "company", q.Company), cure)
}

// absent tells how much there is of something hidden, and how much of it was found
// in what they see. Each project that holds some is linked.
func (q precheck) absent(name string, hidden, found []db.HiddenThing, page string) checkLine {
	counts := map[db.ID]int{}
	for _, thing := range hidden {
		counts[thing.ProjectID]++
	}
	text := q.HN("check."+name+"-good", len(hidden))
	if len(found) > 0 {
		text = q.HN("check."+name+"-found", len(found), "total", len(hidden))
	}
	line := answered(name, len(found) == 0, text)
	for _, thing := range found {
		if thing.TaskID != 0 {
			line.Facts = append(line.Facts, fact{Text: views.Anchor("/threads/"+thing.TaskID.String(), q.T("check.there", "project", q.names[thing.ProjectID])), Amiss: true})
		}
	}
	for _, project := range q.Projects {
		if count := counts[project.ID]; count > 0 {
			line.Facts = append(line.Facts, fact{Text: views.Anchor(projectURL(project.ID)+page, project.Name) + template.HTML(": "+q.Num(count))})
		}
	}
	return line
}

// shared are hidden rows that are in their glass.
func shared(hidden []db.HiddenThing, theirs []db.ClientThing) (found []db.HiddenThing) {
	there := map[db.ID]bool{}
	for _, thing := range theirs {
		there[thing.ID] = true
	}
	for _, thing := range hidden {
		if there[thing.ID] {
			found = append(found, thing)
		}
	}
	return found
}

// worded are hidden things whose words stand in their glass, in the same project.
func worded(hidden []db.HiddenThing, theirs []db.ClientThing) (found []db.HiddenThing) {
	there := map[db.ClientThing]bool{}
	for _, thing := range theirs {
		there[db.ClientThing{ProjectID: thing.ProjectID, Text: words(thing.Text)}] = true
	}
	for _, thing := range hidden {
		if there[db.ClientThing{ProjectID: thing.ProjectID, Text: words(thing.Text)}] {
			found = append(found, thing)
		}
	}
	return found
}

// copied are notes that are in their glass, themselves or word for word as a reply.
// A note of a word or two may be a reply by chance.
func copied(notes []db.HiddenThing, replies []db.ClientThing) []db.HiddenThing {
	found := shared(notes, replies)
	for _, note := range worded(notes, replies) {
		if len(strings.Fields(note.Text)) >= 3 {
			found = append(found, note)
		}
	}
	return found
}

// words are a text without what nobody sees the difference of.
func words(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
