package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// talk reads a thread as the team or, for a client, through the glass: id, text, whether edited.
func (w *world) talk(who, thread string) (lines []string) {
	w.t.Helper()
	line := func(id ID, body string, edited, deleted Time) {
		text := w.name(id) + ": " + body
		if !edited.IsZero() {
			text += " (edited)"
		}
		if !deleted.IsZero() {
			text += " (deleted)"
		}
		lines = append(lines, text)
	}
	if w.actor(who).Side == Client {
		w.must(w.Glass(w.id(who), func(g *Glass) error {
			said, err := g.Conversation(w.id(thread))
			for _, one := range said {
				line(one.ID, one.Body, one.EditedAt, one.DeletedAt)
			}
			return err
		}))
		return lines
	}
	w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
		said, err := v.Conversation(w.id(thread))
		for _, one := range said {
			line(one.ID, one.Body, one.EditedAt, one.DeletedAt)
		}
		return err
	}))
	return lines
}

// Whoever said it may change it, while they may say it there; nobody else ever may.
func TestWhoMayEdit(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	all := slices.Concat(teamNames, clientNames)
	for what, edit := range map[string]func(Actor) error{
		"words of mark":   func(by Actor) error { return just(w.EditReply(by, w.id("words of mark"), "other", 1)) },
		"reply on home":   func(by Actor) error { return just(w.EditReply(by, w.id("reply on home"), "other", 1)) },
		"reply on secret": func(by Actor) error { return just(w.EditReply(by, w.id("reply on secret"), "other", 1)) },
		"words of fred":   func(by Actor) error { return just(w.EditReply(by, w.id("words of fred"), "other", 1)) },
		"held back":       func(by Actor) error { return just(w.EditReply(by, w.id("held back"), "other", 1)) },
		"note on home":    func(by Actor) error { return just(w.EditNote(by, w.id("note on home"), "other", 1)) },
	} {
		author := map[string]string{"words of mark": "mark", "reply on home": "eleni", "held back": "mark", "note on home": w.author("note", "note on home")}[what]
		for _, who := range all {
			if who == author {
				continue
			}
			want := ErrNotFound
			if slices.Contains([]string{"olivia", "adam", "lea", "mark"}, who) {
				want = ErrDenied
			}
			if err := edit(w.actor(who)); !errors.Is(err, want) {
				t.Errorf("%s edits %s: %v", who, what, err)
			}
			forged := w.actor(who)
			forged.Side, forged.Role, forged.Active = Team, Owner, true
			if err := edit(forged); !errors.Is(err, want) {
				t.Errorf("%s in disguise edits %s: %v", who, what, err)
			}
		}
	}
	w.unchanged(before, "an edit by somebody else")
}

func (w *world) author(table, name string) string {
	var author ID
	w.must(w.read(func(r source) (err error) {
		author, err = value[ID](r, "SELECT author_id FROM "+table+" WHERE id = ?", w.id(name))
		return err
	}))
	return w.name(author)
}

