package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// kiln is a board with something of everything.
func kiln() *board {
	b := newBoard("Ideas", "Doing", "Backlog", "Backlog", "Done")
	b.lists[3]["closed"] = true
	c := b.card(0, "Order clay")
	c["desc"], c["due"] = "White stoneware, **80 kg**", "2026-06-05T22:30:00.000Z"
	c["idLabels"], c["idMembers"] = []string{trelloID(60)}, []string{trelloID(50), trelloID(51)}
	c["attachments"] = []any{map[string]any{"id": "a", "name": "Offer", "url": "https://clay.example/offer", "isUpload": false}}
	b.checklist(c, "x Ask two sellers", "Pay")
	b.comment(c, 50, "Maria Lenti", "They are slow to answer.")
	b.comment(c, 51, "Old Hand", "Try the other one.")
	b.card(1, "Build the rack")
	done := b.card(4, "Rent the shop")
	done["due"], done["dueComplete"], done["dateCompleted"] = "2026-05-02T00:00:00.000Z", true, "2026-05-01T12:00:00.000Z"
	b.card(0, "Old idea")["closed"] = true
	b.card(3, "In an archived list")
	return b
}

func TestImportArrivesPrivate(t *testing.T) {
	s := newShop(t)
	if err := s.SetWorkspaceFromShell(Workspace{TimeZone: "Europe/Athens"}); err != nil {
		t.Fatal(err)
	}
	done := s.take(kiln(), ImportOptions{})
	if !done.NewProject || done.Tasks.Created != 3 || done.Notes.Created != 2 || done.ChecklistItems.Created != 2 || done.Links.Created != 1 || done.Columns.Created != 4 {
		t.Fatalf("imported %+v", done)
	}
	if left := fmt.Sprint(done.Left); !strings.Contains(left, "{archived 2 Old idea; In an archived list}") {
		t.Errorf("archived tasks are not listed as left: %s", left)
	}
	if v := s.versions(done.Project); v != [2]int64{2, 1} {
		t.Errorf("one import raised the versions to %v", v)
	}
	s.client(done.Project)
	if seen := s.seen(done.Project); len(seen) != 0 {
		t.Errorf("the client sees %v", seen)
	}
	clay := s.task(done.Project, "Order clay")
	if !clay.Private || clay.Description != "" || !strings.Contains(clay.Internal, "**80 kg**") || !strings.Contains(clay.Internal, "trello.com/c/00000000") {
		t.Errorf("task: %+v", clay)
	}
	if clay.DueOn != "2026-06-06" {
		t.Errorf("22:30 UTC is due on %s in Athens", clay.DueOn)
	}
	if rent := s.task(done.Project, "Rent the shop"); rent.DueOn != "2026-05-02" || rent.DoneAt.Day() != 1 || rent.Kind != Done {
		t.Errorf("task: %+v", rent)
	}
	if len(clay.Labels) != 1 || clay.Labels[0].ClientVisible || len(clay.Assignees) != 2 || clay.Items != 2 || clay.ItemsDone != 1 || clay.Files != 1 {
		t.Errorf("task: %+v", clay)
	}
}

