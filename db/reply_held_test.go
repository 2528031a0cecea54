package db

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// state is one word for what became of a reply.
func (w *world) state(id ID) string {
	w.t.Helper()
	rows := w.rows("SELECT CASE WHEN released_at IS NOT NULL THEN 'sent' WHEN stopped = 1 THEN stopped_for ELSE 'held' END FROM reply WHERE id = ?", id)
	if len(rows) == 0 {
		return "gone"
	}
	return rows[0]
}

// runJobs does what is due.
func (w *world) runJobs() {
	w.t.Helper()
	for {
		job, err := w.ClaimJob()
		if err == ErrNotFound {
			return
		}
		if err == nil && job.Kind == JobRelease {
			err = w.ReleaseDue(job.Subject)
		}
		if err == nil {
			err = w.JobDone(job)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// Until its time has come a reply is the team's; no client and no client's counter
// notices. Then it is there, once.
func TestReplyIsHeld(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.runJobs() // those of the world
	w.holds(30)
	before, versions := w.looks(), w.versions("site")
	id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
	if err != nil || w.state(id) != "held" {
		t.Fatal(err, w.state(id))
	}
	w.runJobs()
	if w.looks() != before || w.versions("site")[1] != versions[1] || w.versions("site")[0] == versions[0] {
		t.Error("clients notice a held reply, or the team does not")
	}
	w.holds(600) // later replies are held longer; this one is not
	w.tick(31 * time.Second)
	w.runJobs()
	w.must(w.ReleaseDue(id))
	w.must(w.ReleaseOverdue())
	if w.state(id) != "sent" || w.looks() == before || w.versions("site")[1] != versions[1]+1 {
		t.Error("it did not go out as it was promised:", w.state(id))
	}
	if events := w.rows("SELECT kind FROM event WHERE reply_id = ?", id); len(events) != 1 {
		t.Error("told of", len(events), "times")
	}
	w.holds(0)
	if id, err = w.AddReply(w.actor("mark"), w.id("home"), "At once"); err != nil || w.state(id) != "sent" {
		t.Error(err, w.state(id))
	}
	w.holds(30)
	if id, err = w.AddReply(w.actor("eleni"), w.id("home"), "A client's"); err != nil || w.state(id) != "sent" {
		t.Error("a client's own words are held:", err, w.state(id))
	}
	w.sql("DELETE FROM setting WHERE key = 'talk.hold'")
	if id, err = w.AddReply(w.actor("mark"), w.id("home"), "Without a setting"); err != nil || w.state(id) != "held" {
		t.Error(err, w.state(id))
	}
}

// What became due while nothing ran goes out at the start, also when its job was in
// somebody's hands as they died.
func TestReleaseAfterRestart(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.holds(30)
	id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
	w.must(err)
	if _, err := w.ClaimJob(); err != nil { // and died
		t.Fatal(err)
	}
	dir, at := w.Dir(), *w.clock.Load()
	w.must(w.Close())
	again := openWorld(t, dir, w.ids, at, Options{Glasses: 2})
	again.must(again.ReleaseOverdue())
	if again.state(id) != "sent" {
		t.Error(again.state(id))
	}
	again.tick(time.Hour)
	again.runJobs()
	if events := again.rows("SELECT kind FROM event WHERE reply_id = ?", id); len(events) != 1 {
		t.Error("told of", len(events), "times")
	}
}

// What changed meanwhile stops a reply and says why; it stays the team's.
func TestReplyIsStopped(t *testing.T) {
	alone(t)
	t.Parallel()
	for reason, change := range map[string]func(*world) error{
		StoppedPrivate: func(w *world) error { return w.HideTasks(w.actor("lea"), w.id("site"), []ID{w.id("home")}) },
		StoppedTask:    func(w *world) error { return w.ArchiveTask(w.actor("lea"), w.id("home"), true) },
		StoppedProject: func(w *world) error { return w.ArchiveProject(w.actor("lea"), w.id("site"), true) },
		StoppedAuthor:  func(w *world) error { return w.RemoveMember(w.actor("lea"), w.id("site"), w.id("mark")) },
		"author ":      func(w *world) error { return w.SetPersonActive(w.actor("olivia"), w.id("mark"), false) },
		StoppedClient:  func(w *world) error { return w.SetCompanyStatus(w.actor("olivia"), w.id("Acme"), CompanyInactive) },
		"client ": func(w *world) error {
			return w.write(func(tx *Tx) error {
				return tx.run("UPDATE project SET company_id = ? WHERE id = ?", w.id("Beta"), w.id("site"))
			})
		},
	} {
		w := newWorld(t)
		w.holds(30)
		id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
		w.must(err)
		w.must(change(w))
		before, versions := w.looks(), w.versions("site")
		w.tick(time.Hour)
		w.runJobs()
		if w.state(id) != strings.TrimSpace(reason) || w.looks() != before || w.versions("site")[1] != versions[1] {
			t.Errorf("%s: %s", reason, w.state(id))
		}
		if _, err := w.SendNow(w.actor("mark"), id); reason == StoppedPrivate && (err != nil || w.state(id) != reason) {
			t.Error("sent all the same:", err, w.state(id))
		}
		if reason == StoppedPrivate { // shown again it waits for its author
			w.must(w.ShowTasks(w.actor("lea"), w.id("site"), []ID{w.id("home")}))
			w.runJobs()
			if w.state(id) != reason {
				t.Error("it went out by itself")
			}
		}
		w.must(just(w.TakeBack(w.actor("olivia"), id)))
		if got := w.rows("SELECT body FROM draft WHERE person_id = ? AND thread_id = ?", w.id("mark"), w.id("home")); len(got) != 1 || !strings.HasPrefix(got[0], "Held words") {
			t.Errorf("%s: the words are lost: %q", reason, got)
		}
	}
}

// Who may undo: the author and whoever leads the project; sending is the author's.
func TestWhoMayTakeBack(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.holds(30)
	hold := func() ID {
		id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
		w.must(err)
		return id
	}
	w.join("site", "lea", "fake@ormos.test", "", "member")
	id := hold()
	for who, want := range map[string]error{"fake": ErrDenied, "tess": ErrNotFound, "eleni": ErrNotFound, "nikos": ErrNotFound, "dora": ErrNotFound} {
		if _, err := w.TakeBack(w.actor(who), id); err != want {
			t.Errorf("%s takes back: %v", who, err)
		}
		if _, err := w.MakeNote(w.actor(who), id); err != want {
			t.Errorf("%s makes it a note: %v", who, err)
		}
		if _, err := w.SendNow(w.actor(who), id); err != want {
			t.Errorf("%s sends: %v", who, err)
		}
	}
	if _, err := w.SendNow(w.actor("lea"), id); err != ErrDenied {
		t.Error("whoever leads sends another's words:", err)
	}
	w.sql("INSERT INTO draft (id, person_id, thread_id, kind, body, updated_at) VALUES (?, ?, ?, 'reply', 'Begun meanwhile', '')", NewID(), w.id("lea"), w.id("home"))
	if back, err := w.TakeBack(w.actor("lea"), id); err != nil || back.Author != w.id("mark") || back.Thread != w.id("home") {
		t.Error(back, err)
	}
	if got := w.rows("SELECT body FROM draft WHERE person_id = ? AND thread_id = ? AND kind = 'reply'", w.id("lea"), w.id("home")); got[0] != "Begun meanwhile" {
		t.Errorf("the words went to whoever pressed: %q", got)
	}
	id = hold()
	w.sql("INSERT INTO draft (id, person_id, thread_id, kind, body, updated_at) VALUES (?, ?, ?, 'reply', 'Begun meanwhile', '')", NewID(), w.id("mark"), w.id("home"))
	w.must(just(w.TakeBack(w.actor("mark"), id)))
	if got := w.rows("SELECT body FROM draft WHERE person_id = ? AND thread_id = ? AND kind = 'reply'", w.id("mark"), w.id("home")); !strings.HasPrefix(got[0], "Held words\n\nBegun meanwhile") {
		t.Errorf("what was begun meanwhile is lost: %q", got)
	}
	id = hold()
	w.must(just(w.SendNow(w.actor("mark"), id)))
	for _, who := range []string{"mark", "lea"} {
		if back, err := w.TakeBack(w.actor(who), id); err != ErrSent || back.Thread != w.id("home") {
			t.Errorf("%s comes late: %v", who, err)
		}
	}
	if _, err := w.MakeNote(w.actor("mark"), id); err != ErrSent {
		t.Error(err)
	}
	if w.state(id) != "sent" || len(w.rows("SELECT id FROM event WHERE reply_id = ?", id)) != 1 {
		t.Error("coming late changed something")
	}
}

// A note made of a held reply has its words, its files and its place; nobody of the
// clients notices.
func TestHeldReplyBecomesANote(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.runJobs()
	w.holds(30)
	id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
	w.must(err)
	at := w.rows("SELECT created_at FROM reply WHERE id = ?", id)[0]
	w.sql("INSERT INTO mention (id, reply_id, person_id) VALUES (1, ?1, ?2), (2, ?1, ?3)", id, w.id("lea"), w.id("eleni"))
	before, versions := w.looks(), w.versions("site")
	w.must(just(w.MakeNote(w.actor("lea"), id)))
	note := w.rows("SELECT id FROM note WHERE body = 'Held words' AND author_id = ? AND created_at = ?", w.id("mark"), at)
	if len(note) != 1 || w.state(id) != "gone" || w.looks() != before || w.versions("site")[1] != versions[1] {
		t.Error("the note is not the reply's words alone")
	}
	if got := w.rows("SELECT person_id FROM mention WHERE note_id = ?", note[0]); len(got) != 1 || got[0] != w.rows("SELECT ?", w.id("lea"))[0] {
		t.Error("mentions of the note:", got)
	}
	w.runJobs()
	w.tick(time.Hour)
	w.runJobs()
	if w.looks() != before {
		t.Error("it goes out all the same")
	}
}

// What is typed as a reply and kept as a note takes the draft of the reply along,
// and leaves that of a note.
func TestAddInstead(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	draft := func(kind, body string) ID {
		id := NewID()
		w.sql("INSERT INTO draft (id, person_id, thread_id, kind, body, updated_at) VALUES (?, ?, ?, ?, ?, '')", id, w.id("lea"), w.id("form"), kind, body)
		return id
	}
	reply := draft(Reply, "Half a reply")
	draft(Note, "Half a note")
	w.sql("INSERT INTO file (id, project_id, draft_id, name, sha256, created_at) VALUES (77, ?, ?, 'plan.pdf', 'x', '')", w.id("site"), reply)
	var refusal *Invalid
	if _, err := w.AddInstead(w.actor("lea"), w.id("form"), " "); !errors.As(err, &refusal) || len(w.rows("SELECT id FROM draft WHERE id = ?", reply)) != 1 {
		t.Error("a refused note: ", err)
	}
	note, err := w.AddInstead(w.actor("lea"), w.id("form"), "Half a reply")
	w.must(err)
	if got := w.rows("SELECT note_id FROM file WHERE id = 77"); got[0] != w.rows("SELECT ?", note)[0] {
		t.Error("its file stayed behind")
	}
	if got := w.rows("SELECT kind, body FROM draft WHERE thread_id = ?", w.id("form")); len(got) != 1 || got[0] != "note Half a note" && got[0] != "noteHalf a note" {
		t.Errorf("drafts left: %q", got)
	}
}

// Taking back, sending and releasing at the same moment: exactly one of them happens.
func TestOneOfAllWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holds(30)
	for range 20 {
		id, err := w.AddReply(w.actor("mark"), w.id("home"), "Held words")
		w.must(err) // a minute passes
		mark := w.actor("mark")
		results := make(chan error, 6)
		deeds := []func() error{
			func() error { return w.ReleaseDue(id) }, func() error { return w.ReleaseDue(id) },
			func() error { return just(w.SendNow(mark, id)) }, func() error { return just(w.TakeBack(mark, id)) },
			func() error { return just(w.MakeNote(mark, id)) }, func() error { return w.ReleaseOverdue() },
		}
		for _, deed := range deeds {
			go func() { results <- deed() }()
		}
		for range deeds {
			if err := <-results; err != nil && err != ErrSent && err != ErrNotFound {
				t.Error(err)
			}
		}
		sent, events := w.state(id) == "sent", len(w.rows("SELECT id FROM event WHERE reply_id = ?", id))
		drafts, notes := len(w.rows("SELECT id FROM draft WHERE thread_id = ? AND person_id = ? AND body = 'Held words'", w.id("home"), w.id("mark"))), len(w.rows("SELECT id FROM note WHERE body = 'Held words'"))
		if sent && (events != 1 || drafts+notes != 0) || !sent && (w.state(id) != "gone" || events != 0 || drafts+notes != 1) {
			t.Fatalf("state %s, %d events, %d drafts, %d notes", w.state(id), events, drafts, notes)
		}
		w.sql("DELETE FROM draft WHERE body = 'Held words'")
		w.sql("DELETE FROM note WHERE body = 'Held words'")
	}
}

// Words that were taken back and thrown away are in no file any more.
func TestTakenBackIsErased(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.holds(30)
	const words = "Unforgettable-8f2c91"
	found := func() (where []string) {
		w.must(filepath.WalkDir(w.Dir(), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if bytes.Contains(content, []byte(words)) {
				where = append(where, filepath.Base(path))
			}
			return err
		}))
		return where
	}
	for _, long := range []string{words, strings.Repeat(words+" ", 900)} {
		id, err := w.AddReply(w.actor("mark"), w.id("home"), long)
		w.must(err)
		if len(found()) == 0 {
			t.Fatal("the words are looked for wrongly")
		}
		w.must(just(w.TakeBack(w.actor("mark"), id)))
	}
	w.sql("DELETE FROM draft WHERE person_id = ?", w.id("mark"))
	w.must(w.Close()) // a checkpoint
	if where := found(); len(where) > 0 {
		t.Error("still in", where)
	}
}
