// Package team is what the team does: projects, the board, tasks, members,
// publishing and importing. It reads through the team's door (db.Viewer) alone.
package team

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Team is the team's side.
type Team struct {
	*web.App
	uploads uploads
}

// Kinds of pages that live.
const (
	boardPage = "board"
	listPage  = "list"
	taskPage  = "team-task"
	talkPage  = "team-talk" // the conversation of a milestone or of a project

	handedPage   = "team-deliverable"
	asksPage     = "team-decisions" // what a project's clients are asked, and are handed over
	decisionPage = "team-decision"
	budgetPage   = "team-budget"
	timelinePage = "team-timeline"
)

// sight is what drawing needs: the team's door, the words, the workspace's name
// and which clients have pages of the project open.
type sight struct {
	*db.Viewer
	*views.Words
	space   string
	limit   int64 // bytes of one file
	present []live.Presence
}

// look lends a sight with the eyes of who asks. Nothing in it may ask the store
// otherwise: a second snapshot within the first could wait for ever.
func (t *Team) look(c *fiber.Ctx, look func(sight) error) error {
	words, space := t.Words(c), t.Workspace()
	return t.Store.View(t.Actor(c).Person, func(v *db.Viewer) error {
		return look(sight{Viewer: v, Words: words, space: space.Name, limit: space.Upload})
	})
}

// Drawing draws the regions of a page for the live hub.
func (t *Team) Drawing(a live.Audience, page live.PageKey) (live.Drawing, error) {
	words, space := t.WordsFor(a.Language, a.Zone), t.Workspace()
	var drawing live.Drawing
	err := t.Store.ViewOf(a.Viewer, func(v *db.Viewer) (err error) {
		s := sight{Viewer: v, Words: words, space: space.Name}
		drawing, err = t.draw(s, page, space.Version, a.Key)
		return err
	})
	return drawing, err
}

// draw answers the kept regions of a page or draws them. expected is the audience
// that the drawing is for, "" for whichever the viewer belongs to.
func (t *Team) draw(s sight, page live.PageKey, settings, expected string) (live.Drawing, error) {
	if _, ok := inboxShows[page.Kind]; ok {
		return t.drawInbox(s, page, settings, expected)
	}
	if page.Project == 0 {
		thread, err := s.Thread(page.Noun)
		if err != nil {
			return live.Drawing{}, err
		}
		page.Project = thread.ProjectID
	}
	project, err := s.Project(page.Project)
	if err != nil {
		return live.Drawing{}, err
	}
	audience := web.AudienceOf(s.ID, db.Standing{Side: s.Side, Language: s.Person.Language, TimeZone: s.TimeZone, Company: project.CompanyID})
	if expected != "" && audience.Key != expected {
		return live.Drawing{}, db.ErrNotFound // this person has moved to another audience
	}
	s.present = t.presence(page)
	version := live.Stamp(audience, page, project.TeamVersion, settings, s.Today(), fmt.Sprint(s.present))
	return t.Kept.Drawing(live.Key{Audience: audience.Key, Page: page, Version: version}, func() (live.Drawing, error) {
		regions, err := s.regions(project, page)
		return live.Drawing{Version: version, Regions: regions}, err
	})
}

// sameOf is the page of the client's side that shows the same conversation.
var sameOf = map[string]string{taskPage: "task", talkPage: "talk", handedPage: "deliverable", decisionPage: "decision", budgetPage: "budget"}

// presence are the clients who have pages of a project open, as far as the page
// tells of them: a conversation's page of those who look at that conversation.
func (t *Team) presence(page live.PageKey) []live.Presence {
	if t.Hub == nil || page.Kind == listPage || page.Kind == asksPage || page.Kind == timelinePage {
		return nil
	}
	present := t.Hub.Presence(page.Project)
	if page.Kind == boardPage {
		return present
	}
	var here []live.Presence
	for _, one := range present {
		if one.Page.Noun == page.Noun && one.Page.Kind == sameOf[page.Kind] {
			here = append(here, one)
		}
	}
	return here
}

func (s sight) regions(project db.Project, page live.PageKey) ([]live.Region, error) {
	switch page.Kind {
	case boardPage:
		return s.boardRegions(project)
	case listPage:
		return s.listRegions(project)
	case timelinePage:
		return s.timelineRegions(project)
	case taskPage:
		return s.taskRegions(project, page.Noun)
	case talkPage:
		return s.talkRegions(project, page.Noun)
	case handedPage:
		return s.deliverableRegions(project, page.Noun)
	case budgetPage:
		return s.budgetRegions(project, page.Noun)
	case asksPage:
		return s.decisionsRegions(project)
	case decisionPage:
		return s.decisionRegions(project, page.Noun)
	}
	return nil, db.ErrNotFound
}

// region draws one region from its fragment.
func (s sight) region(name string, data any) (live.Region, error) {
	html, err := views.Draw("fragments/team_"+name, data)
	return live.Region{Name: name, HTML: html}, err
}

// drawing names a region and what it is drawn from.
type drawing struct {
	name string
	data any
}

func (s sight) drawAll(list ...drawing) ([]live.Region, error) {
	regions := make([]live.Region, 0, len(list))
	for _, one := range list {
		region, err := s.region(one.name, one.data)
		if err != nil {
			return nil, err
		}
		regions = append(regions, region)
	}
	return regions, nil
}
