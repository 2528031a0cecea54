package db

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// Files lie in the data folder under the SHA-256 of their bytes, files/ab/ab12…,
// and what is still being received in files/tmp. No name that anybody typed ever
// becomes part of a path.
const (
	BlobFolder = "files"
	blobTmp    = "tmp"
)

// Room that files leave on the disk, for the database to go on, and how often that
// is asked while one comes in.
const (
	spareSpace = 64 << 20
	spaceStep  = 8 << 20
)

// ErrLarge and ErrFull stand beside an Invalid that says it in words: more bytes
// than the workspace takes, and a disk that has no room for them.
var (
	ErrLarge = errors.New("the file is too large")
	ErrFull  = errors.New("the disk is full")
)

// freeSpace is how many bytes may be written; tests make a disk full.
var freeSpace = FreeSpace

// Received are bytes that have arrived whole but belong to nothing yet. They are
// kept by AddFiles, or given up by Discard.
type Received struct {
	Name          string // as it was sent
	MediaType     string // told from the bytes; the sender's word counts for nothing
	Size          int64
	Width, Height int // of a picture
	Thumbnail     *Received
	sha256, path  string
}

// Receive takes at most limit bytes into the data folder while it counts and hashes
// them, and has them on the disk when it returns. Of what was cut, is empty or too
// large nothing stays.
func (s *Store) Receive(from io.Reader, limit int64) (*Received, error) {
	folder := filepath.Join(s.dir, BlobFolder, blobTmp)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, full(err)
	}
	file, err := os.CreateTemp(folder, "upload-") // for this program's user only, 0600
	if err != nil {
		return nil, full(err)
	}
	r := &Received{path: file.Name()}
	err = r.fill(file, from, limit, folder)
	if err == nil {
		err = full(file.Sync())
	}
	if closed := file.Close(); err == nil {
		err = full(closed)
	}
	if err != nil {
		r.Discard()
		return nil, err
	}
	return r, nil
}

func (r *Received) fill(file io.Writer, from io.Reader, limit int64, folder string) error {
	sum, part, head := sha256.New(), make([]byte, 64<<10), []byte(nil)
	for asked := int64(-1); ; {
		n, err := from.Read(part)
		if r.Size += int64(n); r.Size > limit {
			return errors.Join(ErrLarge, invalid("file", "file.large", "Max", limit>>20))
		}
		if step := r.Size / spaceStep; n > 0 && step > asked {
			if free, err := freeSpace(folder); err == nil && free < spareSpace {
				return full(syscall.ENOSPC)
			}
			asked = step
		}
		sum.Write(part[:n])
		if len(head) < 512 {
			head = append(head, part[:n]...)
		}
		if _, failed := file.Write(part[:n]); failed != nil {
			return full(failed)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("receiving a file: %w", err)
		}
	}
	if r.Size == 0 {
		return invalid("file", "file.empty")
	}
	r.sha256 = hex.EncodeToString(sum.Sum(nil))
	r.MediaType, _, _ = strings.Cut(http.DetectContentType(head), ";")
	return nil
}

// full says in words that the disk is full; other errors stay as they are.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errors.Join(ErrFull, invalid("file", "file.full"))
	}
	return err
}

// Room refuses with ErrFull what would not fit beside the room that is kept.
func (s *Store) Room(size int64) error {
	if free, err := freeSpace(s.dir); err == nil && size >= 0 && free < spareSpace+uint64(size) {
		return full(syscall.ENOSPC)
	}
	return nil
}

// Open reads the bytes again.
func (r *Received) Open() (*os.File, error) { return os.Open(r.path) }

// Discard gives the bytes up, unless they were kept; nil is nothing.
func (r *Received) Discard() {
	if r != nil {
		os.Remove(r.path)
		r.Thumbnail.Discard()
	}
}

func (s *Store) blobPath(sum string) string {
	return filepath.Join(s.dir, BlobFolder, sum[:2], sum)
}

