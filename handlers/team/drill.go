package team

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// Drill shows those who lead the project whom a reply has reached.
func (t *Team) Drill(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/drill", func(s sight) (content, []live.Region, error) {
		base, err := s.sayingPage(db.Reply, id)
		if err == nil && !base.Saying.Leads {
			err = db.ErrDenied
		}
		if err != nil {
			return content{}, nil, err
		}
		found, err := s.Viewer.Drill(id)
		page := map[string]any{"Page": base, "Drill": found, "Sees": names(found.Sees)}
		page["ReadBy"], page["Left"] = kept(found)
		return content{base.About, page}, nil, err
	})
}

// kept are the counts of a deleted reply's record; what rows still tell, if that is more.
func kept(d db.Drill) (read, left int) {
	var id string
	fmt.Sscan(d.Kept, &id, &read, &left)
	mails := 0
	for _, mail := range d.Mails {
		if !mail.Waits {
			mails++
		}
	}
	return max(read, len(d.Read)), max(left, mails)
}
