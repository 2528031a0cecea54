package team

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"vitrine/db"
	"vitrine/db/importers"
)

// An uploaded file waits so long for somebody to import it, and so many wait for
// one person.
const (
	uploadLife    = time.Hour
	uploadsEach   = 4
	uploadFolder  = "tmp"
	uploadPattern = "import-*.json"
)

// uploads are the files that people have sent, by token. They are gone after a
// restart; what is left of their files is swept with the next upload.
type uploads struct {
	mu   sync.Mutex
	held map[string]*upload
	sent int // so far
}

// Stages of an upload.
const (
	waiting = "waiting"
	running = "running"
	done    = "done"
	failed  = "failed"
)

// upload is a file on its way in. What stands below mu changes while it runs.
type upload struct {
	Token   string
	Name    string // the board's
	Target  db.ImportTarget
	Options db.ImportOptions
	Plan    planned
	Would   db.Imported // what the import would do

	owner    db.ID
	path     string
	at       time.Time
	number   int // in the order of sending
	finished chan struct{}

	mu          sync.Mutex
	stage       string
	tasks, most int // how far it is
	result      db.Imported
	err         error
	report      *plannedTime // of a report of time instead
}

// time is the report of time that an upload is, nil for another file.
func (one *upload) time() *plannedTime {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.report
}

func (one *upload) setTime(report *plannedTime) {
	one.mu.Lock()
	defer one.mu.Unlock()
	one.report = report
}

// planned is what the preview shows of a plan.
type planned struct {
	Counts  importers.Counts
	Columns []plannedColumn
	Sample  []plannedTask
	Skipped int // archived tasks that were not asked for
}

type plannedColumn struct {
	importers.Column
	Tasks int
}

type plannedTask struct {
	Title, Column       string
	Notes, Items, Links int
}

const sampleTasks = 8

// keep stores a file under a new token, readable by this program's user only.
func (u *uploads) keep(folder string, owner db.ID, now time.Time, file io.Reader) (*upload, error) {
	folder = filepath.Join(folder, uploadFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	u.sweep(folder, now)
	token := strings.ToLower(rand.Text())
	path := filepath.Join(folder, "import-"+token+".json")
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(to, file)
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
		return nil, fmt.Errorf("keeping an uploaded file: %w", err)
	}
	one := &upload{Token: token, owner: owner, path: path, at: now, stage: waiting, finished: make(chan struct{})}
	u.hold(one)
	time.AfterFunc(uploadLife, func() { u.drop(one) })
	return one, nil
}

func (u *uploads) hold(one *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held == nil {
		u.held = map[string]*upload{}
	}
	for {
		var oldest *upload
		count := 0
		for _, other := range u.held {
			if other.owner == one.owner && other.idle() {
				if count++; oldest == nil || other.number < oldest.number {
					oldest = other
				}
			}
		}
		if count < uploadsEach {
			break
		}
		delete(u.held, oldest.Token)
		os.Remove(oldest.path)
	}
	u.sent++
	one.number = u.sent
	u.held[one.Token] = one
}

// find answers an upload to the person who sent it, and to nobody else.
func (u *uploads) find(token string, owner db.ID, now time.Time) (*upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	one, ok := u.held[token]
	if !ok || one.owner != owner || now.Sub(one.at) > uploadLife && one.idle() {
		return nil, db.ErrNotFound
	}
	return one, nil
}

// drop forgets an upload and its file.
func (u *uploads) drop(one *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held[one.Token] == one && one.idle() {
		delete(u.held, one.Token)
	}
	os.Remove(one.path)
}

// sweep deletes files that an earlier run of the program left behind.
func (u *uploads) sweep(folder string, now time.Time) {
	files, _ := filepath.Glob(filepath.Join(folder, uploadPattern))
	for _, path := range files {
		if file, err := os.Stat(path); err == nil && now.Sub(file.ModTime()) > uploadLife {
			os.Remove(path)
		}
	}
}

// idle says that no import of it is under way.
func (one *upload) idle() bool {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.stage != running
}

// begin starts it, once.
func (one *upload) begin() bool {
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.stage != waiting {
		return false
	}
	one.stage = running
	return true
}

func (one *upload) progress(tasks, most int) {
	one.mu.Lock()
	defer one.mu.Unlock()
	one.tasks, one.most = tasks, most
}

// end notes what became of it and deletes the file.
func (one *upload) end(result db.Imported, err error) {
	os.Remove(one.path)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.result, one.err = result, err
	if one.stage = done; err != nil {
		one.stage = failed
	}
	close(one.finished)
}

// Stage says how far it is.
func (one *upload) Stage() string { one.mu.Lock(); defer one.mu.Unlock(); return one.stage }
