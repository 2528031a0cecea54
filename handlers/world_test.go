package handlers

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
)

// world is a served workspace with people who may see different things.
// Everything that no client may see carries a canary: a word with "CNRY".
type world struct {
	t       testing.TB
	store   *db.Store
	server  *Server
	base    string
	people  map[string]db.Person
	tokens  map[string]string
	project db.ID // Website Redesign, of Papadopoulos Ceramics
	other   db.ID // of another company
	tasks   map[string]db.ID
	parts   map[string]db.ID // columns, labels, milestones and checklist items
	log     *bytes.Buffer
	folder  string
	stop    func()
	sender  mail.Sender // nil: mails are shown to nobody but admins
}

// sink collects log lines of several goroutines.
type sink struct {
	mu   sync.Mutex
	text *bytes.Buffer
}

func (s *sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// newWorld seeds a workspace and serves it on a loopback port.
func newWorld(t testing.TB) *world {
	w := &world{t: t, people: map[string]db.Person{}, tokens: map[string]string{}, tasks: map[string]db.ID{}, parts: map[string]db.ID{}, log: &bytes.Buffer{}}
	folder := t.TempDir()
	w.copySeed(folder)
	store, err := db.Open(folder, db.Options{Serve: true})
	w.ok(err)
	w.store, w.folder = store, folder
	w.serve("127.0.0.1:0")
	t.Cleanup(w.close)
	return w
}

// seeded is the world as it begins: copied for each test, and seeded anew before it
// is so old that a sign-in of it counts for less.
var seeded struct {
	sync.Mutex
	at    time.Time
	files seedFolder
	world
}

const seedLife = 4 * time.Minute

func (w *world) copySeed(folder string) {
	seeded.Lock()
	defer seeded.Unlock()
	if time.Since(seeded.at) > seedLife {
		w.makeSeed()
	}
	for name, bytes := range seeded.files {
		w.ok(os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700))
		w.ok(os.WriteFile(filepath.Join(folder, name), bytes, 0o600))
	}
	w.people, w.tokens, w.tasks, w.parts = maps.Clone(seeded.people), maps.Clone(seeded.tokens), maps.Clone(seeded.tasks), maps.Clone(seeded.parts)
	w.project, w.other = seeded.project, seeded.other
}

func (w *world) makeSeed() {
	from, err := os.MkdirTemp("", "vitrine-seed")
	w.ok(err)
	defer os.RemoveAll(from)
	first := &world{t: w.t, people: map[string]db.Person{}, tokens: map[string]string{}, tasks: map[string]db.ID{}, parts: map[string]db.ID{}}
	first.store, err = db.Open(from, db.Options{Serve: true})
	w.ok(err)
	first.seed()
	first.seedDrafts()
	for name := range first.people {
		first.as(name)
	}
	w.ok(first.store.ForgetTold())
	first.standsStill(from)
	w.ok(first.store.Close())
	files := seedFolder{}
	for _, name := range []string{db.FileName, "secret.key"} {
		files[name], err = os.ReadFile(filepath.Join(from, name))
		w.ok(err)
	}
	files.add(w, from)
	first.t, first.store = nil, nil
	seeded.world, seeded.files, seeded.at = *first, files, time.Now()
}

// close ends a world; a second time does nothing.
func (w *world) close() {
	if w.store != nil {
		w.stop()
		w.store.Close()
		w.store = nil
	}
}

// serve starts the server; addr may be the one of an earlier start.
func (w *world) serve(addr string) {
	listener, err := net.Listen("tcp", addr)
	w.ok(err)
	w.base = "http://" + listener.Addr().String()
	level := slog.LevelInfo
	out := io.Writer(&sink{text: w.log})
	if os.Getenv("VITRINE_TEST_LOG") != "" {
		level, out = slog.LevelDebug, os.Stderr
	}
	w.server, err = NewServer(w.store, Config{BaseURL: w.base, Sender: w.sender, Version: "9.8.7", Log: slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: level}))})
	w.ok(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.server.ServeOn(ctx, listener) }()
	w.stop = func() {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		cancel()
		if err := <-ended; err != nil {
			w.t.Error("server ended:", err)
		}
	}
}

