package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// Who may say something to the client, on which task. Whoever is not named gets
// ErrNotFound, and nothing is stored.
func TestWhoMayReply(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	may := map[string][]string{
		"home":   {"olivia", "adam", "lea", "mark", "eleni", "nikos", "manu", "duo"},
		"secret": nil, // private
		"shelf":  nil, // archived
		"relic":  nil, // of an archived project
		"poster": {"olivia", "adam", "tess", "bea"},
		"gamma":  {"olivia", "adam", "tess", "otto"}, // duo only looks on there
		"chore":  {"olivia", "adam"},
		"dusty":  {"olivia", "adam", "tess"},
	}
	before := w.digest()
	for task, people := range may {
		for _, who := range slices.Concat(teamNames, clientNames) {
			if slices.Contains(people, who) {
				continue
			}
			if _, err := w.AddReply(w.actor(who), w.id(task), "words"); err != ErrNotFound {
				t.Errorf("%s on %s: %v", who, task, err)
			}
			forged := w.actor(who)
			forged.Side, forged.Role, forged.Active = Team, Owner, true
			if _, err := w.AddReply(forged, w.id(task), "words"); err != ErrNotFound {
				t.Errorf("%s in disguise on %s: %v", who, task, err)
			}
		}
	}
	if _, err := w.AddReply(w.actor("eleni"), NewID(), "words"); err != ErrNotFound {
		t.Error(err)
	}
	if w.digest() != before {
		t.Fatal("a refused reply changed something")
	}
	for task, people := range may {
		for _, who := range people {
			said := w.keep("said")(w.AddReply(w.actor(who), w.id(task), " words\r\nof "+who+" "))
			if got := w.rows("SELECT body FROM reply WHERE id = ? AND author_id = ? AND thread_id = ?", said, w.id(who), w.id(task)); !slices.Equal(got, []string{"words\nof " + who}) {
				t.Errorf("%s on %s: %q", who, task, got)
			}
		}
	}
}

// A note reaches nobody of the clients, not even as a number.
func TestNoteStaysInTheTeam(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before, versions := w.looks(), w.versions("site")
	w.hint("mark", "home", "Between us: CNRY")
	if w.looks() != before || w.versions("site")[1] != versions[1] {
		t.Error("clients notice a note")
	}
	w.must(w.View(w.actor("lea").Person, func(v *Viewer) error {
		thread, err := v.Conversation(w.id("home"))
		w.must(err)
		if last := thread[len(thread)-1]; !last.Note || last.Body != "Between us: CNRY" || last.AuthorID != w.id("mark") {
			t.Errorf("the team reads %+v", last)
		}
		for _, comment := range thread {
			if !comment.DeletedAt.IsZero() && comment.Body != "" {
				t.Error("the words of a deleted reply are still read")
			}
		}
		readers, err := v.Readers(w.id("home"))
		w.must(err)
		var names []string
		for _, reader := range readers {
			names = append(names, w.name(reader.ID))
		}
		if got := strings.Join(names, " "); got != "duo eleni manu nikos vic" {
			t.Error("a reply is said to go to ", got)
		}
		if readers, err = v.Readers(w.id("secret")); len(readers) > 0 {
			t.Error("a reply on a private task is said to go to ", readers)
		}
		return err
	}))
}

func TestCommentText(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	for _, body := range []string{"", " \n\t ", "\xff\xfe", strings.Repeat("x", maxComment+1), "\u202e\u2066"} {
		var refusal *Invalid
		if _, err := w.AddReply(w.actor("eleni"), w.id("home"), body); !errors.As(err, &refusal) || refusal.Field != "body" {
			t.Errorf("%.10q: %v", body, err)
		}
		if _, err := w.AddNote(w.actor("mark"), w.id("home"), body); !errors.As(err, &refusal) {
			t.Errorf("%.10q: %v", body, err)
		}
	}
	if w.digest() != before {
		t.Error("a refused text changed something")
	}
}
