package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vitrine/db"
	"vitrine/db/importers"
)

type importCommand struct {
	Trello importTrelloCommand `cmd:"" help:"Import a board that Trello exported as JSON."`
}

type importTrelloCommand struct {
	File         string `arg:"" help:"The exported file; - reads standard input."`
	Project      string `help:"Into the project of this name or id, or a new one. Default: where this board was imported before, else a new project named like the board." placeholder:"NAME"`
	Company      string `help:"The client company of the project." placeholder:"NAME"`
	DryRun       bool   `name:"dry-run" help:"Say what would happen and change nothing."`
	Publish      bool   `help:"Show the tasks to the project's clients. Comments become notes all the same, which no client sees."`
	Archived     bool   `help:"Bring archived cards too, as archived tasks."`
	Descriptions string `help:"Where descriptions go: internal details, or the description that clients read." enum:"internal,clients" default:"internal" placeholder:"internal|clients"`
	JSON         bool   `name:"json" help:"Print the summary as JSON."`
}

// Run reads the file, takes it over in one transaction and prints what became of it.
func (c *importTrelloCommand) Run(sh *shell) error {
	progress := newProgress(sh.err)
	defer progress.end()
	plan, err := c.read(sh.in, progress)
	if err != nil {
		return err
	}
	store, err := sh.openOrCreate()
	if err != nil {
		return err
	}
	defer store.Close()
	target, err := c.target(store)
	if err != nil {
		return err
	}
	imported, err := store.ImportFromShell(target, plan, db.ImportOptions{Archived: c.Archived, Descriptions: c.Descriptions,
		Publish: c.Publish, DryRun: c.DryRun, Progress: progress.tasks})
	progress.end()
	if err != nil {
		return c.explain(err)
	}
	summary := summarize(imported, c.DryRun)
	if c.JSON {
		return summary.json(sh.out)
	}
	summary.text(sh.out)
	return nil
}

func (c *importTrelloCommand) read(in io.Reader, progress *progress) (*importers.Plan, error) {
	name, size := "standard input", int64(0)
	if c.File != "-" {
		file, err := os.Open(c.File)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s", c.File)
		}
		if err != nil {
			return nil, err
		}
		defer file.Close()
		about, err := file.Stat()
		if err != nil {
			return nil, err
		}
		if about.IsDir() {
			return nil, fmt.Errorf("%s is a folder, not a file", c.File)
		}
		in, name, size = file, filepath.Base(c.File), about.Size()
	}
	plan, err := importers.ReadTrello(in, func(read int64) { progress.bytes(read, size) })
	var bad *importers.BadFile
	if errors.As(err, &bad) {
		text := bad.Error()
		return nil, fmt.Errorf("%s cannot be imported: %s%s", name, strings.ToLower(text[:1]), text[1:])
	}
	return plan, err
}

// target is the project that --project means: one that exists, or a new one.
func (c *importTrelloCommand) target(store *db.Store) (db.ImportTarget, error) {
	target := db.ImportTarget{Company: c.Company}
	if strings.TrimSpace(c.Project) == "" {
		return target, nil
	}
	found, err := store.ProjectsNamed(c.Project)
	if err != nil {
		return target, err
	}
	if len(found) == 0 {
		target.ProjectName = c.Project
		return target, nil
	}
	project, err := projectNamed(store, c.Project)
	target.Project = project.ID
	return target, err
}

// explain says what only the command line can help with.
func (c *importTrelloCommand) explain(err error) error {
	var invalid *db.Invalid
	if errors.As(err, &invalid) && invalid.Key == "import.project-choose" {
		return errors.New("this board was imported into more than one project; choose one with --project")
	}
	return err
}
