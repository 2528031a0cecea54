package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// brandPicture is a logo or an icon, for everybody. Its address holds the brand's
// version, so it may be kept; it is a picture and nothing else.
func (p public) brandPicture(c *fiber.Ctx) error {
	found, err := p.Store.BrandPicture(c.Params("kind"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/png")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="picture.png"`)
	if c.Query("v") != "" && c.Query("v") == p.Workspace().BrandVersion {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	}
	return c.Send(found.Image)
}

// manifest lets a phone keep the portal beside its apps (W3C Web Application Manifest).
func (p public) manifest(c *fiber.Ctx) error {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	space := p.Workspace()
	name := space.Name
	if space.Word != "" {
		name += ", " + space.Word
	}
	icons := []icon{{Src: "/favicon.ico", Sizes: "any", Type: "image/svg+xml"}}
	if space.Icon.Width > 0 {
		icons = nil
		for kind, size := range map[string]string{db.Icon192: "192x192", db.Icon512: "512x512"} {
			icons = append(icons, icon{Src: web.BrandURL(space, kind), Sizes: size, Type: "image/png", Purpose: "any maskable"})
		}
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	err := c.JSON(map[string]any{"name": name, "short_name": space.Name, "start_url": "/portal", "scope": "/", "display": "standalone",
		"background_color": "#ffffff", "theme_color": space.Brand, "icons": icons})
	c.Set(fiber.HeaderContentType, "application/manifest+json")
	return err
}
