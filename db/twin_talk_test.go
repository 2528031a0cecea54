package db

import (
	"strings"
	"time"
)

// hiddenTalk is what is said, begun, held, taken back and looked at where no client
// may notice it, in threads that they read and in threads that they do not.
func (w *world) hiddenTalk() {
	lea, mark, adam := w.actor("lea"), w.actor("mark"), w.actor("adam")
	home, site, launch, secret := w.id("home"), w.id("site"), w.id("launch"), w.id("secret")
	w.holds(600)
	w.attach("mark", "home", Reply, "held.txt", "held bytes")
	w.must(w.draft("mark", "home", Reply, w.quotes("words of mark", false)))
	held := w.keep("held twice")(w.AddReply(mark, home, "@Eleni Client and @Lea Lind, held words"))
	_, err := w.EditReply(mark, held, "other held words", 1)
	w.must(err)
	w.must(w.draft("lea", "home", Note, w.quotes("held twice", false)))
	w.hint("lea", "home", "to what is held, @Mark Moss")
	w.say("lea", "launch", "held and undone")
	_, err = w.TakeBack(lea, w.id("held and undone"))
	w.must(err)
	w.say("lea", "site", "held and kept")
	_, err = w.MakeNote(lea, w.id("held and kept"))
	w.must(err)
	w.say("mark", "site", "held and deleted")
	_, err = w.DeleteReply(lea, w.id("held and deleted"))
	w.must(err)
	w.sql("UPDATE reply SET held_until = '2099-01-01T00:00:00.000000Z' WHERE released_at IS NULL") // the clock of this world runs
	w.sql("INSERT INTO reply (id, thread_id, project_id, author_id, body, created_at, held_until) SELECT ?, id, project_id, ?, 'held too late', ?, ? FROM thread WHERE id = ?", NewID(), mark.ID, At(w.Now()), At(w.Now()), secret)
	w.must(w.ReleaseOverdue())
	w.must(w.draft("lea", "home", Reply, typing("a reply begun")))
	w.must(w.draft("lea", "site", Note, typing("a note begun")))
	w.attach("lea", "launch", Note, "note.txt", "note bytes")
	w.hint("lea", "launch", "with a file")
	note := w.keep("a note that changes")(w.AddNote(adam, home, "a note that changes"))
	_, err = w.EditNote(adam, note, "a note that has changed, @Lea Lind", 1)
	w.must(err)
	_, err = w.DeleteNote(adam, note)
	w.must(err)
	w.must(w.Handle(lea, secret, true))
	w.must(w.Handle(lea, secret, false))
	w.sql("UPDATE thread SET due_at = ? WHERE id = ?", At(w.Now()), secret)
	w.must(w.LateDue(secret))
	tomorrow := w.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	w.must(w.Snooze(lea, site, tomorrow))
	w.must(w.Snooze(mark, site, tomorrow))
	w.must(w.Snooze(mark, site, ""))
	w.sql("UPDATE snooze SET until = ? WHERE thread_id = ?", At(w.Now()), site)
	w.must(w.WakeDue(site))
	w.must(w.MarkRead(w.actor("eleni"), home, w.id("words of mark")))
	w.must(w.MarkRead(w.actor("nikos"), launch, w.id("reply on launch")))
	for _, task := range []string{"secret", "shelf"} {
		_, err = w.DeleteReply(lea, w.id("reply on "+task))
		w.must(err)
	}
	_, err = w.AddFile(lea, home, Note, "kept.txt", strings.NewReader("bytes"), 100)
	w.must(err)
	w.holds(0)
}
