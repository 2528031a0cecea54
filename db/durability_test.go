package db

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
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
			if writer%4 == 3 {
				billUntilKilled(store)
				return
			}
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

// billUntilKilled sends bills, and prints the numbers that were acknowledged.
func billUntilKilled(store *Store) {
	var adam Actor
	var acme ID
	err := store.read(func(r source) (err error) {
		if adam.Person, err = one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.name LIKE 'Adam %'"); err == nil {
			acme, err = value[ID](r, "SELECT id FROM company WHERE name = 'Acme'")
		}
		return err
	})
	for err == nil {
		var id ID
		if id, err = store.AddInvoice(adam, InvoiceForm{Company: acme.String(), Kind: "invoice", Language: "en", Currency: "EUR", Rounding: "total", Lines: []LineForm{{Text: "Work", Price: "1", Tax: "S 24"}}}); err == nil {
			err = store.IssueInvoice(adam, id, 2, drawn)
		}
		var number string
		if err == nil {
			err = store.read(func(r source) (err error) {
				number, err = value[string](r, "SELECT number FROM invoice WHERE id = ?", id)
				return err
			})
		}
		if err == nil {
			_, _ = os.Stdout.WriteString("bill " + number + "\n")
		}
	}
	fmt.Println("error", err)
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
		for _, number := range w.rows("SELECT 'bill ' || number FROM invoice WHERE number IS NOT NULL") {
			stored[number] = true
		}
		w.gapless(5) // those that the world began with
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
