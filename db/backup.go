package db

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Backup writes the whole workspace into one new file, and people's files into the
// folder BackupFiles beside it, while others go on working: it holds what was
// acknowledged before it began, in one snapshot. It says how many files there were;
// without any there is no folder. The backup is on the disk and has been read back whole when Backup returns. It
// carries nothing of what was erased, and not the key of the data folder: what
// waits sealed in the outbox cannot be opened with it.
func (s *Store) Backup(dest string) (files int, err error) {
	for _, path := range []string{dest, BackupFiles(dest)} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			if err == nil {
				err = fmt.Errorf("%s exists already", path)
			}
			return 0, err
		}
	}
	draft, err := os.MkdirTemp(filepath.Dir(dest), ".vitrine-backup-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(draft)
	file := filepath.Join(draft, FileName)
	if err := s.copyInto(file); err != nil {
		return 0, fmt.Errorf("the backup could not be written: %w", err)
	}
	if err := checkBackup(file); err != nil {
		return 0, err
	}
	if err := errors.Join(os.Chmod(file, 0o600), flush(file)); err != nil {
		return 0, err
	}
	if files, err = s.backupFiles(file, BackupFiles(file)); err != nil {
		return 0, err
	}
	if files > 0 { // first, so that there is no database that lacks them
		if err := os.Rename(BackupFiles(file), BackupFiles(dest)); err != nil {
			return 0, err
		}
	}
	if err := os.Rename(file, dest); err != nil {
		return 0, err
	}
	return files, flushFolder(filepath.Dir(dest))
}

// copyInto reads on a connection of its own: the readers are read-only in a way
// that keeps them from writing any file.
func (s *Store) copyInto(file string) error {
	pool, err := sql.Open("sqlite", "file:"+uriPath(s.path())+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec("VACUUM INTO ?", file)
	return err
}

// checkBackup opens a backup as a restore would, and reads every page and index.
func checkBackup(file string) error {
	pool, err := sql.Open("sqlite", "file:"+uriPath(file)+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	defer pool.Close()
	found, err := damages(pool)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("the backup is damaged: %s", strings.Join(found, "; "))
	}
	return err
}

// damages are what SQLite finds wrong with a database; none is the usual answer.
func damages(pool *sql.DB) ([]string, error) {
	from := poolSource{pool}
	found, err := all(from, itself[string], "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, err
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	lost, err := all(from, itself[string], `SELECT DISTINCT 'a row of ' || "table" || ' points at a missing row of ' || parent FROM pragma_foreign_key_check LIMIT 20`)
	return append(found, lost...), err
}

// poolSource reads outside the store's own connections.
type poolSource struct{ pool *sql.DB }

func (p poolSource) query(query string, args ...any) (*sql.Rows, error) {
	return p.pool.Query(query, args...)
}

// Damages are what SQLite finds wrong with the workspace's database.
func (s *Store) Damages() ([]string, error) {
	pool, err := sql.Open("sqlite", "file:"+uriPath(s.path())+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	return damages(pool)
}

// flush makes sure that a file is on the disk.
func flush(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// flushFolder makes sure that a file's name is on the disk; Windows has no such call.
func flushFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