// keep gives received bytes their place. It runs inside the write that names them,
// so that nothing clears them away between the two. Bytes that are there already
// are replaced by the same bytes: a damaged file is whole again.
func (tx *Tx) keep(r *Received) error {
	path := tx.store.blobPath(r.sha256)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return full(err)
	}
	if err := os.Rename(r.path, path); err != nil {
		known, there := os.Stat(path) // Windows replaces no file that is being read
		if there != nil || known.Size() != r.Size {
			return full(err)
		}
		os.Remove(r.path)
	}
	if known, err := os.Stat(path); err == nil {
		tx.store.proven.remember(r.sha256, known)
	}
	return full(flushFolder(filepath.Dir(path)))
}

// proven remembers of which files on the disk the hash was worked out, and which
// were found wrong, so that this is said once.
type proven struct {
	mu     sync.Mutex
	whole  map[string]os.FileInfo
	broken map[string]bool
}

const maxProven = 10000

func (p *proven) remember(sum string, file os.FileInfo) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.whole == nil || len(p.whole) >= maxProven {
		p.whole = map[string]os.FileInfo{}
	}
	p.whole[sum] = file
	delete(p.broken, sum)
}

func (p *proven) knows(sum string, file os.FileInfo) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.whole[sum]
	return was != nil && os.SameFile(was, file) && was.Size() == file.Size() && was.ModTime().Equal(file.ModTime())
}

// first says that bytes were not found broken before.
func (p *proven) first(sum string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken == nil || len(p.broken) >= maxProven {
		p.broken = map[string]bool{}
	}
	known := p.broken[sum]
	p.broken[sum] = true
	return !known
}

// BrokenBlob says that the data folder does not hold the bytes that a row names. Bytes
// that are lost do not exist for whoever asks; others in their place are ErrReplaced.
// First is true once for each.
type BrokenBlob struct {
	SHA256, Why string
	Lost, First bool
}

func (e *BrokenBlob) Error() string { return "file " + e.SHA256 + ": " + e.Why }

// Unwrap gives ErrNotFound or ErrReplaced.
func (e *BrokenBlob) Unwrap() error {
	if e.Lost {
		return ErrNotFound
	}
	return ErrReplaced
}

// OpenBlob opens bytes by their hash. What is not those bytes is never opened: the
// size is compared each time, the hash when a file is first asked for and again
// when it is another one or has changed since. Errors: *BrokenBlob.
func (s *Store) OpenBlob(sum string, size int64) (*os.File, error) {
	file, broken := s.openBlob(sum, size)
	if broken != nil {
		broken.First = s.proven.first(sum)
		return nil, broken
	}
	return file, nil
}

func (s *Store) openBlob(sum string, size int64) (*os.File, *BrokenBlob) {
	if !isSum(sum) {
		return nil, &BrokenBlob{SHA256: sum, Why: "is no hash", Lost: true}
	}
	file, err := os.Open(s.blobPath(sum))
	if err != nil {
		return nil, &BrokenBlob{SHA256: sum, Why: "cannot be opened", Lost: true}
	}
	about, err := file.Stat()
	why := ""
	switch {
	case err != nil || !about.Mode().IsRegular() || size >= 0 && about.Size() != size:
		why = "has another size"
	case s.proven.knows(sum, about):
	case proveBlob(file, sum) != nil:
		why = "holds other bytes"
	default:
		s.proven.remember(sum, about)
	}
	if why != "" {
		file.Close()
		return nil, &BrokenBlob{SHA256: sum, Why: why}
	}
	return file, nil
}

// Intact says whether the data folder holds the bytes of this hash, whole and
// unchanged. They are read once, and again when the file is another or has changed.
func (s *Store) Intact(sum string) (bool, error) {
	file, broken := s.openBlob(sum, -1)
	if broken != nil {
		return false, nil
	}
	return true, file.Close()
}

// proveBlob works out the hash of a file and goes back to its beginning.
func proveBlob(file io.ReadSeeker, sum string) error {
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return errors.New("other bytes")
	}
	_, err := file.Seek(0, io.SeekStart)
	return err
}

func isSum(sum string) bool {
	bytes, err := hex.DecodeString(sum)
	return err == nil && len(bytes) == sha256.Size && strings.ToLower(sum) == sum
}
