package db

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Ten thousand links hold, and none can be changed, whichever byte of whichever column
// it is: the link itself is found, and what is wrong with it.
func TestEveryByteOfTheLedgerCounts(t *testing.T) {
	alone(t)
	t.Parallel()
	const count = 10000
	x := newScratch(t, count)
	if held, broken, err := VerifyLedger(x.dir); err != nil || broken != nil || held != (Verified{count, len(signedFiles)}) {
		t.Fatalf("%+v %+v %v", held, broken, err)
	}
	links := x.links()
	walks := walksBefore(links)
	chance := rand.New(rand.NewPCG(1, 2))
	tried := 0
	change := func(i, column, at int, bits byte) {
		tried++
		l, ok := links[i].changed(column, at, bits)
		if _, wrong := walks[i].follows(l); ok && wrong == "" {
			t.Errorf("link %d: byte %d of its %s was changed by %02x and nobody noticed", l.seq, at, linkNames[column], bits)
		}
	}
	for _, i := range []int{0, 5, 14, 4711, count - 1} { // whole rows
		for column, value := range links[i].values {
			for at := range sizeOf(value) {
				change(i, column, at, byte(1<<chance.IntN(8)))
				change(i, column, at, byte(1+chance.IntN(255)))
			}
		}
	}
	for range 5000 { // anywhere
		i, column := chance.IntN(count), chance.IntN(len(linkNames))
		if n := sizeOf(links[i].values[column]); n > 0 {
			change(i, column, chance.IntN(n), byte(1+chance.IntN(255)))
		}
	}
	for column, value := range links[14].values { // the same bytes as another type
		l := links[14]
		if l.values[column] = []byte(fmt.Sprint(value)); value == nil {
			l.values[column] = ""
		}
		if _, wrong := walks[14].follows(l); wrong == "" {
			t.Errorf("%s may be of another type", linkNames[column])
		}
	}
	if tried < 15000 {
		t.Errorf("only %d changes were tried", tried)
	}
	// A long ledger is walked to its end.
	for i, want := range map[int]string{0: "1 is missing", 5555: "5556 is missing", count - 1: "10000 and what followed is missing: the counter says 10000"} {
		x.tamper("DELETE FROM signoff WHERE seq = ?", links[i].seq)
		if got := x.says(); got != want {
			t.Errorf("without link %d: %s", i+1, got)
		}
		x.put(links[i])
	}
	x.tamper("DELETE FROM signoff WHERE seq > ?", count-100)
	if got := x.says(); got != "9901 and what followed is missing: the counter says 10000" {
		t.Error(got)
	}
}

// walksBefore are the walks that have come to each of the links.
func walksBefore(links []link) []*walk {
	walks, ends, chain := make([]*walk, len(links)), map[any]string{}, ""
	for i, l := range links {
		walks[i] = &walk{seq: l.seq - 1, chain: chain, ends: map[ID]string{ID(l.values[atProject].(int64)): ends[l.values[atProject]]}}
		ends[l.values[atProject]], chain = l.text(atHash), l.text(atChain)
	}
	return walks
}

// sizeOf is how many bytes of a value can be changed: a number has eight.
func sizeOf(value any) int {
	if text, ok := value.(string); ok {
		return len(text)
	}
	return 8
}

// changed turns bits in one byte of a value; none is counted as 0.
func (l link) changed(column, at int, bits byte) (link, bool) {
	switch value := l.values[column].(type) {
	case string:
		bytes := []byte(value)
		bytes[at] ^= bits
		l.values[column] = string(bytes)
	case int64:
		l.values[column] = value ^ int64(bits)<<(8*at)
	case nil:
		l.values[column] = int64(bits) << (8 * at)
	default:
		return l, false
	}
	return l, true
}

