package db

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func (w *world) mould(of ID) (m Mould) {
	w.t.Helper()
	w.must(w.read(func(r source) (err error) { m, err = mouldOf(r, of); return err }))
	return m
}

// A project, the template saved from it and the project made of that are the same
// mould, on other days; nobody and nothing else came along, and the first one is untouched.
func TestMouldComesBack(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam, site := w.actor("adam"), w.id("site")
	w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?1, 'files', 0), ('project', ?1, 'billing', 1)", int64(site))
	w.sql("UPDATE task SET starts_on = '2026-02-27' WHERE id = ?", w.id("form")) // before the start, too
	w.sql("UPDATE milestone SET gate = 1 WHERE id = ?", w.id("launch"))
	first := w.mould(site)
	if len(first.Columns) != 4 || len(first.Labels) != 2 || len(first.Milestones) != 2 || len(first.Tasks) != 5 || len(first.Switches) != 2 || *first.Ends != 92 || first.Shown() != 4 {
		t.Fatalf("read: %+v", first)
	}
	id, err := w.SaveTemplate(adam, site, TemplateForm{Name: "Like the site", Description: first.Description, Internal: true, Sure: true})
	w.must(err)
	made, err := w.AddProject(adam, ProjectForm{Name: "Next", Company: "Beta", StartsOn: "2028-02-01", Template: id.String()}, [3]string{"a", "b", "c"})
	w.must(err)
	for what, other := range map[string]ID{"the template": id, "the new project": made} {
		second := w.mould(other)
		second.Name, second.Internal = first.Name, first.Internal
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, second, first)
		}
	}
	if got := w.rows("SELECT title || ' ' || coalesce(starts_on, '') || ' ' || coalesce(due_on, '') || ' ' || coalesce(done_at, '') || private FROM task WHERE project_id = ? AND (starts_on IS NOT NULL OR due_on IS NOT NULL) ORDER BY title", made); !slices.Equal(got, []string{"form 2027-11-30  0", "home  2028-03-12 0"}) {
		t.Error("the days are", got)
	}
	if got := w.rows("SELECT starts_on || ' ' || ends_on || ' ' || status || ' ' || template FROM project WHERE id = ?", made); got[0] != "2028-02-01 2028-05-03 active 0" {
		t.Error(got)
	}
	for _, table := range w.rows("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'project_id' WHERE m.type = 'table'") {
		want := map[string]int{"thread": 8, "board_column": 4, "label": 2, "milestone": 2, "task": 5}[table]
		for other, more := range map[ID]map[string]int{id: nil, made: {"membership": 1, "event": 1}} {
			if got := len(w.rows("SELECT 1 FROM "+table+" WHERE project_id = ?", other)); got != want+more[table] {
				t.Errorf("%s: %d rows of %s", w.name(other), got, table)
			}
		}
	}
	if got := w.rows("SELECT count(*) FROM task_assignee a JOIN task t ON t.id = a.task_id WHERE t.project_id IN (?, ?)", id, made); got[0] != "0" {
		t.Error("people came along:", got)
	}
	if !reflect.DeepEqual(first, w.mould(site)) {
		t.Error("the first project changed")
	}
}

// What is under way begins anew, in the order of its dates; what is done is not.
func TestMouldBeginsAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.mould(w.id("site"))
	var titles []string
	for _, task := range m.Tasks {
		titles = append(titles, fmt.Sprint(task.Title, " ", task.Column, m.Columns[task.Column].Kind))
	}
	if want := []string{"home 0todo", "form 0todo", "secret 0todo", "logo 0todo", "copy 0todo"}; !slices.Equal(titles, want) {
		t.Error(titles)
	}
	made, err := w.AddProject(w.actor("adam"), ProjectForm{Name: "Plain", StartsOn: "2026-06-01", Template: "agency"}, [3]string{})
	w.must(err)
	if got := w.rows("SELECT count(*) FROM task WHERE project_id = ? AND done_at IS NOT NULL", made); got[0] != "0" {
		t.Error("something is done already")
	}
	made, err = w.AddProject(w.actor("adam"), ProjectForm{Name: "Quiet", StartsOn: "2026-06-01", Template: "agency", NewTasksPrivate: true}, [3]string{})
	w.must(err)
	if again, _ := ReadyMould("agency", "en"); w.mould(made).Shown() != 0 || again.Shown() == 0 {
		t.Error("tasks are shown where new ones are to be private")
	}
}

