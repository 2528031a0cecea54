package db

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/db/importers"
)

// board writes small Trello exports for tests.
type board struct {
	Name, ID, Desc string
	lists          []map[string]any
	cards          []map[string]any
	rest           map[string][]any
}

// trelloID makes an id of Trello's shape: its first digits are a time.
func trelloID(n int) string { return fmt.Sprintf("6a0%021x", n) }

func newBoard(lists ...string) *board {
	b := &board{Name: "Kiln shop", ID: trelloID(1), rest: map[string][]any{}}
	for n, name := range lists {
		b.lists = append(b.lists, map[string]any{"id": trelloID(100 + n), "name": name, "pos": n + 1, "idBoard": b.ID})
	}
	b.rest["members"] = []any{map[string]any{"id": trelloID(50), "fullName": "Maria Lenti", "username": "maria"},
		map[string]any{"id": trelloID(51), "fullName": "Old Hand", "username": "old"}}
	b.rest["labels"] = []any{map[string]any{"id": trelloID(60), "name": "Glaze", "color": "blue"}}
	return b
}

// card adds a card to a list and answers it, to be filled further.
func (b *board) card(list int, name string) map[string]any {
	c := map[string]any{"id": trelloID(1000 + len(b.cards)), "idList": b.lists[list]["id"], "idBoard": b.ID, "name": name, "pos": len(b.cards) + 1,
		"shortUrl": fmt.Sprintf("https://trello.com/c/%08d", len(b.cards))}
	b.cards = append(b.cards, c)
	return c
}

func (b *board) comment(card map[string]any, member int, name, text string) {
	b.rest["actions"] = append([]any{map[string]any{"id": trelloID(5000 + len(b.rest["actions"])), "type": "commentCard", "date": fmt.Sprintf("2026-05-01T10:%02d:00.000Z", len(b.rest["actions"])),
		"idMemberCreator": trelloID(member), "memberCreator": map[string]any{"id": trelloID(member), "fullName": name},
		"data": map[string]any{"text": text, "card": map[string]any{"id": card["id"]}}}}, b.rest["actions"]...)
}

func (b *board) checklist(card map[string]any, items ...string) {
	var list []any
	for n, item := range items {
		state := "incomplete"
		if strings.HasPrefix(item, "x ") {
			state, item = "complete", item[2:]
		}
		list = append(list, map[string]any{"name": item, "state": state, "pos": n})
	}
	b.rest["checklists"] = append(b.rest["checklists"], map[string]any{"id": trelloID(7000 + len(b.rest["checklists"])), "idCard": card["id"], "name": "Steps", "checkItems": list})
}

func (b *board) file() string {
	whole := map[string]any{"id": b.ID, "name": b.Name, "desc": b.Desc, "lists": b.lists, "cards": b.cards}
	for key, list := range b.rest {
		whole[key] = list
	}
	text, err := json.Marshal(whole)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (b *board) plan(t testing.TB) *importers.Plan {
	t.Helper()
	plan, err := importers.ReadTrello(strings.NewReader(b.file()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// digest sums up every row of every table, so that "nothing changed" can be shown.
func digest(t testing.TB, s *Store) string {
	t.Helper()
	sum := sha256.New()
	err := s.read(func(r source) error {
		tables, err := all(r, itself[string], "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name")
		if err != nil {
			return err
		}
		for _, table := range tables {
			rows, err := r.query("SELECT * FROM " + table + " ORDER BY 1, 2")
			if err != nil {
				return err
			}
			columns, _ := rows.Columns()
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for n := range values {
				into[n] = &values[n]
			}
			for rows.Next() {
				if err := rows.Scan(into...); err != nil {
					return err
				}
				fmt.Fprintln(sum, table, values)
			}
			rows.Close()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// shop is a workspace with a team of two and a client.
type shop struct {
	*Store
	t            testing.TB
	katerina     Actor // the owner
	maria, eleni Actor
}

func newShop(t testing.TB) *shop {
	t.Helper()
	store, err := Open(t.TempDir(), Options{Glasses: 2, Clock: func() time.Time { return time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s := &shop{Store: store, t: t}
	s.katerina = s.team("katerina@ormos.example", "Katerina Doukas", Owner)
	s.maria = s.team("maria@ormos.example", "Maria Lenti", Member)
	return s
}

func (s *shop) team(email, name, role string) Actor {
	s.t.Helper()
	added, err := s.AddPersonFromShell(NewPerson{Email: email, Name: name, Role: role})
	if err != nil {
		s.t.Fatal(err)
	}
	return Actor{Person: added}
}

// client puts a contact on a project and answers what they see of it.
func (s *shop) client(project ID) {
	s.t.Helper()
	added, err := s.AddMemberFromShell(project, "eleni@papadopoulos.example", "Eleni Papadopoulou", "client")
	if err != nil {
		s.t.Fatal(err)
	}
	s.eleni = Actor{Person: added}
}

func (s *shop) take(b *board, options ImportOptions) Imported {
	s.t.Helper()
	done, err := s.ImportFromShell(ImportTarget{}, b.plan(s.t), options)
	if err != nil {
		s.t.Fatal(err)
	}
	return done
}

// tasks are a project's tasks by title, archived ones too.
func (s *shop) tasks(project ID) map[string]Task {
	s.t.Helper()
	found := map[string]Task{}
	err := s.View(s.katerina.Person, func(v *Viewer) error {
		for _, list := range []func(ID) ([]Task, error){v.Tasks, v.ArchivedTasks} {
			tasks, err := list(project)
			if err != nil {
				return err
			}
			for _, task := range tasks {
				found[task.Title] = task
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

func (s *shop) task(project ID, title string) Task {
	s.t.Helper()
	task, ok := s.tasks(project)[title]
	if !ok {
		s.t.Fatalf("there is no task %q", title)
	}
	return task
}

// seen is what the client sees of a project's tasks.
func (s *shop) seen(project ID) (tasks []ClientTask) {
	s.t.Helper()
	if err := s.Glass(s.eleni.ID, func(g *Glass) (err error) { tasks, err = g.Tasks(project); return err }); err != nil {
		s.t.Fatal(err)
	}
	return tasks
}

func (s *shop) versions(project ID) [2]int64 {
	s.t.Helper()
	versions, _, err := s.Versions([]ID{project})
	if err != nil {
		s.t.Fatal(err)
	}
	return versions[project]
}

// formOf is the form that changes nothing of a task.
func formOf(task Task) TaskForm {
	form := TaskForm{Title: task.Title, ClientTitle: task.ClientTitle, Description: task.Description, Internal: task.Internal, Acceptance: task.Acceptance,
		Priority: task.Priority, StartsOn: string(task.StartsOn), DueOn: string(task.DueOn), Version: task.Version}
	for _, person := range task.Assignees {
		form.Assignees = append(form.Assignees, person.ID.String())
	}
	for _, label := range task.Labels {
		form.Labels = append(form.Labels, label.ID.String())
	}
	return form
}
