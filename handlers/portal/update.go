package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const updatesShown = 200

// post is an update as a client reads it.
type post struct {
	W *views.Words
	db.StatusUpdate
	Alone bool // on the project's page, with a link to all
}

func (s sight) posts(project db.ID, limit int) ([]post, error) {
	updates, err := s.Glass.Updates(project, limit)
	posts := make([]post, len(updates))
	for i, update := range updates {
		if update.Author == "" {
			update.Author = s.space.Name
		}
		posts[i] = post{W: s.Words, StatusUpdate: update, Alone: limit == 1}
	}
	return posts, err
}

// latest draws the newest post about a project.
func (s sight) latest(project db.ID) (live.Region, error) {
	posts, err := s.posts(project, 1)
	if err != nil {
		return live.Region{}, err
	}
	return s.region("latest", map[string]any{"W": s.Words, "Posts": posts})
}

// Updates are all posts about a project.
func (p *Portal) Updates(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.still(c, "portal/updates", id, func(s sight, project db.ClientProject) (string, any, error) {
		posts, err := s.posts(id, updatesShown)
		return s.T("update.title"), map[string]any{"Project": project, "Posts": posts}, err
	})
}

// still answers with a page about a project that does not live.
func (p *Portal) still(c *fiber.Ctx, template string, id db.ID, body func(sight, db.ClientProject) (title string, data any, err error)) error {
	return p.look(c, func(s sight) error {
		project, err := s.Project(id)
		if err != nil {
			return err
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(project.CompanyID)
		title, data, err := body(s, project)
		if err != nil {
			return err
		}
		page := p.Page(c, title, "projects", data)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, fiber.StatusOK, template, page)
	})
}
