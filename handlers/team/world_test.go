package team

import (
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// world is a workspace with the team's pages, and people who ask for them.
type world struct {
	t       testing.TB
	store   *db.Store
	team    *Team
	app     *fiber.App
	people  map[string]db.Person
	project db.ID // Website Redesign, of Papadopoulos Ceramics
	other   db.ID // where neither leader nor member are
	tasks   map[string]db.ID
}

var now = time.Date(2026, 5, 14, 7, 41, 0, 0, time.UTC)

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// The seeded folder is made once; each world is a copy of it.
var (
	seeding sync.Once
	seeded  *world
)

func TestMain(m *testing.M) {
	code := m.Run()
	if seeded != nil {
		os.RemoveAll(seeded.store.Dir())
	}
	os.Exit(code)
}

func newWorld(t testing.TB) *world {
	seeding.Do(func() {
		folder, err := os.MkdirTemp("", "team")
		if err != nil {
			t.Fatal(err)
		}
		first := openWorld(t, folder)
		first.seed()
		first.ok(first.store.Close())
		seeded = first
	})
	if seeded == nil {
		t.Fatal("the world could not be seeded")
	}
	folder := t.TempDir()
	for _, name := range []string{db.FileName, "secret.key"} {
		content, err := os.ReadFile(filepath.Join(seeded.store.Dir(), name))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w := openWorld(t, folder)
	w.people, w.tasks, w.project, w.other = maps.Clone(seeded.people), maps.Clone(seeded.tasks), seeded.project, seeded.other
	t.Cleanup(func() { w.store.Close() })
	return w
}

func openWorld(t testing.TB, folder string) *world {
	store, err := db.Open(folder, db.Options{Serve: true, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: store, people: map[string]db.Person{}, tasks: map[string]db.ID{}}
	w.team = &Team{App: web.NewApp(store, "http://localhost", slog.New(slog.NewTextHandler(io.Discard, nil)))}
	w.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: w.team.Problem, CaseSensitive: true, BodyLimit: 8 << 20})
	w.app.Use(func(c *fiber.Ctx) error {
		person, ok := w.people[c.Get("X-As")]
		if !ok {
			return fiber.ErrUnauthorized
		}
		w.team.SetActor(c, db.Actor{Person: person, Session: person.ID})
		return c.Next()
	})
	w.routes()
	return w
}

// routes are those of the program.
func (w *world) routes() {
	get, post, t := w.app.Get, w.app.Post, w.team
	get("/projects", t.Projects)
	post("/projects", t.AddProject)
	get("/projects/:id", t.Board)
	get("/projects/:id/list", t.List)
	get("/projects/:id/log", t.ProjectLog)
	post("/projects/:id/tasks", t.AddTask)
	get("/people", t.People)
	post("/people", t.AddPerson)
	get("/people/:id", t.Person)
	post("/people/:id", t.EditPerson)
	post("/people/:id/active", t.SetPersonActive)
	post("/people/:id/sessions/end", t.EndPersonSessions)
	post("/people/:id/connect", t.ConnectPerson)
	get("/projects/:id/publish", t.Publish)
	post("/projects/:id/publish", t.Reveal)
	post("/projects/:id/hide", t.Hide)
	get("/projects/:id/members", t.Members)
	post("/projects/:id/members", t.AddMember)
	post("/projects/:id/members/:person/role", t.SetRole)
	post("/projects/:id/members/:person/remove", t.RemoveMember)
	get("/projects/:id/settings", t.Settings)
	post("/projects/:id/settings", t.EditProject)
	post("/projects/:id/archive", t.ArchiveProject)
	post("/projects/:id/columns", t.AddColumn)
	post("/projects/:id/columns/:column", t.EditColumn)
	post("/projects/:id/columns/:column/move", t.MoveColumn)
	post("/projects/:id/columns/:column/delete", t.DeleteColumn)
	post("/projects/:id/labels", t.SetLabel)
	post("/projects/:id/labels/:label", t.SetLabel)
	post("/projects/:id/labels/:label/delete", t.DeleteLabel)
	post("/projects/:id/milestones", t.AddMilestone)
	post("/projects/:id/milestones/:milestone", t.EditMilestone)
	post("/projects/:id/milestones/:milestone/delete", t.DeleteMilestone)
	get("/tasks/:id", t.Task)
	get("/tasks/:id/edit", t.EditTaskForm)
	post("/tasks/:id/edit", t.EditTask)
	post("/tasks/:id/move", t.MoveTask)
	post("/tasks/:id/archive", t.ArchiveTask)
	post("/tasks/:id/replies", t.Reply(db.OnTask))
	post("/tasks/:id/notes", t.Note(db.OnTask))
	post("/replies/:id/undo", t.TakeBack)
	post("/replies/:id/release", t.SendNow)
	post("/replies/:id/note", t.MakeNote)
	get("/milestones/:id", t.Conversation(db.OnMilestone))
	post("/milestones/:id/replies", t.Reply(db.OnMilestone))
	post("/milestones/:id/notes", t.Note(db.OnMilestone))
	get("/projects/:id/conversation", t.Conversation(db.OnProject))
	post("/projects/:id/replies", t.Reply(db.OnProject))
	post("/projects/:id/notes", t.Note(db.OnProject))
	for kind, path := range map[string]string{db.Reply: "/replies", db.Note: "/notes"} {
		get(path+"/:id/edit", t.EditSayingForm(kind))
		post(path+"/:id/edit", t.EditSaying(kind))
		post(path+"/:id/delete", t.DeleteSaying(kind))
		get(path+"/:id/history", t.SayingHistory(kind))
	}
	get("/replies/:id/drill", t.Drill)
	post("/tasks/:id/items", t.AddItem)
	post("/items/:id/tick", t.TickItem)
	post("/items/:id/delete", t.DeleteItem)
	get("/import", t.Import)
	post("/import", t.Upload)
	get("/import/:token", t.Imported)
	post("/import/:token", t.RunImport)
	get("/import/:token/progress", t.ImportProgress)
}

func (w *world) actor(name string) db.Actor { return db.Actor{Person: w.people[name]} }

// holds sets for how many seconds the team's replies are held before clients see them.
func (w *world) holds(seconds int) {
	settings, err := w.store.Talk()
	w.ok(err)
	form := settings.Form()
	form.Hold = strconv.Itoa(seconds)
	w.ok(w.store.SetTalk(w.actor("owner"), form))
}

func (w *world) seed() {
	for _, p := range []struct{ name, email, full, side, role, language string }{
		{"owner", "ourania@ormos.example", "Ourania Orfanou", db.Team, db.Owner, "en"},
		{"leader", "katerina@ormos.example", "Katerina Doukas", db.Team, db.Member, "en"},
		{"member", "nikos@ormos.example", "Nikos Raptis", db.Team, db.Member, "el"},
		{"maria", "maria@ormos.example", "Maria Lenti", db.Team, db.Member, "en"},
		{"elsewhere", "otto@ormos.example", "Otto Else", db.Team, db.Member, "en"},
		{"eleni", "eleni@papadopoulos.example", "Eleni Papadopoulou", db.Client, "", "en"},
		{"viewer", "dimitra@papadopoulos.example", "Dimitra Kosta", db.Client, "", "en"},
		{"finance", "fanis@papadopoulos.example", "Fanis Fanou", db.Client, "", "en"},
	} {
		person, err := w.store.AddPerson(db.NewPerson{Email: p.email, Name: p.full, Side: p.side, Role: p.role, Language: p.language, TimeZone: "Europe/Athens", Title: "Designer"})
		w.ok(err)
		w.people[p.name] = person
	}
	w.holds(0)
	var err error
	w.project, err = w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "Website Redesign", Company: "Papadopoulos Ceramics", Description: "A new shop.",
		Internal: "They pay late.", StartsOn: "2026-03-02", EndsOn: "2026-07-19"}, [3]string{"To do", "In progress", "Done"})
	w.ok(err)
	w.other, err = w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "Elsewhere"}, [3]string{"A", "B", "C"})
	w.ok(err)
	for _, m := range [][2]string{{"leader", "leader"}, {"member", "member"}, {"maria", "member"}, {"eleni", "client"}, {"viewer", "client"}, {"finance", "client"}} {
		_, err := w.store.AddMember(w.actor("owner"), w.project, w.people[m[0]].Email, "", m[1])
		w.ok(err)
	}
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["owner"].ID))
	w.ok(w.store.SetClientRole(w.actor("leader"), w.project, w.people["viewer"].ID, "client-viewer"))
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["finance"].ID, "client-finance"))
	for _, task := range [][3]string{{"gallery", "doing", "shown"}, {"shipping", "todo", "shown"}, {"launch", "todo", "shown"}, {"search", "done", "shown"}, {"host", "todo", "private"}, {"scope", "doing", "private"}} {
		w.task(task[0], map[string]string{"gallery": "Product page: gallery and sizes", "shipping": "Shipping rules and prices", "launch": "Launch and redirects",
			"search": "Search", "host": "Ask the host for a yearly price", "scope": "Check scope of wholesale price tiers"}[task[0]], task[1], task[2])
	}
	id, err := w.store.AddTask(w.actor("owner"), w.other, db.NewTask{Title: "Foreign", Column: "todo"})
	w.ok(err)
	w.tasks["foreign"] = id
	w.dress()
}

