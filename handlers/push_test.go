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
	b.until(`document.querySelector("#region-progress .figure").textContent.startsWith("2 of 4")`)
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

// TestReplyBoxFollowsTheRight: the box goes with the right, and comes back with
// what was typed; who gets the right while reading is told.
func TestReplyBoxFollowsTheRight(t *testing.T) {
	w := newWorld(t)
	role := w.withRole("press", "projects", "comment")
	version := int64(0)
	edit := func(rights ...string) {
		version++
		w.ok(w.store.EditRole(w.actor("owner"), role, db.RoleForm{Name: "press", Rights: rights, Version: version}))
	}
	const box, told = `(document.querySelector("#reply-box")?.checkVisibility() ?? false)`, `document.querySelector("#region-may .again").checkVisibility()`
	b := w.browser("press", 1000, 900, false)
	b.open("/portal/tasks/" + w.tasks["gallery"].String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	if !eval[bool](b, box) || eval[bool](b, told) {
		t.Error("the page does not begin with its box alone")
	}
	eval[bool](b, `(document.querySelector("#body").value = "Half a sent", true)`)
	edit("projects")
	b.until(`!` + box)
	b.until(`document.querySelector("#region-may .closed").checkVisibility()`)
	b.shot("reply-right-gone")
	edit("projects", "comment")
	b.until(box)
	if eval[string](b, `document.querySelector("#body").value`) != "Half a sent" {
		t.Error("what was typed is gone")
	}
	edit("projects")
	b.until(`!` + box)
	b.open("/portal/tasks/" + w.tasks["gallery"].String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	edit("projects", "comment")
	b.until(told)
	b.silent()
}
