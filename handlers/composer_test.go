package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What somebody is typing reaches no other page: not a colleague's, not another
// client's, and not that of whoever looks through them.
func TestDraftsReachNobodyElse(t *testing.T) {
	w := newWorld(t)
	thread := w.tasks["gallery"].String()
	for who, path := range map[string]string{"eleni": "/portal/threads/" + thread + "/draft", "leader": "/threads/" + thread + "/drafts/reply"} {
		if got := w.as(who).post(path, "body", "half-a-thought of "+who).status; got != http.StatusNoContent {
			t.Fatalf("%s saves a draft: %d", who, got)
		}
	}
	w.as("leader").post("/threads/"+thread+"/drafts/note", "body", "CNRY-note begun")
	pages := map[string]answer{
		"member":  w.as("member").get("/tasks/" + thread),
		"viewer":  w.as("viewer").get("/portal/tasks/" + thread),
		"preview": w.as("leader").through("eleni").get("/portal/tasks/" + thread),
		"owner":   w.as("owner").through("eleni").get("/portal/tasks/" + thread),
	}
	for who, page := range pages {
		if page.status != http.StatusOK || strings.Contains(page.body, "half-a-thought") || strings.Contains(page.body, "CNRY-note begun") {
			t.Errorf("%s (%d) reads what somebody is typing", who, page.status)
		}
	}
	own := w.as("eleni").get("/portal/tasks/" + thread)
	if !strings.Contains(own.body, "half-a-thought of eleni") || strings.Contains(own.body, "of leader") {
		t.Error("eleni does not find her own draft")
	}
	w.noCanary("her page", "eleni", own)
	team := w.as("leader").get("/tasks/" + thread).body
	if !strings.Contains(team, ">CNRY-note begun</textarea>") || !strings.Contains(team, ">half-a-thought of leader</textarea>") || strings.Contains(team, "of eleni") {
		t.Error("the leader's boxes hold something else")
	}
	if open := strings.Index(team, `id="write-reply" name="write" open`); open >= 0 {
		t.Error("the draft of a reply opens its box")
	}
	w.as("eleni").post("/portal/threads/"+thread+"/draft", "body", "")
	if strings.Contains(w.as("eleni").get("/portal/tasks/"+thread).body, "half-a-thought") {
		t.Error("an emptied draft is still there")
	}
}

// A reply begun before its task became private can only become a note.
func TestReplyBegunOnATaskMadePrivate(t *testing.T) {
	w := newWorld(t)
	thread := w.tasks["shipping"].String()
	leader := w.as("leader")
	leader.post("/threads/"+thread+"/drafts/reply", "body", "Before it was hidden")
	leader.post("/projects/"+w.project.String()+"/hide", "task", thread)
	page := leader.get("/tasks/" + thread).body
	if !strings.Contains(page, ">Before it was hidden</textarea>") || !strings.Contains(page, "Make it a note instead") || strings.Contains(page, `action="/tasks/`+thread+`/replies"`) {
		t.Error("the draft is not offered as a note alone")
	}
	if got := leader.post("/threads/"+thread+"/drafts/reply", "body", "more").status; got != http.StatusNotFound {
		t.Error("the reply goes on being written:", got)
	}
	leader.post("/tasks/"+thread+"/notes", "body", "Before it was hidden", "from", "reply")
	if page = leader.get("/tasks/" + thread).body; strings.Contains(page, "Before it was hidden</textarea>") || !strings.Contains(page, "<p>Before it was hidden</p>") {
		t.Error("the note was not made of it")
	}
}