func (w *world) actor(name string) db.Actor { return db.Actor{Person: w.people[name]} }

func (w *world) add(name, email, full, side, role string) {
	person, err := w.store.AddPerson(db.NewPerson{Email: email, Name: full, Side: side, Role: role, TimeZone: "Europe/Athens", Title: "CNRY-title " + name})
	w.ok(err)
	w.people[name] = person
}

func (w *world) join(project db.ID, name, role string) {
	person, err := w.store.AddMember(w.actor("owner"), project, w.people[name].Email, "", role)
	w.ok(err)
	w.people[name] = person
}

func (w *world) task(name string, project db.ID, title, column, shown string) db.ID {
	id, err := w.store.AddTask(w.actor("owner"), project, db.NewTask{Title: title, Column: column, Shown: shown})
	w.ok(err)
	w.tasks[name] = id
	return id
}

func (w *world) seed() {
	t := w.actor
	w.add("owner", "owner@cnry-team.example", "Ourania CNRY-surname", db.Team, db.Owner)
	w.settleTalk()
	w.add("leader", "katerina@cnry-team.example", "Katerina CNRY-surname", db.Team, db.Member)
	w.add("member", "nikos@cnry-team.example", "Nikos CNRY-surname", db.Team, db.Member)
	w.add("elsewhere", "otto@cnry-team.example", "Otto CNRY-elsewhere", db.Team, db.Member)
	w.add("eleni", "eleni@papadopoulos.example", "Eleni Papadopoulou", db.Client, "")
	w.add("viewer", "dimitra@papadopoulos.example", "Dimitra Kosta", db.Client, "")
	w.add("finance", "fanis@papadopoulos.example", "Fanis Fanou", db.Client, "")
	w.add("former", "petros@papadopoulos.example", "Petros Petrou", db.Client, "")
	w.add("outsider", "olga@rival.example", "Olga CNRY-rival", db.Client, "")
	w.add("stranger", "stella@nowhere.example", "Stella CNRY-stranger", db.Client, "")

	id, err := w.store.AddProject(t("owner"), db.ProjectForm{Name: "Website Redesign", Company: "Papadopoulos Ceramics", Description: "A new shop.",
		Internal: "CNRY-project-internal", StartsOn: "2026-03-02", EndsOn: "2026-12-19"}, [3]string{"CNRY-column-todo", "CNRY-column-doing", "CNRY-column-done"})
	w.ok(err)
	w.project = id
	other, err := w.store.AddProject(t("owner"), db.ProjectForm{Name: "CNRY-other-project", Company: "CNRY-other-company", Description: "CNRY-other-description"}, [3]string{"A", "B", "C"})
	w.ok(err)
	w.other = other
	w.join(id, "leader", "leader")
	w.join(id, "member", "member")
	for _, client := range []string{"eleni", "viewer", "finance", "former"} {
		w.join(id, client, "client")
	}
	w.join(other, "elsewhere", "member")
	w.join(other, "outsider", "client")
	w.ok(w.store.SetClientRole(t("owner"), id, w.people["viewer"].ID, "client-viewer"))
	w.ok(w.store.SetClientRole(t("owner"), id, w.people["finance"].ID, "client-finance"))

	w.task("gallery", id, "Product page gallery", "doing", "shown")
	w.task("search", id, "Search", "done", "shown")
	w.task("shipping", id, "Shipping rules", "todo", "shown")
	w.task("private", id, "CNRY-private-title", "todo", "private")
	w.task("archived", id, "CNRY-archived-title", "todo", "shown")
	w.ok(w.store.ArchiveTask(t("owner"), w.tasks["archived"], true))
	w.task("foreign", other, "CNRY-foreign-title", "doing", "shown")

	milestone, err := w.store.AddMilestone(t("leader"), id, db.MilestoneForm{Name: "Shop ready", StartsOn: "2026-04-01", DueOn: "2026-12-01"})
	w.ok(err)
	w.ok(w.store.SetLabel(t("leader"), id, 0, "CNRY-label", "red", false))
	w.ok(w.store.SetLabel(t("leader"), id, 0, "Photos", "green", true))
	for _, name := range []string{"gallery", "private"} {
		var labels []string
		w.ok(w.store.View(w.people["leader"], func(v *db.Viewer) error {
			list, err := v.ProjectLabels(id)
			for _, label := range list {
				labels = append(labels, label.ID.String())
			}
			return err
		}))
		version := int64(1)
		w.ok(w.store.EditTask(t("leader"), w.tasks[name], db.TaskForm{Title: map[string]string{"gallery": "CNRY-internal-title", "private": "CNRY-private-title"}[name],
			ClientTitle: map[string]string{"gallery": "Product page gallery", "private": "CNRY-private-client"}[name],
			Description: map[string]string{"gallery": "Photos from **every** side.", "private": "CNRY-private-description"}[name],
			Internal:    "CNRY-internal-details", Acceptance: map[string]string{"gallery": "Twelve pieces are online.", "private": "CNRY-private-acceptance"}[name],
			Priority: "high", Estimate: "777", DueOn: "2026-11-30", Milestone: milestone.String(), Assignees: []string{w.people["member"].ID.String()}, Labels: labels, Version: version}))
		w.ok(w.store.AddItem(t("leader"), w.tasks[name], map[string]string{"gallery": "Large photo first", "private": "CNRY-private-item"}[name]))
		_, err := w.store.AddNote(t("leader"), w.tasks[name], "CNRY-note on "+name)
		w.ok(err)
	}
	w.parts["reply"], err = w.store.AddReply(t("member"), w.tasks["gallery"], "The gallery is on the test site.")
	w.ok(err)
	w.seedTalk()
	w.seedFiles()
	w.parts["reply of eleni"], err = w.store.AddReply(t("eleni"), w.tasks["gallery"], "Buttons are better.")
	w.ok(err)
	w.ok(w.store.RemoveMember(t("owner"), id, w.people["former"].ID))
	w.ok(w.store.SetLabel(t("owner"), other, 0, "CNRY-foreign-label", "red", true))
	_, err = w.store.AddMilestone(t("owner"), other, db.MilestoneForm{Name: "CNRY-foreign-milestone"})
	w.ok(err)
	w.ok(w.store.AddItem(t("owner"), w.tasks["foreign"], "CNRY-foreign-item"))
	w.seedCompanies()
	w.seedDeliverables()
	w.seedDecisions()
	w.parts["role"], err = w.store.AddRole(t("owner"), db.RoleForm{Name: "Press office", Rights: []string{"projects", "upload"}})
	w.ok(err)
	w.seedColleagues()
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		w.collect(v, id, "gallery", "")
		w.collect(v, other, "foreign", "foreign ")
		for prefix, project := range map[string]db.ID{"": id, "foreign ": other} {
			found, err := v.Project(project)
			w.ok(err)
			w.parts[prefix+"company"] = found.CompanyID
		}
		return nil
	}))
	w.seedSignoffs()
	w.seedUpdates()
	w.seedBudgets()
	w.seedHomes()
	for name, saved := range map[string]struct {
		by string
		of db.ID
	}{"template": {"leader", id}, "foreign template": {"owner", other}} {
		w.parts[name], err = w.store.SaveTemplate(t(saved.by), saved.of, db.TemplateForm{Name: "CNRY-" + name, Description: "CNRY-template-text", Internal: true, Sure: true})
		w.ok(err)
	}
}

