// Package portal is what a client does. It reads through the glass alone, so
// that nothing that is not theirs can get into a page.
package portal

import (
	"github.com/gofiber/fiber/v2"
	"time"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Portal is the client's side.
type Portal struct{ *web.App }

// Kinds of pages that live.
const (
	homePage    = "home"
	projectPage = "project"
	taskPage    = "task"
	talkPage    = "talk" // the conversation of a milestone or of a project

	handedPage   = "deliverable"
	decisionPage = "decision"
	budgetPage   = "budget"
)

// sight is what a drawing needs: the glass, the words and the workspace's name.
type sight struct {
	*db.Glass
	*views.Words
	space db.Workspace
	now   time.Time
	page  live.PageKey // which page is put together; zero while regions are drawn
	own   bool         // the viewer looks, not the hub for an audience and nobody through them
}

// see lends a glass with the eyes of whoever the page is drawn for.
func (p *Portal) see(viewer db.ID, language, zone string, look func(sight) error) error {
	words := p.WordsFor(language, zone)
	return p.Store.Glass(viewer, func(g *db.Glass) error {
		space, err := g.Workspace()
		if err != nil {
			return err
		}
		return look(sight{Glass: g, Words: words, space: space, now: p.Store.Now()})
	})
}

// look is see for the person of a request.
func (p *Portal) look(c *fiber.Ctx, look func(sight) error) error {
	eyes := p.Eyes(c)
	_, previewed := p.Preview(c)
	return p.see(eyes.ID, eyes.Language, eyes.TimeZone, func(s sight) error {
		s.own = !previewed
		return look(s)
	})
}

// Drawing draws the regions of a page for the live hub.
func (p *Portal) Drawing(a live.Audience, page live.PageKey) (live.Drawing, error) {
	var drawing live.Drawing
	err := p.see(a.Viewer, a.Language, a.Zone, func(s sight) error {
		standing, stamp, err := s.standing(page)
		if err != nil {
			return err
		}
		now := web.AudienceOf(a.Viewer, standing)
		if now.Key != a.Key {
			return db.ErrNotFound // this member has moved to another audience
		}
		drawing, err = p.draw(s, now, page, stamp)
		return err
	})
	return drawing, err
}

// draw answers the kept regions of a page or draws them.
func (p *Portal) draw(s sight, a live.Audience, page live.PageKey, stamp []any) (live.Drawing, error) {
	version := live.Stamp(a, page, append(stamp, s.space.Version, s.Today())...)
	return p.Kept.Drawing(live.Key{Audience: a.Key, Page: page, Version: version}, func() (live.Drawing, error) {
		regions, err := s.regions(page)
		return live.Drawing{Version: version, Regions: regions}, err
	})
}

func (s sight) regions(page live.PageKey) ([]live.Region, error) {
	switch page.Kind {
	case homePage:
		return s.homeRegions(page.Noun)
	case projectPage:
		return s.projectRegions(page.Project)
	case timelinePage:
		return s.timelineRegions(page.Project)
	case taskPage:
		return s.taskRegions(page.Noun)
	case talkPage:
		return s.talkRegions(page.Noun)
	case handedPage:
		return s.deliverableRegions(page.Noun)
	case decisionPage:
		return s.decisionRegions(page.Noun)
	case budgetPage:
		return s.budgetRegions(page.Noun)
	}
	return nil, db.ErrNotFound
}

// standing says to which audience the viewer belongs on a page, and what the
// page's version counts.
func (s sight) standing(page live.PageKey) (db.Standing, []any, error) {
	standing := db.Standing{Side: db.Client, Language: s.Words.Language, TimeZone: s.Zone.String()}
	if page.Kind == homePage {
		projects, err := s.projects(page.Noun)
		standing.Company = page.Noun
		stamp := []any{}
		for _, project := range sorted(projects) {
			standing.Projects, standing.Asks = append(standing.Projects, project.ID), standing.Asks+"|"+project.Standing()
			stamp = append(stamp, project.Version)
		}
		if err != nil {
			return standing, stamp, err
		}
		bills, err := s.Bills(page.Noun)
		standing.Bills = bills.String()
		return standing, stamp, err
	}
	project, err := s.Project(page.Project)
	standing.Company, standing.Replies, standing.Asks = project.CompanyID, project.Replies, project.Standing()
	return standing, []any{project.Version}, err
}

// region draws one region from its fragment.
func (s sight) region(name string, data any) (live.Region, error) {
	html, err := views.Draw("fragments/client_"+name, data)
	return live.Region{Name: name, HTML: html}, err
}

// page answers with a live page of the portal.
func (p *Portal) page(c *fiber.Ctx, key live.PageKey, nav string, template string, body func(sight) (title string, data any, err error)) error {
	return p.Live(c, func() (web.Shell, error) {
		var shell web.Shell
		err := p.look(c, func(s sight) error {
			room, err := p.Room(c, s.Glass)
			if err != nil {
				return err
			}
			if key, err = s.place(key, room); err != nil {
				return err
			}
			standing, stamp, err := s.standing(key)
			if err != nil {
				return err
			}
			room.Enter(standing.Company) // an address may lead to another company of theirs
			drawing, err := p.draw(s, web.AudienceOf(s.Viewer(), standing), key, stamp)
			if err != nil {
				return err
			}
			s.page = key
			title, data, err := body(s)
			if err != nil {
				return err
			}
			page := p.Page(c, title, nav, data)
			page.Counts = key.Kind == homePage
			page.Live = &views.Live{Socket: socketURL(key), Version: drawing.Version}
			shell = web.Shell{Template: template, Page: page, Drawing: drawing, Place: key}
			if room.Several() {
				shell.Company = room.Current
			}
			return room.Dress(s.Glass, page)
		})
		return shell, err
	})
}

// place completes a page's key: a home is that of a company, a task that of its project.
func (s sight) place(key live.PageKey, room web.Room) (live.PageKey, error) {
	switch key.Kind {
	case homePage:
		key.Noun = room.Current
	case taskPage, talkPage, handedPage, decisionPage, budgetPage:
		thread, err := s.Thread(key.Noun)
		key.Project = thread.ProjectID
		return key, err
	}
	return key, nil
}

func socketURL(key live.PageKey) string {
	url := "/portal/live?page=" + key.Kind
	if key.Noun != 0 {
		url += "&id=" + key.Noun.String()
	}
	return url
}

// Socket says which page a socket's address means, for the viewer of the request.
func (p *Portal) Socket(c *fiber.Ctx) (live.PageKey, error) {
	key := live.PageKey{Kind: c.Query("page")}
	if key.Kind == homePage && c.Query("id") == "" { // of somebody without a company
		return key, nil
	}
	id, err := db.ParseID(c.Query("id"))
	if err != nil {
		return key, err
	}
	key.Noun = id
	err = p.look(c, func(s sight) error {
		switch key.Kind {
		case homePage:
			_, err := s.projects(id)
			return err
		case projectPage, timelinePage:
			project, err := s.Project(id)
			key.Project = project.ID
			return err
		case taskPage, talkPage, handedPage, decisionPage, budgetPage:
			thread, err := s.Thread(id)
			key.Project = thread.ProjectID
			return err
		}
		return db.ErrNotFound
	})
	return key, err
}
