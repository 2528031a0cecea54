package handlers

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// live opens a page and waits for its line.
func (b *tab) live(path string) {
	b.t.Helper()
	b.open(path)
	b.until(`document.querySelector("#live:not([hidden])")`)
}

// A picture that is pasted into the client's box goes up with progress, stands in the row
// below, and is there as a thumbnail on both sides as soon as the reply is sent.
func TestPastedPictureReachesBothSides(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	team, client := w.browser("leader", 1200, 900, false), w.browser("eleni", 1000, 900, false)
	team.live(task)
	client.live("/portal" + task)
	client.do(chromedp.SendKeys(chromedp.CSS("#body"), "As on this picture"))
	eval[bool](client, `(() => {
		window.progress = 0;
		new MutationObserver(all => { for (const { addedNodes } of all) for (const node of addedNodes) if (node.localName === "progress" && node.ariaLabel.includes("pasted.png")) window.progress++; }).observe(document.body, { childList: true, subtree: true });
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(drawn(900, 600))+`"), c => c.charCodeAt(0));
		const clip = new DataTransfer();
		clip.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
		return !document.querySelector("#body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: clip, bubbles: true, cancelable: true }));
	})()`)
	client.until(`[...document.querySelectorAll("#reply-box .files a")].some(a => a.textContent === "pasted.png") && !document.querySelector("#reply-box progress")`)
	if eval[int](client, "window.progress") != 1 || eval[string](client, `document.querySelector("#body").value`) != "As on this picture" {
		t.Error("no progress is shown, or the words are not what they were")
	}
	eval[bool](client, `(document.querySelector("#reply-box [type=submit]").click(), true)`)
	for _, b := range []*tab{client, team} {
		const last = `[...document.querySelectorAll("#region-thread .msg")].find(m => m.textContent.includes("As on this picture"))`
		b.until(last + `?.querySelector(".files img[src$='/thumbnail']")`)
		b.until(`(() => { const img = ` + last + `.querySelector(".files img"); img.loading = "eager"; return img.complete && img.naturalWidth > 0 && img.naturalWidth < 900; })()`)
	}
	client.until(`!document.querySelector("#reply-box .files a") && document.querySelector("#body").value === ""`)
	team.silent()
	client.silent()
}

// Two people write at once. What one sends reaches the other, who keeps their focus,
// their words to the letter, where the cursor stood, and where the page was scrolled to.
func TestTypingAtOnce(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	for n := range 12 { // enough for a page that scrolls
		_, err := w.store.AddReply(w.actor("member"), w.tasks["gallery"], fmt.Sprintf("Word %d.\n\nAnd more of it.", n))
		w.ok(err)
	}
	for _, pair := range []struct{ who, writes, box, other, says, otherBox string }{
		{"eleni", "/portal" + task, "body", "leader", task, "reply"},
		{"leader", task, "note", "eleni", "/portal" + task, "body"},
		{"leader", task, "reply", "member", task, "note"},
	} {
		one, two := w.browser(pair.who, 1100, 700, false), w.browser(pair.other, 1100, 700, false)
		one.live(pair.writes)
		two.live(pair.says)
		for b, box := range map[*tab]string{one: pair.box, two: pair.otherBox} {
			if box == "reply" {
				b.do(chromedp.Click(chromedp.CSS("#write-reply > summary")))
				b.until(`document.querySelector("#write-reply").open`)
			}
		}
		begun := strings.Repeat("half a sentence ", 2)
		one.do(chromedp.SendKeys(chromedp.CSS("#"+pair.box), begun))
		const state = `JSON.stringify([document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd])`
		const top = `document.activeElement.getBoundingClientRect().top`
		eval[bool](one, `(document.querySelector("#`+pair.box+`").setSelectionRange(5, 9), document.querySelector("#`+pair.box+`").scrollIntoView({ block: "center" }), window.stillHere = document.querySelector("#`+pair.box+`"), true)`)
		for n := range 2 {
			words := fmt.Sprintf("Meanwhile %s to %s %d", pair.other, pair.who, n)
			was, stood := eval[string](one, state), eval[float64](one, top)
			two.until(`document.querySelector("#` + pair.otherBox + `")?.checkVisibility() || (document.querySelector("#write-reply > summary").click(), false)`)
			two.do(chromedp.SendKeys(chromedp.CSS("#"+pair.otherBox), words))
			eval[bool](two, `(document.querySelector("#`+pair.otherBox+`").form.querySelector("[type=submit]:not([formaction])").click(), true)`)
			one.until(`[...document.querySelectorAll("#region-thread .msg")].some(m => m.textContent.includes("` + words + `"))`)
			if now := eval[string](one, state); now != was || math.Abs(eval[float64](one, top)-stood) > 3 {
				t.Errorf("%s writes into %s, %s says something: %s at %v became %s at %v", pair.who, pair.box, pair.other, was, stood, now, eval[float64](one, top))
			}
			one.do(chromedp.KeyEvent("x"))
			if got := eval[string](one, `document.activeElement.value`); !strings.Contains(got, "x") || eval[int](one, `document.activeElement.selectionStart`) != 6 {
				t.Error("what is typed on goes elsewhere:", got)
			}
			eval[bool](one, `(() => { const box = document.activeElement; box.value = "`+begun+`"; box.setSelectionRange(5, 9); return true; })()`)
		}
		if !eval[bool](one, `window.stillHere === document.querySelector("#`+pair.box+`") && window.stillHere.value === "`+begun+`"`) {
			t.Errorf("the box %s of %s is another one", pair.box, pair.who)
		}
		eval[bool](one, `(window.stillHere.form.querySelector("[type=submit]:not([formaction])").click(), true)`)
		one.until(`document.querySelector("#` + pair.box + `")?.value === ""`)
		for kind, want := range map[string]int{"Meanwhile " + pair.other + " to " + pair.who: 2, strings.TrimSpace(begun): 1} {
			if got := w.rows("SELECT count(*) FROM (SELECT body FROM reply UNION ALL SELECT body FROM note) WHERE body LIKE ?", kind+"%"); got != want {
				t.Errorf("%q was said %d times, not %d", kind, got, want)
			}
		}
		w.beside("DELETE FROM reply WHERE body LIKE 'half%'")
		w.beside("DELETE FROM note WHERE body LIKE 'half%'")
		one.silent()
		two.silent()
	}
}

// What is typed as a note stays one when the other box is opened, and the other way
// round; what is undone in time is in the box again, and the focus with it.
func TestBoxesDoNotCross(t *testing.T) {
	w := newWorld(t)
	w.holds(60)
	b := w.browser("leader", 1100, 900, false)
	b.live("/tasks/" + w.tasks["shipping"].String())
	texts := func() string {
		return eval[string](b, `document.querySelector("#note").value + " / " + document.querySelector("#reply").value`)
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#note"), "Among us"))
	for range 3 {
		b.do(chromedp.Click(chromedp.CSS("#write-reply > summary")))
		b.until(`document.querySelector("#write-reply").open`)
		if got := texts(); got != "Among us / " {
			t.Error("the boxes hold", got)
		}
		b.do(chromedp.Click(chromedp.CSS("#write-note > summary")))
		b.until(`document.querySelector("#write-note").open`)
	}
	b.do(chromedp.Click(chromedp.CSS("#write-reply > summary")))
	b.until(`document.querySelector("#write-reply").open`)
	b.do(chromedp.SendKeys(chromedp.CSS("#reply"), "To you"))
	eval[bool](b, `(document.querySelector("#reply-form .send").click(), true)`)
	b.until(`document.querySelector(".msg.held.mine form[action$=undo]")`)
	b.until(`document.querySelector("#reply").value === ""`)
	if got := texts(); got != "Among us / " {
		t.Error("after sending, the boxes hold", got)
	}
	eval[bool](b, `(document.querySelector(".msg.held.mine form[action$=undo] button").click(), true)`)
	b.until(`document.querySelector("#write-reply").open && document.activeElement.id === "reply" && !document.querySelector(".msg.held")`)
	if got := texts(); got != "Among us / To you" {
		t.Error("after the undo, the boxes hold", got)
	}
	if w.rows("SELECT count(*) FROM note WHERE body LIKE 'To you%'")+w.rows("SELECT count(*) FROM reply WHERE body LIKE 'To you%'")+w.rows("SELECT count(*) FROM reply WHERE body LIKE 'Among us%'") != 0 {
		t.Error("something was said")
	}
	b.silent("Autofocus processing was blocked")
}

// On a narrow phone no page of the conversation is wider than the screen, whatever was
// said: a word without an end, code, a table, a long name of a file.
func TestTalkOnAPhone(t *testing.T) {
	w := newWorld(t)
	hung := "a-file-with-a-name-" + strings.Repeat("that-does-not-end-", 5) + ".txt"
	long := strings.Repeat("Ω", 10000)
	wide := long + "\n\n```\n" + strings.Repeat("code ", 100) + "\n```\n\n| " + strings.Repeat("a cell | ", 20) + "\n\nhttps://example.com/" + strings.Repeat("path", 60)
	w.attach("member", w.project, "reply", hung, "content")
	for _, thread := range []string{"gallery", ""} {
		id := w.project
		if thread != "" {
			id = w.tasks[thread]
		}
		_, err := w.store.AddReply(w.actor("eleni"), id, wide)
		w.ok(err)
		_, err = w.store.AddReply(w.actor("member"), id, wide)
		w.ok(err)
		_, err = w.store.AddNote(w.actor("member"), id, wide)
		w.ok(err)
	}
	w.holds(60)
	_, err := w.store.AddReply(w.actor("leader"), w.tasks["gallery"], wide)
	w.ok(err)
	_, err = w.store.AddReply(w.actor("leader"), w.tasks["gallery"], "Still held.")
	w.ok(err)
	task, project, milestone := "/tasks/"+w.tasks["gallery"].String(), "/projects/"+w.project.String()+"/conversation", "/milestones/"+w.parts[":milestone"].String()
	edit := "/replies/" + w.parts["reply"].String()
	for who, paths := range map[string][]string{
		"leader": {task, project, milestone, "/inbox", edit + "/history", edit + "/drill"},
		"member": {task, edit + "/edit"},
		"owner":  {"/inbox", "/settings/answers", "/outbox"},
		"eleni":  {"/portal", "/portal" + task, "/portal" + project, "/portal" + milestone, "/portal/projects/" + w.project.String(), "/portal/replies/" + w.parts["reply of eleni"].String() + "/edit"},
	} {
		b := w.browser(who, 360, 740, true)
		for _, path := range paths {
			b.open(path)
			b.until(`document.readyState === "complete" && document.querySelector("main")`)
			eval[bool](b, `(document.querySelectorAll("details.write:not([open]) > summary, details.menu > summary").forEach((s, i) => i < 3 && s.click()), true)`)
			if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 360 {
				t.Errorf("%s of %s is %d wide: %s", path, who, wide, eval[string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 361).slice(0, 5).map(e => e.tagName + "." + e.className).join(", ")`))
			}
			b.shot("phone-" + who + strings.ReplaceAll(path[:min(len(path), 20)], "/", "-"))
		}
		b.silent()
	}
}