func TestImportMatchesPeopleByName(t *testing.T) {
	s := newShop(t)
	done := s.take(kiln(), ImportOptions{Publish: true})
	s.client(done.Project)
	clay := s.task(done.Project, "Order clay")
	if clay.Assignees[0].ID != s.maria.ID || clay.Assignees[1].Name != "Old Hand" {
		t.Errorf("assigned to %v", clay.Assignees)
	}
	var thread []Comment
	if err := s.View(s.maria.Person, func(v *Viewer) (err error) { thread, err = v.Conversation(clay.ID); return err }); err != nil {
		t.Fatal(err)
	}
	if len(thread) != 2 || !thread[0].Note || thread[0].AuthorID != s.maria.ID || thread[0].At.Format("2006-01-02") != "2026-05-01" || thread[1].Author != "Old Hand" {
		t.Errorf("thread: %+v", thread)
	}
	placeholder := thread[1].AuthorID
	if got, _ := value[string](s.peek(), "SELECT coalesce(email, 'none') || side || active FROM person WHERE id = ?", placeholder); got != "noneteam0" {
		t.Errorf("the placeholder is %s", got)
	}
	err := s.Glass(s.eleni.ID, func(g *Glass) error {
		people, err := g.People(done.Project)
		for _, person := range people {
			if person.ID == placeholder || strings.Contains(person.Name, "Old") {
				t.Errorf("the client sees %v", person)
			}
		}
		tasks, _ := g.Tasks(done.Project)
		for _, task := range tasks {
			for _, person := range task.Assignees {
				if person.ID == placeholder {
					t.Error("the client sees the placeholder as assignee")
				}
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// peek reads tables directly.
func (s *shop) peek() source {
	reader := s.readers.take()
	s.t.Cleanup(func() { s.readers.give(reader) })
	return reader
}

func TestImportPublishes(t *testing.T) {
	s := newShop(t)
	b := kiln()
	project := s.take(b, ImportOptions{Archived: true}).Project
	s.client(project)
	rack := s.task(project, "Build the rack")
	for _, change := range []func(Actor, ID, []ID) error{s.ShowTasks, s.HideTasks} {
		if err := change(s.katerina, project, []ID{rack.ID}); err != nil {
			t.Fatal(err)
		}
	}
	before := s.versions(project)
	done := s.take(b, ImportOptions{Archived: true, Publish: true})
	if done.Shown != 2 || done.KeptPrivate != 1 {
		t.Errorf("published %+v", done)
	}
	if now := s.versions(project); now[1] != before[1]+1 {
		t.Errorf("the clients' version went from %d to %d", before[1], now[1])
	}
	var titles []string
	for _, task := range s.seen(project) {
		titles = append(titles, task.Title)
		if task.Description != "" || len(task.Labels) != 0 {
			t.Errorf("the client sees %+v", task)
		}
	}
	if fmt.Sprint(titles) != "[Order clay Rent the shop]" {
		t.Errorf("the client sees %v", titles)
	}
	if err := s.Glass(s.eleni.ID, func(g *Glass) error {
		thread, err := g.Conversation(s.task(project, "Order clay").ID)
		if len(thread) > 0 {
			t.Errorf("a comment became a reply: %v", thread)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestImportDescriptionsForClients(t *testing.T) {
	s := newShop(t)
	b := kiln()
	project := s.take(b, ImportOptions{Publish: true}).Project
	s.take(b, ImportOptions{Descriptions: DescriptionsClients})
	clay := s.task(project, "Order clay")
	if clay.Description != "White stoneware, **80 kg**" || strings.Contains(clay.Internal, "80 kg") {
		t.Errorf("task: %+v", clay)
	}
	before := digest(t, s.Store)
	if s.take(b, ImportOptions{}); digest(t, s.Store) != before {
		t.Error("a later import took the description away again")
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	s := newShop(t)
	b := kiln()
	other, err := s.AddProjectFromShell(ProjectForm{Name: "Kiln shop", Company: "Thalassa Hotels"}, [3]string{"To do", "Doing", "Done"})
	if err != nil {
		t.Fatal(err)
	}
	before := digest(t, s.Store)
	var invalid *Invalid
	for name, try := range map[string]struct {
		target  ImportTarget
		options ImportOptions
	}{
		"dry run":       {ImportTarget{}, ImportOptions{DryRun: true, Archived: true, Publish: true}},
		"other company": {ImportTarget{Project: other, Company: "Papadopoulos Ceramics"}, ImportOptions{}},
		"no such place": {ImportTarget{Project: NewID()}, ImportOptions{}},
		"bad choice":    {ImportTarget{}, ImportOptions{Descriptions: "everywhere"}},
		"name too long": {ImportTarget{ProjectName: strings.Repeat("x", 201)}, ImportOptions{}},
	} {
		done, err := s.ImportFromShell(try.target, b.plan(t), try.options)
		if try.options.DryRun != (err == nil) || err != nil && !errors.As(err, &invalid) && !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if try.options.DryRun && (done.Tasks.Created != 5 || done.Shown != 3 || !done.NewProject || done.Project != 0) {
			t.Errorf("%s says %+v", name, done)
		}
		if digest(t, s.Store) != before {
			t.Fatalf("%s changed the database", name)
		}
	}
	if s.take(b, ImportOptions{}); digest(t, s.Store) == before {
		t.Error("the comparison does not see a change")
	}
}

func TestImportIntoAProjectOfOnesOwn(t *testing.T) {
	s := newShop(t)
	project, err := s.AddProjectFromShell(ProjectForm{Name: "Website", Company: "Papadopoulos Ceramics"}, [3]string{"Offen", "Läuft", "Fertig"})
	if err != nil {
		t.Fatal(err)
	}
	plan := kiln().plan(t)
	if _, err := s.Import(s.maria, ImportTarget{Project: project}, plan, ImportOptions{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a member imports into a foreign project: %v", err)
	}
	done, err := s.ImportFromShell(ImportTarget{Project: project}, plan, ImportOptions{})
	if err != nil || done.NewProject || done.Columns.Created != 4 {
		t.Fatalf("%+v %v", done, err)
	}
	theirs, err := s.Import(s.maria, ImportTarget{}, plan, ImportOptions{})
	if err != nil || !theirs.NewProject {
		t.Errorf("a board in a project that Maria does not see: %+v %v", theirs, err)
	}
	if _, err := s.Import(Actor{Person: s.maria.Person, Preview: NewID()}, ImportTarget{}, plan, ImportOptions{}); !errors.Is(err, ErrPreview) {
		t.Errorf("a preview imports: %v", err)
	}
	s.client(project)
	if _, err := s.Import(s.eleni, ImportTarget{}, plan, ImportOptions{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a client imports: %v", err)
	}
	var invalid *Invalid
	if _, err := s.ImportFromShell(ImportTarget{}, plan, ImportOptions{}); !errors.As(err, &invalid) || invalid.Key != "import.project-choose" {
		t.Errorf("two projects hold the board, and the import says %v", err)
	}
}

// A store that is open while tables are counted anew must go on seeing through its glass.
func TestGlassAfterAnalyze(t *testing.T) {
	s := newShop(t)
	project := s.take(kiln(), ImportOptions{Publish: true}).Project
	s.client(project)
	for range 6 { // more often than there are glasses
		if seen := s.seen(project); len(seen) != 3 {
			t.Fatalf("the client sees %d tasks", len(seen))
		}
		if err := s.analyze(); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Open(s.Dir(), Options{Glasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Glass(s.eleni.ID, func(g *Glass) error {
		tasks, err := g.Tasks(project)
		if len(tasks) != 3 {
			t.Errorf("a new store shows %d tasks", len(tasks))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkImport shows what a board of 2,000 cards costs.
func BenchmarkImport(b *testing.B) {
	wide := newBoard("To do", "Doing", "Done")
	for n := range 2000 {
		c := wide.card(n%3, fmt.Sprint("Card ", n))
		c["desc"] = strings.Repeat("Some words of a description. ", 20)
		wide.checklist(c, "One", "x Two", "Three")
		wide.comment(c, 50, "Maria Lenti", "A remark")
	}
	plan := wide.plan(b)
	for b.Loop() {
		b.StopTimer()
		s := newShop(b)
		b.StartTimer()
		if _, err := s.ImportFromShell(ImportTarget{}, plan, ImportOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
