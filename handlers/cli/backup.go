package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"vitrine/db"
)

type backupCommand struct {
	Dest string `arg:"" help:"A file that does not exist yet, or a folder, which gets a file named after the time." type:"path"`
}

// Run writes the backup and prints its name on the last line.
func (c *backupCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	dest := c.Dest
	if at, err := os.Stat(dest); err == nil && at.IsDir() {
		dest = filepath.Join(dest, "vitrine-"+store.Now().Format("20060102-150405")+".db")
	}
	files, err := store.Backup(dest)
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "The backup is whole. To restore it, stop the server and put it as %s into an empty data folder.\n", db.FileName)
	if files > 0 {
		fmt.Fprintf(sh.out, "The files that people sent are in a folder of their own, %s: keep it with the backup, and put it as %s into the data folder too.\n", db.BackupFiles(dest), db.BlobFolder)
	}
	fmt.Fprintln(sh.out, dest)
	return nil
}
