package db

import (
	"strings"

	"vitrine/db/hours"
	"vitrine/db/importers"
)

// TimePlace is where imported time goes: on a service, or on a project without one.
type TimePlace struct{ Project, Service ID }

// TimeImport says what becomes of a report of time. People and Places go by PersonKey and PlaceKey; what is
// not in them is left out. With Wording clients may read the descriptions where they see the entry, else these
// are internal remarks. With Invoiced comes what was billed elsewhere, as not billable.
type TimeImport struct {
	People            map[string]ID
	Places            map[string]TimePlace
	Wording, Invoiced bool
}

// TimeImported counts entries: taken over, there already, and left out because nobody, no place or no bill was
// chosen for them.
type TimeImported struct{ Added, There, Nobody, Nowhere, Billed int }

// PersonKey tells people of a report apart: by address, else by name.
func PersonKey(name, mail string) string {
	if mail != "" {
		return mail
	}
	return "=" + strings.ToLower(name)
}

// PlaceKey tells its projects apart: two clients may have one of the same name.
func PlaceKey(client, project string) string { return client + "\x00" + project }

// SourceOf names an entry of a report so that it is known again.
func SourceOf(tool string, e importers.TimeEntry) string { return strings.ToLower(tool) + ":" + e.Key }

// importedAtOnce is how many entries are written in one go, so that nobody waits long meanwhile.
const importedAtOnce = 500

// ImportTime books the entries of a report, at the prices of now. Who may is as of AddTime, and whoever leads a
// project may for everybody of the team. What was imported before is not booked again, wherever it went. An import
// that ends early is taken up by doing it again. Errors: ErrPreview, ErrNotFound, ErrDenied, Invalid.
func (s *Store) ImportTime(actor Actor, plan *importers.TimePlan, how TimeImport) (done TimeImported, err error) {
	if plan.Doubt != nil {
		return done, invalid("dates", "import-time.dates")
	}
	for from := 0; from < len(plan.Entries); from += importedAtOnce {
		part := TimeImported{}
		if err := s.write(func(tx *Tx) error {
			i := &timeImport{Tx: tx, actor: actor, how: how, tool: plan.Tool, bases: map[string]booking{}, tasks: map[ID]map[string]ID{}}
			err := i.take(plan.Entries[from:min(from+importedAtOnce, len(plan.Entries))])
			part = i.done
			return err
		}); err != nil {
			return done, err
		}
		done = TimeImported{done.Added + part.Added, done.There + part.There, done.Nobody + part.Nobody, done.Nowhere + part.Nowhere, done.Billed + part.Billed}
	}
	return done, nil
}

// timeImport is one part of it.
type timeImport struct {
	*Tx
	actor Actor
	how   TimeImport
	tool  string
	bases map[string]booking   // by person and place
	tasks map[ID]map[string]ID // by project and title
	done  TimeImported
}

// take books entries. Each is a row of its own; what they need beside is asked once for all.
func (i *timeImport) take(entries []importers.TimeEntry) error {
	if err := i.notPreview(i.actor); err != nil {
		return err
	}
	there, err := i.there(entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		person, place := i.how.People[PersonKey(e.Person, e.Mail)], i.how.Places[PlaceKey(e.Client, e.Project)]
		switch {
		case person == 0:
			i.done.Nobody++
		case place == TimePlace{}:
			i.done.Nowhere++
		case e.Invoiced && !i.how.Invoiced:
			i.done.Billed++
		case there[SourceOf(i.tool, e)]:
			i.done.There++
		default:
			if err := i.one(e, person, place); err != nil {
				return err
			}
			i.done.Added++
		}
	}
	return i.heard()
}

// there are the entries that were imported before.
func (i *timeImport) there(entries []importers.TimeEntry) (map[string]bool, error) {
	sources := make([]string, len(entries))
	for n, e := range entries {
		sources[n] = SourceOf(i.tool, e)
	}
	list, err := jsonTexts(sources)
	if err != nil {
		return nil, err
	}
	known, err := all(i, itself[string], "SELECT DISTINCT e.source FROM json_each(?) j JOIN time_entry e ON e.source = j.value", list)
	there := map[string]bool{}
	for _, source := range known {
		there[source] = true
	}
	return there, err
}