// The names that a box suggests are those of people who would see the comment.
func TestMentionsSuggestWhoCanSee(t *testing.T) {
	w := newWorld(t)
	thread := w.tasks["gallery"].String()
	for _, one := range []struct{ who, path, want, never string }{
		{"leader", "/threads/" + thread + "/mentions/note", "Nikos CNRY-surname", "Eleni"},
		{"leader", "/threads/" + thread + "/mentions/reply", "Eleni Papadopoulou", "Fanis"},
		{"leader", "/threads/" + thread + "/mentions/reply?q=papa", "Eleni Papadopoulou", "Nikos"},
		{"leader", "/threads/" + thread + "/mentions/note?q=otto", "<ul", "Otto"},
		{"eleni", "/portal/threads/" + thread + "/mentions", "Nikos", "Eleni"},
		{"eleni", "/portal/threads/" + thread + "/mentions?q=fanis", "<ul", "Fanis"},
	} {
		got := w.as(one.who).get(one.path)
		if got.status != http.StatusOK || !strings.Contains(got.body, one.want) || strings.Contains(got.body, one.never) {
			t.Errorf("%s %s: %d %s", one.who, one.path, got.status, got.body)
		}
		if one.who == "eleni" {
			w.noCanary(one.path, "eleni", got)
		}
	}
	w.as("leader").post("/tasks/"+thread+"/replies", "body", "@Nikos CNRY-surname brings it, @Eleni Papadopoulou")
	page := w.as("eleni").get("/portal/tasks/" + thread)
	if !strings.Contains(page.body, `<span class="mention">@Nikos</span> brings it`) || !strings.Contains(page.body, `@Eleni Papadopoulou</span>`) || strings.Contains(page.body, "@{") {
		t.Error("clients do not read the names that their project shows")
	}
	w.noCanary("the page with mentions", "eleni", page)
}

// A quote stands above what quotes it, for those who may read both.
func TestQuotesArePages(t *testing.T) {
	w := newWorld(t)
	thread, leader := w.tasks["gallery"].String(), w.as("leader")
	if got := leader.post("/threads/"+thread+"/drafts/reply", "quote_note", w.parts["note"].String()).status; got != http.StatusNotFound {
		t.Error("a reply quotes a note:", got)
	}
	if got := leader.post("/threads/"+thread+"/drafts/reply", "quote", w.parts["note"].String()).status; got != http.StatusNotFound {
		t.Error("a reply quotes a note by another name:", got)
	}
	leader.post("/threads/"+thread+"/drafts/reply", "quote", w.parts["reply"].String())
	if page := leader.get("/tasks/" + thread).body; !strings.Contains(page, `class="quoted" method="post"`) {
		t.Error("the box does not show what it quotes")
	}
	leader.post("/tasks/"+thread+"/replies", "body", "About that")
	page := w.as("eleni").get("/portal/tasks/" + thread)
	if !strings.Contains(page.body, `<blockquote class="quoted s"><a href="#reply-`+w.parts["reply"].String()) {
		t.Error("the client does not see the quote")
	}
	w.noCanary("the page with a quote", "eleni", page)
	words := leader.post("/words", "body", "**Bold** <script>x</script> ![x](https://evil.example/x.png)")
	if words.status != http.StatusOK || !strings.Contains(words.body, "<strong>Bold</strong>") || strings.Contains(words.body, "<script") || strings.Contains(words.body, "<img") {
		t.Error("the preview is", words.body)
	}
}

// By whichever way somebody comes to the boxes, the note is open and the reply is not.
func TestNoteIsOpenByEveryWay(t *testing.T) {
	w := newWorld(t)
	task, milestone, project := "/tasks/"+w.tasks["gallery"].String(), "/milestones/"+w.parts[":milestone"].String(), "/projects/"+w.project.String()+"/conversation"
	b := w.browser("leader", 1200, 900, false)
	w.as("leader").post("/threads/"+w.tasks["gallery"].String()+"/drafts/reply", "body", "A reply begun")
	ways := []string{task, milestone, project, task + "#reply", task + "#reply-form", task + "#region-goes", task + "#write-reply", task + "#reply-hint", task + "#write-note", task + "#note",
		task + "#talk", task + "#reply-" + w.parts["reply"].String(), task + "?said=note#reply", task + "?write=reply", task + "?reply=1&open=reply#reply-form", milestone + "#reply", milestone + "#write-reply",
		project + "#reply", project + "?kind=reply#reply-form", task + "#:~:text=Reply%20to%20the%20client"}
	right := 0
	for _, way := range ways {
		b.open("/help")
		b.open(way)
		b.until("document.readyState === 'complete' && document.querySelector('#write-note')")
		time.Sleep(80 * time.Millisecond)
		if eval[bool](b, "document.querySelector('#write-note').open && !document.querySelector('#write-reply').open") {
			right++
		} else {
			t.Error("the reply's box is open by", way)
		}
	}
	if right != 20 || len(ways) != 20 {
		t.Errorf("the note is open by %d of %d ways", right, len(ways))
	}
	b.open(task)
	b.do(chromedp.Evaluate[chromedp.Void](`location.hash = 'reply-form'`))
	time.Sleep(200 * time.Millisecond)
	if !eval[bool](b, "document.querySelector('#write-note').open && !document.querySelector('#write-reply').open") {
		t.Error("a changed address opens the reply's box")
	}
	b.do(chromedp.Evaluate[chromedp.Void](`location.reload()`))
	b.until("document.readyState === 'complete' && document.querySelector('#write-note')?.open && !document.querySelector('#write-reply').open")
	b.silent("Autofocus processing was blocked") // of the dialog, by addresses with an anchor
}