func (w *world) task(name, title, column, shown string) {
	id, err := w.store.AddTask(w.actor("leader"), w.project, db.NewTask{Title: title, Column: column, Shown: shown})
	w.ok(err)
	w.tasks[name] = id
}

// dress fills two tasks, one shown and one private, with everything a task may have.
func (w *world) dress() {
	leader := w.actor("leader")
	milestone, err := w.store.AddMilestone(leader, w.project, db.MilestoneForm{Name: "Shop ready for testing", StartsOn: "2026-04-01", DueOn: "2026-06-05"})
	w.ok(err)
	w.ok(w.store.SetLabel(leader, w.project, 0, "Photos", "green", true))
	w.ok(w.store.SetLabel(leader, w.project, 0, "Risk", "red", false))
	var labels []string
	w.look("leader", func(v *db.Viewer) error {
		list, err := v.ProjectLabels(w.project)
		for _, label := range list {
			labels = append(labels, label.ID.String())
		}
		return err
	})
	for name, due := range map[string]string{"gallery": "2026-05-20", "scope": "2026-05-12"} {
		title := map[string]string{"gallery": "Product page: gallery and sizes", "scope": "Check scope of wholesale price tiers"}[name]
		w.ok(w.store.EditTask(leader, w.tasks[name], db.TaskForm{Title: title, ClientTitle: map[string]string{"scope": "Prices for shops"}[name],
			Description: "Visitors see each piece from **every side** and choose its size.", Acceptance: "The twelve pieces of the Kyma series are online.",
			Internal: "Photos arrive in four sizes.", Priority: "high", Estimate: "1080", StartsOn: "2026-05-04", DueOn: due, Milestone: milestone.String(),
			Assignees: []string{w.people["member"].ID.String(), w.people["eleni"].ID.String()}, Labels: labels, Version: 1}))
		for _, step := range []string{"Large photo first", "Sizes in centimetres"} {
			w.ok(w.store.AddItem(leader, w.tasks[name], step))
		}
		_, err := w.store.AddNote(leader, w.tasks[name], "Do not promise the zoom yet.")
		w.ok(err)
	}
	_, err = w.store.AddReply(w.actor("maria"), w.tasks["gallery"], "Centimetres are in, for every size.")
	w.ok(err)
	_, err = w.store.AddReply(w.actor("eleni"), w.tasks["gallery"], "Lovely. Can people zoom in on the glaze?")
	w.ok(err)
}

func (w *world) look(name string, see func(*db.Viewer) error) {
	w.t.Helper()
	w.ok(w.store.View(w.people[name], see))
}

// stored reads a task as it is.
func (w *world) stored(name string) db.Task {
	w.t.Helper()
	var task db.Task
	w.look("owner", func(v *db.Viewer) (err error) { task, err = v.Task(w.tasks[name]); return err })
	return task
}
