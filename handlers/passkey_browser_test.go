package handlers

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	protocol "github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// The browser asks for passkeys of "localhost" only there.
func (w *world) atLocalhost() { w.base = strings.Replace(w.base, "127.0.0.1", "localhost", 1) }

// holds gives a window a device that keeps passkeys, whose owner is at hand.
func (b *tab) holds() webauthn.AuthenticatorID {
	b.t.Helper()
	id, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (webauthn.AuthenticatorID, error) {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return "", err
		}
		made, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
		return made.AuthenticatorID, err
	})
	b.w.ok(err)
	return id
}

func (b *tab) press(selector string) {
	b.t.Helper()
	b.until(`document.readyState === "complete" && document.querySelector(` + "`" + selector + "`" + `)`)
	eval[bool](b, `(document.querySelector(`+"`"+selector+"`"+`).click(), true)`)
}

func (b *tab) at(path string) {
	b.t.Helper()
	b.until(`location.pathname === "` + path + `" && document.readyState === "complete"`)
}

const addKey = `form[data-passkey="create"] button`

// A passkey is added on the security page, signs in without an address, and signs
// in no more when it was removed.
func TestPasskeyInTheBrowser(t *testing.T) {
	w := newWorld(t)
	w.atLocalhost()
	b := w.browser("eleni", 1440, 900, false)
	b.holds()
	b.open("/portal/account/security")
	b.shot("security-before")
	b.press(addKey)
	b.until(`document.querySelector("[id^=passkey-] form") && document.body.textContent.includes("not used yet")`)
	b.shot("security-after")
	if eval[bool](b, `document.querySelector("[data-no-passkey]").hidden === false`) {
		t.Error("the page says that the browser knows no passkeys")
	}
	b.press(`form[action="/sign-out"] button`)
	b.at("/sign-in")
	b.shot("sign-in")
	b.press(`form[data-passkey="get"] button`)
	b.at("/portal")
	b.open("/portal/account/security")
	b.until(`document.body.textContent.includes("with a passkey")`)
	b.shot("security-used")
	b.press(`form[action$="/remove"] button`)
	b.press(`#confirm [value="yes"]`)
	b.until(`location.pathname === "/portal/account/security" && !document.querySelector("[id^=passkey-] form")`)
	b.press(`form[action="/sign-out"] button`)
	b.at("/sign-in")
	b.press(`form[data-passkey="get"] button`)
	b.until(`document.querySelector(".tell.bad")?.textContent.includes("not accepted")`)
	b.silent("422", "Clear-Site-Data") // the refusal is a page with this status; signing out clears what was kept
}

// The owner proves a passkey while that is asked for: the first one by adding it,
// and it again in a later session that began with a PIN.
func TestConfirmInTheBrowser(t *testing.T) {
	w := newWorld(t)
	w.atLocalhost()
	pin := w.as("")
	pin.signIn("owner")
	w.tokens["owner"] = pin.cookies["session"] // as("owner") began with a printed link, which needs no passkey
	w.behind("UPDATE setting SET value = '1' WHERE key = 'security.passkey'")
	b := w.browser("owner", 1440, 900, false)
	b.holds()
	b.open("/outbox")
	b.at("/confirm")
	b.shot("confirm-first")
	b.press(`main a.main`)
	b.at("/account/security")
	b.press(addKey)
	b.until(`document.querySelector("[id^=passkey-] form")`)
	b.open("/outbox")
	b.at("/outbox")

	again := w.as("")
	again.signIn("owner")
	w.tokens["owner"] = again.cookies["session"]
	b.signedIn("owner")
	b.open("/outbox")
	b.at("/confirm")
	b.shot("confirm")
	b.press(`form[action="/confirm"] button`)
	b.at("/outbox")
	if kept := again.get("/outbox"); kept.status != http.StatusSeeOther || kept.header.Get("Location") != "/sign-in?next=%2Foutbox" {
		t.Error("the token from before the confirmation goes on:", kept.status, kept.header.Get("Location"))
	}
	b.silent()
}

// signedIn gives a window somebody's session.
func (b *tab) signedIn(name string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (any, error) {
		return cdp.Call(ctx, t, protocol.SetCookie, protocol.SetCookieParams{Name: "session", Value: b.w.tokens[name], URL: b.w.base})
	})
	b.w.ok(err)
}
