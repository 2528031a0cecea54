package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// sweptAfter is how old a file in the data folder must be before the night takes
// it away: one that is younger may still be on its way to its row.
const sweptAfter = 24 * time.Hour

// DropBlobs erases the bytes that have lost their last row since the last time. It
// looks and erases within one write: nobody can name the same bytes meanwhile.
func (s *Store) DropBlobs() error {
	var gone []string
	err := s.read(func(r source) (err error) {
		gone, err = all(r, itself[string], "SELECT sha256 FROM blob_gone LIMIT ?", prunedAtOnce)
		return err
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	return s.write(func(tx *Tx) error {
		tx.hush()
		for _, sum := range gone {
			if err := tx.dropBlob(sum); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) dropBlob(sum string) error {
	named, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM file WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM file WHERE thumbnail = ?1)", sum)
	if err != nil {
		return err
	}
	if !named && isSum(sum) {
		if err := os.Remove(tx.store.blobPath(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return tx.run("DELETE FROM blob_gone WHERE sha256 = ?", sum)
}

// sweepBlobs takes away what a crash has left behind: pieces of uploads, and bytes
// that no row names.
func (s *Store) sweepBlobs() error {
	named := map[string]bool{}
	err := s.read(func(r source) error {
		sums, err := all(r, itself[string], "SELECT sha256 FROM file WHERE sha256 IS NOT NULL UNION ALL SELECT thumbnail FROM file WHERE thumbnail IS NOT NULL")
		for _, sum := range sums {
			named[sum] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	root := filepath.Join(s.dir, BlobFolder)
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() || named[entry.Name()] {
			return err
		}
		about, err := entry.Info()
		if err != nil || s.Now().Sub(about.ModTime()) < sweptAfter {
			return nil // gone already, or young
		}
		if filepath.Dir(path) == filepath.Join(root, blobTmp) {
			return os.Remove(path)
		}
		if !isSum(entry.Name()) {
			return nil // not ours
		}
		return s.write(func(tx *Tx) error { tx.hush(); return tx.dropBlob(entry.Name()) })
	})
}