func TestEditing(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	mark, words := w.actor("mark"), w.id("words of mark")
	mails := w.rows("SELECT count(*) FROM outbox")[0]
	thread, err := w.EditReply(mark, words, " other\r\nwords ", 1)
	if w.must(err); thread != w.id("home") {
		t.Error("it answers the thread", w.name(thread))
	}
	for _, who := range []string{"eleni", "vic", "lea"} {
		if got := w.talk(who, "home"); !slices.Contains(got, "words of mark: other\nwords (edited)") || strings.Contains(strings.Join(got, " "), "words of mark: words of mark") {
			t.Errorf("%s reads %q", who, got)
		}
	}
	if w.rows("SELECT count(*) FROM outbox")[0] != mails {
		t.Error("a mail tells of an edit")
	}
	var conflict *Conflict
	if _, err := w.EditReply(mark, words, "third words", 1); !errors.As(err, &conflict) || conflict.Version != 2 || conflict.Theirs["body"] != "other\nwords" {
		t.Error("an older form:", err)
	}
	w.must(just(w.EditReply(mark, words, "third words", conflict.Version)))
	w.must(w.View(w.actor("lea").Person, func(v *Viewer) error {
		list, err := v.ReplyRevisions(words)
		if len(list) != 3 || list[0].Body != "words of mark" || list[1].Body != "other\nwords" || list[2].Body != "third words" || list[0].By != "Mark Moss" || !list[1].At.After(list[0].At.Time) || !list[2].At.After(list[1].At.Time) {
			t.Errorf("the history is %+v", list)
		}
		return err
	}))
	for _, body := range []string{"", " \n", "\xff", strings.Repeat("x", maxComment+1)} {
		if _, err := w.EditReply(mark, words, body, 3); w.key(err) == "" {
			t.Errorf("%.9q: %v", body, err)
		}
	}
	// What is edited while it is held was never otherwise for clients.
	w.must(just(w.EditReply(mark, w.id("held back"), "better words", 1)))
	if got := w.talk("eleni", "home"); strings.Contains(strings.Join(got, " "), "better words") {
		t.Error("a held reply is read")
	}
	w.must(just(w.SendNow(mark, w.id("held back"))))
	if got := w.talk("eleni", "home"); !slices.Contains(got, "held back: better words") {
		t.Errorf("the client reads %q", got)
	}
	if got := w.talk("lea", "home"); !slices.Contains(got, "held back: better words (edited)") {
		t.Errorf("the team reads %q", got)
	}
}

// The bad moments: a task made private, a deleted reply, an archived project, a right
// that is gone, a person who is.
func TestEditingTooLate(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, mark, eleni := w.actor("lea"), w.actor("mark"), w.actor("eleni")
	edit := func(by Actor, name string) error { return just(w.EditReply(by, w.id(name), "other words", 1)) }
	w.must(w.HideTasks(lea, w.id("site"), []ID{w.id("home")}))
	before := w.digest()
	if err := edit(mark, "words of mark"); w.key(err) != "edit.private" {
		t.Error("on a task made private:", err)
	}
	if err := edit(eleni, "reply on home"); err != ErrNotFound {
		t.Error("by a client on a task made private:", err)
	}
	w.unchanged(before, "a task made private")
	w.must(just(w.EditNote(w.actor(w.author("note", "note on home")), w.id("note on home"), "still", 1)))
	w.must(w.ShowTasks(lea, w.id("site"), []ID{w.id("home")}))
	w.must(w.SetClientRole(w.actor("adam"), w.id("site"), w.id("eleni"), "client-viewer"))
	if err := edit(eleni, "reply on home"); err != ErrNotFound {
		t.Error("by somebody who may only look:", err)
	}
	if _, err := w.DeleteReply(eleni, w.id("reply on home")); err != ErrNotFound {
		t.Error("deleted by somebody who may only look:", err)
	}
	w.must(w.SetClientRole(w.actor("adam"), w.id("site"), w.id("eleni"), "client"))
	w.must(just(w.DeleteReply(mark, w.id("words of mark"))))
	var conflict *Conflict
	if err := edit(mark, "words of mark"); !errors.As(err, &conflict) || len(conflict.Theirs) != 0 {
		t.Error("what was deleted:", err)
	}
	w.must(w.RemoveMember(lea, w.id("site"), w.id("eleni")))
	if err := edit(eleni, "reply on home"); err != ErrNotFound {
		t.Error("by somebody removed:", err)
	}
	w.must(w.RemoveMember(lea, w.id("site"), w.id("mark")))
	if err := edit(mark, "held back"); err != ErrNotFound {
		t.Error("by somebody of the team removed:", err)
	}
	w.must(w.ArchiveProject(lea, w.id("site"), true))
	if err := just(w.EditReply(lea, w.id("reply on launch"), "x", 1)); err != ErrDenied {
		t.Error("on an archived project:", err)
	}
}
