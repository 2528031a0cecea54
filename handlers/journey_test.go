package handlers

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vitrine/db"
)

// TestSignInInTheBrowser: from a deep link to the page it names, by e-mail and PIN.
func TestSignInInTheBrowser(t *testing.T) {
	w := newWorld(t)
	b := w.browser("", 390, 800, false)
	path := "/portal/projects/" + w.project.String()
	b.open(path)
	b.until(`location.pathname == "/sign-in"`)
	b.do(chromedp.SendKeys(chromedp.CSS("#email"), w.people["eleni"].Email+kb.Enter))
	b.until(`location.pathname == "/sign-in/pin"`)
	b.shot("pin")
	b.do(chromedp.SendKeys(chromedp.CSS("#pin"), w.mailTo(w.people["eleni"].Email).PIN+kb.Enter))
	b.until(`location.pathname == "` + path + `"`)
	b.until(`document.querySelector("h1").textContent == "Website Redesign"`)
	b.silent()
}

// box is the middle of an element, in the window.
func (b *tab) box(selector string) (x, y float64) {
	b.t.Helper()
	at := eval[[]float64](b, `(() => { const r = document.querySelector("`+selector+`").getBoundingClientRect(); return [r.x + r.width / 2, r.y + Math.min(r.height / 2, 40)] })()`)
	return at[0], at[1]
}

// drag moves the mouse from one place to another with the button down.
func (b *tab) drag(from, to string) {
	b.t.Helper()
	x, y := b.box(from)
	toX, toY := b.box(to)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y), chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	for i := 1; i <= 12; i++ {
		step := float64(i) / 12
		b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x+(toX-x)*step, y+(toY-y)*step, chromedp.ButtonLeft))
		time.Sleep(10 * time.Millisecond)
	}
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, toX, toY, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

// stroke holds a finger on one place and carries it to another.
func (b *tab) stroke(from, to string) {
	b.t.Helper()
	x, y := b.box(from)
	toX, toY := b.box(to)
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
		_, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
			return cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		})
		b.w.ok(err)
	}
	touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: y})
	time.Sleep(400 * time.Millisecond)
	for i := 1; i <= 12; i++ {
		step := float64(i) / 12
		touch(input.DispatchTouchEventTypeTouchMove, &input.TouchPoint{X: x + (toX-x)*step, Y: y + (toY-y)*step})
		time.Sleep(15 * time.Millisecond)
	}
	touch(input.DispatchTouchEventTypeTouchEnd)
}

// column is the address of a lane's list of cards.
func (w *world) column(kind string) string {
	w.t.Helper()
	var selector string
	w.ok(w.store.View(w.people["leader"], func(v *db.Viewer) error {
		columns, err := v.Columns(w.project)
		for _, column := range columns {
			if column.Kind == kind && selector == "" {
				selector = "ol[data-column='" + column.ID.String() + "']"
			}
		}
		return err
	}))
	return selector
}

// kindOf is the kind of column that a page shows a task in.
func kindOf(task db.ID) string {
	return `document.getElementById("task-` + task.String() + `").dataset.kind`
}

