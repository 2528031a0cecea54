package db

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestBackupHoldsWhatWasAcknowledged(t *testing.T) {
	s := newShop(t)
	project := s.take(kiln(), ImportOptions{}).Project
	stop, failed := make(chan struct{}), make(chan error, 1)
	acknowledged := make(chan int, 1)
	go func() {
		for n := 0; ; n++ {
			if _, err := s.AddTask(s.katerina, project, NewTask{Title: fmt.Sprint("Task ", n), Column: Todo}); err != nil {
				failed <- err
				return
			}
			if n == 20 {
				acknowledged <- n
			}
			select {
			case <-stop:
				failed <- nil
				return
			default:
			}
		}
	}()
	least := <-acknowledged
	file := filepath.Join(t.TempDir(), "copy.db")
	if _, err := s.Backup(file); err != nil {
		t.Fatal(err)
	}
	close(stop)
	if err := <-failed; err != nil {
		t.Errorf("a write failed during the backup: %v", err)
	}
	if mode, _ := os.Stat(file); runtime.GOOS != "windows" && mode.Mode().Perm() != 0o600 {
		t.Errorf("the backup is readable: %v", mode.Mode())
	}
	// A restore is the file under its usual name in a new folder.
	dir := t.TempDir()
	if err := os.Rename(file, filepath.Join(dir, FileName)); err != nil {
		t.Fatal(err)
	}
	restored, err := Open(dir, Options{Glasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	count, err := value[int](poolSource{restored.pools[1]}, "SELECT count(*) FROM task WHERE title LIKE 'Task %'")
	if err != nil || count <= least {
		t.Errorf("%d tasks were acknowledged, the backup has %d (%v)", least+1, count, err)
	}
	if found, err := restored.Damages(); err != nil || len(found) > 0 {
		t.Errorf("damages: %v %v", found, err)
	}
}

func TestBackupRefusesToOverwrite(t *testing.T) {
	s := newShop(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "mine.db")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(file); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("overwriting says %v", err)
	}
	if _, err := s.Backup(filepath.Join(dir, "no", "such", "folder.db")); err == nil {
		t.Error("a folder that does not exist is no mistake")
	}
	left, _ := os.ReadDir(dir)
	if text, _ := os.ReadFile(file); string(text) != "mine" || len(left) != 1 {
		t.Errorf("the refused backup left %v", left)
	}
}

// A damaged copy must never pass for a backup.
func TestDamagesAreFound(t *testing.T) {
	s := newShop(t)
	b := newBoard("To do", "Doing", "Done")
	for n := range 500 {
		b.card(n%3, fmt.Sprint("Card ", n))
	}
	s.take(b, ImportOptions{})
	file := filepath.Join(t.TempDir(), "copy.db")
	if _, err := s.Backup(file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 4096 * 20; at < 4096*24; at++ {
		whole[at] ^= 0x5a
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := checkBackup(file); err == nil {
		t.Error("four damaged pages were not noticed")
	}
}
