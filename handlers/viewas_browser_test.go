package handlers

import (
	"strings"
	"testing"

	"vitrine/db"
)

// TestBesideTheBoardInABrowser: the client's page stands beside the board, changes when
// a card is moved, and shows its ghosts and ends its look from within the frame.
func TestBesideTheBoardInABrowser(t *testing.T) {
	w := newWorld(t)
	b := w.browser("leader", 1440, 900, false)
	b.open("/projects/" + w.project.String())
	eval[bool](b, `(document.querySelector("#beside summary").click(), document.querySelector("#beside [value='`+w.people["eleni"].ID.String()+`']").click(), true)`)
	const frame = `document.querySelector("#glance iframe")?.contentDocument`
	shipping := "#task-" + w.tasks["shipping"].String()
	b.until(frame + `?.querySelector("#live:not([hidden])") && document.querySelector("#live:not([hidden])")`)
	b.until(frame + `.querySelector("#region-todo ` + shipping + `")`)
	eval[bool](b, `(`+strings.Replace(frame, "?.", ".", 1)+`.body.dataset.stayed = "yes", true)`)
	eval[bool](b, `(document.querySelector("`+shipping+` .menu summary").click(), [...document.querySelectorAll("`+shipping+` .menu button")].find(b => b.textContent.includes("doing")).click(), true)`)
	took := b.until(frame + `.querySelector("#region-doing ` + shipping + `")`)
	t.Log("the client's page had it after", took)
	if eval[string](b, frame+`.body.dataset.stayed || ""`) != "yes" {
		t.Error("the frame was loaded anew")
	}
	b.plain("beside")
	b.shot("beside")
	eval[bool](b, `(`+frame+`.querySelector(".preview [name=ghosts]").click(), true)`)
	b.until(frame + `?.querySelector(".ghosts .ghost")`)
	if text := eval[string](b, frame+`.body.textContent`); !strings.Contains(text, "CNRY-private-title") {
		t.Error("the private task is no ghost in the frame")
	}
	b.plain("beside with ghosts")
	_, err := w.store.MoveTask(w.actor("member"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	b.until(frame + `.querySelector("#region-done ` + shipping + `") && ` + frame + `.querySelector(".ghosts .ghost")`)
	b.shot("beside-ghosts")
	w.ok(w.store.HideTasks(w.actor("member"), w.project, []db.ID{w.tasks["search"]})) // no push tells a client's page of a ghost
	b.until(`!` + strings.Replace(frame, "?.", ".", 1) + `.querySelector("#task-` + w.tasks["search"].String() + `") && [...` + strings.Replace(frame, "?.", ".", 1) + `.querySelectorAll("#ghosts-tasks .ghost")].some(g => g.textContent.includes("Search"))`)
	eval[bool](b, `(`+frame+`.querySelector(".preview [action='/preview/stop'] button").click(), true)`)
	b.until(`location.pathname == "/projects/` + w.project.String() + `" && !document.querySelector("iframe")`)
	b.open("/projects/" + w.project.String() + "?beside=" + w.people["eleni"].ID.String())
	b.until(`document.querySelector("#glance .btn.main") && !document.querySelector("iframe")`)
	b.silent("WebSocket is closed before", "Autofocus processing was blocked") // the question before a deed waits in both pages
}
