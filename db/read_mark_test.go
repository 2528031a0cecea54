package db

import (
	"slices"
	"testing"
	"time"
)

func TestMarkRead(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.say("mark", "home", "later words")
	before, generation := w.digest(), w.Generation()
	for _, who := range slices.Concat(teamNames, []string{"finn", "bea", "otto", "fred", "gone", "odd", "sly", "stan"}) {
		if err := w.MarkRead(w.actor(who), w.id("home"), w.id("words of mark")); err != ErrNotFound {
			t.Errorf("%s: %v", who, err)
		}
	}
	eleni := w.actor("eleni")
	for _, c := range [][2]string{{"home", "reply on launch"}, {"home", "held back"}, {"secret", "reply on secret"}, {"launch", "words of mark"}} {
		if err := w.MarkRead(eleni, w.id(c[0]), w.id(c[1])); err != ErrNotFound {
			t.Errorf("%v: %v", c, err)
		}
	}
	if w.unchanged(before, "who may not"); w.Generation() != generation {
		t.Error("a refused mark wakes somebody")
	}
	versions := w.versions("site")
	w.must(w.MarkRead(eleni, w.id("home"), w.id("words of mark")))
	marked := w.rows("SELECT reply_id FROM reply_read WHERE person_id = ?", eleni.ID)
	if after := w.versions("site"); after[0] == versions[0] || after[1] != versions[1] {
		t.Error("the versions are", after, "after", versions)
	}
	var names []string
	w.must(w.View(w.actor("lea").Person, func(v *Viewer) error {
		said, err := v.Conversation(w.id("home"))
		for _, one := range said {
			if len(one.ReadBy) > 0 {
				names = append(names, w.name(one.ID)+" by "+one.ReadBy[0].Name)
			}
		}
		return err
	}))
	if !slices.Equal(names, []string{"words of mark by Eleni Client"}) || len(marked) == 0 {
		t.Error("the team reads", names, marked)
	}
	generation = w.Generation()
	w.tick(time.Hour)
	if err := w.MarkRead(eleni, w.id("home"), w.id("words of mark")); err != nil || w.Generation() != generation {
		t.Error("a second look wakes somebody", err)
	}
	if w.rows("SELECT count(*) FROM reply_read WHERE person_id = ? AND reply_id IN (?, ?)", eleni.ID, w.id("later words"), w.id("reply on home"))[0] != "0" {
		t.Error("what was not on screen, or one's own, counts as read")
	}
	w.must(w.MarkRead(eleni, w.id("home"), w.id("later words")))
	if w.rows("SELECT count(*) FROM reply_read WHERE person_id = ? AND reply_id = ?", eleni.ID, w.id("later words"))[0] != "1" {
		t.Error("the later words are not read")
	}
}

// The drill finds whom a reply has reached, and what else is like it.
func TestDrill(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.hint("lea", "home", "we lose four hundred euros on each of these pages, keep quiet")
	w.say("mark", "home", "As said: we lose four hundred euros on each of these.")
	leak := w.id("As said: we lose four hundred euros on each of these.")
	w.say("lea", "launch", "Four hundred euros, on each of these pages: keep them.")
	w.say("lea", "launch", "Nothing to see here, move along now please.")
	w.say("tess", "poster", "Well, we lose four hundred euros on each of these.")
	w.hint("lea", "copy", "their budget ends in June and they do not know")
	w.say("mark", "copy", "By the way their budget ends in June and they know.")
	w.must(w.MarkRead(w.actor("eleni"), w.id("home"), leak))
	w.sql("INSERT INTO file (id, project_id, reply_id, name, sha256, created_at) VALUES (?,?,?,'prices.pdf','x',?)", NewID(), w.id("site"), leak, At(w.Now()))
	drill := func(who string) (d Drill) {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) (err error) { d, err = v.Drill(leak); return err }))
		return d
	}
	d := drill("lea")
	var alike []string
	for _, one := range d.Alike {
		alike = append(alike, w.name(one.ID))
	}
	slices.Sort(alike)
	if want := []string{"By the way their budget ends in June and they know.", "Four hundred euros, on each of these pages: keep them."}; !slices.Equal(alike, want) {
		t.Errorf("alike are %q", alike)
	}
	if len(d.Read) != 1 || d.Read[0].Name != "Eleni Client" || len(d.Sees) < 4 || len(d.Files) != 2 || !d.Leads {
		t.Errorf("the drill says %+v", d)
	}
	if d := drill("olivia"); len(d.Alike) != 3 {
		t.Errorf("an admin sees %+v", d.Alike)
	}
	if d := drill("mark"); d.Leads {
		t.Error("a member leads")
	}
	w.must(just(w.DeleteReply(w.actor("lea"), leak)))
	if d = drill("lea"); d.Body != "" || len(d.Alike)+len(d.Files)+len(d.Sees) != 0 || len(d.Read) != 1 || d.Kept != leak.String()+" 1 0" {
		t.Errorf("afterwards it says %+v", d)
	}
}
