package db

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// BackupFiles is where a backup keeps people's files: a folder beside its database.
func BackupFiles(dest string) string { return dest + "." + BlobFolder }

// backupFiles copies every file that a copied database names into a new folder, and
// proves each one by its hash; without any there is no folder. Of a file that its
// people removed since the copy was begun nothing is said.
func (s *Store) backupFiles(database, folder string) (count int, err error) {
	pool, err := sql.Open("sqlite", "file:"+uriPath(database)+"?mode=ro&immutable=1")
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	sums, err := all(poolSource{pool}, itself[string], "SELECT sha256 FROM file WHERE sha256 IS NOT NULL UNION SELECT thumbnail FROM file WHERE thumbnail IS NOT NULL")
	if err != nil {
		return 0, err
	}
	for _, sum := range sums {
		err := s.backupBlob(sum, folder)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNotFound) {
			if gone, asked := s.unnamed(sum); asked == nil && gone {
				continue
			}
		}
		if err != nil {
			return count, fmt.Errorf("file %s could not be copied: %w", sum, err)
		}
		count++
	}
	return count, nil
}

func (s *Store) backupBlob(sum, folder string) error {
	from, err := s.OpenBlob(sum, -1)
	if err != nil {
		return err
	}
	defer from.Close()
	path := filepath.Join(folder, sum[:2], sum)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	to, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if err == nil {
		_, err = to.Seek(0, io.SeekStart)
	}
	if err == nil {
		err = proveBlob(to, sum)
	}
	return errors.Join(err, to.Sync(), to.Close())
}

// unnamed says that no row names these bytes any more.
func (s *Store) unnamed(sum string) (gone bool, err error) {
	err = s.read(func(r source) error {
		gone, err = value[bool](r, "SELECT NOT EXISTS (SELECT 1 FROM file WHERE sha256 = ?1) AND NOT EXISTS (SELECT 1 FROM file WHERE thumbnail = ?1)", sum)
		return err
	})
	return gone, err
}
