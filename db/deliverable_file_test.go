package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The files of a version come and go with the team, until it is delivered.
func TestVersionFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.decks()
	first, second := w.hangs("decks", "../c.txt", "third"), w.hangs("decks", "b.txt", "second")
	var names []string
	for _, file := range w.deliverable("lea", id).Versions[0].Files {
		names = append(names, fmt.Sprintf("%s/%d/%d", file.Name, file.Size, len(file.SHA256)))
	}
	if got := strings.Join(names, " "); got != "a.txt/5/64 b.txt/6/64 c.txt/5/64" {
		t.Error(got)
	}
	for _, who := range []string{"tess", "eleni", "stan"} {
		if _, _, err := w.RemoveFile(w.actor(who), first, nil); err != ErrNotFound {
			t.Errorf("%s removes it: %v", who, err)
		}
	}
	thread, kind, err := w.RemoveFile(w.actor("lea"), first, nil)
	if err != nil || thread != id || kind != OnVersion {
		t.Error(thread, kind, err)
	}
	w.must(w.DropBlobs())
	if w.blobs()["third"] {
		t.Error("its bytes stay")
	}
	_, err = w.Deliver(w.actor("mark"), id, DeliverForm{Deciders: w.asks("eleni")})
	w.must(err)
	before := w.digest()
	if _, _, err := w.RemoveFile(w.actor("olivia"), second, nil); w.key(err) != "deliverable.delivered-stays" {
		t.Error("a delivered file is removed: ", err)
	}
	if _, _, err := w.RemoveFile(w.actor("eleni"), second, nil); err != ErrNotFound {
		t.Error("a client removes a delivered file: ", err)
	}
	w.unchanged(before, "a delivered file")

	next := w.hangs("decks", "d.txt", "fourth")
	if got := w.deliverable("mark", id).states(); got != "asked 1: 2 draft 1, 1 asked newest 2," {
		t.Error("a file begins the next version: ", got)
	}
	w.sql("INSERT INTO file (id, project_id, version_id, name, size, sha256, created_at) SELECT value, f.project_id, f.version_id, 'x', 1, 'x', f.created_at FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]') JOIN file f ON f.id = ?", next)
	received, err := w.Receive(strings.NewReader("one too many"), 100)
	w.must(err)
	defer received.Discard()
	if _, err := w.AddVersionFiles(w.actor("mark"), id, []*Received{received}); w.key(err) != "file.too-many" || w.key(w.MayAddVersionFile(w.actor("mark"), id)) != "file.too-many" {
		t.Error("more than there may be: ", err)
	}
	for _, c := range []struct {
		who, on string
		want    error
	}{{"mark", "guide", nil}, {"olivia", "labels", nil}, {"mark", "labels", ErrNotFound}, {"eleni", "guide", ErrNotFound}, {"stan", "guide", ErrNotFound}, {"lea", "scroll", ErrDenied}} {
		if err := w.MayAddVersionFile(w.actor(c.who), w.id(c.on)); err != c.want {
			t.Errorf("%s on %s: %v", c.who, c.on, err)
		}
	}
	if err := w.MayAddVersionFile(w.asPreview("olivia"), w.id("guide")); err != ErrPreview {
		t.Error(err)
	}
}