// settleTalk sends replies at once, and has words that no client may read.
func (w *world) settleTalk() {
	settings, err := w.store.Talk()
	w.ok(err)
	form := settings.Form()
	form.Hold, form.Words, form.Urgent = "0", "CNRY-word\nCNRY other word", "+30 210 555 0100"
	w.ok(w.store.SetTalk(w.actor("owner"), form))
}

// seedTalk is what is said beside: notes, a reply that is still held, another project's words.
func (w *world) seedTalk() {
	for name, said := range map[string]struct {
		who  string
		on   db.ID
		add  func(db.Actor, db.ID, string) (db.ID, error)
		text string
	}{
		"note":          {"leader", w.tasks["gallery"], w.store.AddNote, "CNRY-note again"},
		"project note":  {"leader", w.project, w.store.AddNote, "CNRY-note on the project"},
		"project reply": {"leader", w.project, w.store.AddReply, "Shall we meet on Friday?"},
		"foreign reply": {"owner", w.tasks["foreign"], w.store.AddReply, "CNRY-foreign-words"},
		"foreign note":  {"owner", w.tasks["foreign"], w.store.AddNote, "CNRY-foreign-note"},
	} {
		id, err := said.add(w.actor(said.who), said.on, said.text)
		w.ok(err)
		w.parts[name] = id
	}
	w.holds(600)
	held, err := w.store.AddReply(w.actor("member"), w.tasks["gallery"], "CNRY-held words")
	w.ok(err)
	w.parts["held"] = held
	w.holds(0)
}