// TestDragReachesTheClient: a card is dragged on the board in one browser, and
// the client's page changes in another, without a reload. How fast is measured by make bench.
func TestDragReachesTheClient(t *testing.T) {
	w := newWorld(t)
	board, client := w.browser("leader", 1440, 900, false), w.browser("eleni", 390, 800, false)
	board.open("/projects/" + w.project.String())
	client.open("/portal/projects/" + w.project.String())
	client.until(`document.querySelector("#live:not([hidden])")`)
	board.until(`document.querySelector("#live:not([hidden])")`)
	board.until(`document.querySelector(".watch").textContent.includes("Eleni")`)
	board.shot("board")
	eval[bool](client, "window.stillHere = true")
	task := w.tasks["shipping"]
	x, y := board.box("#task-" + task.String())
	for _, event := range []string{"pointerdown", "pointermove"} {
		eval[bool](board, fmt.Sprintf(`document.elementFromPoint(%v, %v).dispatchEvent(new PointerEvent("%s", {bubbles: true, isPrimary: true, clientX: %[1]v + 40 * ("%[3]s" == "pointermove"), clientY: %[2]v}))`, x, y, event))
	}
	if !eval[bool](board, `document.documentElement.matches(".drags") && (document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true})), !document.querySelector(".drags, .dragging, .drop-here"))`) {
		t.Error("a card was not lifted, or Escape does not put it back")
	}
	eval[bool](board, `document.body.dispatchEvent(new PointerEvent("pointerup", {bubbles: true, isPrimary: true}))`)
	if eval[bool](client, `!!document.querySelector("script[src*='/board.']")`) || !eval[bool](board, `!!document.querySelector("script[src*='/board.']")`) {
		t.Error("what drags cards is loaded where no card is dragged, or not where they are")
	}
	board.drag("#task-"+task.String(), w.column(db.Doing))
	board.until(kindOf(task) + ` == "doing"`)
	t.Logf("the client had it after %v", client.until(kindOf(task)+` == "doing"`))
	client.until(`document.querySelector("#region-progress").textContent.includes("2 in progress")`)
	client.until(`document.querySelector("#region-log li").textContent.includes("started")`)
	if !eval[bool](client, "window.stillHere") {
		t.Error("the client's page was loaded again")
	}
	board.silent()
	client.silent()
}

// TestTouchDrag: the same with a finger.
func TestTouchDrag(t *testing.T) {
	w := newWorld(t)
	board := w.browser("leader", 1100, 900, false)
	board.open("/projects/" + w.project.String())
	board.until(`document.querySelector("#live:not([hidden])")`)
	task := w.tasks["shipping"]
	board.stroke("#task-"+task.String(), w.column(db.Done))
	board.until(kindOf(task) + ` == "done"`)
	board.silent()
}

