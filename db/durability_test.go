package db

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// writeUntilKilled is the child of TestKilledWhileWriting: 16 writers, each of
// which prints what was acknowledged.
func writeUntilKilled(dir string) {
	store, err := Open(dir, Options{Serve: true, Glasses: 1})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var lea Actor
	var home ID
	err = store.read(func(r source) (err error) {
		if lea.Person, err = one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.name LIKE 'Lea %'"); err != nil {
			return err
		}
		home, err = value[ID](r, "SELECT id FROM task WHERE title = 'home'")
		return err
	})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for writer := range 16 {
		go func() {
			for n := 0; ; n++ {
				words := fmt.Sprintf("%s-%d-%d", os.Getenv("DB_TEST_ROUND"), writer, n)
				if _, err := store.AddNote(lea, home, words); err != nil {
					fmt.Println("error", err)
					return
				}
				_, _ = os.Stdout.WriteString(words + "\n")
			}
		}()
	}
	select {}
}

// Killed in the middle of work, the program has lost nothing that it acknowledged,
// and nothing stands half.
func TestKilledWhileWriting(t *testing.T) {
	rounds := 20
	if testing.Short() || raced {
		rounds = 5
	}
	dir, ids, at := seeded(t)
	dir = copyFolder(t, dir)
	acknowledged, lost := 0, 0
	for round := range rounds {
		said := killWhileWriting(t, dir, round, time.Duration(5+round*7%40)*time.Millisecond)
		began := time.Now()
		w := openWorld(t, dir, ids, at, Options{Serve: true, Glasses: 1})
		if took := time.Since(began); took > 2*time.Second && !raced {
			t.Errorf("after the kill it took %v to open", took)
		}
		stored := map[string]bool{}
		for _, body := range w.rows("SELECT body FROM note") {
			stored[body] = true
		}
		for _, words := range said {
			if acknowledged++; !stored[words] {
				lost++
			}
		}
		if half := w.rows("SELECT n FROM (SELECT (SELECT count(*) FROM note) - (SELECT count(*) FROM event WHERE kind = 'note') AS n) WHERE n <> 0"); len(half) > 0 {
			t.Error("notes without their event: ", half)
		}
		if round%5 == 4 || round == rounds-1 {
			if sound := w.rows("SELECT integrity_check FROM pragma_integrity_check"); sound[0] != "ok" {
				t.Error(sound)
			}
			if broken := w.rows("SELECT * FROM pragma_foreign_key_check"); len(broken) > 0 {
				t.Error(broken)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
	if lost > 0 || acknowledged < 20*rounds {
		t.Errorf("%d of %d acknowledged writes were lost", lost, acknowledged)
	}
	t.Logf("%d kills, %d acknowledged, %d lost", rounds, acknowledged, lost)
}

// killWhileWriting starts the writers, lets them write for a while, kills them and
// says what they had acknowledged.
func killWhileWriting(t *testing.T, dir string, round int, after time.Duration) (said []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), "DB_TEST_CHILD="+dir, fmt.Sprintf("DB_TEST_ROUND=r%d", round))
	output, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var killed sync.Once
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if len(said) >= 25 {
			killed.Do(func() { time.AfterFunc(after, func() { _ = child.Process.Kill() }) })
		}
		if line := lines.Text(); strings.HasPrefix(line, "error") {
			t.Error(line)
		} else if strings.HasPrefix(line, "r") {
			said = append(said, line)
		}
	}
	_ = child.Wait()
	if n := len(said); n > 0 { // the last line may have been cut by the kill
		said = said[:n-1]
	}
	return said
}

// together holds the writer until all changes wait, so that they share one transaction.
func (w *world) together(changes ...func(*Tx) error) []error {
	w.t.Helper()
	held, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- w.write(func(tx *Tx) error { tx.hush(); close(held); <-release; return nil })
	}()
	<-held
	answers := make([]error, len(changes))
	var wait sync.WaitGroup
	for i, change := range changes {
		wait.Go(func() { answers[i] = w.write(change) })
		for len(w.writes) <= i {
			time.Sleep(time.Millisecond)
		}
	}
	close(release)
	wait.Wait()
	if err := <-first; err != nil {
		w.t.Error(err)
	}
	return answers
}

