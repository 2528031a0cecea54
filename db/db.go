// Package db remembers everything and decides who may see it.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite"
)

// FileName is the database inside the data folder.
const FileName = "vitrine.db"

// ErrInUse says that another process serves this data folder.
var ErrInUse = errors.New("another process is serving this data folder")

// Options of Open. Serve waits for the folder's exclusive lock and keeps it;
// without it the lock is taken when it is free and the store works beside a
// running server when it is not. Glasses is the number of glass connections.
type Options struct {
	Serve   bool
	Glasses int
	Clock   func() time.Time
}

// Store is the data folder: one writer, readers, and the glass.
type Store struct {
	dir     string
	key     []byte
	lock    *flock.Flock
	clock   atomic.Pointer[func() time.Time]
	pools   []*sql.DB
	writes  chan *write
	readers *shelf
	glasses *shelf
	stop    chan struct{} // closed to end the writer
	ended   chan struct{} // closed by the writer when it has
	closing sync.Once
	proven  proven

	generation atomic.Uint64
	watching   sync.Mutex
	watchers   []func()
}

// Open opens the data folder, creates what it needs and brings the schema up
// to date unless another process serves the folder.
func Open(dir string, options Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	s := &Store{dir: dir, writes: make(chan *write, 256), stop: make(chan struct{}), ended: make(chan struct{})}
	s.SetClock(options.Clock)
	locked, err := s.takeLock(options.Serve)
	if err != nil {
		return nil, err
	}
	if err := ownOnly(s.path()); err != nil {
		return nil, s.failed(err)
	}
	if s.key, err = dataKey(dir, locked); err != nil {
		return nil, s.failed(err)
	}
	writer, err := s.openWriter(locked)
	if err != nil {
		return nil, s.failed(err)
	}
	if err := s.openReaders(max(4, runtime.GOMAXPROCS(0)*2)); err != nil {
		return nil, s.failed(err)
	}
	if options.Glasses == 0 {
		options.Glasses = max(6, runtime.GOMAXPROCS(0)*3)
	}
	if err := s.openGlasses(options.Glasses); err != nil {
		return nil, s.failed(err)
	}
	go s.writeAll(writer, s.outsideVersion(writer)) // read here: what another process commits from now on is noticed
	return s, nil
}

func (s *Store) takeLock(serve bool) (bool, error) {
	s.lock = flock.New(filepath.Join(s.dir, "vitrine.lock"))
	if !serve {
		return s.lock.TryLock()
	}
	// A command that runs beside holds the lock for a moment only.
	ctx, cancel := context.WithTimeout(context.Background(), 800*time.Millisecond)
	defer cancel()
	locked, err := s.lock.TryLockContext(ctx, 50*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) {
		return false, ErrInUse
	}
	return locked, err
}

func (s *Store) path() string { return filepath.Join(s.dir, FileName) }

// openWriter opens the one connection that writes, first of all, because it
// creates the file and its WAL.
func (s *Store) openWriter(migrate bool) (*conn, error) {
	pool, err := sql.Open("sqlite", "file:"+uriPath(s.path())+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=journal_size_limit(67108864)"+fullSync())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	s.pools = append(s.pools, pool)
	if migrate {
		if err := migrateSchema(pool); err != nil {
			return nil, err
		}
	} else if err := checkSchema(pool); err != nil {
		return nil, err
	}
	writer := &conn{pool: pool}
	sync, err := value[int](writer, "PRAGMA synchronous")
	if err == nil && sync != 2 {
		err = fmt.Errorf("SQLite runs with synchronous=%d: an acknowledged change could be lost", sync)
	}
	return writer, err
}

// ownOnly makes the database a file that nobody else may read, before SQLite
// opens it: its WAL gets the rights that it has then. A file that is there is not
// opened: closing it again would let go of all locks that this process has on it.
func ownOnly(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.Chmod(path, 0o600)
	}
	if err != nil {
		return err
	}
	return file.Close()
}

func (s *Store) openReaders(count int) error {
	pool, err := sql.Open("sqlite", "file:"+uriPath(s.path())+"?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	s.pools = append(s.pools, pool)
	s.readers, err = newShelf(pool, count)
	return err
}

// read runs several queries on one snapshot of the whole database. It is for
// this package alone: what leaves it goes through a Viewer or a Glass.
func (s *Store) read(queries func(source) error) error {
	reader := s.readers.take()
	defer s.readers.give(reader)
	if _, err := reader.exec("BEGIN"); err != nil {
		return err
	}
	defer reader.exec("ROLLBACK")
	return queries(reader)
}

// Now is the one clock of the program.
func (s *Store) Now() time.Time { return (*s.clock.Load())().UTC() }

// SetClock replaces the clock; nil is the machine's.
func (s *Store) SetClock(clock func() time.Time) {
	if clock == nil {
		clock = time.Now
	}
	s.clock.Store(&clock)
}

// Generation rises, before the change is acknowledged, with every commit that
// may change what anybody sees, of this process or another. What was read under
// a generation may be kept while it lasts.
func (s *Store) Generation() uint64 { return s.generation.Load() }

// Watch calls after every such commit; the call must not block.
func (s *Store) Watch(committed func()) {
	s.watching.Lock()
	defer s.watching.Unlock()
	s.watchers = append(s.watchers, committed)
}

func (s *Store) changed() {
	s.generation.Add(1)
	s.watching.Lock()
	defer s.watching.Unlock()
	for _, committed := range s.watchers {
		committed()
	}
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Close finishes the writes that were accepted and closes the folder. What is
// asked afterwards is answered with an error.
func (s *Store) Close() (err error) {
	s.closing.Do(func() {
		close(s.stop)
		<-s.ended
		err = s.failed(nil)
	})
	return err
}

func (s *Store) failed(err error) error {
	for _, lent := range []*shelf{s.readers, s.glasses} {
		if lent != nil {
			lent.close()
		}
	}
	for _, pool := range s.pools {
		err = errors.Join(err, pool.Close())
	}
	return errors.Join(err, s.lock.Unlock())
}
