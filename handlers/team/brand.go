package team

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/picture"
	"vitrine/handlers/web"
)

// logoBytes is how large an uploaded logo may be.
const logoBytes = 2 << 20

// Brand shows what the portal looks like to clients.
func (t *Team) Brand(c *fiber.Ctx) error {
	space := t.Workspace()
	return t.brand(c, fiber.StatusOK, web.FormOf(map[string]string{"word": space.Word, "footer": space.Footer, "links": space.LinkLines, "version": space.BrandVersion}), nil)
}

func (t *Team) brand(c *fiber.Ctx, status int, form web.Form, theirs map[string]string) error {
	space := t.Workspace()
	return t.settingsPage(c, status, t.Words(c).T("brand.title"), "team/brand", map[string]any{"Form": form, "Theirs": theirs,
		"Logos": []db.BrandPicture{shape(space.Logo, db.Logo), shape(space.LogoDark, db.LogoDark)}, "Version": space.BrandVersion})
}

func shape(p db.BrandPicture, kind string) db.BrandPicture {
	return db.BrandPicture{Kind: kind, Width: p.Width, Height: p.Height}
}

// SetBrand takes the words.
func (t *Team) SetBrand(c *fiber.Ctx) error {
	form := web.ReadForm(c, "word", "footer", "links", "version")
	err := t.Store.SetBrand(t.Actor(c), db.BrandForm{Word: form.Value("word"), Footer: form.Value("footer"), Links: form.Value("links"), Version: form.Value("version")})
	if conflict := conflictOf(err); conflict != nil {
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		return t.brand(c, fiber.StatusConflict, form, conflict.Theirs)
	}
	if form.Refused(t.Words(c), err) {
		return t.brand(c, fiber.StatusUnprocessableEntity, form, nil)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings/brand?said=saved")
}

// SetLogo takes a logo, on light or on dark paper, and draws it anew; icons are made of
// the first. Without a file it is taken away.
func (t *Team) SetLogo(c *fiber.Ctx) error {
	kind := c.Params("kind")
	if kind != db.Logo && kind != db.LogoDark {
		return db.ErrNotFound
	}
	if web.ReadForm(c, "remove").Value("remove") != "" {
		gone := []string{kind}
		if kind == db.Logo {
			gone = append(gone, db.Icon192, db.Icon512)
		}
		if err := t.Store.SetBrandPictures(t.Actor(c), nil, gone...); err != nil {
			return err
		}
		return web.SeeOther(c, "/settings/brand?said=saved")
	}
	pictures, err := logos(c, kind)
	if err == nil {
		err = t.Store.SetBrandPictures(t.Actor(c), pictures)
	}
	var form web.Form
	if form.Refused(t.Words(c), err) {
		mistakes := form.Mistakes
		space := t.Workspace()
		form = web.FormOf(map[string]string{"word": space.Word, "footer": space.Footer, "links": space.LinkLines, "version": space.BrandVersion})
		form.Mistakes = mistakes
		return t.brand(c, fiber.StatusUnprocessableEntity, form, nil)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings/brand?said=saved")
}

// logos reads the uploaded file and makes all pictures of it.
func logos(c *fiber.Ctx, kind string) ([]db.BrandPicture, error) {
	sent, err := c.FormFile("picture")
	if err != nil || sent.Size == 0 || sent.Size > logoBytes {
		return nil, &db.Invalid{Field: kind, Key: "brand.logo-none"}
	}
	file, err := sent.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	small, err := picture.Make(bytes.NewReader(body), int64(len(body)))
	if errors.Is(err, picture.ErrNone) {
		return nil, &db.Invalid{Field: kind, Key: "brand.logo-none"}
	}
	if err != nil {
		return nil, err
	}
	image, width, height, err := picture.PNG(small)
	made := []db.BrandPicture{{Kind: kind, Image: image, Width: width, Height: height}}
	if err != nil || kind != db.Logo {
		return made, err
	}
	for icon, side := range map[string]int{db.Icon192: 192, db.Icon512: 512} {
		square, err := picture.Square(small, side)
		if err != nil {
			return nil, err
		}
		made = append(made, db.BrandPicture{Kind: icon, Image: square, Width: side, Height: side})
	}
	return made, nil
}
