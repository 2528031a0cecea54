package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Whoever writes while the store closes gets an answer, and it is true.
func TestCloseAnswersEverybody(t *testing.T) {
	t.Parallel()
	rounds := 4
	if raced {
		rounds = 1
	}
	for range rounds {
		w := newWorld(t)
		var acknowledged sync.Map
		var writers sync.WaitGroup
		var begun atomic.Int64
		for writer := range 16 {
			writers.Go(func() {
				for n := 0; ; n++ {
					key := fmt.Sprintf("close.%d.%d", writer, n)
					begun.Add(1)
					if err := w.write(setting(key)); err != nil {
						return
					}
					acknowledged.Store(key, true)
				}
			})
		}
		for begun.Load() < 100 {
			time.Sleep(time.Millisecond)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		answered := make(chan struct{})
		go func() { writers.Wait(); close(answered) }()
		select {
		case <-answered:
		case <-time.After(5 * time.Second):
			t.Fatal("somebody waits for ever")
		}
		if err := w.write(setting("late")); !errors.Is(err, errClosed) {
			t.Error("a write after the end: ", err)
		}
		if _, err := w.Workspace(); err == nil {
			t.Error("the closed store still reads")
		}
		if err := w.Close(); err != nil {
			t.Error("closed twice: ", err)
		}
		again := openWorld(t, w.Dir(), w.ids, *w.clock.Load(), Options{Glasses: 1})
		acknowledged.Range(func(key, _ any) bool {
			if again.settings(key.(string)) == "" {
				t.Errorf("%s was acknowledged and is lost", key)
			}
			return true
		})
		again.Close()
	}
}

func TestCloseLeavesNothingOpen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("counts open files by /proc")
	}
	dir, ids, at := seeded(t)
	dir = copyFolder(t, dir)
	openFiles := func() (count int) {
		links, _ := filepath.Glob("/proc/self/fd/*")
		for _, link := range links {
			if to, _ := os.Readlink(link); strings.HasPrefix(to, dir) {
				count++
			}
		}
		return count
	}
	w := openWorld(t, dir, ids, at, Options{Serve: true})
	if openFiles() == 0 {
		t.Fatal("nothing is open")
	}
	if err := w.Close(); err != nil || openFiles() > 0 {
		t.Errorf("%d files are still open, %v", openFiles(), err)
	}
	if wal, err := os.Stat(filepath.Join(dir, FileName+"-wal")); err == nil && wal.Size() > 0 {
		t.Errorf("the WAL still has %d bytes", wal.Size())
	}
}

func TestSettingsOfSQLite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for pragma, want := range map[string]string{"synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "journal_mode": "wal", "busy_timeout": "5000"} {
		var got string
		w.must(w.write(func(tx *Tx) (err error) { got, err = value[string](tx, "PRAGMA "+pragma); return err }))
		if got != want {
			t.Errorf("%s of the writer is %s", pragma, got)
		}
	}
	if got := w.rows("PRAGMA query_only"); got[0] != "1" {
		t.Error("readers may write")
	}
	version := strings.Split(w.rows("SELECT sqlite_version()")[0], ".")
	var number int
	for _, part := range version {
		var n int
		_, _ = fmt.Sscan(part, &n)
		number = number*1000 + n
	}
	if number < 3_051_003 {
		t.Error("SQLite is older than 3.51.3: ", version)
	}
}

// Nobody else on the machine reads the workspace, whatever the folder allows.
func TestFilesAreOnesOwn(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has other rights")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	store, err := Open(dir, Options{Serve: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.AddPerson(NewPerson{Email: "a@b.test", Name: "A", Side: Team, Role: Owner}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm", "secret.key"} {
		if file, err := os.Stat(filepath.Join(dir, name)); err != nil || file.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, file.Mode(), err)
		}
	}
	inner, err := Open(filepath.Join(dir, "new"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	if folder, err := os.Stat(filepath.Join(dir, "new")); err != nil || folder.Mode().Perm() != 0o700 {
		t.Error(folder.Mode(), err)
	}
}

func TestOneServes(t *testing.T) {
	w := newWorld(t)
	w.Close()
	first := openWorld(t, w.Dir(), w.ids, *w.clock.Load(), Options{Serve: true, Glasses: 1})
	began := time.Now()
	if second, err := Open(w.Dir(), Options{Serve: true}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second one serves: %v %v", second, err)
	}
	if took := time.Since(began); took > time.Second && !raced {
		t.Errorf("it took %v to say so", took)
	}
	beside := openWorld(t, w.Dir(), w.ids, *w.clock.Load(), Options{Glasses: 1})
	if _, err := beside.AddNote(beside.actor("lea"), beside.id("home"), "from beside"); err != nil {
		t.Error(err)
	}
	beside.Close()
	first.Close()
	third := openWorld(t, w.Dir(), w.ids, *w.clock.Load(), Options{Serve: true, Glasses: 1})
	third.Close()
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Close()
	pool, err := sql.Open("sqlite", "file:"+uriPath(w.path()))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(context.Background(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1); CREATE VIEW visible_new AS SELECT 1"); err != nil {
		t.Fatal(err)
	}
	for _, serve := range []bool{true, false} {
		if _, err := Open(w.Dir(), Options{Serve: serve}); err == nil || !strings.Contains(err.Error(), "newer version") {
			t.Error(err)
		}
	}
	var kept int
	if err := pool.QueryRow("SELECT count(*) FROM sqlite_master WHERE name IN ('visible_new', 'visible_task')").Scan(&kept); err != nil || kept != 2 {
		t.Error("the views were touched: ", kept, err)
	}
}

func TestDamagedKeyIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Close()
	if err := os.WriteFile(filepath.Join(w.Dir(), "secret.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(w.Dir(), Options{}); err == nil || !strings.Contains(err.Error(), "secret.key") {
		t.Error(err)
	}
}
