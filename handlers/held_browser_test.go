package handlers

import (
	"testing"
	"time"
)

// TestWrongSideInABrowser: what repeats a note is asked about before it goes, the
// tick counts once, and what went by mistake is taken back into the box.
func TestWrongSideInABrowser(t *testing.T) {
	w := newWorld(t)
	w.holds(60)
	_, err := w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "Careful, it may become a scope question for us.")
	w.ok(err)
	client := w.wire("eleni", "/portal/tasks/"+w.tasks["gallery"].String())
	b := w.browser("leader", 1100, 1000, false)
	b.open("/tasks/" + w.tasks["gallery"].String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	eval[bool](b, `(document.querySelector("#note").value = "Half a note", document.querySelector("#write-reply summary").click(), true)`)
	eval[bool](b, `(document.querySelector("#reply").value = "Yes, but it may become a scope question.", document.querySelector("#write-reply .send").click(), true)`)
	b.until(`document.querySelector("#doubts")?.checkVisibility()`)
	b.shot("doubts")
	if !eval[bool](b, `document.querySelector("#reply").value.startsWith("Yes, but") && document.querySelector("#note").value == "Half a note"`) {
		t.Error("a text is lost")
	}
	eval[bool](b, `(document.querySelector("#doubts [type=checkbox]").click(), document.querySelector("#write-reply .send").click(), true)`)
	b.until(`document.querySelector(".msg.held.mine [data-left]")?.textContent.match(/^\(in \d+ s\)$/)`)
	first := eval[string](b, `document.querySelector(".msg.held.mine [data-left]").textContent`)
	b.until(`document.querySelector(".msg.held.mine [data-left]").textContent != "` + first + `"`)
	if !eval[bool](b, `["undo", "note", "release"].every(way => document.querySelector(".msg.held.mine .held-for form[action$=" + way + "]").checkVisibility()) && !document.querySelector(".msg.held.mine .others").checkVisibility()`) {
		t.Error("the author is not offered what they may do")
	}
	b.shot("held")
	eval[bool](b, `(document.querySelector(".msg.held.mine .held-for form[action$=undo] button").click(), true)`)
	b.until(`document.querySelector("#write-reply").open && document.querySelector("#reply").value.startsWith("Yes, but") && !document.querySelector(".msg.held.mine")`)
	b.until(`document.activeElement.id == "reply"`)
	if eval[string](b, `document.querySelector("#note").value`) != "Half a note" {
		t.Error("the note that was begun is lost")
	}
	eval[bool](b, `(document.querySelector("#write-reply .send").click(), true)`)
	b.until(`document.querySelector("#doubts")?.checkVisibility()`) // the tick counted once
	eval[bool](b, `(document.querySelector("#doubts").closest("form").querySelector("[name=from]").click(), true)`)
	b.until(`[...document.querySelectorAll(".msg.note .prose")].some(m => m.textContent.startsWith("Yes, but"))`)
	b.until(`!document.querySelector("#write-reply").open && document.querySelector("#reply").value == ""`)
	time.Sleep(200 * time.Millisecond)
	if w.rows("SELECT count(*) FROM note WHERE body LIKE 'Yes, but%'") != 1 || client.carries("scope question") {
		t.Error("the note is there twice, or the client has it")
	}
	b.silent("422", "Autofocus processing was blocked") // the focus is where it was to be already
}

// TestOthersHeldReply: a colleague sees that a reply is held and by whom it can be
// taken back; whoever leads the project can, and not send it.
func TestOthersHeldReply(t *testing.T) {
	w := newWorld(t)
	w.holds(60)
	const held = `.msg.held:not(.mine)`
	for who, leads := range map[string]bool{"leader": true, "member": false} {
		by := map[bool]string{true: "member", false: "leader"}[leads]
		_, err := w.store.AddReply(w.actor(by), w.tasks["shipping"], "Held words")
		w.ok(err)
		b := w.browser(who, 390, 900, true)
		b.open("/tasks/" + w.tasks["shipping"].String())
		b.until(`document.querySelector("` + held + ` .others")?.checkVisibility()`)
		shown := func(way string) bool {
			return eval[bool](b, `document.querySelector("`+held+` .held-for form[action$=`+way+`]").checkVisibility()`)
		}
		if shown("undo") != leads || shown("note") != leads || shown("release") {
			t.Errorf("%s is offered undo %v, note %v, release %v", who, shown("undo"), shown("note"), shown("release"))
		}
		if eval[bool](b, `document.documentElement.scrollWidth > innerWidth`) {
			t.Error("the page scrolls sideways on a phone")
		}
		b.shot("held-" + who)
		if leads {
			eval[bool](b, `(document.querySelector("`+held+` .held-for form[action$=undo] button").click(), true)`)
			b.until(`!document.querySelector("` + held + `")`)
		}
		b.silent()
	}
}
