package handlers

import (
	"strconv"
	"testing"
)

// TestBuildModeInABrowser: an admin writes the welcome, adds a card and puts it first,
// takes a part off the page and the card away, sees each step in the frame with the eyes
// of a client, takes one step back, and then all of them.
func TestBuildModeInABrowser(t *testing.T) {
	w := newWorld(t)
	b := w.browser("owner", 1440, 900, false)
	b.open("/settings/home")
	const form, frame = `document.querySelector(".built > form")`, `document.querySelector(".built iframe").contentDocument`
	sees := func(what, holds string) {
		t.Helper()
		b.until(`(page => page?.querySelector("#region-cards") && (` + holds + `))(` + frame + `)`)
		b.shot("build-" + what)
	}
	press := func(button string) {
		t.Helper()
		eval[bool](b, `(window.before = true, document.querySelector("`+button+`").click(), true)`)
		b.until(`!window.before && document.readyState == "complete" && document.querySelector(".built iframe") && !document.querySelector("#mistake")`)
	}
	fill := func(name, text string) {
		t.Helper()
		eval[bool](b, `(`+form+`.elements["`+name+`"].value = "`+text+`", true)`)
	}
	const save = ".built .btn.main[value=save]"
	eleni := `[name=person][value='` + w.people["eleni"].ID.String() + `']`
	b.until(frame + `?.querySelector("` + eleni + `")`)
	eval[bool](b, `(`+frame+`.querySelector("`+eleni+`").click(), true)`)
	sees("at-first", `page.querySelector(".preview")?.textContent.includes("Eleni") && page.querySelector("#widget-activity") && page.querySelector("#region-greeting").hidden`)

	fill("welcome_en", "Good that **you** are here.")
	press(save)
	sees("welcome", `page.querySelector("#region-greeting:not([hidden]) strong")?.textContent == "you"`)

	cards := eval[int](b, frame+`.querySelectorAll("#region-cards .act").length`)
	press("[value='add:own']")
	fill("card_url_3", "https://press.example/kit")
	fill("card_label_en_3", "Press kit")
	press(save)
	sees("card", `[...page.querySelectorAll("#region-cards .act h2")].at(-1).textContent == "Press kit"`)
	press("[value='up:3']")
	press("[value='up:2']")
	sees("order", `page.querySelector("#region-cards .act h2").textContent == "Press kit" && page.querySelector("#region-cards .act").href == "https://press.example/kit"`)
	if on := eval[string](b, form+`.elements["card_label_en_1"].value`); on != "Press kit" {
		t.Errorf("the first card of the form is %q", on)
	}

	eval[bool](b, `(document.querySelector("[name=widget][value=activity]").click(), true)`)
	press(save)
	sees("widget", `!page.querySelector("#widget-activity") && page.querySelector("#widget-meetings")`)
	press("[value='drop:1']")
	sees("dropped", `!page.querySelector("#region-cards").textContent.includes("Press kit")`)
	b.plain("build mode")

	const undo, reset = "[action='/settings/home/undo'] button", "[action='/settings/home/reset'] button"
	press(undo)
	sees("undone", `page.querySelector("#region-cards .act h2").textContent == "Press kit" && !page.querySelector("#widget-activity")`)
	press(undo)
	sees("undone-twice", `page.querySelector("#widget-activity")`)
	press(reset)
	sees("reset", `page.querySelector("#region-greeting").hidden && page.querySelectorAll("#region-cards .act").length == `+strconv.Itoa(cards))
	if typed := eval[string](b, form+`.elements["welcome_en"].value`); typed != "" {
		t.Errorf("after all was taken back the form says %q", typed)
	}
	if gone := eval[bool](b, `!document.querySelector("`+reset+`") && !!document.querySelector("`+undo+`")`); !gone {
		t.Error("what was taken back cannot be brought back, or can be taken back again")
	}
	b.silent("WebSocket is closed before", "Autofocus processing was blocked") // the frame goes with its page; the address names a place
}
