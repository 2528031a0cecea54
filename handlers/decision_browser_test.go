package handlers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vitrine/db"
)

// stays marks the page that is open, hasStayed says that it was not loaded anew.
func (b *tab) stays() { b.t.Helper(); eval[bool](b, "window.stillHere = true") }

func (b *tab) hasStayed() {
	b.t.Helper()
	if !eval[bool](b, "window.stillHere === true") {
		b.t.Error("the page was loaded again")
	}
}

// types fills a field of a form.
func (b *tab) types(selector, text string) {
	b.t.Helper()
	b.until(`document.querySelector('` + selector + `')?.checkVisibility()`)
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// The whole way of a question, on open pages, the client's a phone: it is written and
// asked, and appears; while it is being answered it is asked otherwise, and the answer is
// not taken for the new one; it is read again, signed, and stands with the team.
func TestQuestionFromBothSides(t *testing.T) {
	w := newWorld(t)
	team, client, home, colleague := w.browser("leader", 1300, 1000, false), w.browser("eleni", 360, 740, false), w.browser("eleni", 360, 740, true), w.browser("viewer", 1100, 900, false)
	project := "/projects/" + w.project.String()
	client.live("/portal" + project)
	home.live("/portal")
	count, err := strconv.Atoi(eval[string](home, `document.querySelector("#region-asks .count").textContent`))
	w.ok(err)
	client.stays()
	home.stays()

	team.open(project + "/decisions/new?kind=question")
	team.types("#question", "How do sizes show?")
	team.types("#context", "Buttons are **quicker**.")
	for i, title := range []string{"As tiles", "As a list"} {
		team.until(`document.querySelectorAll("[name=option_title]").length > 1`)
		eval[bool](team, `(document.querySelectorAll("[name=option_title]")[`+strconv.Itoa(i)+`].value = "`+title+`", document.querySelectorAll("[name=option_days]")[`+strconv.Itoa(i)+`].value = "`+strconv.Itoa(3*i)+`", true)`)
	}
	eval[bool](team, `(document.querySelector("[name=deciders][value='`+w.people["eleni"].ID.String()+`']").checked = true, document.querySelector("[name=tasks][value='`+w.tasks["shipping"].String()+`']").checked = true)`)
	team.click("main form .btn.main")
	team.until(`location.pathname.startsWith("/decisions/") && document.querySelector("#live:not([hidden])")`)
	path := eval[string](team, "location.pathname")
	if strings.Contains(eval[string](client, "document.body.textContent"), "How do sizes show?") {
		t.Error("the client reads a draft")
	}
	team.click(`form[action$="/ask"] .send`)
	const listed = `[...document.querySelectorAll("#region-decisions .asks h3 a, #region-asks .asks h3 a")].find(a => a.textContent === "How do sizes show?")`
	client.until(listed)
	client.until(`document.querySelector("#task-` + w.tasks["shipping"].String() + ` .chip.call")?.textContent === "Waiting for you"`)
	home.until(listed)
	home.until(`[...document.querySelectorAll("#region-asks .count, #region-waits .count")].every(c => c.textContent === "` + strconv.Itoa(count+1) + `")`)
	client.hasStayed()
	home.hasStayed()
	team.until(`document.querySelector("#region-standing .chip.call")`)

	eval[bool](client, `(`+listed+`.click(), true)`)
	client.until(`location.pathname === "/portal` + path + `" && document.querySelector("#region-ask[data-edition='1'][data-open='1']") && document.querySelector("#live:not([hidden])")`)
	colleague.live("/portal" + path)
	colleague.stays()
	client.stays()
	client.plain("the open question")
	client.shot("question-open")
	client.click(".option [type=radio]")
	client.types("#comment", "As in the shop")
	if team.until(`location.pathname === "` + path + `"`); eval[bool](client, `!!document.querySelector("[data-stale]:not([hidden])")`) {
		t.Error("it is called old and is not")
	}
	team.click(`a[href$="/edit"].btn`)
	team.until(`location.pathname.endsWith("/edit")`)
	eval[bool](team, `(document.querySelectorAll("[name=option_title]")[1].value = "In a table", true)`)
	team.click("main form .btn.send")
	team.until(`location.pathname === "` + path + `" && document.querySelector("#live:not([hidden])")`)

	client.until(`document.querySelector("#region-ask[data-edition='2']")`)
	client.until(`document.querySelector("[data-stale]:not([hidden])")?.querySelector("span").textContent === "This is now version 2. Read it again before you sign off."`)
	if !eval[bool](client, `[...document.querySelectorAll("[data-answers]")].every(e => !e.checkVisibility()) && [...document.querySelectorAll("form.answer [type=radio]")].every(r => r.disabled)`) {
		t.Error("the old version can still be answered")
	}
	if eval[string](client, `document.querySelector("#comment").value + document.querySelectorAll(".option label")[1].textContent`) != "As in the shopAs a list" {
		t.Error("what is read was swapped, or the words are gone")
	}
	colleague.until(`document.querySelector("[data-stale]:not([hidden])")?.querySelector("span").textContent === "This is now version 2. Read it again."`)
	client.hasStayed()
	colleague.hasStayed()
	client.plain("the old version")
	client.shot("question-stale")
	// The form is sent all the same: refused, and the words are kept.
	eval[bool](client, `(document.querySelectorAll("form.answer [type=radio]").forEach(r => { r.disabled = false; }), document.querySelector(".option [type=radio]").click(), document.querySelector("form.answer [value=choose]").click(), true)`)
	client.until(`document.querySelector("[role=alert]")?.textContent.includes("This is version 1, version 2 is here.")`)
	if eval[string](client, `document.querySelector("#comment").value + document.querySelectorAll(".option label")[1].textContent + document.querySelectorAll(":checked").length`) != "As in the shopIn a table0" {
		t.Error("the words are lost, or it is another version")
	}
	client.plain("the refused answer")
	client.shot("question-refused")
	client.click(".option:nth-child(2) [type=radio]")
	client.click("form.answer [value=choose]")
	client.until(`document.querySelector("#region-ask[data-open='0'] .chip.done") && document.querySelector("main .tell.good")`)
	client.plain("the answered question")
	client.shot("question-answered")
	team.until(`document.querySelector("#region-standing .chip.done") && document.querySelector("#region-record").textContent.includes("Chose “In a table”") && document.querySelector("#region-record a[href^='/signoffs/']")`)
	if !eval[bool](team, `document.querySelector("#region-record").textContent.includes("As in the shop")`) {
		t.Error("the team does not read the comment")
	}
	home.until(`!` + listed + ` && document.querySelector("#region-asks .count").textContent === "` + strconv.Itoa(count) + `"`)
	home.hasStayed()
	if w.rows("SELECT count(*) FROM signoff s JOIN decision d ON d.id = s.decision_id AND s.edition = 2 WHERE d.state = 'decided' AND s.comment = 'As in the shop'") != 1 {
		t.Error("it is not sealed once, for the second version")
	}
	team.silent("Autofocus processing was blocked")
	for _, b := range []*tab{client, home, colleague} {
		b.silent("409")
	}
}

// Where one answer is enough and somebody else gives it, the form goes; words that were
// begun stay.
func TestAnsweredMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	id := w.puts(w.question("How do sizes show?", "eleni", "boss"))
	idle, writes := w.browser("eleni", 1000, 900, false), w.browser("eleni", 360, 740, true)
	for _, b := range []*tab{idle, writes} {
		b.live("/portal/decisions/" + id.String())
		b.until(`document.querySelector("form.answer .btn.main").checkVisibility()`)
		b.stays()
	}
	writes.types("#comment", "Tiles, I think")
	_, err := w.store.Answer(w.actor("boss"), id, db.AnswerForm{Edition: 1, Outcome: db.Free, Comment: "As tiles"})
	w.ok(err)
	for _, b := range []*tab{idle, writes} {
		b.until(`document.querySelector("#region-outcome").textContent.includes("Alexandra Boss answered in their own words")`)
		b.until(`!document.querySelector("form.answer .btn.main").checkVisibility() && document.querySelector("[data-stale]:not([hidden])").textContent.includes("No answer is needed from you any more.")`)
		b.hasStayed()
		b.plain("the question that somebody else answered")
	}
	if eval[bool](idle, `document.querySelector("#comment").checkVisibility()`) || !eval[bool](writes, `document.querySelector("#comment").checkVisibility() && document.querySelector("#comment").value === "Tiles, I think"`) {
		t.Error("an empty box stays, or words are gone")
	}
	writes.shot("question-ended")
	for _, b := range []*tab{idle, writes} {
		b.silent()
	}
}

