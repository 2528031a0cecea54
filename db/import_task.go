package db

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/db/importers"
)

// brought is a task as a file has it, in the words of this database.
type brought struct {
	*importers.Task
	source                string
	description, internal string
	starts, due           Date
	column                Column
	now                   prints
}

// Fields of a task's fingerprints.
const (
	printPlace = iota // DescriptionsInternal or DescriptionsClients
	printTitle
	printDescription
	printInternal
	printColumn
	printStart
	printDue
	printArchived
	printLabels
	printPeople
	printChecklist
)

const maxTaskText = 50000

// settled is a task that an earlier import brought, as it is here now.
type settled struct {
	ID, ColumnID                 ID
	title, description, internal string
	starts, due                  Date
	private, archived            bool
}

// takeTasks adds the tasks that are new and brings the others up to date.
func (i *importing) takeTasks() error {
	here, err := i.settledTasks()
	if err != nil {
		return err
	}
	total, err := value[int](i.tx, "SELECT count(*) FROM task WHERE project_id = ?", i.project)
	if err != nil {
		return err
	}
	if i.noted, err = i.notedBefore(); err != nil {
		return err
	}
	ends, err := i.columnEnds()
	if err != nil {
		return err
	}
	twins := map[string]int{}
	for n := range i.plan.Tasks {
		t := &i.plan.Tasks[n]
		source := i.taskSource(t, twins)
		old, exists := here[source]
		switch {
		case exists:
			err = i.updateTask(i.bring(t, source, old), old, ends)
		case t.Archived && !i.options.Archived:
			i.left(LeftArchived, t.Title)
			continue
		default:
			if total++; total > maxTasks {
				return invalid("file", "task.too-many", "Max", maxTasks)
			}
			err = i.addTask(i.bring(t, source, nil), ends)
		}
		if err != nil {
			return err
		}
		if i.options.Progress != nil && (n%50 == 49 || n == len(i.plan.Tasks)-1) {
			i.options.Progress(n+1, len(i.plan.Tasks))
		}
	}
	return nil
}

func (i *importing) settledTasks() (map[string]*settled, error) {
	type line struct {
		settled
		source string
	}
	lines, err := all(i.tx, func(l *line) []any {
		return []any{&l.ID, &l.source, &l.ColumnID, &l.title, &l.description, &l.internal, &l.starts, &l.due, &l.private, &l.archived}
	}, `SELECT id, source, column_id, title, description, internal_details, starts_on, due_on, private, archived_at IS NOT NULL
		FROM task WHERE project_id = ? AND source LIKE ?`, i.project, i.fromSource())
	here := make(map[string]*settled, len(lines))
	for n := range lines {
		here[lines[n].source] = &lines[n].settled
	}
	return here, err
}

// columnEnds are the last positions taken in each column.
func (i *importing) columnEnds() (map[ID]int64, error) {
	type line struct {
		column ID
		last   int64
	}
	lines, err := all(i.tx, func(l *line) []any { return []any{&l.column, &l.last} },
		"SELECT column_id, max(position) FROM task WHERE project_id = ? GROUP BY column_id", i.project)
	ends := map[ID]int64{}
	for _, l := range lines {
		ends[l.column] = l.last
	}
	return ends, err
}

// taskSource names a task by its id at the source. One without goes by column
// and title, so that at least an unchanged one is not doubled.
func (i *importing) taskSource(t *importers.Task, twins map[string]int) string {
	if t.SourceID != "" {
		return i.source(t.SourceID)
	}
	name := "title:" + fingerprint(t.ColumnSourceID, t.Title)
	twins[name]++
	return i.source(name + ":" + strconv.Itoa(twins[name]))
}

// bring words a task. Its description stays where an earlier import put it,
// unless it is asked for in words to be shown.
func (i *importing) bring(t *importers.Task, source string, old *settled) *brought {
	b := &brought{Task: t, source: source, column: i.columns[t.ColumnSourceID], starts: Date(t.StartOn(i.zone)), due: Date(t.DueOn(i.zone))}
	if b.starts != "" && b.due != "" && b.due < b.starts {
		b.starts = ""
	}
	place := DescriptionsInternal
	if before := i.known.of("task", source); old != nil && len(before) > printPlace {
		place = before[printPlace]
	}
	if i.options.Descriptions == DescriptionsClients {
		place = DescriptionsClients
	}
	b.internal = t.Description
	if place == DescriptionsClients {
		b.description, b.internal = t.Description, ""
	}
	b.internal = withFacts(b.internal, i.facts(b))
	sort.Strings(t.Labels)
	sort.Strings(t.Assignees)
	b.now = prints{place, fingerprint(t.Title), fingerprint(b.description), fingerprint(b.internal), fingerprint(t.ColumnSourceID), fingerprint(string(b.starts)),
		fingerprint(string(b.due)), fingerprint(strconv.FormatBool(t.Archived)), fingerprint(t.Labels...), fingerprint(t.Assignees...), fingerprint(fmt.Sprint(t.Checklist))}
	return b
}

// facts are what has no field here, as lines for the team.
func (i *importing) facts(b *brought) []string {
	facts := append([]string(nil), b.Extra...)
	tool := strings.ToUpper(i.plan.Source[:1]) + i.plan.Source[1:]
	if b.Done && !b.Archived && b.column.Kind != Done {
		facts = append(facts, "Marked complete in "+tool+": yes")
		i.left(LeftTicked, b.Title)
	}
	if b.SourceURL != "" {
		facts = append(facts, tool+": "+b.SourceURL)
	}
	return facts
}

// withFacts puts facts below a text, as a list, as far as they fit.
func withFacts(text string, facts []string) string {
	var lines strings.Builder
	room := maxTaskText - utf8.RuneCountInString(text) - 2
	for _, fact := range facts {
		line := "- " + fact + "\n"
		if room -= utf8.RuneCountInString(line); room < 0 {
			break
		}
		lines.WriteString(line)
	}
	return strings.TrimSpace(text + "\n\n" + lines.String())
}

func (i *importing) addTask(b *brought, ends map[ID]int64) error {
	id := NewID()
	ends[b.column.ID] += positionStep
	created, done, archived := At(b.CreatedAt), Time{}, Time{}
	if b.CreatedAt.IsZero() || created.After(i.tx.now.Time) {
		created = i.tx.now
	}
	if b.column.Kind == Done {
		done = i.doneAt(b)
	}
	if b.Archived {
		archived = i.tx.now
	}
	if err := i.tx.run(`INSERT INTO task (id, project_id, column_id, title, description, internal_details, private, starts_on, due_on, position, done_at, archived_at, source, created_by, created_at)
		VALUES (?,?,?,?,?,?,1,?,?,?,?,?,?,?,?)`, id, i.project, b.column.ID, b.Title, b.description, b.internal, b.starts, b.due, ends[b.column.ID],
		done, archived, b.source, i.actorID(), created); err != nil {
		return err
	}
	i.done.Tasks.Created++
	i.done.ChecklistItems.Created += len(b.Checklist)
	for _, set := range []func(ID, *brought) error{i.setLabels, i.setPeople, i.setChecklist, i.addSaid} {
		if err := set(id, b); err != nil {
			return err
		}
	}
	return i.tx.remember(i.known, i.project, "task", b.source, b.now)
}

// doneAt is when a task was done, as far as the file knows: a client who reads
// that years of work were done today would not believe the rest either.
func (i *importing) doneAt(b *brought) Time {
	if b.DoneAt.After(i.tx.now.Time) {
		return i.tx.now
	}
	return At(b.DoneAt)
}
