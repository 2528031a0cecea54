package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// attach are the rows of files below the two boxes of a thread.
func (s sight) attach(thread db.Thread) (map[string]web.Attach, error) {
	files, err := s.DraftFiles(thread.ID)
	rows := map[string]web.Attach{}
	for kind, may := range map[string]bool{db.Note: thread.MayNote, db.Reply: thread.MayReply} {
		rows[kind] = web.Attach{W: s.Words, Kind: kind, At: "/threads/" + thread.ID.String() + "/files/" + kind, Files: "/files/",
			List: files[kind], May: may, Limit: s.limit}
	}
	return rows, err
}

// AddFiles hangs files on what somebody writes in a thread.
func (t *Team) AddFiles(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		return t.attached(c, id, kind, t.Receive(c, id, kind))
	}
}

// RemoveFile takes one off again.
func (t *Team) RemoveFile(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, kind, err := t.Store.RemoveFile(t.Actor(c), id, web.Text(c))
	if kind == db.OnVersion && thread != 0 {
		return t.versionAttached(c, thread, err)
	}
	if kind == db.OnDecision && thread != 0 {
		return t.decisionAttached(c, thread, err)
	}
	return t.attached(c, thread, kind, err)
}

func (t *Team) attached(c *fiber.Ctx, id db.ID, kind string, refused error) error {
	if _, told := web.MistakesOf(t.Words(c), refused); refused != nil && !told {
		return refused
	}
	var row web.Attach
	var back string
	err := t.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err != nil {
			return err
		}
		rows, err := s.attach(thread)
		row, back = rows[kind], threadURL(thread)+map[string]string{db.Reply: "?box=reply"}[kind]+"#"+kind+"-files"
		return err
	})
	if err != nil {
		return err
	}
	return t.Attached(c, "fragments/attach", row, back, refused)
}

// File answers the bytes of a file that the reader may see.
func (t *Team) File(c *fiber.Ctx) error {
	blob, err := t.blob(c)
	if err != nil {
		return err
	}
	return t.SendFile(c, blob)
}

// Thumbnail answers its small picture.
func (t *Team) Thumbnail(c *fiber.Ctx) error {
	blob, err := t.blob(c)
	if err != nil {
		return err
	}
	return t.SendThumbnail(c, blob)
}

func (t *Team) blob(c *fiber.Ctx) (blob db.Blob, err error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return blob, err
	}
	err = t.look(c, func(s sight) (err error) { blob, err = s.Blob(id); return err })
	return blob, err
}