// The pages of an open question, light and dark, narrow and wide, of both sides.
func TestDecisionPagesAreAccessible(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("Δοκιμή", 30)
	form := w.question("Which "+long+" first?", "eleni")
	form.Options[0].Title, form.Options[1].Text, form.Context = long, "`"+long+"`", "| a | b |\n|---|---|\n| "+long+" | "+long+" |"
	id := w.puts(form)
	change, err := w.store.ProposeChange(w.actor("eleni"), w.project, "A page for the fair", "In May.")
	w.ok(err)
	project, path := "/projects/"+w.project.String(), "/decisions/"+id.String()
	_, err = w.store.Answer(w.actor("eleni"), w.parts["decision"], db.AnswerForm{Edition: 1, Shown: w.shown(w.parts["decision"]), Outcome: db.Decline, Comment: long})
	w.ok(err)
	for who, pages := range map[string][]string{
		"eleni":  {"/portal", "/portal" + project, "/portal" + project + "/changes/new", "/portal" + path, "/portal/decisions/" + change.String(), "/portal/decisions/" + w.parts["decision"].String()},
		"viewer": {"/portal", "/portal" + path},
		"leader": {project + "/decisions", path, path + "/edit", "/decisions/" + change.String(), project + "/decisions/new?kind=change"},
	} {
		for _, dark := range []bool{false, true} {
			for _, width := range []int64{360, 1440} {
				if width == 1440 && who == "viewer" {
					continue
				}
				b := w.browser(who, width, 900, dark)
				for _, page := range pages {
					b.open(page)
					b.until(`document.readyState === "complete" && document.querySelector("main h1")`)
					b.plain(who + " " + page)
				}
				b.silent("Autofocus processing was blocked")
			}
		}
	}
}
