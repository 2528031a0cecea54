package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Policy allows what comes from this site and nothing else. connect-src 'self'
// covers the socket in the browsers that the product is made for.
const Policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

// framed is the policy of a client's page that is looked at beside the team's own: these
// alone may stand in a frame, and only in one of this site.
var framed = strings.Replace(Policy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)

// Frameable lets a page of this site frame the answer.
func (a *App) Frameable(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, framed)
	c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
}

// LetForms lets the forms of an answer lead to another origin as well: browsers ask where a form's
// redirect leads.
func LetForms(c *fiber.Ctx, origin string) {
	policy := string(c.Response().Header.Peek(fiber.HeaderContentSecurityPolicy))
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Replace(policy, "form-action 'self'", "form-action 'self' "+origin, 1))
}

// Headers stand on every answer, whatever it is. A page that may be kept and
// asked for again says so afterwards.
func (a *App) Headers(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, Policy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	c.Set(fiber.HeaderVary, "Cookie, HX-Request, Accept-Language")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if a.Secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}
