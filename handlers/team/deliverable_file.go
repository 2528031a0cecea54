package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// versionRow are the files of the version that is being prepared. Seen stands for
// them: what is delivered is what was on screen.
func (s sight) versionRow(d db.Deliverable, may bool) web.Attach {
	row := web.Attach{W: s.Words, Kind: db.OnVersion, At: deliverableURL(d.ID) + "/files", Files: "/files/", May: may, Limit: s.limit, For: "deliver"}
	seen := []any{d.ID}
	for _, version := range d.Versions {
		if !version.DeliveredAt.IsZero() {
			seen = append(seen, version.Number)
			break
		}
		row.List = version.Files
		for _, file := range version.Files {
			seen = append(seen, file.ID)
		}
	}
	row.Seen = live.Stamp(live.Audience{}, live.PageKey{}, seen...)
	return row
}

// AddVersionFiles takes files for the version that is being prepared, as they come.
func (t *Team) AddVersionFiles(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	actor := t.Actor(c)
	err = t.Store.MayAddVersionFile(actor, id)
	if err == nil {
		err = t.ReceiveFiles(c, func(_ *string, files []*db.Received) error {
			_, err := t.Store.AddVersionFiles(actor, id, files)
			return err
		})
	}
	return t.versionAttached(c, id, err)
}

// versionAttached answers a change of these files with their row as it is now.
func (t *Team) versionAttached(c *fiber.Ctx, id db.ID, refused error) error {
	if _, told := web.MistakesOf(t.Words(c), refused); refused != nil && !told {
		return refused
	}
	var row web.Attach
	if err := t.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err != nil {
			return err
		}
		d, err := s.Viewer.Deliverable(id)
		row = s.versionRow(d, thread.MayNote)
		return err
	}); err != nil {
		return err
	}
	return t.Attached(c, "fragments/attach", row, deliverableURL(id)+"#version-files", refused)
}