// Whose rights a template keeps: a leader's template switches nothing on that an admin
// did not, and takes no internal text along unasked.
func TestSavedTemplate(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, site := w.actor("lea"), w.id("site")
	w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?1, 'files', 0), ('project', ?1, 'billing', 1)", int64(site))
	w.sql("UPDATE task SET description = 'As Nikos Admin of Acme wants it' WHERE id = ?", w.id("home"))
	w.sql("UPDATE task SET description = 'Beta must not know' WHERE id = ?", w.id("secret"))
	var bad *Invalid
	if _, err := w.SaveTemplate(lea, site, TemplateForm{Name: "Mine"}); !errors.As(err, &bad) || bad.Field != "sure" || fmt.Sprint(bad.Args) != "[names Acme, Nikos Admin]" {
		t.Error("names of clients go into a template:", err)
	}
	if _, err := w.SaveTemplate(lea, site, TemplateForm{Name: " ", Sure: true}); !errors.As(err, &bad) || bad.Field != "name" {
		t.Error(err)
	}
	id, err := w.SaveTemplate(lea, site, TemplateForm{Name: "Mine", Sure: true})
	w.must(err)
	m := w.mould(id)
	if !slices.Equal(m.Switches, []MouldSwitch{{"files", false}}) || m.Internal != "" || slices.ContainsFunc(m.Tasks, func(t MouldTask) bool { return t.Internal != "" }) {
		t.Errorf("%+v", m)
	}
	seen, _, err := w.Template(w.actor("mark"), id)
	w.must(err)
	if seen.By != w.actor("lea").Name || seen.May || seen.Tasks != 5 || seen.Shown != 4 || seen.Milestones != 2 {
		t.Errorf("%+v", seen)
	}
	for who, want := range map[string]error{"mark": ErrDenied, "tess": ErrDenied, "eleni": ErrNotFound, "dora": ErrNotFound, "lea": nil, "adam": nil} {
		if seen, err := w.Viewer(who, id); err != nil && want != ErrNotFound || seen != (want == nil) {
			t.Error(who, seen, err)
		}
		version := int64(0)
		w.must(w.read(func(r source) (err error) {
			version, err = value[int64](r, "SELECT version FROM project WHERE id = ?", id)
			return err
		}))
		if err := w.EditTemplate(w.actor(who), id, TemplateForm{Name: "Named by " + who, Version: version}); err != want {
			t.Error(who, err)
		}
		if want != nil {
			if err := w.DeleteTemplate(w.actor(who), id); err != want {
				t.Error(who, err)
			}
		}
	}
	var stale *Conflict
	if err := w.EditTemplate(lea, id, TemplateForm{Name: "Mine", Version: 1}); !errors.As(err, &stale) || stale.Version != 3 {
		t.Error("an old form is taken:", err)
	}
	made, err := w.AddProject(w.actor("tess"), ProjectForm{Name: "From it", StartsOn: "2026-07-01", Template: id.String()}, [3]string{})
	w.must(err)
	w.must(w.DeleteTemplate(lea, id))
	if left := w.rows("SELECT id FROM project WHERE id = ?1 UNION ALL SELECT scope_id FROM feature WHERE scope_id = ?1 UNION ALL SELECT id FROM thread WHERE project_id = ?1", id); len(left) > 0 {
		t.Error("of a deleted template is left", left)
	}
	if got := w.mould(made); len(got.Tasks) != 5 {
		t.Error("a project went with its template")
	}
}

// Viewer says whether somebody may edit a template as their list shows it.
func (w *world) Viewer(who string, id ID) (may bool, err error) {
	err = w.View(w.actor(who).Person, func(v *Viewer) error {
		list, err := v.Templates()
		at := slices.IndexFunc(list, func(t Template) bool { return t.ID == id })
		if err == nil && at < 0 {
			return ErrNotFound
		}
		may = list[at].May
		return err
	})
	return may, err
}

