package team

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// through is a client whose page was asked for beside the board, and the one through
// whom the session looks now. Only a form changes that: an address that somebody
// follows never begins a look.
type through struct{ asked, now db.ID }

// beside is the client's page beside the board: open when the session looks through
// them, else it can be opened.
type beside struct {
	Person  db.RosterLine
	Others  []db.RosterLine
	Project db.ID
	Open    bool
}

func (t *Team) beside(c *fiber.Ctx) (through, error) {
	asked, err := db.ParseID(c.Query("beside"))
	if err != nil {
		return through{}, nil // the board stands alone
	}
	now, err := t.Store.LooksThrough(t.Actor(c))
	return through{asked, now}, err
}

// at is nil when nobody was asked for through whom the viewer may look on the project.
func (t through) at(h head) *beside {
	var found *beside
	var others []db.RosterLine
	for _, client := range h.Clients {
		if client.ID == t.asked {
			found = &beside{Person: client, Project: h.Project.ID, Open: client.ID == t.now}
		} else {
			others = append(others, client)
		}
	}
	if found != nil {
		found.Others = others
	}
	return found
}

// boardURL is the board to lead back to after a plain form: as it stood, with a
// client's page beside it or alone.
func boardURL(c *fiber.Ctx, project db.ID) string {
	from, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || from.Path != projectURL(project) {
		return projectURL(project)
	}
	if client, err := db.ParseID(from.Query().Get("beside")); err == nil {
		return projectURL(project) + "?beside=" + client.String()
	}
	return projectURL(project)
}
