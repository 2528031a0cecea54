package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"vitrine/db"
)

type doctorCommand struct {
	SMTP smtpFlags `embed:"" prefix:"smtp-"`
}

// A finding is one thing that was looked at.
type finding struct {
	good bool
	text string
}

// Run looks at everything and fails when something is wrong.
func (c *doctorCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	findings, err := examine(store)
	if err != nil {
		return err
	}
	findings = append(findings, folderFindings(sh.dir)...)
	if space, err := db.FreeSpace(sh.dir); err == nil {
		findings = append(findings, finding{space > 256<<20, fmt.Sprintf("The disk has %d MB left.", space>>20)})
	}
	findings = append(findings, c.SMTP.finding())
	bad := 0
	for _, f := range findings {
		mark := "ok     "
		if !f.good {
			mark = "wrong  "
			bad++
		}
		fmt.Fprintln(sh.out, mark+f.text)
	}
	if bad > 0 {
		return errors.New("something is wrong: see above")
	}
	return nil
}

func examine(store *db.Store) ([]finding, error) {
	damages, err := store.Damages()
	if err != nil {
		return nil, err
	}
	findings := []finding{{len(damages) == 0, "The database is whole, and every reference in it leads somewhere."}}
	for _, damage := range damages {
		findings[0] = finding{false, "The database is damaged. Restore your last backup."}
		findings = append(findings, finding{false, damage})
	}
	owned, err := store.Owned()
	if err != nil {
		return nil, err
	}
	text := "The workspace has an owner."
	if !owned {
		text = "The workspace has no owner: vitrine serve prints a link, or use vitrine person add --role owner."
	}
	return append(findings, finding{owned, text}), nil
}

// folderFindings look whether others on this machine can read the folder.
func folderFindings(dir string) []finding {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, name := range []string{"", db.FileName, "secret.key"} {
		about, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			return []finding{{false, "The data folder cannot be looked at: " + err.Error()}}
		}
		if about.Mode().Perm()&0o077 != 0 {
			return []finding{{false, fmt.Sprintf("Others on this machine can read %s: take their rights away.", filepath.Join(dir, name))}}
		}
	}
	return []finding{{true, "Nobody else on this machine can read the data folder."}}
}
