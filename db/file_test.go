package db

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// blobs are the files of the data folder, by what is in them.
func (w *world) blobs() map[string]bool {
	held := map[string]bool{}
	paths, _ := filepath.Glob(filepath.Join(w.Dir(), BlobFolder, "*", "*"))
	for _, path := range paths {
		content, err := os.ReadFile(path)
		w.must(err)
		held[string(content)] = true
	}
	return held
}

func (w *world) attach(who, thread, kind, name, content string) ID {
	w.t.Helper()
	id, err := w.AddFile(w.actor(who), w.id(thread), kind, name, strings.NewReader(content), 1<<20)
	w.must(err)
	return id
}

// A name is the last part of a path, can be seen, fits everywhere and keeps its ending.
func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{"plan.pdf": "plan.pdf", "../../etc/passwd": "passwd", `C:\Users\me\plan.pdf`: "plan.pdf", "a\u202Egnp.exe": "agnp.exe", "e\u0301.txt": "é.txt", ".htaccess": "htaccess",
		"..": "file", "": "file", "/": "file", "CON": "_CON", "com1.txt": "_com1.txt", "console.txt": "console.txt", "a<b>:c.txt": "abc.txt", " a \t b . ": "a b", "\xff.png": "png", "日本.png": "日本.png",
		strings.Repeat("ä", 300) + ".jpeg": strings.Repeat("ä", 115) + ".jpeg", "a." + strings.Repeat("b", 300): "a." + strings.Repeat("b", 118)} {
		if got := cleanFileName(name); got != want || cleanFileName(got) != got {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
}

// What is empty, too large, cut, or finds no room leaves nothing behind.
func TestReceive(t *testing.T) {
	alone(t)
	w := newWorld(t)
	free := uint64(1 << 40)
	freeSpace = func(string) (uint64, error) { return free, nil }
	defer func() { freeSpace = FreeSpace }()
	add := func(from string) error {
		_, err := w.AddFile(w.actor("mark"), w.id("home"), Note, "n", iotest.OneByteReader(strings.NewReader(from)), 10)
		return err
	}
	var invalid *Invalid
	if err := add(""); !errors.As(err, &invalid) || invalid.Key != "file.empty" {
		t.Error("empty: ", err)
	}
	if err := add("0123456789a"); !errors.Is(err, ErrLarge) || !errors.As(err, &invalid) {
		t.Error("too large: ", err)
	}
	if _, err := w.AddFile(w.actor("mark"), w.id("home"), Note, "n", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("0123"))), 10); err == nil {
		t.Error("a cut file is taken")
	}
	free = spareSpace - 1
	if err := add("0123"); !errors.Is(err, ErrFull) || !errors.As(err, &invalid) || w.Room(1) == nil {
		t.Error("a full disk: ", err)
	}
	free = spareSpace + 10
	if err := w.Room(11); !errors.Is(err, ErrFull) {
		t.Error("what would not fit: ", err)
	}
	if held := w.blobs(); len(held) != 0 || len(w.rows("SELECT id FROM file WHERE name = 'n'")) != 0 {
		t.Error("refused files left ", held)
	}
	if err := add("0123456789"); err != nil || !w.blobs()["0123456789"] {
		t.Error("exactly the limit: ", err)
	}
	if folder, _ := os.Stat(filepath.Join(w.Dir(), BlobFolder)); folder.Mode().Perm() != 0o700 {
		t.Error("others may look into the folder: ", folder.Mode())
	}
}

// Who may not write there hangs nothing on it: on a note, a reply, another project,
// without the right to upload, or with the feature off.
func TestWhoMayAttach(t *testing.T) {
	alone(t)
	w := newWorld(t)
	for _, c := range []struct {
		who, thread, kind string
		want              error
	}{
		{"mark", "home", Note, nil}, {"mark", "home", Reply, nil}, {"eleni", "home", Reply, nil}, {"eleni", "home", Note, ErrNotFound}, {"eleni", "secret", Reply, ErrNotFound},
		{"mark", "secret", Reply, ErrNotFound}, {"mark", "secret", Note, nil}, {"mark", "gamma", Note, ErrNotFound}, {"lea", "relic", Note, ErrDenied}, {"vic", "home", Reply, ErrNotFound}, {"eleni", "gamma", Reply, ErrNotFound},
		{"stan", "home", Reply, ErrNotFound}, {"mark", "home", "other", ErrNotFound},
	} {
		before := w.digest()
		_, err := w.AddFile(w.actor(c.who), w.id(c.thread), c.kind, "a.txt", strings.NewReader("a"), 10)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || err != nil && w.digest() != before {
			t.Errorf("%s on a %s of %s: %v", c.who, c.kind, c.thread, err)
		}
		received, err := w.Receive(strings.NewReader("b"), 10) // the write asks again
		w.must(err)
		if _, err := w.AddFiles(w.actor(c.who), w.id(c.thread), c.kind, nil, []*Received{received}); !errors.Is(err, c.want) {
			t.Errorf("%s on a %s of %s, when it is written: %v", c.who, c.kind, c.thread, err)
		}
		received.Discard()
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "files", "off"))
	if _, err := w.AddFile(w.actor("eleni"), w.id("home"), Reply, "a.txt", strings.NewReader("a"), 10); err != ErrNotFound {
		t.Error("with files switched off: ", err)
	}
}

