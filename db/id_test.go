package db

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIDText(t *testing.T) {
	for _, id := range []ID{1, 61, 62, 1<<62 - 1, NewID(), NewID()} {
		text := id.String()
		if again, err := ParseID(text); err != nil || again != id || len(text) != 11 {
			t.Errorf("%d is written %q and read %d, %v", id, text, again, err)
		}
		if said, err := json.Marshal(id); err != nil || string(said) != `"`+text+`"` {
			t.Errorf("%s, %v", said, err)
		}
	}
	top := ID(1<<62 - 1).String()
	for _, text := range []string{"", "0", "00000000000", "0000000000", "000000000001", "zzzzzzzzzzz", top[:10] + "z", "1 000000000", "-0000000001", "0000000000é", "+0000000001", "1\x0000000000"} {
		if id, err := ParseID(text); err != ErrNotFound {
			t.Errorf("%q was read as %d, %v", text, id, err)
		}
	}
	seen := map[ID]bool{}
	for range 10000 {
		id := NewID()
		if id <= 0 || id >= 1<<62 || seen[id] {
			t.Fatal(id)
		}
		seen[id] = true
	}
}

// What was deleted is gone from the files as well, once the store is closed.
func TestDeletedIsErased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lea, secret := w.actor("lea"), "CNRYerased"
	w.must(w.AddItem(lea, w.id("home"), secret+" item"))
	w.found("checklist_item", "text", secret+" item")
	w.must(w.SetLabel(lea, w.id("site"), 0, secret+" label", "red", true))
	w.found("label", "name", secret+" label")
	w.keep("gone soon")(w.AddMilestone(lea, w.id("site"), MilestoneForm{Name: secret + " milestone"}))
	w.edit("lea", "home", func(f *TaskForm) { f.Internal = secret + " details" })
	found := func() (files []string) {
		paths, _ := filepath.Glob(filepath.Join(w.Dir(), FileName+"*"))
		for _, path := range paths {
			if content, err := os.ReadFile(path); err != nil || strings.Contains(string(content), secret) {
				files = append(files, filepath.Base(path))
			}
		}
		return files
	}
	if len(found()) == 0 {
		t.Error("the test looks in the wrong place")
	}
	_, err := w.DeleteItem(lea, w.id(secret+" item"))
	w.must(err)
	w.must(w.DeleteLabel(lea, w.id("site"), w.id(secret+" label")))
	w.must(w.DeleteMilestone(lea, w.id("gone soon")))
	w.edit("lea", "home", func(f *TaskForm) { f.Internal = "" })
	w.must(w.Close())
	if files := found(); len(files) > 0 {
		t.Error("what was deleted still stands in ", files)
	}
}
