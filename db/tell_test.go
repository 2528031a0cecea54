package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// onTime gives a world a clock of its own that pass moves.
func (w *world) onTime() (pass func(time.Duration)) {
	now := time.Now()
	w.SetClock(func() time.Time { return now })
	w.t.Cleanup(func() { w.SetClock(nil) })
	return func(step time.Duration) { now = now.Add(step) }
}

// quiet is a world in which nobody waits for a mail.
func quietWorld(t *testing.T) (*world, func(time.Duration)) {
	w := newWorld(t)
	w.sql("DELETE FROM outbox")
	w.sql("UPDATE person SET joined_at = created_at")
	w.holds(0)
	return w, w.onTime()
}

// tells are the bodies that each mail of a kind would say now, by recipient.
func (w *world) tells(kind string) map[string][]string {
	w.t.Helper()
	mails, err := w.ClaimMail(1000)
	w.must(err)
	said := map[string][]string{}
	for _, m := range mails {
		if m.Kind != kind {
			continue
		}
		told, err := w.Told(m)
		if errors.Is(err, ErrNotFound) {
			w.must(w.MailEmpty(m))
			continue
		}
		w.must(err)
		bodies := []string{}
		for _, one := range told.Said {
			bodies = append(bodies, one.Author+": "+one.Body)
		}
		said[m.To.Name] = append(said[m.To.Name], strings.Join(bodies, " / "))
		w.must(w.MailSent(m, false))
	}
	return said
}

