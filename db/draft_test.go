package db

import (
	"slices"
	"strings"
	"testing"
)

func (w *world) draft(who, on, kind string, form DraftForm) error {
	return w.SaveDraft(w.actor(who), w.id(on), kind, form)
}

func typing(text string) DraftForm { return DraftForm{Body: &text} }

func (w *world) quotes(what string, note bool) DraftForm {
	id := w.id(what)
	return DraftForm{Quote: &id, QuoteNote: note}
}

// drafts are somebody's own in a thread, as their pages have them.
func (w *world) drafts(who, on string) map[string]Draft {
	w.t.Helper()
	person, drafts := w.actor(who).Person, map[string]Draft{}
	if person.Side == Team {
		w.must(w.View(person, func(v *Viewer) (err error) { drafts, err = v.Drafts(w.id(on)); return err }))
		return drafts
	}
	w.must(w.Glass(person.ID, func(g *Glass) error {
		draft, err := g.Draft(w.id(on))
		if draft.ID != 0 {
			drafts[Reply] = draft
		}
		return err
	}))
	return drafts
}

// What somebody types is theirs alone, a note's draft apart from a reply's.
func TestDraftIsOnesOwn(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.must(w.draft("lea", "home", Note, typing("CNRY a note begun")))
	w.must(w.draft("lea", "home", Reply, typing("a reply begun")))
	w.must(w.draft("nikos", "home", Reply, typing("a client's beginning")))
	own := w.drafts("lea", "home")
	if len(own) != 2 || own[Note].Body != "CNRY a note begun" || own[Reply].Body != "a reply begun" {
		t.Errorf("their own are %+v", own)
	}
	if got := w.drafts("nikos", "home")[Reply].Body; got != "a client's beginning" {
		t.Error("a client's own is", got)
	}
	for _, who := range slices.Concat(teamNames, clientNames) {
		person := w.actor(who).Person
		if who == "lea" || who == "nikos" {
			continue
		}
		see := func(drafts map[string]Draft) {
			for _, draft := range drafts {
				if strings.Contains(draft.Body, "begun") || strings.Contains(draft.Body, "beginning") {
					t.Errorf("%s reads %q", who, draft.Body)
				}
			}
		}
		if person.Side == Team {
			see(w.drafts(who, "home"))
		} else if err := w.Glass(person.ID, func(g *Glass) error {
			draft, err := g.Draft(w.id("home"))
			see(map[string]Draft{Reply: draft})
			return err
		}); err != nil {
			t.Error(who, err)
		}
	}
	w.must(w.draft("lea", "home", Note, typing(" \n ")))
	if own = w.drafts("lea", "home"); len(own) != 1 || own[Reply].Body != "a reply begun" {
		t.Errorf("after one was emptied there are %+v", own)
	}
}

// Who may not write there keeps no draft, and whoever looks through a client none at all.
func TestWhoMayKeepADraft(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	for who, places := range map[string][]string{
		"eleni": {"home note", "home ", "secret reply", "shelf reply", "poster reply", "relic reply"},
		"vic":   {"home reply", "home note"},
		"mark":  {"secret reply", "shelf reply", "poster note", "poster reply", "home other"},
		"dora":  {"home note", "home reply"},
		"gone":  {"home reply"},
	} {
		for _, place := range places {
			on, kind, _ := strings.Cut(place, " ")
			if err := w.draft(who, on, kind, typing("words")); err != ErrNotFound {
				t.Errorf("%s on %s: %v", who, place, err)
			}
		}
	}
	through := w.actor("lea")
	through.Preview = NewID()
	if err := w.SaveDraft(through, w.id("home"), Reply, typing("words")); err != ErrPreview {
		t.Error("in a preview", err)
	}
	if err := w.draft("eleni", "home", Reply, typing(strings.Repeat("x", maxComment+1))); err == nil {
		t.Error("a draft without end is kept")
	}
	if w.digest() != before {
		t.Error("a refused draft changed something")
	}
}

