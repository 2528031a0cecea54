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
	if err := store.Backup(dest); err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "The backup is whole. To restore it, stop the server and put it as %s into an empty data folder.\n%s\n", db.FileName, dest)
	return nil
}