func names(said map[string][]string) string {
	var list []string
	for name := range said {
		list = append(list, name)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// Everything that is said in a thread within five minutes is one mail per person; it
// leaves five minutes after the first word, and not to who said it.
func TestRepliesAreGathered(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	w.say("mark", "home", "first")
	w.say("eleni", "home", "second")
	pass(2 * time.Minute)
	w.say("mark", "home", "third")
	if got := w.tells(MailReplies); len(got) != 0 {
		t.Error("too early:", got)
	}
	pass(3 * time.Minute)
	got, eleni, mark := w.tells(MailReplies), w.called("eleni"), w.called("mark")
	if want := "[Mark: first / Mark: third]"; fmt.Sprint(got[eleni]) != want {
		t.Errorf("%s is told %q, want %s", eleni, got[eleni], want)
	}
	if want := fmt.Sprintf("[%s: second]", eleni); fmt.Sprint(got[mark]) != want {
		t.Errorf("%s is told %q, want %s", mark, got[mark], want)
	}
	w.say("mark", "home", "fourth")
	pass(6 * time.Minute)
	if got := w.tells(MailReplies)[w.called("eleni")]; len(got) != 1 || !strings.HasSuffix(got[0], ": fourth") {
		t.Error("afterwards:", got)
	}
}

func (w *world) called(who string) string {
	w.t.Helper()
	return w.rows("SELECT name FROM person WHERE id = ?", w.id(who))[0]
}

// Whoever does not see the reply any more when the mail is sent, has read it, or does
// not want to be told, is not; what was deleted or is held is told to nobody.
func TestRepliesAreToldAsTheyAreWhenSent(t *testing.T) {
	alone(t)
	t.Parallel()
	for what, between := range map[string]func(w *world, reply ID){
		"private":  func(w *world, _ ID) { w.must(w.HideTasks(w.actor("lea"), w.id("site"), []ID{w.id("home")})) },
		"archived": func(w *world, _ ID) { w.must(w.ArchiveTask(w.actor("lea"), w.id("home"), true)) },
		"removed":  func(w *world, _ ID) { w.must(w.RemoveMember(w.actor("lea"), w.id("site"), w.id("eleni"))) },
		"inactive": func(w *world, _ ID) { w.sql("UPDATE contact SET active = 0 WHERE person_id = ?", w.id("eleni")) },
		"company":  func(w *world, _ ID) { w.sql("UPDATE company SET status = 'archived' WHERE id = ?", w.id("Acme")) },
		"deleted": func(w *world, reply ID) {
			w.sql("UPDATE reply SET deleted_at = ?, body = '' WHERE id = ?", At(w.Now()), reply)
		},
		"held": func(w *world, reply ID) { w.sql("UPDATE reply SET released_at = NULL WHERE id = ?", reply) },
		"read": func(w *world, reply ID) {
			w.sql("INSERT INTO reply_read VALUES (?, ?, ?)", reply, w.id("eleni"), At(w.Now()))
		},
		"unwanted": func(w *world, _ ID) { w.must(w.SetNotifications(w.actor("eleni"), nil)) },
		"stopped":  func(w *world, _ ID) { w.must(w.Unsubscribe(w.UnsubscribeToken(w.id("eleni"), MailReplies))) },
		"nothing":  func(*world, ID) {},
	} {
		t.Run(what, func(t *testing.T) {
			w, pass := quietWorld(t)
			reply, err := w.AddReply(w.actor("mark"), w.id("home"), "words")
			w.must(err)
			between(w, reply)
			pass(6 * time.Minute)
			got := w.tells(MailReplies)
			if (len(got[w.called("eleni")]) == 0) == (what == "nothing") {
				t.Error(what, got)
			}
			if team := got[w.called("lea")]; (len(team) == 0) != (what == "deleted" || what == "held") {
				t.Error("the team:", what, team)
			}
			if left := w.rows("SELECT count(*) FROM outbox WHERE kind = 'replies' AND sent_at IS NULL AND failed_at IS NULL"); left[0] != "0" {
				t.Error(what, "leaves", left)
			}
		})
	}
}

// Notes are told to the team only: to those who lead, who spoke there before and who
// are mentioned.
func TestWhoIsToldOfNotes(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	w.sql("DELETE FROM note")
	w.sql("DELETE FROM reply WHERE author_id IN (SELECT id FROM person WHERE side = 'team')")
	note, err := w.AddNote(w.actor("lea"), w.id("home"), "a note")
	w.must(err)
	pass(6 * time.Minute)
	if got := w.tells(MailNotes); len(got) != 0 {
		t.Error("nobody takes part, and told are", names(got))
	}
	w.sql("INSERT INTO mention (note_id, person_id) VALUES (?, ?), (?, ?), (?, ?)", note, w.id("mark"), note, w.id("tess"), note, w.id("eleni"))
	w.must(w.write(func(tx *Tx) error { return tx.tellNote(note) }))
	pass(6 * time.Minute)
	if got := names(w.tells(MailNotes)); got != w.called("mark") {
		t.Errorf("mentioned, and told are %s", got) // Tess and Eleni do not see notes of this project
	}
	w.must(just(w.AddNote(w.actor("adam"), w.id("home"), "another")))
	w.must(just(w.AddNote(w.actor("mark"), w.id("home"), "a third")))
	pass(6 * time.Minute)
	if got := names(w.tells(MailNotes)); got != strings.Join([]string{w.called("adam"), w.called("lea")}, ", ") {
		t.Errorf("lead or spoke, and told are %s", got)
	}
}

// Whoever is mentioned only when words are changed is told then, once; and of words that
// are held when clients have them.
func TestMentionedLaterIsToldOnce(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	w.sql("DELETE FROM note")
	w.sql("DELETE FROM reply WHERE author_id IN (SELECT id FROM person WHERE side = 'team')")
	note := w.keep("told note")(w.AddNote(w.actor("lea"), w.id("home"), "a note"))
	version := int64(0)
	edit := func(body string) {
		version++
		w.must(just(w.EditNote(w.actor("lea"), note, body, version)))
		pass(6 * time.Minute)
	}
	for _, body := range []string{"a note for @Mark Moss and @Lea Lind", "the note for @Mark Moss", "a note for nobody", "the note for @Mark Moss"} {
		edit(body)
		if got, want := w.tells(MailNotes), map[bool]string{true: w.called("mark")}[version == 1]; names(got) != want {
			t.Errorf("told of %q: %q, not %q", body, got, want)
		}
	}
	w.sql("UPDATE person SET joined_at = NULL WHERE id = ?", w.id("eleni"))
	w.sql("DELETE FROM invitation WHERE person_id = ?", w.id("eleni"))
	reply := w.keep("told reply")(w.AddReply(w.actor("lea"), w.id("home"), "words"))
	pass(6 * time.Minute)
	before := w.tells(MailReplies)
	w.sql("UPDATE person SET joined_at = created_at WHERE id = ?", w.id("eleni"))
	w.sql("UPDATE reply SET released_at = NULL WHERE id = ?", reply)
	w.must(just(w.EditReply(w.actor("lea"), reply, "words for @Mark", 1)))
	w.must(just(w.EditReply(w.actor("lea"), reply, "words for @"+w.called("eleni"), 2)))
	pass(6 * time.Minute)
	if got := w.tells(MailReplies); len(got) != 0 || len(before[w.called("eleni")]) != 0 {
		t.Error("held, and told are", got, before)
	}
	w.sql("UPDATE reply SET released_at = ? WHERE id = ?", At(w.Now().Add(-time.Hour)), reply)
	w.must(just(w.EditReply(w.actor("lea"), reply, "words", 3)))
	w.must(just(w.EditReply(w.actor("lea"), reply, "words for @Mark and @"+w.called("eleni"), 4)))
	pass(6 * time.Minute)
	if got := w.tells(MailReplies); names(got) != w.called("eleni") {
		t.Error("told of an hour ago:", got) // Mark was told when it was said
	}
}

// What is said after a mail was tried is in the next one: a Message-ID stands for one content.
func TestTriedMailTakesNothingIn(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	w.say("mark", "home", "first")
	pass(6 * time.Minute)
	mails, err := w.ClaimMail(1000)
	w.must(err)
	for _, m := range mails {
		w.must(w.MailFailed(m, errors.New("away"), false))
	}
	w.say("mark", "home", "second")
	pass(6 * time.Minute)
	if got := w.tells(MailReplies)[w.called("eleni")]; fmt.Sprint(got) != "[Mark: first Mark: second]" {
		t.Error(got)
	}
}

// What leaves is noted before it does, and taken back only when it certainly did not.
func TestWhatAMailToldIsKnown(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	reply, err := w.AddReply(w.actor("mark"), w.id("home"), "words")
	w.must(err)
	pass(6 * time.Minute)
	told := func() string {
		return strings.Join(w.rows("SELECT count(told_at) FROM outbox_reply"), "")
	}
	mails, err := w.ClaimMail(1000)
	w.must(err)
	m := mails[0]
	m.LeftAt, err = w.MailLeaves(m, []ID{reply})
	w.must(err)
	if told() != "1" {
		t.Error("not noted")
	}
	w.must(w.MailFailed(m, errors.New("connection refused"), false))
	if told() != "0" {
		t.Error("not taken back")
	}
	m.LeftAt, err = w.MailLeaves(m, []ID{reply})
	w.must(err)
	left := m
	pass(time.Minute)
	left.LeftAt, err = w.MailLeaves(left, []ID{reply}) // a second try, after the first one died
	w.must(err)
	w.must(w.MailFailed(left, errors.New("connection refused"), false))
	if told() != "1" {
		t.Error("a later failure hides that the first try may have arrived")
	}
}

// A mail given up after a day without a server can be tried again; what carried a
// secret, or had nothing to say, cannot.
func TestDeadMailIsTriedAgain(t *testing.T) {
	alone(t)
	t.Parallel()
	w, pass := quietWorld(t)
	w.say("mark", "home", "words")
	pass(6 * time.Minute)
	for range 200 {
		mails, err := w.ClaimMail(1000)
		w.must(err)
		for _, m := range mails {
			w.must(w.MailFailed(m, errors.New("connection refused"), false))
		}
		pass(30 * time.Minute)
	}
	owner := w.actor("olivia")
	dead, err := w.DeadMail(owner)
	w.must(err)
	if len(dead) == 0 || !dead[0].Retry || dead[0].Error != "connection refused" {
		t.Fatalf("%+v", dead)
	}
	if err := w.RetryMail(w.actor("mark"), dead[0].ID); err != ErrDenied {
		t.Error("a member:", err)
	}
	w.must(w.RetryMail(owner, dead[0].ID))
	if err := w.RetryMail(owner, dead[0].ID); err != ErrNotFound {
		t.Error("twice:", err)
	}
	mails, err := w.ClaimMail(1000)
	w.must(err)
	if len(mails) != 1 || mails[0].MessageID != dead[0].MessageID {
		t.Errorf("%+v", mails)
	}
	if _, err := w.Told(mails[0]); err != nil {
		t.Error(err)
	}
	w.must(w.MailEmpty(mails[0]))
	if err := w.RetryMail(owner, dead[0].ID); err != ErrNotFound {
		t.Error("with nothing to say:", err)
	}
}

// A token ends one kind for one person; what is not quite one changes nothing.
func TestUnsubscribe(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	off := func() string {
		return strings.Join(w.rows("SELECT n.kind || ' ' || p.name FROM notification n JOIN person p ON p.id = n.person_id WHERE n.mail = 0"), ", ")
	}
	token := w.UnsubscribeToken(w.id("eleni"), MailReplies)
	other := w.UnsubscribeToken(w.id("mark"), MailReplies)
	for _, wrong := range []string{"", "x", strings.Repeat("x", 43), token[:len(token)-1], token + "A", strings.ToLower(token), token[:10] + other[10:], other[:15] + token[15:],
		w.UnsubscribeToken(w.id("eleni"), MailSignIn), w.UnsubscribeToken(NewID(), MailReplies), w.UnsubscribeToken(0, MailReplies), strings.Repeat("A", 100000)} {
		if err := w.Unsubscribe(wrong); err != nil || off() != "" {
			t.Errorf("%.60q: %v, off is %s", wrong, err, off())
		}
	}
	for range 2 {
		w.must(w.Unsubscribe(token))
	}
	if got := off(); got != "replies "+w.called("eleni") {
		t.Error(got)
	}
	w.must(w.SetNotifications(w.actor("eleni"), []string{MailReplies}))
	before := fmt.Sprint(w.rows("SELECT count(*) FROM notification"))
	w.must(w.Unsubscribe(token))
	if off() == "" || fmt.Sprint(w.rows("SELECT count(*) FROM notification")) != before {
		t.Error("it does not hold a second time", off())
	}
}
