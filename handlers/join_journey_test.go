package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vitrine/db"
)

// TestInvitationInTheBrowser: from the press of the one who leads the project to
// the first page of the client, in the client's language.
func TestInvitationInTheBrowser(t *testing.T) {
	for language, words := range map[string][2]string{"en": {"invites you", "Welcome to"}, "el": {"Σας προσκαλεί", "Καλώς ήρθατε"}} {
		w := newWorld(t)
		w.add("new", "new@papadopoulos.example", "new", db.Client, "")
		w.ok(w.store.SetProfile(w.actor("new"), db.Profile{Name: "new", Language: language, TimeZone: "Europe/Athens"}))
		w.join(w.project, "new", "client")
		row := "#person-" + w.people["new"].ID.String()
		lead := w.browser("leader", 1200, 900, false)
		lead.open("/projects/" + w.project.String() + "/members")
		lead.do(chromedp.Click(chromedp.CSS(row + ` form[action$="/invite"] button`)))
		lead.until(`document.querySelector("` + row + `").textContent.includes("invited")`)
		b := w.browser("", 390, 800, false)
		b.open("/join/" + w.mailOf("new@papadopoulos.example", db.MailInvitation).Link)
		b.until(`document.documentElement.lang == "` + language + `" && document.querySelector("h1").textContent.includes("` + words[0] + `")`)
		b.shot("join-" + language)
		b.do(chromedp.Click(chromedp.CSS("main form button")))
		b.until(`location.pathname == "/sign-in/pin" && document.documentElement.lang == "` + language + `"`)
		b.do(chromedp.SendKeys(chromedp.CSS("#pin"), w.mailOf("new@papadopoulos.example", db.MailSignIn).PIN+kb.Enter))
		b.until(`location.pathname == "/welcome" && document.querySelector("h1").textContent.includes("` + words[1] + `")`)
		b.do(chromedp.SendKeys(chromedp.CSS("#first_name"), "Nefeli"), chromedp.SendKeys(chromedp.CSS("#last_name"), "Nomikou"+kb.Enter))
		b.until(`location.pathname == "/portal/projects/` + w.project.String() + `" && document.documentElement.lang == "` + language + `"`)
		lead.open("/projects/" + w.project.String() + "/members")
		lead.until(`document.querySelector("` + row + `").textContent.includes("Nefeli Nomikou") && document.querySelector("` + row + `").textContent.includes("joined")`)
		if text := eval[string](b, "document.body.innerText"); strings.Contains(text, "CNRY") || strings.Contains(text, "⟦") {
			t.Error(text)
		}
		b.silent()
		lead.silent()
	}
}