// one books an entry.
func (i *timeImport) one(e importers.TimeEntry, person ID, place TimePlace) error {
	b, err := i.base(person, place)
	if err != nil {
		return err
	}
	day, known := ParseDate(e.Date)
	if !known || day == "" {
		return invalid("dates", "import-time.dates")
	}
	b.day, b.minutes = day, e.Minutes
	if e.Billable && !e.Invoiced {
		b.billable = e.Minutes
	}
	if err := i.words(&b, e); err != nil {
		return err
	}
	return i.run(`INSERT INTO time_entry (id, project_id, person_id, service_id, task_id, day, minutes, billable, remark, wording, price, rate, amount, cost, source, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, NewID(), b.project, b.person, b.service, b.task, b.day, b.minutes, b.billable, b.remark, b.wording,
		b.price, b.rate, hours.Amount(b.billable, b.price, b.unit), hours.Amount(b.minutes, b.rate, b.unit), SourceOf(i.tool, e), i.now)
}

// base is what all entries of a person at a place have in common; the actor may book them.
func (i *timeImport) base(person ID, place TimePlace) (booking, error) {
	key := person.String() + place.Project.String() + place.Service.String()
	if b, known := i.bases[key]; known {
		return b, nil
	}
	b := booking{project: place.Project, service: place.Service, person: i.actor.ID}
	if err := i.placed(i.actor, &b); err != nil {
		return b, err
	}
	if person != i.actor.ID {
		if err := i.mayLead(i.actor, b.project); err != nil {
			return b, err
		}
		known, err := value[bool](i, "SELECT EXISTS (SELECT 1 FROM person WHERE id = ? AND side = 'team')", person)
		if err == nil && !known {
			err = invalid("person", "choice.unknown")
		}
		if err != nil {
			return b, err
		}
		b.person = person
	}
	i.bases[key] = b
	return b, nil
}

// words are what is said of an entry. A task of that name is the task; else its name stands in the remark.
func (i *timeImport) words(b *booking, e importers.TimeEntry) (err error) {
	remark := e.Text
	if e.Task != "" {
		if b.task, err = i.task(b.project, e.Task); err != nil {
			return err
		}
		if b.task == 0 {
			remark = strings.TrimSpace(e.Task + "\n" + remark)
		}
	}
	if i.how.Wording {
		if b.wording, err = cleanLine("wording", excerptTo(strings.Join(strings.Fields(e.Text), " "), 500), 500); err != nil {
			return err
		}
		if b.wording != "" && remark == e.Text && len([]rune(e.Text)) <= 500 {
			remark = ""
		}
	}
	b.remark, err = cleanText("remark", excerptTo(remark, 2000), 2000)
	return err
}

// task is the task of a project that is called so.
func (i *timeImport) task(project ID, title string) (ID, error) {
	titles, known := i.tasks[project]
	if !known {
		type named struct {
			id    ID
			title string
		}
		list, err := all(i, func(n *named) []any { return []any{&n.id, &n.title} }, "SELECT id, title FROM task WHERE project_id = ? AND archived_at IS NULL ORDER BY id DESC", project)
		if err != nil {
			return 0, err
		}
		titles = map[string]ID{}
		for _, n := range list {
			titles[strings.ToLower(n.title)] = n.id
		}
		i.tasks[project] = titles
	}
	return titles[strings.ToLower(title)], nil
}

// heard lets everybody hear who sees where it went.
func (i *timeImport) heard() error {
	told := map[ID]bool{}
	for _, b := range i.bases { // the few places of a report
		at := b.budget.ID
		if at == 0 {
			at = b.project
		}
		if told[at] {
			continue
		}
		told[at] = true
		err := error(nil)
		if b.budget.ID == 0 {
			err = i.touch(b.project, false)
		} else {
			err = i.reckoned(b.budget)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TimeDoubles is how many of such entries were imported before.
func (v *Viewer) TimeDoubles(sources []string) (int, error) {
	list, err := jsonTexts(sources)
	if err != nil {
		return 0, err
	}
	return value[int](v.source, `SELECT count(DISTINCT e.source) FROM json_each(?1) j JOIN time_entry e ON e.source = j.value
		WHERE EXISTS (SELECT 1 FROM visible_time_entry_team v WHERE v.viewer_id = ?2 AND v.time_entry_id = e.id)`, list, v.ID)
}

// Bookers are those for whom the viewer could book time: the team of their projects, for owner and admins the whole team.
func (v *Viewer) Bookers() ([]Person, error) {
	return all(v.source, personFields, "SELECT "+personColumns+` FROM person p WHERE p.side = 'team' AND (p.id = ?1 OR EXISTS (SELECT 1 FROM person me WHERE me.id = ?1 AND me.active = 1 AND me.role IN ('owner', 'admin'))
		OR EXISTS (SELECT 1 FROM visible_project_team v JOIN membership m ON m.project_id = v.project_id AND m.person_id = p.id WHERE v.viewer_id = ?1)) ORDER BY p.name COLLATE NOCASE, p.id`, v.ID)
}
