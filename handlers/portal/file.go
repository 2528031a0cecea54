package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// attach is the row of files below the box of a thread. What a client has not sent
// is theirs alone: whoever looks through them does not see it.
func (s sight) attach(thread db.ClientThread) (web.Attach, error) {
	row := web.Attach{W: s.Words, Kind: db.Reply, At: "/portal/threads/" + thread.ID.String() + "/files", Files: "/portal/files/", May: thread.MayUpload, Limit: s.space.Upload}
	if !s.own {
		return row, nil
	}
	files, err := s.DraftFiles(thread.ID)
	row.List = files
	return row, err
}

// AddFiles hangs files on what a client writes in a thread.
func (p *Portal) AddFiles(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.attached(c, id, p.Receive(c, id, db.Reply))
}

// RemoveFile takes one off again.
func (p *Portal) RemoveFile(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, _, err := p.Store.RemoveFile(p.Actor(c), id, web.Text(c))
	return p.attached(c, thread, err)
}

func (p *Portal) attached(c *fiber.Ctx, id db.ID, refused error) error {
	if _, told := web.MistakesOf(p.Words(c), refused); refused != nil && !told {
		return refused
	}
	var row web.Attach
	var back string
	err := p.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err != nil {
			return err
		}
		row, err = s.attach(thread)
		back = threadURL(thread) + "#reply-files"
		return err
	})
	if err != nil {
		return err
	}
	return p.Attached(c, "fragments/attach", row, back, refused)
}

// File answers the bytes of a file that the reader may see.
func (p *Portal) File(c *fiber.Ctx) error {
	blob, err := p.blob(c)
	if err != nil {
		return err
	}
	return p.SendFile(c, blob)
}

// Thumbnail answers its small picture.
func (p *Portal) Thumbnail(c *fiber.Ctx) error {
	blob, err := p.blob(c)
	if err != nil {
		return err
	}
	return p.SendThumbnail(c, blob)
}

func (p *Portal) blob(c *fiber.Ctx) (blob db.Blob, err error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return blob, err
	}
	err = p.look(c, func(s sight) (err error) { blob, err = s.Blob(id); return err })
	if _, preview := p.Preview(c); err == nil && preview && blob.Draft {
		err = db.ErrNotFound
	}
	return blob, err
}

// OpenFile notes that a client opened a file, and leads to it.
func (p *Portal) OpenFile(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.OpenFile(p.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/portal/files/"+id.String())
}
