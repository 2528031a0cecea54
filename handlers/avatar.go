package handlers

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// setAvatar takes a picture of the actor's own.
func (a account) setAvatar(c *fiber.Ctx) error {
	may, err := a.mayUpload(c) // before anything is decoded; the store asks again
	if err == nil && !may {
		err = db.ErrNotFound
	}
	if err != nil {
		return err
	}
	image, err := uploaded(c)
	if err == nil {
		image, err = portrait(image)
	}
	if err == nil {
		err = a.Store.SetAvatar(a.Actor(c), image)
	}
	form := a.stored(c)
	if form.Refused(a.Words(c), err) {
		return a.page(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, a.home(c)+"?said=picture")
}

// uploaded reads the form's file, at most a little more than is allowed.
func uploaded(c *fiber.Ctx) ([]byte, error) {
	none := &db.Invalid{Field: "avatar", Key: "avatar.none"}
	sent, err := c.FormFile("avatar")
	if err != nil || sent.Size == 0 {
		return nil, none
	}
	file, err := sent.Open()
	if err != nil {
		return nil, none
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, portraitBytes+1))
}

func (a account) removeAvatar(c *fiber.Ctx) error {
	if err := a.Store.RemoveAvatar(a.Actor(c)); err != nil {
		return err
	}
	return web.SeeOther(c, a.home(c)+"?said=picture-removed")
}

// mayUpload says whether the reader may give themselves a picture.
func (a account) mayUpload(c *fiber.Ctx) (bool, error) {
	eyes := a.Eyes(c)
	if eyes.Side == db.Team {
		return true, nil
	}
	var may bool
	err := a.Store.Glass(eyes.ID, func(g *db.Glass) (err error) {
		may, err = g.MayAnywhere("upload")
		return err
	})
	return may, err
}

// avatar answers a picture of somebody whom the reader may see. It is a picture
// and nothing else, whatever a browser would like to make of it.
func (a account) avatar(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var image []byte
	if eyes := a.Eyes(c); eyes.Side == db.Client {
		err = a.Store.Glass(eyes.ID, func(g *db.Glass) (err error) { image, err = g.Avatar(id); return err })
	} else {
		err = a.Store.View(eyes, func(v *db.Viewer) (err error) { image, err = v.Avatar(id); return err })
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="picture.jpg"`)
	if _, preview := a.Preview(c); !preview {
		c.Set(fiber.HeaderCacheControl, "private, max-age=3600")
	}
	return c.Send(image)
}
