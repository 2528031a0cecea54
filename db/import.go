package db

import (
	"errors"
	"strings"
	"time"

	"vitrine/db/importers"
)

// ImportTarget says where a board goes: into a project (Project), into a new one
// called ProjectName, or, when neither is said, into the project that it was
// imported into before, else into a new one of the board's own name. Company is
// the client company of a project that has none yet, "" for none.
type ImportTarget struct {
	Project     ID
	ProjectName string
	Company     string
}

// Where the descriptions of tasks go.
const (
	DescriptionsInternal = "internal" // into the internal details
	DescriptionsClients  = "clients"  // into the description that clients read
)

// ImportOptions say how a board is taken over. Everything arrives private;
// comments become notes in any case.
type ImportOptions struct {
	Archived     bool   // bring archived tasks in too, archived
	Descriptions string // DescriptionsInternal, which is also "", or DescriptionsClients
	Publish      bool   // show the tasks to clients
	DryRun       bool   // say what would happen, and change nothing
	// Progress is told now and then how many tasks are done; it must not block
	// and must not use the store.
	Progress func(done, total int)
}

// Tally says what became of the things of one kind.
type Tally struct{ Created, Updated, Unchanged int }

// Imported says what an import did.
type Imported struct {
	Project    ID
	Name       string
	NewProject bool
	Columns, Labels, People, Tasks,
	ChecklistItems, Notes, Links Tally
	Shown       int              // tasks that clients see from now on
	KeptPrivate int              // tasks that somebody made private here: publishing leaves them so
	Left        []importers.Left // what could not be taken over as it was
}

// Kinds of Left that only the store can know; the others are the importers'.
const (
	LeftArchived = "archived" // archived at the source and not asked for
	LeftTicked   = "ticked"   // marked complete at the source, in a column that is not done
	LeftEdited   = "edited"   // texts changed there and here: what was written here stays
)

// errDryRun undoes an import that was only to be tried.
var errDryRun = errors.New("dry run")

// Import takes over a plan, in one transaction: all of it or nothing. A board
// that was imported before is updated; what somebody changed here meanwhile
// stays unless it changed at the source as well.
func (s *Store) Import(actor Actor, target ImportTarget, plan *importers.Plan, options ImportOptions) (Imported, error) {
	return s.runImport(target, plan, options, func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if actor.Side != Team {
			return ErrNotFound
		}
		return nil
	}, &actor)
}

// ImportFromShell does the same for whoever holds the data folder.
func (s *Store) ImportFromShell(target ImportTarget, plan *importers.Plan, options ImportOptions) (Imported, error) {
	return s.runImport(target, plan, options, func(*Tx) error { return nil }, nil)
}

func (s *Store) runImport(target ImportTarget, plan *importers.Plan, options ImportOptions, allowed func(*Tx) error, actor *Actor) (Imported, error) {
	if !oneOf(options.Descriptions, "", DescriptionsInternal, DescriptionsClients) {
		return Imported{}, invalid("descriptions", "choice.unknown")
	}
	var done Imported
	err := s.write(func(tx *Tx) error {
		if err := allowed(tx); err != nil {
			return err
		}
		i := &importing{tx: tx, plan: plan, options: options, actor: actor}
		if err := i.run(target); err != nil {
			return err
		}
		done = i.done
		if options.DryRun {
			if done.NewProject {
				done.Project = 0 // it will not exist
			}
			return errDryRun
		}
		return nil
	})
	if options.DryRun && errors.Is(err, errDryRun) {
		return done, nil
	}
	if err != nil {
		return Imported{}, err
	}
	return done, s.analyze()
}

// analyze lets SQLite count the rows again, on which its plans rest.
func (s *Store) analyze() error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("ANALYZE")
	})
}

// importing is one import under way. Maps lead from ids of the source to ours.
type importing struct {
	tx      *Tx
	plan    *importers.Plan
	options ImportOptions
	actor   *Actor // nil: the shell
	zone    *time.Location
	project ID
	known   origins
	columns map[string]Column
	labels  map[string]ID
	people  importPeople
	noted   map[string]bool // notes and links that are here already, by source
	shown   bool            // something that clients see has changed
	done    Imported
}

func (i *importing) run(target ImportTarget) error {
	i.done.Left = append([]importers.Left(nil), i.plan.Left...)
	zone, err := value[string](i.tx, "SELECT value FROM setting WHERE key = 'workspace.time_zone'")
	if err != nil {
		return err
	}
	i.zone = Person{TimeZone: zone}.Location()
	if err := i.findProject(target); err != nil {
		return err
	}
	if i.known, err = i.tx.origins(i.project); err != nil {
		return err
	}
	for _, step := range []func() error{i.takeColumns, i.takeLabels, i.readPeople, i.takeTasks, i.publish, i.finish} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// finish tells the team once, and clients when what they see has changed.
func (i *importing) finish() error {
	d := &i.done
	changed := d.NewProject || d.Shown > 0
	for _, tally := range []*Tally{&d.Columns, &d.Labels, &d.People, &d.Tasks, &d.ChecklistItems, &d.Notes, &d.Links} {
		changed = changed || tally.Created > 0 || tally.Updated > 0
	}
	if !changed {
		return nil
	}
	if err := i.tx.record(happened{project: i.project, actor: i.actorID(), kind: EventImported, internal: i.plan.Name}); err != nil {
		return err
	}
	if !i.shown {
		return nil
	}
	return i.tx.run("UPDATE project SET client_version = client_version + 1 WHERE id = ?", i.project)
}

func (i *importing) actorID() ID {
	if i.actor == nil {
		return 0
	}
	return i.actor.ID
}

// source is the stored name of something at its source.
func (i *importing) source(id string) string { return i.plan.Source + ":" + id }

// fromSource narrows a query to what came from the same tool.
func (i *importing) fromSource() string { return i.plan.Source + ":%" }

// left counts something that was not taken over, with up to three examples.
func (i *importing) left(kind, example string) {
	for n := range i.done.Left {
		l := &i.done.Left[n]
		if l.Kind != kind {
			continue
		}
		l.Count++
		if l.Count <= 3 {
			l.Detail += "; " + shortened(example)
		}
		return
	}
	i.done.Left = append(i.done.Left, importers.Left{Kind: kind, Count: 1, Detail: shortened(example)})
}

// shortened keeps examples readable.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return strings.TrimSpace(string(runes[:59])) + "…"
	}
	return text
}