func setting(key string) func(*Tx) error {
	return func(tx *Tx) error { return tx.run("INSERT INTO setting (key, value) VALUES (?, 'x')", key) }
}

func (w *world) settings(prefix string) string {
	return strings.Join(w.rows("SELECT key FROM setting WHERE key LIKE ? ORDER BY key", prefix+"%"), " ")
}

// Writes that share a transaction do not share their mistakes.
func TestSharedTransaction(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Generation()
	broken := errors.New("broken")
	answers := w.together(
		setting("shared.1"),
		func(tx *Tx) error { return errors.Join(setting("shared.2")(tx), broken) },
		setting("shared.3"),
		func(tx *Tx) error { _ = setting("shared.4")(tx); panic("panic in a change") },
		func(tx *Tx) error { return setting("shared.1")(tx) }, // breaks a rule of the schema
		setting("shared.6"),
	)
	for i, want := range []string{"", "broken", "", "panic in a change", "UNIQUE", ""} {
		if (answers[i] == nil) != (want == "") || want != "" && !strings.Contains(answers[i].Error(), want) {
			t.Errorf("change %d: %v, want %q", i+1, answers[i], want)
		}
	}
	if got := w.settings("shared."); got != "shared.1 shared.3 shared.6" {
		t.Error("stored are ", got)
	}
	if rose := w.Generation() - before; rose != 1 {
		t.Errorf("%d commits for what should share one", rose)
	}
}

// A commit that fails is everybody's failure, and nobody's change is stored.
func TestCommitFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Generation()
	answers := w.together(
		setting("failed.1"),
		func(tx *Tx) error { // found at the commit only
			return errors.Join(tx.run("PRAGMA defer_foreign_keys = 1"), tx.run("INSERT INTO task_assignee (task_id, person_id) VALUES (1, 2)"))
		},
		setting("failed.3"),
	)
	for i, err := range answers {
		if err == nil || !strings.Contains(err.Error(), "FOREIGN KEY") {
			t.Errorf("change %d: %v", i+1, err)
		}
	}
	if got := w.settings("failed."); got != "" || w.Generation() != before {
		t.Error("stored are ", got)
	}
	w.must(w.write(setting("works.again")))
}

// When SQLite itself has rolled everything back, as it does on a full disk, what
// came before in the same transaction is not acknowledged, and what comes after
// is not stored on its own.
func TestTransactionIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answers := w.together(
		setting("lost.1"),
		func(tx *Tx) error { _ = tx.run("ROLLBACK"); return errors.New("the disk is full") },
		setting("lost.3"),
	)
	for i, err := range answers {
		if err == nil {
			t.Errorf("change %d was acknowledged", i+1)
		}
	}
	if got := w.settings("lost."); got != "" {
		t.Error("refused, and stored: ", got)
	}
	w.must(w.write(setting("works.again")))
}

// With a full disk whatever is acknowledged is stored and whatever is refused is not.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.write(func(tx *Tx) error {
		pages, err := value[int](tx, "PRAGMA page_count")
		if err != nil {
			return err
		}
		return tx.run(fmt.Sprintf("PRAGMA max_page_count = %d", pages+40))
	}))
	body := strings.Repeat("x", 2000)
	refused, stored := 0, 0
	for round := range 14 {
		var changes []func(*Tx) error
		for i := range 8 {
			changes = append(changes, func(tx *Tx) error {
				return tx.run("INSERT INTO setting (key, value) VALUES (?, ?)", fmt.Sprintf("full.%d.%d", round, i), body)
			})
		}
		for i, err := range w.together(changes...) {
			there := w.settings(fmt.Sprintf("full.%d.%d", round, i)) != ""
			if there != (err == nil) {
				t.Errorf("round %d, change %d: stored %v, answered %v", round, i, there, err)
			}
			if err == nil {
				stored++
			} else {
				refused++
			}
		}
	}
	if refused == 0 || stored == 0 {
		t.Errorf("%d stored, %d refused", stored, refused)
	}
	if len(w.glassOrder("eleni", "site")) == 0 {
		t.Error("nobody can read")
	}
	w.must(w.write(func(tx *Tx) error { return tx.run("PRAGMA max_page_count = 1073741823") }))
	w.must(w.write(setting("works.again")))
}

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