// A reply quotes what clients read, and in no way a note.
func TestReplyQuotesNoNote(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.say("lea", "site", "elsewhere")
	before := w.digest()
	for name, try := range map[string]error{
		"a note":                     w.draft("lea", "home", Reply, w.quotes("note on home", true)),
		"a note, said to be a reply": w.draft("lea", "home", Reply, w.quotes("note on home", false)),
		"what is held":               w.draft("mark", "home", Reply, w.quotes("held back", false)),
		"what was deleted":           w.draft("lea", "home", Reply, w.quotes("taken back", false)),
		"another thread":             w.draft("lea", "home", Reply, w.quotes("elsewhere", false)),
		"a client a note":            w.draft("eleni", "home", Reply, w.quotes("note on home", true)),
		"a client a note as reply":   w.draft("eleni", "home", Reply, w.quotes("note on home", false)),
		"a client what is held":      w.draft("eleni", "home", Reply, w.quotes("held back", false)),
		"a note what is deleted":     w.draft("lea", "home", Note, w.quotes("taken back", false)),
	} {
		if try != ErrNotFound {
			t.Errorf("%s: %v", name, try)
		}
	}
	if w.digest() != before {
		t.Error("a refused quote changed something")
	}
	if err := w.write(func(tx *Tx) error {
		return tx.run("INSERT INTO draft (id, person_id, thread_id, kind, body, quote_note_id, updated_at) VALUES (?,?,?,'reply','x',?,?)", NewID(), w.id("lea"), w.id("home"), w.id("note on home"), tx.now)
	}); err == nil {
		t.Error("the table takes a reply's draft that quotes a note")
	}
	if err := w.write(func(tx *Tx) error {
		return tx.run("UPDATE reply SET quote_id = ? WHERE id = ?", w.id("note on home"), w.id("words of mark"))
	}); err == nil {
		t.Error("the table takes a reply that quotes a note")
	}
}

// A quote goes out with what it was drawn into, is there by reference, and is gone with what it quotes.
func TestQuote(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.must(w.draft("lea", "home", Reply, w.quotes("words of mark", false)))
	w.must(w.draft("lea", "home", Note, w.quotes("note on home", true)))
	w.must(w.draft("lea", "home", Note, typing("to that")))
	if note := w.drafts("lea", "home")[Note]; note.Quote != w.id("note on home") || !note.QuoteNote || note.Body != "to that" {
		t.Errorf("words took the quote away: %+v", note)
	}
	w.say("lea", "home", "with a quote")
	w.hint("lea", "home", "to that")
	if left := w.drafts("lea", "home"); len(left) != 0 {
		t.Errorf("drafts of what was said: %+v", left)
	}
	quote := func(body string) (found *Quoted) {
		w.must(w.View(w.actor("mark").Person, func(v *Viewer) error {
			said, err := v.Conversation(w.id("home"))
			for _, c := range said {
				if c.Body == body {
					found = c.Quote
				}
			}
			return err
		}))
		return found
	}
	clientQuote := func() (found *Quoted) {
		w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
			said, err := g.Conversation(w.id("home"))
			for _, r := range said {
				if r.Body == "with a quote" {
					found = r.Quote
				}
			}
			return err
		}))
		return found
	}
	if q := quote("with a quote"); q == nil || q.Body != "words of mark" || q.Note {
		t.Errorf("the reply quotes %+v", q)
	}
	if q := quote("to that"); q == nil || !q.Note || q.ID != w.id("note on home") {
		t.Errorf("the note quotes %+v", q)
	}
	if q := clientQuote(); q == nil || q.Body != "words of mark" {
		t.Errorf("clients read the quote %+v", q)
	}
	w.sql("UPDATE reply SET deleted_at = ? WHERE id = ?", At(w.Now()), w.id("words of mark"))
	if quote("with a quote") != nil || clientQuote() != nil {
		t.Error("what was deleted is still quoted")
	}
}

// A reply begun before its task became private stays its author's, who can make a
// note of it: with its quote and its files, once.
func TestDraftOfATaskMadePrivate(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.must(w.draft("mark", "home", Reply, w.quotes("words of mark", false)))
	w.must(w.HideTasks(w.actor("lea"), w.id("site"), []ID{w.id("home")}))
	if got := w.drafts("mark", "home")[Reply]; got.Body != "half a thought" {
		t.Errorf("of their draft is left %+v", got)
	}
	if err := w.Glass(w.id("eleni"), func(g *Glass) error {
		if draft, err := g.Draft(w.id("home")); err != nil || draft.ID != 0 {
			t.Errorf("a client's draft on a hidden task: %+v %v", draft, err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if err := w.draft("mark", "home", Reply, typing("more")); err != ErrNotFound {
		t.Error("a reply is begun on a private task:", err)
	}
	id, err := w.AddInstead(w.actor("mark"), w.id("home"), "half a thought, inside")
	w.must(err)
	if got := w.rows("SELECT quote_reply_id = ? FROM note WHERE id = ?", w.id("words of mark"), id); !slices.Equal(got, []string{"1"}) {
		t.Error("the quote did not go along:", got)
	}
	if got := w.rows("SELECT count(*) FROM file WHERE note_id = ?", id); !slices.Equal(got, []string{"1"}) {
		t.Error("the file did not go along:", got)
	}
	if left := w.drafts("mark", "home"); len(left) != 0 {
		t.Errorf("left over: %+v", left)
	}
	w.must(w.draft("lea", "home", Note, typing("x")))
	if err := w.draft("eleni", "home", Reply, typing("")); err != ErrNotFound {
		t.Error("a client empties what they do not see:", err)
	}
}
