package db

import (
	"errors"
	"testing"
)

// A role may have the right to reply and stay silent on some nouns all the same;
// changing it acts at once for everybody who has it.
func TestSilentNouns(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	form := RoleForm{Name: "Quiet", Rights: []string{"projects", "comment"}, Silent: []string{OnProject, OnMilestone}}
	quiet, err := w.AddRole(w.actor("olivia"), form)
	w.must(err)
	w.sql("UPDATE contact SET role_id = ? WHERE person_id = ?", quiet, w.id("eleni"))
	may := func(thread string) bool {
		_, err := w.AddReply(w.actor("eleni"), w.id(thread), "words")
		if err != nil && err != ErrNotFound {
			t.Error(thread, err)
		}
		return err == nil
	}
	replies := func() string {
		seats, err := w.Standings([]ID{w.id("eleni")})
		w.must(err)
		return seats[Seat{w.id("eleni"), w.id("site"), 0}].Replies
	}
	if !may("home") || may("site") || may("launch") || replies() != "decision deliverable task" {
		t.Error("a silent role speaks, or is silent everywhere: ", replies())
	}
	form.Silent, form.Version = []string{OnTask}, 1
	w.must(w.EditRole(w.actor("olivia"), quiet, form))
	if may("home") || !may("site") || !may("launch") || replies() != "decision deliverable milestone project" {
		t.Error("a changed role acts as before: ", replies())
	}
	role, _, err := w.Role(w.actor("olivia"), quiet)
	if w.must(err); len(role.Silent) != 1 || role.Silent[0] != OnTask {
		t.Error(role.Silent)
	}
	form.Silent, form.Version = []string{"invoice"}, 2
	var refused *Invalid
	if err := w.EditRole(w.actor("olivia"), quiet, form); !errors.As(err, &refused) || refused.Field != "silent" {
		t.Error(err)
	}
}
