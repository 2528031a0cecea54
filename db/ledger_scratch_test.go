package db

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// signedFiles are what people sign in these tests.
var signedFiles = []string{"a plan", "ένα σχέδιο", "a picture 🖼"}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// scratch is a data folder with a ledger that nobody has open, to be changed by
// whoever can write the file.
type scratch struct {
	t    testing.TB
	dir  string
	pool *sql.DB
}

// newScratch seals count records of five projects and closes the folder.
func newScratch(t testing.TB, count int) *scratch {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(dir, Options{Glasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	seal(t, s, count)
	return &scratch{t: t, dir: dir}
}

// seal appends count records, and puts the files that they name into the data folder.
func seal(t testing.TB, s *Store, count int) {
	t.Helper()
	for _, content := range signedFiles {
		path := s.blobPath(sumOf(content))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	chance := rand.New(rand.NewPCG(5, uint64(count)))
	projects := []Named{{NewID(), "Website"}, {NewID(), "Νέα σελίδα"}, {NewID(), "Κατάλογος 🍂"}, {NewID(), "A \"quoted\" \\ <b>project</b>"}, {NewID(), "E\u2028F"}}
	err := s.write(func(tx *Tx) error {
		for i := range count {
			r := someRecord(chance, projects[chance.IntN(len(projects))], i)
			if err := tx.append(r, r.Decision.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// someRecord is one of every kind of answer, in both languages.
func someRecord(chance *rand.Rand, project Named, i int) Record {
	at := At(time.Date(2026, 5, 20, 9, 0, 0, i*1000, time.UTC).Add(time.Duration(i) * time.Minute))
	r := Record{Format: RecordFormat, ID: NewID(), Workspace: "Ormos", Company: Named{NewID(), "Κεραμικά Παπαδοπούλου"}, Project: project, At: at,
		Person:   RecordPerson{NewID(), "Ελένη Παπαδοπούλου", "Client"},
		SignedIn: RecordSession{"pin", At(at.Add(-time.Hour)), i%2 == 0},
		Decision: RecordDecision{ID: NewID(), Kind: KindQuestion, Edition: 1 + i%3, Question: fmt.Sprintf("Which blue, %d? Ποιο μπλε; 🎨", i), Context: "Because\nof \"it\" & <that>.", Mode: AnyOne,
			AskedBy: "Κατερίνα Δούκα", AskedAt: At(at.Add(-48 * time.Hour)), Deciders: []Named{{NewID(), "Ελένη"}}}}
	r.Answer = RecordAnswer{Outcome: []string{Approve, Free, Changes, Decline}[i%4], Comment: strings.Repeat("Ναι, έτσι 👍🏽 ", i%4), LateDays: i % 3}
	if i%5 == 0 {
		price, days := int64(123456), int64(-3)
		first, second := RecordOption{ID: NewID(), Title: "Γαλάζιο", Cost: &price, Days: &days}, RecordOption{ID: NewID(), Title: "navy", Text: "darker", Recommended: true}
		r.Decision.Options, r.Decision.Currency, r.Decision.Price = []RecordOption{first, second}, "EUR", &price
		r.Answer = RecordAnswer{Outcome: Choose, Option: &first.ID, OptionTitle: first.Title}
	}
	for n := range i % 3 {
		content := signedFiles[chance.IntN(len(signedFiles))]
		r.Files = append(r.Files, RecordFile{NewID(), fmt.Sprintf("αρχείο %d.pdf", n), int64(len(content)), sumOf(content), n == 0})
	}
	if i%7 == 0 {
		r.Deliverable = &RecordDeliverable{NewID(), "Sitemap", "", 2, "Δεύτερη εκδοχή", sumOf("version")}
	}
	return r
}

// copied is a second folder of the same content.
func (x *scratch) copied() *scratch {
	x.t.Helper()
	to := x.t.TempDir()
	if err := os.CopyFS(to, os.DirFS(x.dir)); err != nil {
		x.t.Fatal(err)
	}
	return &scratch{t: x.t, dir: to}
}

// tamper changes the file behind the program's back, and puts the triggers back as
// they were.
func (x *scratch) tamper(query string, args ...any) {
	x.t.Helper()
	for _, guard := range ledgerGuards {
		x.plain("DROP TRIGGER IF EXISTS " + guard.name)
	}
	x.plain(query, args...)
	for _, guard := range ledgerGuards {
		x.plain(guard.text)
	}
}

func (x *scratch) plain(query string, args ...any) {
	x.t.Helper()
	if x.pool == nil {
		pool, err := sql.Open("sqlite", "file:"+uriPath(filepath.Join(x.dir, FileName))+"?_pragma=synchronous(OFF)&_pragma=ignore_check_constraints(1)")
		if err != nil {
			x.t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		x.pool = pool
		x.t.Cleanup(func() { pool.Close() })
	}
	if _, err := x.pool.Exec(query, args...); err != nil {
		x.t.Fatalf("%v in %s", err, query)
	}
}

// links are all rows of the ledger as they are stored.
func (x *scratch) links() []link {
	x.t.Helper()
	x.plain("SELECT 1")
	list, err := all(poolSource{x.pool}, linkFields, "SELECT "+linkColumns+" FROM signoff ORDER BY seq")
	if err != nil {
		x.t.Fatal(err)
	}
	return list
}

// put writes a link over the row of its number.
func (x *scratch) put(l link) {
	x.t.Helper()
	columns := strings.Split(linkColumns, ", ")
	x.tamper("REPLACE INTO signoff ("+linkColumns+") VALUES ("+strings.Repeat("?, ", len(columns)-1)+"?)", append([]any{l.seq}, l.values[:]...)...)
}

// broken is the first link that does not hold: its number, id and what is wrong.
func (x *scratch) broken() *Broken {
	x.t.Helper()
	_, broken, err := VerifyLedger(x.dir)
	if err != nil {
		x.t.Fatal(err)
	}
	return broken
}

// says is that in one line; "" holds.
func (x *scratch) says() string {
	x.t.Helper()
	if b := x.broken(); b != nil {
		return fmt.Sprint(b.Seq, " ", b.What)
	}
	return ""
}

// sealed gives a link another record and hashes that fit to it.
func (l link) sealed(before []link, record string) link {
	prev, chain := "", ""
	for _, b := range before {
		if chain = b.text(atChain); b.values[atProject] == l.values[atProject] {
			prev = b.text(atHash)
		}
	}
	hash := linked(prev, record)
	l.values[atRecord], l.values[atPrev], l.values[atHash], l.values[atChain] = record, prev, hash, linked(chain, hash)
	return l
}

func (x *scratch) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// forged is one more record, under a number of its own, that is sealed as it should be.
func forged(links []link, seq int64) link {
	r, _ := ReadRecord(links[0].text(atRecord))
	r.ID, r.Decision.ID = NewID(), NewID()
	text, _ := r.canonical()
	l := link{seq: seq}
	copy(l.values[:], r.columns())
	return l.sealed(links, text)
}

// swapped are two links under each other's number.
func swapped(a, b link) (link, link) {
	a.seq, b.seq = b.seq, a.seq
	return a, b
}