// TestKeyboardMove: a card moves by keys, focus stays on it, and it is said aloud.
func TestKeyboardMove(t *testing.T) {
	w := newWorld(t)
	board := w.browser("leader", 1440, 900, false)
	board.open("/projects/" + w.project.String())
	board.until(`document.querySelector("#live:not([hidden])")`)
	task := w.tasks["shipping"]
	eval[bool](board, `(document.querySelector("#task-`+task.String()+` h3 a").focus(), true)`)
	board.do(chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	board.until(kindOf(task) + ` == "doing"`)
	board.until(`document.activeElement.closest("#task-` + task.String() + `")`)
	board.until(`document.querySelector("#status").textContent.includes("Shipping rules")`)
	board.silent()
}

// TestMenuMoveWithoutScript: the Move menu is a plain form.
func TestMenuMoveWithoutScript(t *testing.T) {
	w := newWorld(t)
	leader := w.as("leader")
	page := leader.get("/projects/" + w.project.String())
	action := `action="/tasks/` + w.tasks["shipping"].String() + `/move"`
	if !strings.Contains(page.body, action) {
		t.Fatalf("the board has no plain Move form for the task")
	}
	moved := leader.post("/tasks/"+w.tasks["shipping"].String()+"/move", "column", "done")
	if moved.status != 303 || moved.header.Get("Location") != "/projects/"+w.project.String() {
		t.Errorf("%d to %s", moved.status, moved.header.Get("Location"))
	}
}

// TestReplyAndNoteInTheBrowser: a note reaches no client, not even as a number; a reply does.
func TestReplyAndNoteInTheBrowser(t *testing.T) {
	w := newWorld(t)
	team, client := w.browser("leader", 1440, 900, false), w.browser("eleni", 390, 800, false)
	task := w.tasks["gallery"].String()
	team.open("/tasks/" + task)
	client.open("/portal/tasks/" + task)
	client.until(`document.querySelector("#live:not([hidden])")`)
	team.until(`document.querySelector("#live:not([hidden])")`)
	before := eval[string](client, normalForm)
	if !eval[bool](team, `document.querySelector(".write.note").open && !document.querySelector(".write.reply").open`) {
		t.Error("the note is not open by default")
	}
	note := ".write.note textarea"
	team.do(chromedp.SendKeys(chromedp.CSS(note), "CNRY-typed-note"))
	team.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	team.until(`document.querySelector("#region-thread").textContent.includes("CNRY-typed-note")`)
	time.Sleep(400 * time.Millisecond)
	if after := eval[string](client, normalForm); after != before {
		t.Errorf("a note changed the client's page\n%s", difference(after, before))
	}
	eval[bool](team, `(document.querySelector(".write.reply summary").click(), true)`)
	team.do(chromedp.SendKeys(chromedp.CSS(".write.reply textarea"), "The zoom is ready."))
	team.shot("reply")
	team.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	time.Sleep(300 * time.Millisecond)
	if eval[bool](client, `document.body.textContent.includes("The zoom is ready")`) {
		t.Error("a key sent a reply")
	}
	team.do(chromedp.Click(chromedp.CSS(".write.reply .send")))
	client.until(`document.querySelector("#region-thread").textContent.includes("The zoom is ready.")`)
	// The client may have the reply before the sender has the answer; then the page goes back to the note.
	team.until(`document.querySelector(".write.note").open && !document.querySelector(".write.reply").open && document.querySelector("#reply").value == ""`)
	client.do(chromedp.SendKeys(chromedp.CSS("#body"), "Thank you."), chromedp.Click(chromedp.CSS("#reply-box .main")))
	team.until(`document.querySelector("#region-thread").textContent.includes("Thank you.")`)
	client.until(`document.querySelector("#body").value == ""`)
	team.silent()
	client.silent()
}

// TestReconnectInTheBrowser: the server is away for a moment; the page says so and catches up alone.
func TestReconnectInTheBrowser(t *testing.T) {
	w := newWorld(t)
	addr := strings.TrimPrefix(w.base, "http://")
	b := w.browser("eleni", 1000, 800, false)
	b.open("/portal/projects/" + w.project.String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	eval[bool](b, "window.stillHere = true")
	w.stop()
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	time.Sleep(500 * time.Millisecond)
	w.serve(addr)
	b.until(kindOf(w.tasks["shipping"]) + ` == "done"`)
	b.until(`document.querySelector("#live:not(.wait, .off)")`)
	if !eval[bool](b, "window.stillHere") {
		t.Error("the page was loaded again")
	}
	b.silent("WebSocket connection", "ERR_CONNECTION_REFUSED", "htmx:ws:error")
}

// TestViewAsInTheBrowser: the leader looks through the client from the board, sees
// the banner, finds answering switched off, and stops.
func TestViewAsInTheBrowser(t *testing.T) {
	w := newWorld(t)
	b := w.browser("leader", 1440, 900, false)
	b.open("/projects/" + w.project.String())
	b.do(chromedp.Click(chromedp.CSS(".head .menu summary")))
	eval[bool](b, `([...document.querySelectorAll("form[action='/preview/start'] button")].find(e => e.textContent.includes("Eleni")).click(), true)`)
	b.until(`document.querySelector(".preview") && location.pathname.startsWith("/portal")`)
	b.open("/portal/projects/" + w.project.String())
	b.until(`document.querySelector("#live:not([hidden])")`)
	b.shot("view-as")
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	b.until(kindOf(w.tasks["shipping"]) + ` == "done"`)
	if n := len(w.server.Hub.Presence(w.project)); n != 0 {
		t.Errorf("a preview is shown as %d watching clients", n)
	}
	b.do(chromedp.Click(chromedp.CSS(".preview form[action='/preview/stop'] button")))
	b.until(`!document.querySelector(".preview") && location.pathname.startsWith("/projects")`)
	b.silent()
}
