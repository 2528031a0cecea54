package handlers

import (
	"testing"

	"vitrine/db"
)

// A client reads a budget on a phone: work comes in while they look, in the figures and in the list that
// they narrowed; they ask about a line; then one key is turned, and the page is gone.
func TestBudgetOfAClientInABrowser(t *testing.T) {
	w := newWorld(t)
	role := w.withRole("press", "projects", "budgets")
	at := "/portal/budgets/" + w.parts["budget"].String()
	client, wide := w.browser("press", 360, 740, true), w.browser("press", 1200, 900, false)
	client.live("/portal/projects/" + w.project.String())
	client.says("#region-budgets", "1 h 15 min of 10 h used")
	client.plain("the project's page")
	client.click(`#region-budgets a`)
	client.until(`location.pathname === "` + at + `" && document.querySelector("#live:not([hidden])")`)
	client.plain("a budget's services")
	client.shot("budget-services")
	wide.live(at + "?tab=time&from=2026-11-01")
	wide.plain("a budget's time")
	wide.shot("budget-time")
	_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: w.parts["budget service"].String(), Day: "2026-11-03", Minutes: "1:37", Billable: "1:00", Wording: "Menu for phones", Remark: "CNRY-remark-new"})
	w.ok(err)
	t.Log("the figures had it after", client.until(`document.querySelector("#region-used").textContent.includes("€135.00")`))
	wide.until(`[...document.querySelectorAll("#found tbody th")].some(e => e.textContent.includes("Menu for phones"))`)
	wide.says("#found", "Together 2 h 15 min, €135.00")
	client.open(at + "?tab=expenses")
	client.says("#found", "Font licence")
	client.plain("a budget's expenses")
	client.shot("budget-expenses")
	client.live(at + "?tab=time")
	client.plain("a budget's time on a phone")
	client.shot("budget-time-phone")
	eval[bool](client, `([...document.querySelectorAll("#found tbody tr")].find(e => e.textContent.includes("Menu for phones")).querySelector("small a[href*=about]").click(), true)`)
	client.until(`document.querySelector("#reply-box textarea")?.value.includes("> 3 Nov 2026: Menu for phones, 1 h")`)
	client.until(`document.querySelector("#live:not([hidden])")`)
	client.plain("a budget with a question")
	eval[bool](client, `(document.querySelector("#reply-box textarea").value += "Which menu?", document.querySelector("#reply-box button[type=submit]").click(), true)`)
	client.says("#region-thread .msg", "Which menu?")
	wide.says("#region-thread .msg", "Which menu?")

	turn := func(b *tab, what string, key func() error) {
		w.ok(key())
		t.Log(what, "is gone after", b.until(`document.body.textContent.includes("not shared with you") && !document.body.textContent.includes("Shop hours")`))
	}
	turn(wide, "with the switch the page", func() error { return w.store.OpenBudget(w.actor("leader"), w.parts["budget"], false) })
	client.until(`document.body.textContent.includes("not shared with you")`)
	w.ok(w.store.OpenBudget(w.actor("leader"), w.parts["budget"], true))
	other := w.browser("press", 1200, 900, false)
	other.live(at)
	turn(other, "with the right the page", func() error {
		return w.store.EditRole(w.actor("owner"), role, db.RoleForm{Name: "press", Rights: []string{"projects"}, Version: 1})
	})
	other.open("/portal/projects/" + w.project.String())
	if eval[bool](other, `document.body.textContent.includes("Shop hours") || !!document.querySelector("a[href*='/budgets']")`) {
		t.Error("the project's page keeps a trace")
	}
	for _, b := range []*tab{client, wide, other} {
		b.silent("404", "Autofocus processing was blocked", "WebSocket")
	}
}
