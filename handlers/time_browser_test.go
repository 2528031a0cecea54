package handlers

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vitrine/db"
)

// keys types into whatever has the focus.
func (b *tab) keys(text string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(text))
}

// A member's clock, line and week, the last by nothing but the keyboard; then whoever leads returns and approves.
func TestTimeInABrowser(t *testing.T) {
	w := newWorld(t)
	member, leader := w.browser("member", 1300, 1000, false), w.browser("leader", 360, 740, true)
	service := "s" + w.parts["budget service"].String()
	member.open("/time")
	member.fills("#timer-on", service)
	member.types("#timer-remark", "Menu")
	member.click(`form[action="/timer/start"] button`)
	member.says(`section[aria-labelledby="timer-title"]`, "Menu")
	member.plain("a clock that runs")
	member.shot("time-clock")
	member.open("/projects")
	member.says("header [data-since]", "0:01")
	member.plain("a page while a clock runs")
	leader.open("/projects")
	if eval[bool](leader, `!!document.querySelector("[data-since]")`) {
		t.Error("one reads of another's clock")
	}
	member.open("/time")
	member.types("#stop-wording", "Menu on small screens")
	member.click(`form[action="/timer/stop"] .btn.main`)
	member.says(`section[aria-labelledby="list-title"]`, "Menu on small screens")
	if w.rows("SELECT count(*) FROM time_entry WHERE wording = 'Menu on small screens' AND minutes = 1 AND started_at IS NOT NULL") != 1 || w.rows("SELECT count(*) FROM timer") != 0 {
		t.Error("the clock is not booked")
	}
	member.fills("#on", service)
	member.types("#minutes", "1:30 gallery")
	member.click(`form[action="/time"] .btn.main`)
	member.says(`section[aria-labelledby="list-title"]`, "gallery")
	member.types("#minutes", "gallery")
	member.click(`form[action="/time"] .btn.main`)
	member.says("#minutes-error", "Begin with how long it took")

	// The week of 9 November, by keyboard alone: from the first cell along the row, then Enter.
	member.open("/time?week=2026-11-09")
	eval[bool](member, `(document.querySelector(".week input[name=typed]").focus(), true)`)
	row := eval[string](member, `document.activeElement.getAttribute("aria-label")`)
	member.keys("1:30")
	member.keys(kb.Tab)
	member.keys("45m")
	member.keys(kb.Tab)
	member.keys(kb.Tab)
	member.keys("2")
	member.keys(kb.Enter)
	member.until(`location.search.includes("said=saved") && document.querySelector(".week tfoot td:last-child").textContent === "4:15"`)
	member.plain("a week")
	member.shot("time-week")
	if got := w.texts("SELECT day || ' ' || minutes FROM time_entry WHERE day BETWEEN '2026-11-09' AND '2026-11-15' ORDER BY day"); len(got) != 3 || got[0] != "2026-11-09 90" || got[1] != "2026-11-10 45" || got[2] != "2026-11-12 120" {
		t.Error(got)
	}
	// Changed, taken back, and refused with what was typed: still by keyboard.
	eval[bool](member, `([...document.querySelectorAll(".week input[name=typed]")].find(i => i.getAttribute("aria-label") === "`+row+`").select(), true)`)
	eval[bool](member, `([...document.querySelectorAll(".week input[name=typed]")].find(i => i.getAttribute("aria-label") === "`+row+`").focus(), document.activeElement.select(), true)`)
	member.keys("2:00")
	member.keys(kb.Tab)
	eval[bool](member, `(document.activeElement.select(), true)`)
	member.keys(kb.Delete)
	member.keys(kb.Enter)
	member.until(`document.querySelector(".week tfoot td:last-child").textContent === "4:00"`)
	eval[bool](member, `([...document.querySelectorAll(".week input[name=typed]")].find(i => i.getAttribute("aria-label") === "`+row+`").focus(), document.activeElement.select(), true)`)
	member.keys("much")
	member.keys(kb.Enter)
	member.says(".tell.bad", "Begin with how long it took")
	if eval[string](member, `[...document.querySelectorAll(".week input[name=typed]")].find(i => i.value === "much")?.value || ""`) != "much" {
		t.Error("what was typed is lost")
	}

	// Whoever leads returns one line for a reason and approves the rest.
	w.ok(w.store.SetApproves(w.actor("leader"), w.project, true))
	approvals := "/projects/" + w.project.String() + "/approvals"
	leader.open(approvals)
	leader.plain("what waits for approval")
	leader.shot("time-approvals")
	const menu = `[...document.querySelectorAll("tbody tr")].find(r => r.textContent.includes("Menu on small screens"))`
	eval[bool](leader, `(document.querySelectorAll("tbody input").forEach(i => { i.checked = false; }), `+menu+`.querySelector("input").checked = true, true)`)
	leader.click(`button[value="return"]`)
	leader.says("#reason-error", "Say why you return it")
	leader.types("#reason", "That was quicker")
	leader.click(`button[value="return"]`)
	leader.until(`location.search.includes("said=saved") && !(` + menu + `)`)
	leader.click(`button[value="approve"]`)
	leader.says("main .empty", "Nothing waits to be approved")
	member.open("/time")
	member.says("main .tell.bad", "That was quicker")
	if open := w.rows("SELECT count(*) FROM time_entry WHERE project_id = ? AND state = 'open'", int64(w.project)); open != 0 {
		t.Error("so many still wait:", open)
	}
	member.silent("422", "Autofocus processing was blocked")
	leader.silent("422", "Autofocus processing was blocked")
}

// The team's page of a budget lives: what somebody books appears on it, and the switch says who will see it.
func TestBudgetInABrowser(t *testing.T) {
	w := newWorld(t)
	leader := w.browser("leader", 1300, 1000, false)
	at := "/budgets/" + w.parts["budget"].String()
	leader.live(at + "?tab=time")
	leader.stays()
	_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: w.parts["budget service"].String(), Day: "2026-11-04", Minutes: "2:00", Wording: "Checkout, first step"})
	w.ok(err)
	leader.says("#region-entries", "Checkout, first step")
	leader.says("#region-budget", "3 h 15 min")
	leader.hasStayed()
	leader.plain("the time of a budget")
	leader.open(at)
	leader.says("main .internal", "Margin")
	leader.plain("a budget")
	leader.shot("budget-team")
	leader.click(`form[action="` + at + `/open"] button`)
	leader.says("main", "No client sees anything of this budget.")
	leader.silent("Autofocus processing was blocked")
	leader.open("/budgets")
	leader.says("main .chip", "2 of 2 open budgets hold as they stand")
	w.ok(w.store.CloseBudget(w.actor("leader"), w.parts["budget"], true))
	leader.open("/budgets")
	leader.says("main .chip", "1 of 1 closed budgets was kept")
	leader.plain("all budgets")
	w.ok(w.store.CloseBudget(w.actor("leader"), w.parts["budget"], false))
	member := w.browser("member", 1300, 1000, false)
	member.live(at)
	if eval[bool](member, `document.body.textContent.includes("Margin") || document.body.textContent.includes("7,707.07")`) {
		t.Error("a member who does not lead reads what it costs")
	}
	member.silent("Autofocus processing was blocked")
}
