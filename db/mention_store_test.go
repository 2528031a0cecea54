package db

import (
	"slices"
	"strings"
	"testing"
)

func (w *world) mentionedIn(column string, id ID) []string {
	var names []string
	names = append(names, w.rows("SELECT p.name FROM mention m JOIN person p ON p.id = m.person_id WHERE m."+column+" = ? ORDER BY p.name", id)...)
	return names
}

// A mention reaches those who see that very comment, and nobody else.
func TestMentionsReachWhoCanSee(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	text := "@Lea @Mark @Eleni Client @Tess @Vic Viewer @Bea Brand @Finn Finance @Olivia"
	reply := w.keep("said")(w.AddReply(w.actor("mark"), w.id("home"), text))
	if got := w.mentionedIn("reply_id", reply); !slices.Equal(got, []string{"Eleni Client", "Lea Lind", "Mark Moss", "Vic Viewer"}) {
		t.Errorf("a reply of the team mentions %q", got)
	}
	note := w.keep("said")(w.AddNote(w.actor("mark"), w.id("home"), text))
	if got := w.mentionedIn("note_id", note); !slices.Equal(got, []string{"Lea Lind", "Mark Moss"}) {
		t.Errorf("a note mentions %q", got)
	}
	own := w.keep("said")(w.AddReply(w.actor("eleni"), w.id("home"), text))
	if got := w.mentionedIn("reply_id", own); !slices.Equal(got, []string{"Eleni Client", "Lea Lind", "Mark Moss", "Vic Viewer"}) {
		t.Errorf("a client mentions %q", got)
	}
	body := w.rows("SELECT body FROM reply WHERE id = ?", reply)[0]
	if !strings.Contains(body, "@{"+w.id("lea").String()+"}") || !strings.Contains(body, "@Tess") || strings.Contains(body, w.id("tess").String()) {
		t.Errorf("stored is %q", body)
	}
	forged := w.keep("said")(w.AddReply(w.actor("eleni"), w.id("home"), "who is @{"+w.id("tess").String()+"}?"))
	if got := w.mentionedIn("reply_id", forged); len(got) != 0 {
		t.Errorf("a guessed id mentions %q", got)
	}
	w.must(w.Glass(w.id("vic"), func(g *Glass) error {
		names, err := g.MentionNames(w.id("home"))
		if names[w.id("lea")] != "Lea" || names[w.id("tess")] != "" {
			t.Errorf("clients are told %v", names)
		}
		return err
	}))
}

// Where a project shows its team as one, none of them has a name to be mentioned by.
func TestClientsMentionWhomTheyAreShown(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE project SET team_shown = 'team' WHERE id = ?", w.id("site"))
	reply := w.keep("said")(w.AddReply(w.actor("eleni"), w.id("home"), "@Lea @Mark @Nikos Admin"))
	if got := w.mentionedIn("reply_id", reply); !slices.Equal(got, []string{"Nikos Admin"}) {
		t.Errorf("they mention %q", got)
	}
	w.say("mark", "home", "@Lea looks at it")
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		names, err := g.MentionNames(w.id("home"))
		if name, known := names[w.id("lea")]; !known || name != "" {
			t.Errorf("somebody of the team is called %q", name)
		}
		return err
	}))
}

// What was taken back is typed again by names.
func TestMentionsAreTypedAgain(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.holds(30)
	reply := w.keep("said")(w.AddReply(w.actor("lea"), w.id("launch"), "@Mark, please look"))
	_, err := w.TakeBack(w.actor("lea"), reply)
	w.must(err)
	if got := w.drafts("lea", "launch")[Reply].Body; got != "@Mark Moss, please look" {
		t.Errorf("in the box stands %q", got)
	}
}
