package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// doubted is what somebody is asked about a text, as kind: words.
func (w *world) doubted(who, thread, text string) (list []string) {
	w.t.Helper()
	doubts, err := w.Doubts(w.actor(who), w.id(thread), text)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, doubt := range doubts {
		list = append(list, doubt.Kind+": "+doubt.Words)
	}
	return list
}

func TestDoubtsOfAReply(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.hint("mark", "home", "We are far behind with this page, say nothing about it yet.")
	w.sql("UPDATE note SET deleted_at = 'x', body = 'the words of a note that is gone' WHERE body = 'note on home'")
	w.sql("UPDATE setting SET value = 'discount'||char(13)||char(10)||'hourly rate'||char(10)||char(10) WHERE key = 'talk.words'")
	for text, want := range map[string][]string{
		"All is well, see you tomorrow.":                            nil,
		"We are far behind with this.":                              {"note: We are far behind with this"},
		"so WE ARE FAR behind with this page":                       {"note: WE ARE FAR behind with this page"},
		"We are far behind, with something else.":                   nil, // five words
		"Well: the client must not know.":                           nil, // five words
		"the words of a note that is gone":                          nil,
		"As for Beta we did it last year":                           {"name: Beta"},
		"As for beta, we did it. Bea Beta knows":                    nil,
		"Acme and Eleni Client know Lea Lind":                       nil,
		"Thanks @Eleni Client and @Mark Moss":                       nil,
		"Thanks @Tess Tor, mail me at x@y.test":                     {"mention: Tess Tor"},
		"Thanks @Otto Nobody":                                       {"mention: Otto Nobody"},
		"Dear [client name], TODO":                                  {"blank: [client name]", "blank: TODO"},
		"No Discount on the hourly rate":                            {"word: discount", "word: hourly rate"},
		strings.Repeat("long ", 3900) + "far behind with this page": nil,
	} {
		got := w.doubted("lea", "home", text)
		if strings.Contains(text, "beta, we") {
			got = slices.DeleteFunc(got, func(d string) bool { return strings.HasPrefix(d, "name: ") }) // by whatever names the world has there
		}
		if !slices.Equal(got, want) {
			t.Errorf("%.60s: %q, not %q", text, got, want)
		}
	}
	doubts, err := w.Doubts(w.actor("lea"), w.id("home"), "We are far behind with this page")
	if w.must(err); doubts[0].Author != "Mark Moss" || doubts[0].AuthorID != w.id("mark") || doubts[0].At.IsZero() {
		t.Error("whose note it was is not told:", doubts)
	}
	w.edit("lea", "home", func(f *TaskForm) { f.Internal = "The client must not know about our margin" })
	if got := w.doubted("mark", "home", "You know: the client must not know about it"); !slices.Equal(got, []string{"internal: the client must not know about"}) {
		t.Errorf("%q", got)
	}
	if got := w.doubted("lea", "site", "We are far behind with this page"); got != nil {
		t.Errorf("a note of another conversation: %q", got)
	}
}

// Nobody learns by a doubt how another company is written, or more than they typed.
func TestDoubtsRevealNothing(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE company SET name = 'Ζαχαροπλαστεία Κύμα, Α.Ε.' WHERE id = ?", w.id("Beta"))
	if got := w.doubted("mark", "home", "όπως στα ζαχαροπλαστεια κυμα α ε πέρσι"); !slices.Equal(got, []string{"name: ζαχαροπλαστεια κυμα α ε"}) {
		t.Errorf("%q", got)
	}
	for _, who := range slices.Concat(clientNames, []string{"tess", "fake", "dora"}) {
		if _, err := w.Doubts(w.actor(who), w.id("home"), "Beta"); err != ErrNotFound {
			t.Errorf("%s: %v", who, err)
		}
	}
	var refusal *Invalid
	if _, err := w.Doubts(w.actor("lea"), w.id("home"), ""); !errors.As(err, &refusal) {
		t.Error(err)
	}
}

// Reading it again is written down once, without the words.
func TestReadAgainIsAudited(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.must(just(w.AddReplyRead(w.actor("mark"), w.id("home"), "As for Beta")))
	if got := w.rows("SELECT actor_id = ?, project_id = ?, detail FROM audit WHERE kind = 'reply.confirmed'", w.id("mark"), w.id("site")); len(got) != 1 || strings.Contains(got[0], "Beta") {
		t.Errorf("%q", got)
	}
	if _, err := w.AddReplyRead(w.actor("mark"), w.id("secret"), "As for Beta"); err != ErrNotFound || len(w.rows("SELECT id FROM audit WHERE kind = 'reply.confirmed'")) != 1 {
		t.Error("a refused one is written down:", err)
	}
	edit := func(who string, version int64) error {
		return just(w.EditReplyRead(w.actor(who), w.id("words of mark"), "As for Beta", version))
	}
	if err := edit("lea", 1); err != ErrDenied {
		t.Error(err)
	}
	if err := edit("mark", 9); err == nil || len(w.rows("SELECT id FROM audit WHERE kind = 'reply.confirmed'")) != 1 {
		t.Error("a refused edit is written down:", err)
	}
	if w.must(edit("mark", 1)); len(w.rows("SELECT id FROM audit WHERE kind = 'reply.confirmed' AND project_id = ?", w.id("site"))) != 2 {
		t.Error("an edit is not written down")
	}
}

// A form is no report: of two hundred long notes it names a few.
func TestDoubtsAreFew(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("our margin is thin and so on ", 660)
	w.must(w.write(func(tx *Tx) error {
		for i := range 200 {
			if err := tx.run("INSERT INTO note (id, thread_id, project_id, author_id, body, created_at) VALUES (?,?,?,?,?,?)", NewID(), w.id("home"), w.id("site"), w.id("mark"), fmt.Sprint(i, " ", long), tx.now); err != nil {
				return err
			}
		}
		return nil
	}))
	if doubts, err := w.Doubts(w.actor("lea"), w.id("home"), long); err != nil || len(doubts) != shownDoubts {
		t.Error(len(doubts), err)
	}
}
