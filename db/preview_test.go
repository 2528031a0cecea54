package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// Who may look through whom: exactly may_preview of the table.
func TestWhoMayPreview(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	may := expected(t, whoMatrix)["may_preview"]
	for _, who := range slices.Concat(teamNames, clientNames) {
		actor := w.actor(who)
		if in, err := w.Login(w.session(who)); err == nil {
			actor = in
		}
		var names []string
		list, err := w.Previewable(actor, 0)
		w.must(err)
		for _, person := range list {
			names = append(names, w.name(person.ID))
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != may[who] {
			t.Errorf("%s may look through %s, want %s", who, got, may[who])
		}
		for _, through := range []string{"eleni", "otto", "finn", "nora", "gone", "ingo", "carla", "stan", "mark", "olivia"} {
			if slices.Contains(names, through) {
				continue
			}
			before := w.digest()
			if _, err := w.StartPreview(actor, w.id(through)); err != ErrNotFound {
				t.Errorf("%s through %s: %v", who, through, err)
			}
			if through == "olivia" && w.digest() != before {
				t.Error("a refused preview changed something")
			}
		}
	}
	var names []string
	list, err := w.Previewable(w.actor("olivia"), w.id("site"))
	for _, person := range list {
		names = append(names, w.name(person.ID))
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); err != nil || got != "duo eleni manu nikos vic" {
		t.Error("on the site one may look through ", got, err)
	}
}

func TestPreviewEnds(t *testing.T) {
	alone(t)
	t.Parallel()
	for what, c := range map[string]struct {
		end func(w *world, lea Actor) error
	}{
		"stopped":           {func(w *world, lea Actor) error { return w.StopPreview(lea) }},
		"signed out":        {func(w *world, lea Actor) error { return w.EndSession(lea, lea.Session) }},
		"an hour later":     {func(w *world, lea Actor) error { w.tick(PreviewLife); return nil }},
		"another one begun": {func(w *world, lea Actor) error { return just(w.StartPreview(lea, w.id("vic"))) }},
		"not leading any more": {func(w *world, lea Actor) error {
			return w.behind("UPDATE membership SET role = 'member' WHERE person_id = ? AND project_id = ?", w.id("lea"), w.id("site"))
		}},
		"deactivated": {func(w *world, lea Actor) error {
			return w.behind("UPDATE person SET active = 0 WHERE id = ?", w.id("lea"))
		}},
		"the client is gone": {func(w *world, lea Actor) error { return w.RemoveMember(lea, w.id("site"), w.id("nikos")) }},
		"the contact is no more": {func(w *world, lea Actor) error {
			return w.behind("UPDATE contact SET active = 0 WHERE person_id = ?", w.id("nikos"))
		}},
		"the company is no more": {func(w *world, lea Actor) error {
			return w.behind("UPDATE company SET status = 'inactive' WHERE id = ?", w.id("Acme"))
		}},
		"the client is no more": {func(w *world, lea Actor) error {
			return w.behind("UPDATE person SET active = 0 WHERE id = ?", w.id("nikos"))
		}},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			lea := w.signIn("lea")
			token, err := w.StartPreview(lea, w.id("nikos"))
			w.must(err)
			look, err := w.Preview(lea, token)
			if err != nil || look.Viewer.ID != w.id("nikos") || look.Company != "Acme" || look.ID == 0 {
				t.Fatal(look, err)
			}
			if again := w.signIn("lea"); true { // the same person in another browser
				if _, err := w.Preview(again, token); err != ErrNotFound {
					t.Error("the preview holds in another session: ", err)
				}
			}
			olivia := w.signIn("olivia")
			olivia.Session = lea.Session
			if _, err := w.Preview(olivia, token); err != ErrNotFound {
				t.Error("the preview holds for another person: ", err)
			}
			if alive, err := w.Alive(nil, []ID{look.ID}); err != nil || !alive[look.ID] {
				t.Error("not alive: ", err)
			}
			generation := w.Generation()
			_, authority, err := w.Versions(nil)
			w.must(err)
			if err := c.end(w, lea); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Preview(lea, token); err != ErrNotFound {
				t.Error("the preview still holds: ", err)
			}
			if alive, err := w.Alive(nil, []ID{look.ID}); err != nil || alive[look.ID] {
				t.Error("still alive: ", err)
			}
			if w.Generation() == generation && what != "an hour later" {
				t.Error("the generation stayed")
			}
			byMethod := what == "stopped" || what == "signed out" || what == "another one begun"
			if _, after, err := w.Versions(nil); err != nil || byMethod && after == authority {
				t.Error("authority stayed: its pages are not asked again", err)
			}
			begun := len(w.rows("SELECT 1 FROM audit WHERE kind = 'preview.started' AND actor_id = ? AND person_id = ?", w.id("lea"), w.id("nikos")))
			ended := len(w.rows("SELECT 1 FROM audit WHERE kind = 'preview.ended' AND actor_id = ? AND person_id = ?", w.id("lea"), w.id("nikos")))
			if begun != 1 || ended != 1 && byMethod {
				t.Errorf("logged: %d begun, %d ended", begun, ended)
			}
		})
	}
}

// What a preview shows is what the client sees, and looking leaves no trace.
func TestPreviewLeavesNoTrace(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.signIn("lea")
	token, err := w.StartPreview(lea, w.id("eleni"))
	w.must(err)
	before := w.digest()
	look, err := w.Preview(lea, token)
	w.must(err)
	if w.look(look.Viewer.ID) != w.look(w.id("eleni")) {
		t.Error("the preview differs")
	}
	if w.digest() != before {
		t.Error("looking changed something")
	}
	actor := lea
	actor.Preview = look.ID
	if _, err := w.StartPreview(actor, w.id("vic")); !errors.Is(err, ErrPreview) {
		t.Error("a preview within a preview: ", err)
	}
	if time.Duration(look.ExpiresAt.Sub(w.Now())) > PreviewLife {
		t.Error("it lasts until ", look.ExpiresAt)
	}
}
