package cli

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/db"
)

// signed is the demo, with the id and the saved record of each sign-off, oldest first.
func signed(t *testing.T) (d *desk, saved [][]byte) {
	d = newDesk(t)
	d.ok("demo")
	store, err := db.Open(d.dir, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	owner, err := store.PersonByEmail("katerina@ormos.example")
	if err != nil {
		t.Fatal(err)
	}
	err = store.View(owner, func(v *db.Viewer) error {
		projects, err := v.Projects()
		for _, project := range projects {
			given, wrong := v.GivenAnswers(project.ID)
			if wrong != nil {
				return wrong
			}
			for _, g := range given {
				s, wrong := v.Signoff(g.ID)
				if wrong != nil {
					return wrong
				}
				bundle, wrong := s.Bundle()
				if wrong != nil {
					return wrong
				}
				saved = append(saved, bundle)
			}
		}
		return err
	})
	if err != nil || len(saved) < 3 {
		t.Fatal(len(saved), err)
	}
	return d, saved
}

// stored is a digest of the database and of the files in the folder.
func (d *desk) stored() string {
	sum := sha256.New()
	filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && !strings.HasSuffix(path, "-wal") && !strings.HasSuffix(path, "-shm") {
			content, _ := os.ReadFile(path)
			fmt.Fprintf(sum, "%s %d ", path, len(content))
			sum.Write(content)
		}
		return nil
	})
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// spoil changes bytes of the database file where they stand once, as whoever can
// write the file would.
func (d *desk) spoil(old, with string) {
	d.t.Helper()
	path := filepath.Join(d.dir, db.FileName)
	content, err := os.ReadFile(path)
	if err != nil || bytes.Count(content, []byte(old)) != 1 || len(old) != len(with) {
		d.t.Fatal(bytes.Count(content, []byte(old)), err)
	}
	if err := os.WriteFile(path, bytes.Replace(content, []byte(old), []byte(with), 1), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// The ledger is walked without changing anything, beside a server as well, and the
// first link that does not hold is named.
func TestVerify(t *testing.T) {
	d, _ := signed(t)
	before := d.stored()
	if a := d.ok("verify"); a.out != "4 sign-offs, all links hold.\n" {
		t.Errorf("%q", a.out)
	}
	if d.stored() != before {
		t.Error("looking has changed the folder")
	}
	running := d.serve()
	if a := d.ok("verify"); !strings.Contains(a.out, "all links hold") {
		t.Error(a.out)
	}
	running.stop(t)
	d.refused(2, "--bundle", "verify", "some.txt")
	d.spoil(`{"answer":{"comment":"As long as`, `{"answer":{"comment":"As lung as`)
	a := d.run("verify")
	if a.code != 1 || a.out != "" || strings.Count(a.err, "\n") != 1 || !strings.Contains(a.err, "sign-off 2 (") || !strings.Contains(a.err, "project “Website Redesign”") || !strings.Contains(a.err, " UTC)") {
		t.Errorf("%+v", a)
	}
}

func TestVerifyWithoutAFolder(t *testing.T) {
	d := newDesk(t)
	d.refused(1, "there is no data folder", "verify")
	if _, err := os.Stat(d.dir); err == nil {
		t.Error("a data folder was made")
	}
	d.ok("person", "add", "k@ormos.example", "--name", "K", "--role", "owner")
	if a := d.ok("verify"); a.out != "0 sign-offs, all links hold.\n" {
		t.Errorf("%q", a.out)
	}
}

// One saved record is checked without any folder, and against files beside it.
func TestVerifyABundle(t *testing.T) {
	d, saved := signed(t)
	folder := t.TempDir()
	save := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	away := newDesk(t) // somewhere without a data folder
	for i, bundle := range saved {
		if a := away.ok("verify", "--bundle", save(fmt.Sprint(i, ".json"), bundle)); !strings.Contains(a.out, "Eleni Papadopoulou") || !strings.Contains(a.out, "The record holds.") {
			t.Errorf("%d: %s", i, a.out)
		}
	}
	var asked []byte // one that names files
	for _, bundle := range saved {
		if bytes.Contains(bundle, []byte("Product page.txt")) {
			asked = bundle
		}
	}
	if asked == nil {
		t.Fatal("no record names a file")
	}
	good, delivered := save("good.json", asked), ""
	filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && bytes.Contains(asked, []byte(entry.Name())) && len(entry.Name()) == 64 {
			delivered = path
		}
		return nil
	})
	if a := away.ok("verify", "--bundle", good, delivered); !strings.Contains(a.out, "are among those of the record") {
		t.Error(a.out)
	}
	away.refused(1, "is not among the files of this record", "verify", "--bundle", good, save("other.txt", []byte("something else")))
	away.refused(1, "no such file", "verify", "--bundle", good, filepath.Join(folder, "nothing.txt"))
	away.refused(1, "no such file", "verify", "--bundle", filepath.Join(folder, "nothing.json"))
	away.refused(1, "is a directory", "verify", "--bundle", folder)
	away.refused(1, "does not match its hash", "verify", "--bundle", save("changed.json", bytes.Replace(asked, []byte("Papadopoulou"), []byte("Papadopoulos"), 1)))
	away.refused(1, "not a record", "verify", "--bundle", save("cut.json", asked[:len(asked)/2]))
	away.refused(1, "not a record", "verify", "--bundle", save("text.json", []byte("hello \x1b[31m")))
	away.refused(1, "at most", "verify", "--bundle", save("huge.json", bytes.Repeat([]byte(" "), db.MaxBundle+2)))
	if _, err := os.Stat(away.dir); err == nil {
		t.Error("a data folder was made")
	}
}
