package handlers

import (
	"testing"
	"time"

	"vitrine/db"
)

// TestMoveReachesTheClient is the main job: the team moves a task, and its
// client sees row, progress and log change at once, without a reload.
func TestMoveReachesTheClient(t *testing.T) {
	w := newWorld(t)
	b := w.browser("eleni", 1200, 900, false)
	b.open("/portal/projects/" + w.project.String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	eval[bool](b, "window.stillHere = true")
	task := "task-" + w.tasks["shipping"].String()
	if kind := eval[string](b, `document.getElementById("`+task+`").dataset.kind`); kind != db.Todo {
		t.Fatalf("the task begins as %s", kind)
	}
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	took := b.until(`document.getElementById("` + task + `").dataset.kind == "done"`)
	t.Logf("the client had it after %v", took)
	b.until(`document.querySelector("#region-progress .figure").textContent.startsWith("2 of 3")`)
	b.until(`document.querySelector("#region-log li").textContent.includes("Shipping rules is done")`)
	if !eval[bool](b, "window.stillHere") {
		t.Error("the page was loaded again")
	}
	b.shot("pushed")
	_, err = w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "CNRY-note-live")
	w.ok(err)
	_, err = w.store.MoveTask(w.actor("leader"), w.tasks["private"], db.Done, 0)
	w.ok(err)
	time.Sleep(300 * time.Millisecond)
	if eval[bool](b, `document.documentElement.outerHTML.includes("CNRY")`) {
		t.Error("something internal reached the client")
	}
	b.silent()
}
