package db

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhoMayDelete(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	for _, c := range []struct {
		name string
		may  []string
		del  func(Actor, ID) (ID, error)
	}{
		{"words of mark", []string{"olivia", "adam", "lea", "mark"}, w.DeleteReply},
		{"reply on home", []string{"olivia", "adam", "lea", "eleni"}, w.DeleteReply},
		{"note on home", []string{"olivia", "adam", "lea", w.author("note", "note on home")}, w.DeleteNote},
	} {
		for _, who := range slices.Concat(teamNames, clientNames) {
			if slices.Contains(c.may, who) {
				continue
			}
			want := map[bool]error{true: ErrDenied, false: ErrNotFound}[who == "mark"]
			if _, err := c.del(w.actor(who), w.id(c.name)); !errors.Is(err, want) {
				t.Errorf("%s deletes %s: %v", who, c.name, err)
			}
		}
	}
	w.unchanged(before, "deleting by somebody else")
	for _, who := range []string{"olivia", "adam", "lea", "mark"} {
		w := newWorld(t)
		if _, err := w.DeleteReply(w.actor(who), w.id("words of mark")); err != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// Deleting takes everything that hangs on a reply, and leaves a mark.
func TestDeleting(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, words := w.actor("lea"), w.id("words of mark")
	w.must(just(w.EditReply(w.actor("mark"), words, "other words", 1)))
	w.say("lea", "home", "I quote")
	w.sql("DELETE FROM outbox")
	w.sql("UPDATE reply SET quote_id = ? WHERE id = ?", words, w.id("I quote"))
	w.sql("UPDATE draft SET quote_reply_id = ? WHERE id = ?", words, w.id("draft of eleni"))
	w.sql("INSERT INTO mention (id, reply_id, person_id) VALUES (?,?,?)", NewID(), words, w.id("lea"))
	w.must(w.MarkRead(w.actor("eleni"), w.id("home"), words))
	mail := func(sent bool, replies ...ID) string {
		var at any
		if sent {
			at = At(w.Now())
		}
		w.sql("INSERT INTO outbox (kind, person_id, message_id, created_at, next_at, sent_at) VALUES ('reply', ?, ?, ?, ?, ?)", w.id("eleni"), mailName(), At(w.Now()), At(w.Now()), at)
		id := w.rows("SELECT max(id) FROM outbox")[0]
		for _, reply := range replies {
			w.sql("INSERT INTO outbox_reply (outbox_id, reply_id, told_at) VALUES (?,?,?)", id, reply, at)
		}
		return id
	}
	alone, grouped, gone, busy := mail(false, words), mail(false, words, w.id("I quote")), mail(true, words), mail(false, words)
	w.sql("UPDATE outbox SET tries = 1, next_at = ? WHERE id = ?", At(w.Now().Add(90*time.Second)), busy) // w.sql takes a minute of it
	w.must(just(w.DeleteReply(lea, words)))
	for query, want := range map[string]string{
		"SELECT count(*) FROM revision WHERE reply_id = ?":                                                       "0",
		"SELECT count(*) FROM mention WHERE reply_id = ?":                                                        "0",
		"SELECT count(*) FROM file WHERE reply_id = ?":                                                           "0",
		"SELECT count(*) FROM reply WHERE quote_id = ?":                                                          "0",
		"SELECT count(*) FROM draft WHERE quote_reply_id = ?":                                                    "0",
		"SELECT body || ifnull(edited_at, '-') || version FROM reply WHERE id = ?":                               "-3",
		"SELECT group_concat(outbox_id) FROM outbox_reply WHERE reply_id = ?":                                    gone + "," + busy,
		"SELECT replace(detail, '" + words.String() + "', kind) FROM audit WHERE 0 < ? ORDER BY id DESC LIMIT 1": "reply.deleted 1 1",
	} {
		if got := w.rows(query, words); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q", query, got)
		}
	}
	if got := w.rows("SELECT id FROM outbox WHERE id IN (?, ?) ORDER BY id", alone, grouped); !slices.Equal(got, []string{grouped}) {
		t.Error("of the mails that wait there are", got)
	}
	if got := w.rows("SELECT body FROM draft WHERE id = ?", w.id("draft of eleni")); got[0] != "half a thought" {
		t.Error("the draft that quotes it says", got)
	}
	for _, who := range []string{"eleni", "lea"} {
		if got := w.talk(who, "home"); !slices.Contains(got, "words of mark:  (deleted)") {
			t.Errorf("%s reads %q", who, got)
		}
	}
	// The team did not answer any more: it is its turn again.
	w.must(just(w.DeleteReply(lea, w.id("I quote"))))
	if got := w.rows("SELECT lies_with FROM thread WHERE id = ?", w.id("home")); got[0] == Client && w.rows("SELECT count(*) FROM reply r JOIN person p ON p.id = r.author_id WHERE p.side = 'team' AND r.thread_id = ? AND r.released_at IS NOT NULL AND r.deleted_at IS NULL", w.id("home"))[0] == "0" {
		t.Error("it still lies with the client")
	}
}

// What was edited away, made private or deleted is on no client's way, and what was
// deleted is in no file.
func TestErasedWordsAreGone(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	mark, lea := w.actor("mark"), w.actor("lea")
	const rounds = 50
	for i := range rounds {
		task := fmt.Sprint("t", i)
		w.task("site", "lea", task, Todo, "shown")
		w.say("mark", task, fmt.Sprint("EDITED-AWAY-", i, strings.Repeat(" padding", i*20)))
		w.must(just(w.EditReply(mark, w.id(fmt.Sprint("EDITED-AWAY-", i, strings.Repeat(" padding", i*20))), "calm words", 1)))
		w.say("mark", task, fmt.Sprint("ERASED-", i, strings.Repeat(" padding", i*20)))
		erased := w.id(fmt.Sprint("ERASED-", i, strings.Repeat(" padding", i*20)))
		w.must(just(w.EditReply(mark, erased, fmt.Sprint("ERASED-AGAIN-", i), 1)))
		w.must(just(w.DeleteReply(lea, erased)))
		w.hint("mark", task, fmt.Sprint("ERASED-NOTE-", i))
		w.must(just(w.DeleteNote(mark, w.id(fmt.Sprint("ERASED-NOTE-", i)))))
		w.task("site", "lea", fmt.Sprint("flip", i), Todo, "shown")
		w.say("mark", fmt.Sprint("flip", i), fmt.Sprint("FLIPPED-", i))
		w.must(w.HideTasks(lea, w.id("site"), []ID{w.id(fmt.Sprint("flip", i))}))
	}
	for _, who := range clientNames {
		look := w.look(w.id(who))
		for _, word := range []string{"EDITED-AWAY", "ERASED", "FLIPPED"} {
			if strings.Contains(look, word) {
				t.Errorf("%s sees %s", who, word)
			}
		}
		if (who == "eleni") != strings.Contains(look, "calm words") && who == "eleni" {
			t.Error("eleni does not see what it says now")
		}
	}
	path := w.path()
	w.must(w.Close())
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		content, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		if bytes.Contains(content, []byte("ERASED-")) {
			t.Error(name, "still holds what was deleted")
		}
		if name == path && !bytes.Contains(content, []byte("FLIPPED-")) {
			t.Error("the file was not written")
		}
	}
}