// Bytes live as long as a row names them, and are erased once none does, whichever way
// the last one went.
func TestBytesGoWithTheirLastRow(t *testing.T) {
	alone(t)
	w := newWorld(t)
	first := w.attach("mark", "home", Note, "a.txt", "shared")
	w.attach("eleni", "home", Reply, "b.txt", "shared")
	w.attach("lea", "home", Note, "c.txt", "of a note")
	w.hint("lea", "home", "with a file")
	w.attach("adam", "poster", Note, "d.txt", "of a project")
	_, _, err := w.RemoveFile(w.actor("mark"), first, nil)
	w.must(err)
	w.must(w.DropBlobs())
	if held := w.blobs(); len(held) != 3 {
		t.Error("bytes that somebody still has are erased: ", held)
	}
	w.must(w.write(func(tx *Tx) error { return tx.dropFiles("note_id", w.id("with a file")) }))
	w.sql("DELETE FROM draft WHERE person_id = ?", w.id("eleni"))
	w.sql("DELETE FROM draft WHERE person_id = ?", w.id("adam"))
	w.must(w.DropBlobs())
	if held := w.blobs(); len(held) != 0 || len(w.rows("SELECT sha256 FROM blob_gone")) != 0 {
		t.Error("bytes that nobody has any more are kept: ", held)
	}
	if _, _, err := w.RemoveFile(w.actor("mark"), w.id("file on words of mark"), nil); err != ErrNotFound {
		t.Error("a file of what was said is removed: ", err)
	}
	if _, _, err := w.RemoveFile(w.actor("lea"), w.id("file on draft of mark"), nil); err != ErrNotFound {
		t.Error("somebody else's file is removed: ", err)
	}
}

// The night takes away what a crash left behind, and nothing else.
func TestSweptFiles(t *testing.T) {
	alone(t)
	w := newWorld(t)
	w.attach("mark", "home", Note, "a.txt", "named")
	left, err := w.Receive(strings.NewReader("half"), 10)
	w.must(err)
	lost := strings.Repeat("ab", 32)
	w.must(os.MkdirAll(filepath.Dir(w.blobPath(lost)), 0o700))
	w.must(os.WriteFile(w.blobPath(lost), []byte("lost"), 0o600))
	for _, path := range []string{left.path, w.blobPath(lost)} {
		w.must(os.Chtimes(path, w.Now(), w.Now().Add(-sweptAfter+time.Hour)))
	}
	w.must(w.sweepBlobs())
	if held := w.blobs(); !held["half"] || !held["lost"] {
		t.Error("what is young is taken away: ", held)
	}
	paths, _ := filepath.Glob(filepath.Join(w.Dir(), BlobFolder, "*", "*"))
	for _, path := range paths {
		w.must(os.Chtimes(path, w.Now(), w.Now().Add(-sweptAfter-time.Hour)))
	}
	w.must(w.Prune())
	if held := w.blobs(); len(held) != 1 || !held["named"] {
		t.Error("after the night: ", held)
	}
}

// A backup brings every file, and a restored folder gives it out.
func TestBackupOfFiles(t *testing.T) {
	alone(t)
	w := newWorld(t)
	w.sql("DELETE FROM file")
	dest := filepath.Join(t.TempDir(), "copy.db")
	if files, err := w.Backup(dest); err != nil || files != 0 {
		t.Fatal(files, err)
	}
	if _, err := os.Stat(BackupFiles(dest)); err == nil {
		t.Error("an empty folder stands beside a backup without files")
	}
	content := strings.Repeat("content ", 1000)
	id := w.attach("mark", "home", Note, "a.txt", content)
	dest += "2"
	if files, err := w.Backup(dest); err != nil || files != 1 {
		t.Fatal(files, err)
	}
	if _, err := w.Backup(filepath.Join(filepath.Dir(dest), "copy.db")); err == nil {
		t.Error("a backup is written over")
	}
	restored := t.TempDir()
	w.must(os.Rename(dest, filepath.Join(restored, FileName)))
	w.must(os.Rename(BackupFiles(dest), filepath.Join(restored, BlobFolder)))
	s, err := Open(restored, Options{})
	w.must(err)
	defer s.Close()
	var blob Blob
	w.must(s.View(w.actor("mark").Person, func(v *Viewer) (err error) { blob, err = v.Blob(id); return err }))
	file, err := s.OpenBlob(blob.SHA256, blob.Size)
	w.must(err)
	defer file.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(file); err != nil || got.String() != content {
		t.Error("restored: ", got.Len(), err)
	}
	w.must(os.WriteFile(w.blobPath(blob.SHA256), []byte("other"), 0o600))
	if _, err := w.Backup(dest + "3"); err == nil {
		t.Error("a damaged file is backed up as if it were whole")
	}
}