// The same in the file itself, of a short ledger: what is read is what is stored.
func TestChangesInTheFileAreFound(t *testing.T) {
	alone(t)
	t.Parallel()
	x := newScratch(t, 21)
	links, chance := x.links(), rand.New(rand.NewPCG(3, 4))
	columns := strings.Split(linkColumns, ", ")[1:]
	for n := range 280 {
		i, column := chance.IntN(len(links)), n%len(linkNames)
		size := sizeOf(links[i].values[column])
		if size == 0 {
			continue // no comment
		}
		l, _ := links[i].changed(column, chance.IntN(size), byte(1+chance.IntN(255)))
		x.tamper("UPDATE signoff SET "+columns[column]+" = ? WHERE seq = ?", l.values[column], l.seq)
		b := x.broken()
		if b == nil || b.Seq != l.seq || column != atID && b.ID != ID(l.values[atID].(int64)) {
			t.Errorf("link %d, %s: %+v", l.seq, linkNames[column], b)
		}
		x.tamper("UPDATE signoff SET "+columns[column]+" = ? WHERE seq = ?", links[i].values[column], l.seq)
	}
	if got := x.says(); got != "" {
		t.Errorf("put back as it was it does not hold: %s", got)
	}
}

// What is wrong is said, and each check is needed: the hashes of these links fit
// wherever whoever wrote them could make them fit.
func TestWhatIsSaidOfABrokenLink(t *testing.T) {
	t.Parallel()
	whole := newScratch(t, 15)
	links := whole.links()
	whole.pool.Close()
	last := links[14]
	text := last.text(atRecord)
	reseal := func(from, to string) func(*scratch) {
		return func(x *scratch) {
			if strings.Count(text, from) == 0 {
				x.t.Fatalf("no %s in %s", from, text)
			}
			x.put(last.sealed(links[:14], strings.Replace(text, from, to, 1)))
		}
	}
	set := func(column int, value any) func(*scratch) {
		return func(x *scratch) { l := last; l.values[column] = value; x.put(l) }
	}
	run := func(query string, args ...any) func(*scratch) {
		return func(x *scratch) { x.tamper(query, args...) }
	}
	blob := func(sum string) string { return filepath.Join(BlobFolder, sum[:2], sum) }
	signed := links[2]
	record, err := ReadRecord(signed.text(atRecord))
	if err != nil || len(record.Files) == 0 {
		t.Fatal(record.Files, err)
	}
	first := slices.IndexFunc(links, func(l link) bool { return strings.Contains(l.text(atRecord), record.Files[0].SHA256) }) + 1
	last15, err := ReadRecord(text)
	if err != nil || len(last15.Files) == 0 {
		t.Fatal(last15.Files, err)
	}
	other := func() int64 { return int64(NewID()) }
	cases := map[string]struct {
		do   func(*scratch)
		want string
	}{
		"nothing":     {func(*scratch) {}, ""},
		"id":          {set(atID, other()), "15 has another id in its row than in its record"},
		"project":     {set(atProject, other()), "15 has another project in its row"},
		"decision":    {set(2, other()), "15 has another decision in its row"},
		"edition":     {set(3, int64(9)), "15 has another edition in its row"},
		"person":      {set(4, other()), "15 has another person in its row"},
		"outcome":     {set(5, Approve+" "), "15 has another outcome in its row"},
		"option":      {set(6, other()), "15 has another option in its row"},
		"comment":     {set(7, "No"), "15 has another comment in its row"},
		"late days":   {set(8, int64(7)), "15 has another number of late days in its row"},
		"time":        {set(atTime, "2026-05-20T09:00:00.000000Z"), "15 has another time in its row"},
		"prev":        {set(atPrev, links[0].text(atHash)), "15 does not name the hash of the sign-off before it in its project"},
		"hash":        {set(atHash, links[0].text(atHash)), "15 has a hash that is not that of its record"},
		"chain":       {set(atChain, links[0].text(atHash)), "15 is not chained to the sign-off before it"},
		"record":      {set(atRecord, strings.Replace(text, "Which", "which", 1)), "15 has a hash that is not that of its record"},
		"no JSON":     {reseal("{", "["), "15 holds a record that cannot be read"},
		"format":      {reseal(RecordFormat, "vitrine-signoff-2"), `15 holds a record that has a format that this program does not know, "vitrine-signoff-2"`},
		"unknown":     {reseal(`"workspace":`, `"worksp":"","workspace":`), "15 holds a record that holds what no record of its format holds"},
		"a fraction":  {reseal(`"late_days":2`, `"late_days":2.5`), "15 holds a record that holds what no record of its format holds"},
		"blanks":      {reseal(`"late_days":2`, `"late_days": 2`), "15 holds a record that is not in canonical form"},
		"twice":       {reseal(`"late_days":2`, `"late_days":2,"late_days":2`), "15 holds a record that is not in canonical form"},
		"left out":    {reseal(`"late_days":2,`, ``), "15 holds a record that is not in canonical form"},
		"other case":  {reseal(`"late_days":2`, `"Late_days":2`), "15 holds a record that is not in canonical form"},
		"escaped":     {reseal(`Which`, `\u0057hich`), "15 holds a record that is not in canonical form"},
		"broken text": {reseal(`Which`, "Wh\xffich"), "15 holds a record that is not in canonical form"},
		"more after":  {func(x *scratch) { x.put(last.sealed(links[:14], text+"{}")) }, "15 holds a record that cannot be read"},
		"another's":   {func(x *scratch) { x.put(last.sealed(links[:14], links[3].text(atRecord))) }, "15 has another id in its row"},
		"before it": {func(x *scratch) { // sealed as if its project had begun with it
			l := last.sealed(nil, text)
			l.values[atChain] = linked(links[13].text(atChain), l.text(atHash))
			x.put(l)
		}, "15 does not name the hash"},
		"own chain": {func(x *scratch) {
			l := last.sealed(links[:14], text)
			l.values[atChain] = linked("", l.text(atHash))
			x.put(l)
		}, "15 is not chained"},
		"no first":  {run("DELETE FROM signoff WHERE seq = 1"), "1 is missing"},
		"no middle": {run("DELETE FROM signoff WHERE seq = 8"), "8 is missing"},
		"closed gap": {func(x *scratch) {
			run("DELETE FROM signoff WHERE seq = 8")(x)
			run("UPDATE signoff SET seq = seq - 1 WHERE seq > 8")(x)
		}, "8 "},
		"no last":      {run("DELETE FROM signoff WHERE seq = 15"), "15 and what followed is missing: the counter says 15"},
		"no tail":      {run("DELETE FROM signoff WHERE seq > 4"), "5 and what followed is missing: the counter says 15"},
		"nothing left": {run("DELETE FROM signoff"), "1 and what followed is missing: the counter says 15"},
		"no counter":   {run("DELETE FROM sqlite_sequence WHERE name = 'signoff'"), "16 and what followed is missing: the counter says 0"},
		"two counters": {run("INSERT INTO sqlite_sequence (name, seq) VALUES ('signoff', 15)"), "16 and what followed is missing: the counter says 15,15"},
		"below one":    {func(x *scratch) { l := last; l.seq = 0; run("DELETE FROM signoff WHERE seq = 15")(x); x.put(l) }, "0 has a number that no sign-off can have"},
		"far below":    {func(x *scratch) { l := last; l.seq = -1 << 63; run("DELETE FROM signoff WHERE seq = 15")(x); x.put(l) }, "-9223372036854775808 has a number that no sign-off can have"},
		"a gap":        {func(x *scratch) { x.put(forged(links, 17)) }, "16 is missing"},
		"swapped": {func(x *scratch) {
			a, b := swapped(links[6], links[9])
			run("DELETE FROM signoff WHERE seq IN (7, 10)")(x)
			x.put(a)
			x.put(b)
		}, "7 "},
		"may change":  {func(x *scratch) { x.plain("DROP TRIGGER signoff_stays") }, "0 is not protected any more: the trigger signoff_stays"},
		"may be lost": {func(x *scratch) { x.plain("DROP TRIGGER signoff_remains") }, "0 is not protected any more: the trigger signoff_remains"},
		"weak trigger": {func(x *scratch) {
			x.plain("DROP TRIGGER signoff_stays")
			x.plain(strings.Replace(ledgerGuards[0].text, "BEGIN", "WHEN old.seq < 0 BEGIN", 1))
		}, "0 is not protected any more: the trigger signoff_stays"},
		"file lost": {func(x *scratch) { x.must(os.Remove(filepath.Join(x.dir, blob(record.Files[0].SHA256)))) }, fmt.Sprintf("%d names the file “αρχείο ", first)},
		"file replaced": {func(x *scratch) {
			x.must(os.WriteFile(filepath.Join(x.dir, blob(record.Files[0].SHA256)), []byte("another"), 0o600))
		}, fmt.Sprintf("%d names the file “αρχείο ", first)},
		"no hash": {reseal(last15.Files[0].SHA256, "../../vitrine.db"), "15 names a file by what is no hash"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			x := whole.copied()
			x.t = t
			c.do(x)
			got := x.says()
			if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
				t.Errorf("%q is said: %s", c.want, got)
			}
			for word, in := range map[string]string{"missing": "file lost", "replaced": "file replaced"} {
				if name == in && !strings.Contains(got, word) {
					t.Error(got)
				}
			}
		})
	}
}