// What is typed survives a reload and is there in another browser of the same
// person; each box keeps its own; a note is saved by key and a reply by none.
func TestDraftsInTheBrowser(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	b, second := w.browser("leader", 1200, 900, false), w.browser("leader", 1200, 900, false)
	value := func(b *tab, box string) string {
		return eval[string](b, fmt.Sprintf("document.querySelector('#%s').value", box))
	}
	saved := func(kind, text string) {
		b.until(fmt.Sprintf("document.querySelector('#%s').defaultValue === %q", kind, text))
	}
	b.open(task)
	b.do(chromedp.SendKeys(chromedp.CSS("#note"), "A note begun"))
	saved("note", "A note begun")
	b.do(chromedp.Click(chromedp.CSS("#write-reply > summary")))
	b.until("document.querySelector('#write-reply').open")
	b.do(chromedp.SendKeys(chromedp.CSS("#reply"), "A reply begun"))
	b.open(task) // leaving at once keeps it as well
	for _, tab := range []*tab{b, second} {
		tab.until("true")
		var got string
		for range 40 {
			tab.open(task)
			if got = value(tab, "reply"); got != "" {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if note := value(tab, "note"); note != "A note begun" || got != "A reply begun" {
			t.Errorf("the boxes hold %q and %q", note, got)
		}
		if !eval[bool](tab, "document.querySelector('#write-note').open && !document.querySelector('#write-reply').open && !document.querySelector('#write-reply .kept').hidden") {
			t.Error("the draft of a reply opens its box, or is not told of")
		}
	}
	b.do(chromedp.Click(chromedp.CSS("#write-reply > summary")))
	b.do(chromedp.SendKeys(chromedp.CSS("#reply"), "!"))
	for _, modifier := range []chromedp.Action[chromedp.Void]{chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierMeta)), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierShift))} {
		b.do(modifier)
	}
	eval[bool](b, `(() => { const box = document.createElement('input'); box.id = 'tick'; box.type = 'checkbox'; document.querySelector('#reply-form').append(box); box.focus(); return true; })()`)
	b.do(chromedp.KeyEvent(kb.Enter))
	time.Sleep(400 * time.Millisecond)
	if text := w.as("eleni").get("/portal" + task).body; strings.Contains(text, "A reply begun") {
		t.Error("a key sent a reply")
	}
	second.open(task)
	second.do(chromedp.SendKeys(chromedp.CSS("#note"), "And saved: "), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	second.until(`[...document.querySelectorAll('.msg.note')].some(note => note.textContent.includes('And saved: A note begun'))`)
	second.until(`document.querySelector('#note').value === ''`)
	time.Sleep(1500 * time.Millisecond)
	second.open(task)
	if value(second, "note") != "" || !strings.Contains(value(second, "reply"), "A reply begun") {
		t.Errorf("afterwards the boxes hold %q and %q", value(second, "note"), value(second, "reply"))
	}
	second.do(chromedp.SendKeys(chromedp.CSS("#note"), "Ask @nik"))
	second.until(`document.querySelector('#note-mentions li')`)
	eval[bool](second, `document.querySelector('#note').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))`)
	second.until(`document.querySelector('#note').value === 'Ask @Nikos CNRY-surname ' && !document.querySelector('#note-mentions')`)
	second.do(chromedp.Click(chromedp.CSS("#note-form .words-row button")))
	second.until(`document.querySelector('#note-words .prose')?.textContent.includes('Ask @Nikos')`)
	if b := eval[int](second, `document.querySelectorAll('.msg.note').length`); b < 3 {
		t.Error("notes are missing", b)
	}
	second.do(chromedp.Click(chromedp.CSS(`.msg.note .menu > summary`)), chromedp.Click(chromedp.CSS(`.msg.note [data-quotes="note"]`)))
	second.until(`document.querySelector('#note-quote .quoted')`)
	second.shot("composer-team")
	second.silent()
	b.silent()
}