// What somebody opened is kept once, of the clients who see it alone.
func TestOpenFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file, eleni := w.id("file on guide 1"), w.actor("eleni")
	opens := func() string {
		var names []string
		w.must(w.View(w.actor("mark").Person, func(v *Viewer) error {
			list, err := v.VersionOpens(w.id("guide 1"))
			for _, o := range list {
				names = append(names, o.Name+w.name(o.FileID))
			}
			return err
		}))
		return strings.Join(names, " ")
	}
	before := w.digest()
	if err := w.OpenFile(w.asPreview("olivia"), file); err != ErrPreview {
		t.Error("through a client: ", err)
	}
	w.sql("DELETE FROM session")
	for who, want := range map[string]error{"mark": nil, "tess": nil, "bea": ErrNotFound, "finn": ErrNotFound, "stan": ErrNotFound, "fred": ErrNotFound} {
		if err := w.OpenFile(w.actor(who), file); err != want {
			t.Errorf("%s: %v", who, err)
		}
	}
	for _, hidden := range []string{"file on guide 3", "file on sitemap 1", "file on note on home", "file on held back"} {
		if err := w.OpenFile(eleni, w.id(hidden)); err != ErrNotFound {
			t.Errorf("%s: %v", hidden, err)
		}
	}
	w.must(w.OpenFile(eleni, w.id("file on words of mark"))) // no answer depends on it
	w.unchanged(before, "opened by nobody")

	versions, generation := w.versions("site"), w.Generation()
	w.must(w.OpenFile(eleni, file))
	if w.Generation() == generation || opens() != "Eleni Clientfile on guide 1" {
		t.Error("the page that the viewer gets next may be old: ", opens())
	}
	if after := w.versions("site"); after[1] != versions[1] || after[0] == versions[0] {
		t.Error("other clients' pages are drawn anew, or the team's are not: ", versions, after)
	}
	before, generation = w.digest(), w.Generation()
	w.must(w.OpenFile(eleni, file))
	w.unchanged(before, "opened again")
	if w.Generation() != generation {
		t.Error("opened again, everything is drawn anew")
	}
	for who, want := range map[string]string{"eleni": "true true", "vic": "false false"} {
		d, err := w.clientDeliverable(who, w.id("guide"))
		if got := fmt.Sprint(d.Versions[0].Files[0].Opened, " ", d.Versions[1].Files[0].Opened); err != nil || got != want {
			t.Errorf("%s: %s %v", who, got, err)
		}
	}
}

// Before they answer, people open what is required: single files, or all of a version.
func TestNotOpened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	left := func(who, approval string) (names []string) {
		w.must(w.write(func(tx *Tx) (err error) { names, err = tx.notOpened(w.id(approval), w.id(who)); return err }))
		return names
	}
	if got := fmt.Sprint(left("nikos", "approval of guide 2"), left("eleni", "approval of guide 2"), left("nikos", "approval of guide 1")); got != "[file on guide 2] [] []" {
		t.Error(got)
	}
	w.sql("UPDATE file SET required = 1 WHERE id = ?", w.id("file on guide 1"))
	if got := fmt.Sprint(left("nikos", "approval of guide 1")); got != "[file on guide 1]" {
		t.Error("one file that is required: ", got)
	}
	w.keep("question")(NewID(), nil)
	w.sql("INSERT INTO decision (id, project_id, kind, state, created_at, shown_at) VALUES (?, ?, 'question', 'asked', ?3, ?3)", w.id("question"), w.id("site"), At(w.Now()))
	w.sql("INSERT INTO edition (decision_id, number, question, asked_at) VALUES (?, 1, 'Which?', ?)", w.id("question"), At(w.Now()))
	for name, required := range map[string]bool{"plan": true, "extra": false} {
		w.keep(name)(NewID(), nil)
		w.sql("INSERT INTO file (id, project_id, decision_id, name, size, sha256, required, created_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?)", w.id(name), w.id("site"), w.id("question"), name, name, required, At(w.Now()))
	}
	if got := fmt.Sprint(left("eleni", "question")); got != "[plan]" {
		t.Error("of a question: ", got)
	}
	w.must(w.OpenFile(w.actor("eleni"), w.id("plan")))
	if got := fmt.Sprint(left("eleni", "question"), left("nikos", "question")); got != "[] [plan]" {
		t.Error("opened by one: ", got)
	}
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		files, err := g.DecisionFiles(w.id("question"))
		var told []string
		for _, file := range files {
			told = append(told, fmt.Sprintf("%s %v %v", file.Name, file.Opened, file.Required))
		}
		if !slices.Equal(told, []string{"extra false false", "plan true true"}) {
			t.Error(told)
		}
		return err
	}))
}

// Bytes that are others now are no longer those of their hash.
func TestIntact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.decks()
	sum := hex.EncodeToString(func() []byte { s := sha256.Sum256([]byte("first")); return s[:] }())
	whole := func() bool {
		intact, err := w.Intact(sum)
		w.must(err)
		return intact
	}
	if !whole() {
		t.Fatal("what was stored is not there")
	}
	w.must(os.WriteFile(w.blobPath(sum), []byte("firsT"), 0o600))
	if whole() {
		t.Error("replaced by as many bytes")
	}
	w.must(os.WriteFile(w.blobPath(sum), []byte("first"), 0o600))
	if !whole() {
		t.Error("healed")
	}
	w.must(os.Remove(w.blobPath(sum)))
	if whole() {
		t.Error("lost")
	}
	if intact, err := w.Intact("../" + sum); intact || err != nil {
		t.Error("no hash: ", intact, err)
	}
}