// A ledger is checked while the server adds to it; what it refused leaves no gap, and
// a backup holds as well.
func TestTheLedgerIsCheckedBesideTheServer(t *testing.T) {
	t.Parallel()
	s, err := Open(t.TempDir(), Options{Glasses: 1, Serve: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if held, broken, err := s.VerifyLedger(); err != nil || broken != nil || held != (Verified{}) {
		t.Errorf("empty: %+v %+v %v", held, broken, err)
	}
	seal(t, s, 3)
	stop, ended := make(chan struct{}), sync.WaitGroup{}
	ended.Go(func() {
		chance := rand.New(rand.NewPCG(8, 9))
		for i := 3; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			r := someRecord(chance, Named{NewID(), "Website"}, i)
			seal := func(tx *Tx) error { return tx.append(r, r.Decision.ID) }
			if err := s.write(seal); err != nil {
				t.Error(err)
			}
			if r.ID = NewID(); s.write(seal) == nil {
				t.Error("somebody answered twice")
			}
		}
	})
	for last, began := 0, time.Now(); last < 20 && time.Since(began) < 20*time.Second; {
		held, broken, err := VerifyLedger(s.Dir())
		if err != nil || broken != nil || held.Count < last {
			t.Fatalf("%+v after %d: %+v %v", held, last, broken, err)
		}
		last = held.Count
	}
	close(stop)
	ended.Wait()
	held, _, err := s.VerifyLedger()
	if err != nil || held.Count < 20 {
		t.Errorf("%+v %v", held, err)
	}
	copied := filepath.Join(t.TempDir(), FileName)
	if _, err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(filepath.Dir(copied), BlobFolder), os.DirFS(filepath.Join(s.Dir(), BlobFolder))); err != nil {
		t.Fatal(err)
	}
	if restored, broken, err := VerifyLedger(filepath.Dir(copied)); err != nil || broken != nil || restored != held {
		t.Errorf("restored: %+v %+v %v", restored, broken, err)
	}
}