// seedCompanies fills in what no client may read of a company and of its contacts.
func (w *world) seedCompanies() {
	owner, contacts := w.actor("owner"), map[string][]string{"Papadopoulos Ceramics": {"eleni", "viewer", "finance", "former"}, "CNRY-other-company": {"outsider"}}
	var list []db.CompanyLine
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { list, err = v.Companies(); return err }))
	for _, company := range list {
		w.parts[map[bool]string{true: "company", false: "foreign company"}[company.Name == "Papadopoulos Ceramics"]] = company.ID
		w.ok(w.store.EditCompany(owner, company.ID, db.CompanyForm{Name: company.Name, Address: "Ermou 12\nAthens", Country: "GR", VATNumber: "EL094259216", Version: company.Version}))
		for _, name := range contacts[company.Name] {
			person := w.people[name]
			w.ok(w.store.SetContact(owner, company.ID, person.ID, db.ContactForm{Name: person.Name, Email: person.Email, Phone: "CNRY-phone 210", Version: 1}))
		}
	}
}

// hideCompanies puts into the companies what none of their people may read.
func (w *world) hideCompanies() {
	var list []db.CompanyLine
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { list, err = v.Companies(); return err }))
	for _, company := range list {
		w.ok(w.store.EditCompany(w.actor("owner"), company.ID, db.CompanyForm{Name: company.Name, Address: "CNRY-address 1\nAthens", Country: "AU", VATNumber: "CNRY-VAT 123",
			Currency: "EUR", Notes: "CNRY-company-notes", Version: company.Version}))
	}
}

// seedColleagues adds who may invite at each company, an invitation of each that
// waits, and pictures: of somebody whom the clients are shown, and of a stranger to them.
func (w *world) seedColleagues() {
	w.seedBills()
	w.hideCompanies()
	w.add("boss", "boss@papadopoulos.example", "Alexandra Boss", db.Client, "")
	w.join(w.project, "boss", "client")
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["boss"].ID, "client-admin"))
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["boss"].ID))
	w.ok(w.store.SetClientRole(w.actor("owner"), w.other, w.people["outsider"].ID, "client-admin"))
	for prefix, who := range map[string]string{"": "boss", "foreign ": "outsider"} {
		w.ok(w.store.Glass(w.people[who].ID, func(g *db.Glass) error {
			companies, err := g.Companies()
			w.parts[prefix+"company"] = companies[0].ID
			return err
		}))
		invited, err := w.store.InviteColleague(w.actor(who), w.parts[prefix+"company"], db.ColleagueForm{Email: "cnry-invited-by-" + who + "@mail.example", Name: "CNRY-invited-by-" + who, RoleID: roleViewer})
		w.ok(err)
		w.parts[prefix+"invitation"] = invited
	}
	for part, who := range map[string]string{"avatar": "member", "foreign avatar": "elsewhere"} {
		w.ok(w.store.SetAvatar(w.actor(who), []byte(map[string]string{"member": "a picture", "elsewhere": "CNRY-foreign-picture"}[who])))
		w.parts[part] = w.avatarOf(who)
	}
}

