package team

import (
	"html/template"
	"slices"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// ghostsShown is how many of one place are drawn; the others are counted.
const ghostsShown = 40

// ghostIcons are drawn before the reason.
var ghostIcons = map[string]string{db.GhostPrivate: "lock", db.GhostImported: "lock", db.GhostDraft: "pen", "draft-version": "pen", db.GhostNote: "note", "imported-note": "note",
	db.GhostHeld: "clock", db.GhostStopped: "alert", db.GhostOff: "gear", db.GhostRight: "lock", db.GhostAbsent: "people", "inside": "lock"}

// ghost is something hidden in words: what it is, why the client does not see it, and
// where the team finds it.
type ghost struct {
	What      template.HTML
	Text      string // of what was said, an excerpt
	Why, Icon string
	URL       string
}

// haunting is what is drawn for one look through a client, in the words of the page.
type haunting struct {
	sight
	client db.Person
	places map[string][]ghost
}

// Ghosts draws what the client of a preview does not see on a page, with the eyes of
// who looks: nobody gets a ghost of what their own pages would not show them.
func (t *Team) Ghosts(actor db.Actor, preview db.Preview, place live.PageKey) (map[string]template.HTML, error) {
	words := t.WordsFor(preview.Viewer.Language, preview.Viewer.TimeZone)
	drawn := map[string]template.HTML{}
	err := t.Store.View(actor.Person, func(v *db.Viewer) error {
		h := haunting{sight{Viewer: v, Words: words}, preview.Viewer, map[string][]ghost{}}
		if err := h.find(place); err != nil {
			return err
		}
		for name, list := range h.places {
			html, err := views.Draw("fragments/team_ghosts", map[string]any{"W": words, "Name": h.client.Name, "Place": name, "Count": len(list),
				"List": list[:min(len(list), ghostsShown)], "More": max(0, len(list)-ghostsShown)})
			if err != nil {
				return err
			}
			drawn[name] = template.HTML(html)
		}
		return nil
	})
	return drawn, err
}

// find looks for the ghosts of a page of the portal.
func (h haunting) find(place live.PageKey) error {
	switch place.Kind {
	case "home":
		return h.projects()
	case "project":
		return h.project(place.Project)
	case sameOf[taskPage]:
		if err := h.inside(place.Noun); err != nil {
			return err
		}
	case sameOf[handedPage]:
		if err := h.versions(place.Noun); err != nil {
			return err
		}
	}
	return h.said(place.Noun)
}

// add puts a hidden thing into a place, with its reason.
func (h haunting) add(place, why string, one ghost, args ...any) {
	one.Icon = ghostIcons[why]
	if one.Why == "" {
		one.Why = h.T("ghost.why-"+why, args...)
	}
	h.places[place] = append(h.places[place], one)
}

func (h haunting) projects() error {
	list, err := h.GhostProjects(h.client.ID)
	for _, g := range list {
		h.add("projects", g.Why, ghost{What: escaped(g.Text), URL: projectURL(g.ID)}, "role", g.Author)
	}
	return err
}

// project are the hidden things of a project's page.
func (h haunting) project(id db.ID) error {
	tasks, err := h.GhostTasks(id, h.client.ID)
	if err != nil {
		return err
	}
	for _, g := range tasks {
		h.add("tasks", g.Why, ghost{What: escaped(g.Text), URL: taskURL(g.ID)}, "role", "")
	}
	decisions, err := h.GhostDecisions(id, h.client.ID)
	if err != nil {
		return err
	}
	for _, g := range decisions {
		h.add("decisions", g.Why, ghost{What: escaped(g.Text), URL: "/decisions/" + g.ID.String()}, "feature", h.T("feature.decisions"))
	}
	handed, err := h.GhostDeliverables(id, h.client.ID)
	if err != nil {
		return err
	}
	for _, g := range handed {
		why := g.Why
		if why == db.GhostDraft {
			why = "draft-version"
		}
		h.add("deliverables", why, ghost{What: escaped(g.Text), URL: "/deliverables/" + g.ID.String()}, "feature", h.T("feature.deliverables"))
	}
	if err := h.talk(id); err != nil {
		return err
	}
	return h.rights(id)
}

// talk are the conversations that hold notes, and the log that the team alone reads.
func (h haunting) talk(project db.ID) error {
	threads, err := h.GhostThreads(project)
	if err != nil {
		return err
	}
	for _, g := range threads {
		name := g.Text
		if name == "" {
			name = h.T("talk.whole")
		}
		h.add("threads", db.GhostNote, ghost{What: escaped(name), Text: h.N("ghost.notes", g.Number), URL: "/threads/" + g.ThreadID.String()})
	}
	events, err := h.GhostEvents(project)
	if events > 0 {
		h.add("log", "inside", ghost{What: escaped(h.N("ghost.events", events)), URL: projectURL(project) + "/log"})
	}
	return err
}

// rights are what the client could do with another role, or with a feature switched on.
func (h haunting) rights(project db.ID) error {
	roster, err := h.Roster(project)
	if err != nil {
		return err
	}
	roles, err := h.Rights(project)
	if err != nil {
		return err
	}
	off, err := h.GhostFeatures(project)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(roster, func(line db.RosterLine) bool { return line.ID == h.client.ID && line.MemberRole == db.Client })
	if at < 0 {
		return nil
	}
	line := roster[at]
	for _, right := range []string{"comment", "decide", "request", "upload"} {
		switch {
		case line.Rights.Has(right):
		case slices.Contains(roles[line.ID], right):
			h.add("rights", db.GhostOff, ghost{What: escaped(h.T("ghost.may-" + right))}, "feature", h.T("members.right-"+right))
		default:
			h.add("rights", db.GhostRight, ghost{What: escaped(h.T("ghost.may-" + right)), URL: projectURL(project) + "/members"}, "role", web.RoleName(h.Words, line.RoleKey, line.ClientRole))
		}
	}
	for _, feature := range off {
		if len(h.places[feature]) == 0 {
			h.add(feature, db.GhostOff, ghost{What: escaped(h.T("feature." + feature))}, "feature", h.T("feature."+feature))
		}
	}
	return nil
}

// inside is what the team alone reads on a task.
func (h haunting) inside(id db.ID) error {
	task, err := h.Task(id)
	if err != nil {
		return err
	}
	files, err := h.Files(id)
	if err != nil {
		return err
	}
	if task.ClientTitle != "" && task.ClientTitle != task.Title {
		h.add("task", "inside", ghost{What: escaped(h.T("ghost.title")), Text: task.Title})
	}
	if task.Internal != "" {
		h.add("task", "inside", ghost{What: escaped(h.T("ghost.details")), Text: views.Shortened(views.Plain(task.Internal)), URL: taskURL(id)})
	}
	if task.Estimate > 0 {
		h.add("task", "inside", ghost{What: escaped(h.T("ghost.estimate")), Text: h.Hours(task.Estimate)})
	}
	for _, label := range task.Labels {
		if !label.ClientVisible {
			h.add("task", "inside", ghost{What: escaped(h.T("ghost.label")), Text: label.Name})
		}
	}
	for _, file := range files {
		h.add("task", "inside", ghost{What: escaped(h.T("ghost.file")), Text: file.Name})
	}
	return nil
}

// versions are those of a deliverable that are being prepared.
func (h haunting) versions(id db.ID) error {
	list, err := h.GhostVersions(id, h.client.ID)
	for _, g := range list {
		h.add("versions", "draft-version", ghost{What: escaped(h.T("version.named", "number", g.Number)), Text: views.Plain(g.Text), URL: "/deliverables/" + id.String()})
	}
	return err
}

// said is what was written in a conversation and no client reads.
func (h haunting) said(thread db.ID) error {
	list, err := h.GhostWords(thread)
	if err != nil {
		return err
	}
	mentioned, err := h.MentionNames([]db.ID{thread})
	for _, g := range list {
		one := ghost{What: h.H("ghost.by", "name", g.Author, "moment", h.MomentTag(g.At)), Text: views.Excerpt(g.Text, h.names(mentioned)), URL: "/threads/" + thread.String()}
		why := g.Why
		switch why {
		case db.GhostImported:
			why = "imported-note"
		case db.GhostHeld:
			one.What, one.Why = escaped(g.Author), h.T("ghost.why-held", "moment", h.Moment(g.At))
		case db.GhostStopped:
			one.What = escaped(g.Author)
		}
		h.add("talk", why, one)
	}
	return err
}

func escaped(text string) template.HTML { return template.HTML(template.HTMLEscapeString(text)) }