// Real answers hold, and reading them changes nothing.
func TestSealedAnswersHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.openQuestion("way", All, nil)
	w.must(w.answers("eleni", d, "choose left"))
	before := w.digest()
	if held, broken, err := w.VerifyLedger(); err != nil || broken != nil || held.Count != len(w.rows("SELECT id FROM signoff")) || held.Count < 2 {
		t.Errorf("%+v %+v %v", held, broken, err)
	}
	if w.digest() != before {
		t.Error("checking has changed something")
	}
	w.must(w.write(func(tx *Tx) error { return tx.run("DROP TRIGGER signoff_stays") }))
	w.sql("UPDATE signoff SET comment = 'I never said so' WHERE decision_id = ?", d.ID)
	_, broken, err := w.VerifyLedger()
	if err != nil || broken == nil || broken.Seq == 0 || broken.ID == 0 || broken.Project.Name == "" || broken.Project.ID != w.id("site") || broken.At.IsZero() {
		t.Errorf("%+v %v", broken, err)
	}
}

// What is no ledger is said to be none.
func TestNoLedger(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, _, err := VerifyLedger(dir); err == nil || !strings.Contains(err.Error(), "no workspace") {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Error("checking made files")
	}
	x := newScratch(t, 1)
	x.plain("DROP TABLE signoff")
	if _, _, err := VerifyLedger(x.dir); err == nil || !strings.Contains(err.Error(), "no sign-offs") {
		t.Error(err)
	}
}