// roleViewer is the built-in role Client Viewer, as the schema numbers it.
const roleViewer = db.ID(4)

// avatarOf is the id of somebody's picture.
func (w *world) avatarOf(name string) db.ID {
	session := w.as(name).cookies["session"]
	actor, err := w.store.Login(session)
	w.ok(err)
	return actor.Avatar
}

// collect notes the parts of a project, for routes that name them.
func (w *world) collect(v *db.Viewer, project db.ID, task, prefix string) {
	columns, err := v.Columns(project)
	w.ok(err)
	labels, err := v.ProjectLabels(project)
	w.ok(err)
	milestones, err := v.Milestones(project)
	w.ok(err)
	items, err := v.Checklist(w.tasks[task])
	w.ok(err)
	w.parts[prefix+":column"], w.parts[prefix+"last column"] = columns[0].ID, columns[len(columns)-1].ID
	w.parts[prefix+":label"], w.parts[prefix+":milestone"], w.parts[prefix+"item"] = labels[0].ID, milestones[0].ID, items[0].ID
}

// someone is a person with a browser.
type someone struct {
	w       *world
	client  *http.Client
	cookies map[string]string
}

// as signs a person in; "" is nobody.
func (w *world) as(name string) *someone {
	w.t.Helper()
	s := &someone{w: w, client: &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, cookies: map[string]string{}}
	if name == "" {
		return s
	}
	if w.tokens[name] == "" {
		link, err := w.store.SignInLink(w.people[name].Email)
		w.ok(err)
		token, _, err := w.store.UseSignInLink(link, "test")
		w.ok(err)
		w.tokens[name] = token
	}
	s.cookies["session"] = w.tokens[name]
	return s
}

// through looks through a client.
func (s *someone) through(client string) *someone {
	s.w.t.Helper()
	answer := s.post("/preview/start", "person", s.w.people[client].ID.String())
	if answer.status != http.StatusSeeOther || s.cookies["preview"] == "" {
		s.w.t.Fatalf("preview of %s: %d", client, answer.status)
	}
	return s
}

// answer is what came back.
type answer struct {
	status int
	body   string
	header http.Header
}

func (s *someone) get(path string, headers ...string) answer {
	return s.send(http.MethodGet, path, nil, headers...)
}

func (s *someone) post(path string, pairs ...string) answer {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return s.send(http.MethodPost, path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Origin", s.w.base)
}

func (s *someone) send(method, path string, body io.Reader, headers ...string) answer {
	s.w.t.Helper()
	request, err := http.NewRequest(method, s.w.base+path, body)
	s.w.ok(err)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	for name, value := range s.cookies {
		if name != "preview" || strings.HasPrefix(path, "/portal") {
			request.AddCookie(&http.Cookie{Name: name, Value: value})
		}
	}
	response, err := s.client.Do(request)
	s.w.ok(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	s.w.ok(err)
	for _, cookie := range response.Cookies() {
		if cookie.MaxAge < 0 {
			delete(s.cookies, cookie.Name)
		} else {
			s.cookies[cookie.Name] = cookie.Value
		}
	}
	return answer{response.StatusCode, string(text), response.Header}
}
