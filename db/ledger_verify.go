package db

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
)

// Verified is what was found to hold: sign-offs, and the different files they name.
type Verified struct{ Count, Files int }

// Broken is the first link of the ledger that does not hold. What ends a sentence
// that begins with the sign-off. Seq is 0 when it is about the ledger as a whole;
// ID, Project and At are told as far as the row can be read.
type Broken struct {
	Seq     int64
	ID      ID
	Project Named
	At      Time
	What    string
}

// ledgerPage is how many records are kept in memory.
const ledgerPage = 200

// VerifyLedger is VerifyLedger of this data folder.
func (s *Store) VerifyLedger() (Verified, *Broken, error) { return VerifyLedger(s.dir) }

// VerifyLedger walks all sign-offs of a data folder, from the first to the last, and
// names the first that does not hold: what was changed, left out, put in or cut off,
// and files that are not those that were signed. It changes nothing and works beside
// a running server. An error says that the ledger could not be read.
//
// The hashes are made without a secret: whoever can write the whole database can also
// seal all of it anew, or cut its end off together with its counter. That shows when
// it is compared with what left the house: certificates, saved records and backups.
func VerifyLedger(dir string) (Verified, *Broken, error) {
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); err != nil {
		return Verified{}, nil, fmt.Errorf("there is no workspace in %s", dir)
	}
	pool, err := sql.Open("sqlite", "file:"+uriPath(path)+"?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return Verified{}, nil, err
	}
	defer pool.Close()
	from := poolSource{pool}
	if kept, err := value[bool](from, "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'signoff')"); err != nil || !kept {
		return Verified{}, nil, errors.Join(err, errors.New("this workspace keeps no sign-offs: another version of the program wrote it"))
	}
	w := newWalk(dir)
	broken, err := w.all(from)
	return Verified{int(w.seq), w.files}, broken, err
}

// walk goes from link to link and knows what the next one has to follow.
type walk struct {
	dir   string
	seq   int64 // of the last link that held; they are counted from 1 without gaps
	chain string
	ends  map[ID]string // the last hash of each project
	known map[string]string
	files int
}

func newWalk(dir string) *walk {
	return &walk{dir: dir, ends: map[ID]string{}, known: map[string]string{}}
}

// all reads page by page: nothing is held open while files are read, and the server
// may go on writing.
func (w *walk) all(from source) (*Broken, error) {
	for first := int64(math.MinInt64); ; first = w.seq + 1 {
		page, err := all(from, linkFields, "SELECT "+linkColumns+" FROM signoff WHERE seq >= ? ORDER BY seq LIMIT ?", first, ledgerPage)
		if err != nil {
			return nil, err
		}
		for _, l := range page {
			if broken, err := w.step(l); broken != nil || err != nil {
				return broken, err
			}
		}
		if len(page) > 0 {
			continue
		}
		if broken, more, err := w.end(from); broken != nil || err != nil || !more {
			return broken, err
		}
	}
}

// step takes one link, and looks at the files that it names.
func (w *walk) step(l link) (*Broken, error) {
	if l.seq > w.seq+1 {
		return &Broken{Seq: w.seq + 1, What: "is missing"}, nil
	}
	r, wrong := w.follows(l)
	for i := 0; wrong == "" && i < len(r.Files); i++ {
		var err error
		if wrong, err = w.file(r.Files[i]); err != nil {
			return nil, err
		}
	}
	if wrong != "" {
		return l.broken(wrong), nil
	}
	w.seq, w.chain, w.ends[r.Project.ID] = l.seq, l.text(atChain), l.text(atHash)
	return nil, nil
}

// follows says what does not fit of a link, after those before it; "" is nothing.
func (w *walk) follows(l link) (Record, string) {
	if l.seq != w.seq+1 {
		return Record{}, "has a number that no sign-off can have"
	}
	r, err := readSealed(l.text(atRecord))
	if err != nil {
		return r, "holds a record that " + err.Error()
	}
	for i, want := range r.columns() {
		if l.values[i] != want {
			return r, fmt.Sprintf("has another %s in its row than in its record", linkNames[i])
		}
	}
	before := w.ends[r.Project.ID]
	switch hash := linked(before, l.text(atRecord)); {
	case l.values[atPrev] != before:
		return r, "does not name the hash of the sign-off before it in its project"
	case l.values[atHash] != hash:
		return r, "has a hash that is not that of its record"
	case l.values[atChain] != linked(w.chain, hash):
		return r, "is not chained to the sign-off before it"
	}
	return r, ""
}

// end says whether the ledger ends here: its counter knows how many records there
// have ever been. Both are asked at once, because the server may be adding some.
func (w *walk) end(from source) (broken *Broken, more bool, err error) {
	type counted struct {
		left bool
		last string
	}
	is, err := one(from, func(c *counted) []any { return []any{&c.left, &c.last} },
		"SELECT EXISTS (SELECT 1 FROM signoff WHERE seq > ?), coalesce(group_concat(seq), '0') FROM sqlite_sequence WHERE name = 'signoff'", w.seq)
	switch {
	case err != nil || is.left:
		return nil, err == nil, err
	case is.last != fmt.Sprint(w.seq):
		return &Broken{Seq: w.seq + 1, What: "and what followed is missing: the counter says " + is.last}, false, nil
	}
	broken, err = guarded(from)
	return broken, false, err
}

// ledgerGuards are the triggers that keep sign-offs as they are.
var ledgerGuards = []struct{ name, text string }{
	{"signoff_stays", "CREATE TRIGGER signoff_stays BEFORE UPDATE ON signoff BEGIN SELECT RAISE(ABORT, 'a sign-off is never changed'); END"},
	{"signoff_remains", "CREATE TRIGGER signoff_remains BEFORE DELETE ON signoff BEGIN SELECT RAISE(ABORT, 'a sign-off is never deleted'); END"},
	{"signoff_replaces", "CREATE TRIGGER signoff_replaces BEFORE INSERT ON signoff WHEN EXISTS (SELECT 1 FROM signoff s WHERE s.seq = new.seq OR s.id = new.id OR (s.decision_id = new.decision_id AND s.edition = new.edition AND s.person_id = new.person_id)) BEGIN SELECT RAISE(ABORT, 'a sign-off is never replaced'); END"},
}

func guarded(from source) (*Broken, error) {
	for _, guard := range ledgerGuards { // three
		text, err := value[string](from, "SELECT coalesce(max(sql), '') FROM sqlite_master WHERE type = 'trigger' AND name = ?", guard.name)
		if err != nil {
			return nil, err
		}
		if text != guard.text {
			return &Broken{What: "is not protected any more: the trigger " + guard.name + " is missing or was changed"}, nil
		}
	}
	return nil, nil
}

// file says what is wrong with the bytes of a file that was signed. Each is read once.
func (w *walk) file(f RecordFile) (string, error) {
	wrong, known := w.known[f.SHA256]
	if known {
		return wrong, nil
	}
	wrong, err := w.prove(f)
	w.known[f.SHA256] = wrong
	w.files++
	return wrong, err
}

func (w *walk) prove(f RecordFile) (string, error) {
	if !isSum(f.SHA256) {
		return "names a file by what is no hash", nil
	}
	file, err := os.Open(filepath.Join(w.dir, BlobFolder, f.SHA256[:2], f.SHA256))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Sprintf("names the file “%s” (SHA-256 %s), which is missing", f.Name, f.SHA256), nil
	}
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Sprintf("names the file “%s” (SHA-256 %s), which was replaced by other bytes", f.Name, f.SHA256), nil
	}
	return "", nil
}