func TestTemplateForms(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	before := w.digest()
	for name, form := range map[string]ProjectForm{
		"starts_on":   {StartsOn: "", Template: "agency"},
		"starts_on ":  {StartsOn: "9999-12-01", Template: "agency"},
		"starts_on  ": {StartsOn: "soon", Template: "agency"},
		"template":    {StartsOn: "2026-06-01", Template: "Agency"},
		"template ":   {StartsOn: "2026-06-01", Template: NewID().String()},
		"template  ":  {StartsOn: "2026-06-01", Template: w.id("site").String()}, // a project is no template
		"ends_on":     {StartsOn: "2026-06-01", EndsOn: "2026-05-01", Template: "agency"},
	} {
		form.Name = "New"
		var bad *Invalid
		if _, err := w.AddProject(adam, form, [3]string{}); !errors.As(err, &bad) || bad.Field != strings.TrimSpace(name) {
			t.Errorf("%q: %v", name, err)
		}
	}
	w.unchanged(before, "a refused form")
	id, err := w.AddProject(adam, ProjectForm{Name: "New", Description: "Own words", StartsOn: "2026-06-01", EndsOn: "2026-06-30", TeamShown: "full", Template: "service", Language: "el"}, [3]string{})
	w.must(err)
	if got := w.rows("SELECT description || ends_on || team_shown FROM project WHERE id = ?", id); got[0] != "Own words2026-06-30full" {
		t.Error("what somebody wrote is gone:", got)
	}
	if got := w.rows("SELECT name FROM board_column WHERE project_id = ? ORDER BY position LIMIT 1", id); got[0] != "Προς υλοποίηση" {
		t.Error(got)
	}
	large := Mould{Name: "Large", TeamShown: "first", Columns: []MouldColumn{{"a", Todo, ""}}, Tasks: slices.Repeat([]MouldTask{{Title: "x", Priority: "normal"}}, maxMould+1)}
	if err := w.write(func(tx *Tx) error { return tx.keepTemplate(NewID(), adam.ID, large, "2026-01-01") }); w.key(err) != "template.too-many" {
		t.Error("a template has no end:", err)
	}
	w.sql("UPDATE project SET starts_on = '9999-12-30', ends_on = '9999-12-31' WHERE id = ?", w.id("brand"))
	_, err = w.SaveTemplate(adam, w.id("brand"), TemplateForm{Name: "Late", Sure: true})
	w.must(err)
	w.sql("UPDATE project SET starts_on = NULL, ends_on = '2026-01-01' WHERE id = ?", w.id("brand"))
	undated := w.mould(w.id("brand"))
	if undated.Dated() != slices.ContainsFunc(undated.Tasks, func(t MouldTask) bool { return t.Due != nil || t.Starts != nil }) {
		t.Errorf("%+v", undated)
	}
}

var inGreek = regexp.MustCompile(`\p{Greek}`)

// The ready ones are whole in both languages, and possible.
func TestReadyMoulds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range ReadyNames {
		english, _ := ReadyMould(name, "en")
		modern, _ := ReadyMould(name, "el")
		foreign, _ := ReadyMould(name, "fr")
		if !reflect.DeepEqual(english, foreign) || len(english.Tasks) < 12 || len(english.Milestones) < 4 || english.Shown() == len(english.Tasks) || english.Days() != *english.Ends {
			t.Errorf("%s: %+v", name, english)
		}
		one, other := english.clientTexts(), modern.clientTexts()
		for i, text := range one {
			if (text == "") != (other[i] == "") || inGreek.MatchString(text) || other[i] != "" && !inGreek.MatchString(other[i]) {
				t.Errorf("%s: %q is %q", name, text, other[i])
			}
		}
		for i, task := range english.Tasks {
			there := modern.Tasks[i]
			if task.Title == "" || !inGreek.MatchString(there.Title) || (task.Internal == "") != (there.Internal == "") || task.Internal != "" && !inGreek.MatchString(there.Internal) || inGreek.MatchString(task.Internal+task.Title) {
				t.Errorf("%s: %q is %q", name, task.Title, there.Title)
			}
			if *task.Starts > *task.Due || *task.Due > *english.Ends || !oneOf(task.Size, "S", "M", "L") || task.Estimate == 0 {
				t.Errorf("%s: %+v", name, task)
			}
			for _, needs := range task.Needs { // so nothing waits for itself
				if needs >= i || *english.Tasks[needs].Due > *task.Starts {
					t.Errorf("%s: %s waits for %s", name, task.Title, english.Tasks[needs].Title)
				}
			}
		}
		id, err := w.AddProject(w.actor("adam"), ProjectForm{Name: name, StartsOn: "2026-06-01", Template: name, Language: "el"}, [3]string{})
		w.must(err)
		poured := w.mould(id)
		poured.Name = modern.Name
		slices.SortFunc(modern.Labels, func(a, b MouldLabel) int { return strings.Compare(a.Name, b.Name) })
		slices.SortFunc(poured.Labels, func(a, b MouldLabel) int { return strings.Compare(a.Name, b.Name) })
		for i := range poured.Tasks { // labels are read by name
			if len(poured.Tasks[i].Labels) != len(modern.Tasks[i].Labels) {
				t.Error(name, poured.Tasks[i])
			}
			poured.Tasks[i].Labels, modern.Tasks[i].Labels = nil, nil
		}
		if !reflect.DeepEqual(poured, modern) {
			t.Errorf("%s is\n%+v, want\n%+v", name, poured, modern)
		}
	}
}

