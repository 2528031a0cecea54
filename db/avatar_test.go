package db

import "testing"

// A picture is for the team, and for clients who may upload somewhere; the team
// reads those of its own people and of the contacts that each may see.
func TestPictures(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	for who, want := range map[string]error{"eleni": nil, "lea": nil, "tess": nil, "otto": nil, "vic": ErrNotFound, "finn": ErrNotFound, "stan": ErrNotFound, "dora": ErrNotFound, "ingo": ErrNotFound} {
		before := w.digest()
		if err := w.SetAvatar(w.actor(who), []byte("picture of "+who)); err != want {
			t.Errorf("%s: %v", who, err)
		}
		if want != nil {
			w.unchanged(before, who)
		}
	}
	w.sql("UPDATE feature SET is_on = 0 WHERE name = 'files'")
	if err := w.SetAvatar(w.actor("eleni"), []byte("another")); err != ErrNotFound {
		t.Error("with the feature off: ", err)
	}
	sees := func(viewer, of string) bool {
		var image []byte
		w.must(w.View(Person{ID: w.id(viewer), Side: Team}, func(v *Viewer) error {
			avatar, err := value[ID](v.source, "SELECT id FROM avatar WHERE person_id = ?", w.id(of))
			if err != nil {
				return err
			}
			if image, err = v.Avatar(avatar); err == ErrNotFound {
				err = nil
			}
			return err
		}))
		return image != nil
	}
	for pair, want := range map[[2]string]bool{{"mark", "lea"}: true, {"mark", "tess"}: true, {"mark", "eleni"}: true, {"mark", "otto"}: false, {"olivia", "otto"}: true,
		{"tess", "otto"}: true, {"dora", "lea"}: false, {"eleni", "lea"}: false} {
		if sees(pair[0], pair[1]) != want {
			t.Errorf("%s sees the picture of %s: %v", pair[0], pair[1], !want)
		}
	}
	versions := func() string {
		return w.rows("SELECT team_version || ' ' || client_version FROM project WHERE id = ?", w.id("site"))[0]
	}
	before := versions()
	w.must(w.RemoveAvatar(w.actor("lea")))
	if versions() == before {
		t.Error("a removed picture changes no page")
	}
	before = versions()
	w.must(w.RemoveAvatar(w.actor("tess"))) // is not on it
	w.must(w.RemoveAvatar(w.actor("lea")))  // has none
	if versions() != before {
		t.Error("pages change for nothing")
	}
}