// What a template holds is in nothing that anybody reads but the pages of templates,
// and no deed reaches it, be it an owner's.
func TestTemplateIsNowhere(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	day, phase := 3, 0
	const word = "Mouldword"
	m := Mould{Name: "Cover", Description: "Cover", Internal: word, TeamShown: "full", Ends: &day, Columns: []MouldColumn{{word, Todo, word}}, Labels: []MouldLabel{{word, "red", true}},
		Milestones: []MouldMilestone{{word, &day, &day, true}}, Tasks: []MouldTask{{Title: word, Description: word, Internal: word, Acceptance: word, Priority: "high", Size: "S", Starts: &day, Due: &day,
			Milestone: &phase, Labels: []int{0}, Items: []MouldItem{{word, word}}}}}
	id := w.keep("cover")(NewID(), nil)
	w.must(w.write(func(tx *Tx) error { return tx.keepTemplate(id, w.id("adam"), m, "2026-05-20") }))
	x := targets{project: id}
	for table, into := range map[string]*ID{"task": &x.task, "board_column": &x.column, "label": &x.label, "milestone": &x.milestone} {
		w.must(w.read(func(r source) (err error) {
			*into, err = value[ID](r, "SELECT id FROM "+table+" WHERE project_id = ?", id)
			return err
		}))
		w.keep("cover's "+table)(*into, nil)
	}
	w.must(w.read(func(r source) (err error) {
		x.item, err = value[ID](r, "SELECT id FROM checklist_item WHERE task_id = ?", x.task)
		return err
	}))
	w.keep("cover's item")(x.item, nil)
	for _, who := range []string{"adam", "lea", "mark", "tess", "fake", "dora", "eleni", "nikos", "otto", "stan"} {
		person := w.actor(who).Person
		seen := w.look(person.ID)
		if person.Side == Team {
			seen += w.everythingSeen(person)
		}
		for _, thing := range []string{word, x.task.String(), x.column.String(), x.label.String(), x.milestone.String(), x.item.String()} {
			if strings.Contains(seen, thing) {
				t.Errorf("%s reads %s of a template", who, thing)
			}
		}
		if got := strings.Count(seen, id.String()); got > 1 || got == 1 && !slices.Contains([]string{"adam", "fake", "lea", "mark", "olivia", "tess"}, who) { // the list of templates
			t.Errorf("%s reads of a template %d times", who, got)
		}
	}
	lines, err := w.ProjectsFromShell()
	w.must(err)
	named, err := w.ProjectsNamed("Cover")
	w.must(err)
	byID, err := w.ProjectsNamed(id.String())
	w.must(err)
	if text := fmt.Sprint(lines); len(named) > 0 || len(byID) > 0 || strings.Contains(text, "Cover") || strings.Contains(text, "Mould") {
		t.Error("the shell lists a template")
	}
	people, err := w.People(w.actor("adam"), Team)
	w.must(err)
	lea, err := w.PersonRecord(w.actor("adam"), w.id("lea"))
	w.must(err)
	if at := slices.IndexFunc(people, func(p PersonLine) bool { return p.ID == w.id("lea") }); people[at].Projects != 1 || len(lea.On) != 2 {
		t.Errorf("somebody works on a template: %d, %+v", people[at].Projects, lea.On)
	}
	before := w.digest()
	for _, who := range []string{"adam", "olivia", "lea"} {
		for _, d := range deeds {
			if d.rank != "" && d.name != "SetMeeting" { // which refuses what it is with
				w.refuses(d, w.actor(who), x, ErrNotFound)
			}
		}
	}
	if _, err := w.SetMeeting(w.actor("adam"), 0, MeetingForm{With: id.String(), Title: "x", Day: "2026-06-09", Clock: "10:00", Minutes: "45"}); w.key(err) != "choice.unknown" {
		t.Error("a meeting is with a template:", err)
	}
	w.unchanged(before, "a template")
}
