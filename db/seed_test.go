package db

import "fmt"

// seed fills the world by the store's own methods; what the store has no method
// for yet is written directly.
func (w *world) seed() {
	w.sql("UPDATE setting SET value = '0' WHERE key = 'talk.hold'")
	w.seedPeople()
	w.seedSite()
	w.seedOthers()
	w.seedDeliverables()
	w.seedDecisions()
	w.seedMoreDecisions()
	w.seedPortal()
	w.seedMoney()
	w.seedTime()
	w.seedGone()
	w.seedWays()
}

func (w *world) seedPeople() {
	for _, p := range []NewPerson{
		{Email: "olivia@ormos.test", Name: "Olivia Ormos", Side: Team, Role: Owner, Title: "Owner"},
		{Email: "adam@ormos.test", Name: "Adam Ante", Side: Team, Role: Admin, Title: "Admin"},
		{Email: "lea@ormos.test", Name: "Lea Lind", Side: Team, Role: Member, Title: "Design lead"},
		{Email: "mark@ormos.test", Name: "Mark Moss", Side: Team, Role: Member, Title: "Developer"},
		{Email: "tess@ormos.test", Name: "Tess Tor", Side: Team, Role: Member, Title: "Producer"},
		{Email: "dora@ormos.test", Name: "Dora Dahl", Side: Team, Role: Admin, Title: "Former admin"},
		{Email: "fake@ormos.test", Name: "Fake Fox", Side: Team, Role: Member, Title: "Tester"},
		{Email: "stan@nowhere.test", Name: "Stan Stranger", Side: Client},
		{Email: "nora@acme.test", Name: "Nora Noproject", Side: Client},
		{Email: "odd@beta.test", Name: "Odd Other", Side: Client},
		{Email: "sly@acme.test", Name: "Sly Stone", Side: Client},
	} {
		added, err := w.AddPerson(p)
		w.must(err)
		name := p.Email[:len(p.Email)-len("@")-len(domainOf(p.Email))]
		w.ids[name] = added.ID
	}
}

func domainOf(address string) string {
	for i := range address {
		if address[i] == '@' {
			return address[i+1:]
		}
	}
	return ""
}

var threeColumns = [3]string{"To do", "Doing", "Done"}

func (w *world) project(name, leader string, form ProjectForm) {
	w.keep(name)(w.AddProject(w.actor(leader), form, threeColumns))
	for _, column := range w.columnsOf(name) {
		w.ids[name+"."+column.Kind] = column.ID
	}
	if form.Company != "" {
		w.must(w.read(func(r source) (err error) {
			w.ids[form.Company], err = value[ID](r, "SELECT company_id FROM project WHERE id = ?", w.id(name))
			return err
		}))
	}
}

func (w *world) columnsOf(project string) (columns []Column) {
	w.must(w.read(func(r source) (err error) {
		columns, err = all(r, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? ORDER BY c.position", w.id(project))
		return err
	}))
	return columns
}

// join puts somebody on a project; role is a member role or a client role's key.
func (w *world) join(project, leader, email, name, role string) {
	member := role
	if role != "leader" && role != "member" {
		member = "client"
	}
	added, err := w.AddMember(w.actor(leader), w.id(project), email, name, member)
	w.must(err)
	if member == "client" {
		w.sql("UPDATE contact SET role_id = (SELECT id FROM client_role WHERE key = ?1) WHERE person_id = ?2 AND company_id = (SELECT company_id FROM project WHERE id = ?3)", role, added.ID, w.id(project))
	}
	w.ids[email[:len(email)-1-len(domainOf(email))]] = added.ID
}

func (w *world) task(project, author, name, column, shown string) ID {
	return w.keep(name)(w.AddTask(w.actor(author), w.id(project), NewTask{Title: name, Column: column, Shown: shown}))
}

// found keeps the id of the only row of a table whose text is this.
func (w *world) found(table, column, text string) {
	w.must(w.read(func(r source) (err error) {
		w.ids[text], err = value[ID](r, "SELECT id FROM "+table+" WHERE "+column+" = ?", text)
		return err
	}))
}

func (w *world) seedSite() {
	w.project("site", "lea", ProjectForm{Name: "Site", Company: "Acme", Description: "The new site", Internal: "Margins are thin", StartsOn: "2026-05-01", EndsOn: "2026-08-01"})
	lea, site := w.actor("lea"), w.id("site")
	w.keep("site.review")(w.AddColumn(lea, site, ColumnForm{Name: "QA", Kind: Review, ClientLabel: "Checking"}))
	w.join("site", "lea", "mark@ormos.test", "", "member")
	w.join("site", "lea", "dora@ormos.test", "", "leader")
	w.join("site", "lea", "vic@acme.test", "Vic Viewer", "client-viewer")
	w.join("site", "lea", "eleni@acme.test", "Eleni Client", "client")
	w.join("site", "lea", "nikos@acme.test", "Nikos Admin", "client-admin")
	w.join("site", "lea", "finn@acme.test", "Finn Finance", "client-finance")
	w.join("site", "lea", "manu@acme.test", "Manu Manager", "client-manager")
	w.join("site", "lea", "duo@both.test", "Duo Double", "client")
	w.join("site", "lea", "fred@acme.test", "Fred Former", "client")
	w.join("site", "lea", "gone@acme.test", "Gone Guest", "client-admin")
	w.join("site", "lea", "ingo@acme.test", "Ingo Inactive", "client-admin")

	w.keep("launch")(w.AddMilestone(lea, site, MilestoneForm{Name: "launch", StartsOn: "2026-05-01", DueOn: "2026-06-30"}))
	w.keep("care")(w.AddMilestone(lea, site, MilestoneForm{Name: "care", DueOn: "2026-08-01"}))
	w.must(w.SetLabel(lea, site, 0, "ux", "blue", true))
	w.must(w.SetLabel(lea, site, 0, "debt", "red", false))
	w.found("label", "name", "ux")
	w.found("label", "name", "debt")

	w.task("site", "lea", "home", Doing, "shown")
	w.task("site", "lea", "form", Todo, "")
	w.task("site", "lea", "logo", Done, "shown")
	w.task("site", "mark", "copy", Review, "shown")
	w.task("site", "mark", "secret", Doing, "shown")
	w.task("site", "mark", "shelf", Todo, "shown")
	w.edit("lea", "home", func(f *TaskForm) {
		f.Description, f.Internal, f.Acceptance = "The page that greets", "The client must not know", "Loads in a second"
		f.Estimate, f.DueOn, f.Milestone, f.Priority = "120", "2026-06-10", w.id("launch").String(), "high"
		f.Assignees = []string{w.id("mark").String(), w.id("eleni").String()}
		f.Labels = []string{w.id("ux").String(), w.id("debt").String()}
	})
	w.edit("lea", "form", func(f *TaskForm) { f.ClientTitle, f.Estimate = "Contact page", "60" })
	w.edit("lea", "logo", func(f *TaskForm) { f.Estimate, f.Milestone = "240", w.id("launch").String() })
	w.edit("mark", "copy", func(f *TaskForm) { f.Estimate = "60" })
	w.edit("mark", "secret", func(f *TaskForm) {
		f.Internal, f.Estimate, f.Milestone = "hidden plan", "6000", w.id("launch").String()
		f.Assignees, f.Labels = []string{w.id("mark").String()}, []string{w.id("ux").String()}
	})
	for _, task := range []string{"home", "secret", "shelf"} {
		w.must(w.AddItem(lea, w.id(task), task+" step"))
		w.found("checklist_item", "text", task+" step")
		w.say("eleni", task, "reply on "+task)
		w.hint("mark", task, "note on "+task)
		w.sql("INSERT INTO file (id, project_id, task_id, name, url, created_at) VALUES (?,?,?,?,'https://files.test/x',?)", NewID(), site, w.id(task), "file on "+task, At(w.Now()))
		w.found("file", "name", "file on "+task)
	}
	_, err := w.TickItem(lea, w.id("home step"), true)
	w.must(err)
	w.say("fred", "home", "words of fred")
	w.say("mark", "home", "words of mark")
	w.say("mark", "home", "taken back")
	w.sql("UPDATE reply SET deleted_at = ? WHERE body = 'taken back'", At(w.Now()))
	w.say("eleni", "site", "reply on site")
	w.hint("lea", "site", "note on site")
	w.say("lea", "launch", "reply on launch")
	w.hint("lea", "launch", "note on launch")
	w.holds(30)
	w.say("mark", "home", "held back")
	w.holds(0)
	for _, who := range []string{"mark", "eleni"} {
		w.keep("draft of "+who)(NewID(), nil)
		w.sql("INSERT INTO draft (id, person_id, thread_id, kind, body, updated_at) VALUES (?,?,?,'reply','half a thought',?)", w.id("draft of "+who), w.id(who), w.id("home"), At(w.Now()))
	}
	for _, said := range []string{"words of mark", "held back", "taken back"} {
		w.sql("INSERT INTO mention (id, reply_id, person_id) VALUES (?,?,?)", NewID(), w.id(said), w.id("lea"))
	}
	w.sql("INSERT INTO mention (id, note_id, person_id) VALUES (?,?,?)", NewID(), w.id("note on home"), w.id("adam"))
	for on, column := range map[string]string{"words of mark": "reply_id", "held back": "reply_id", "taken back": "reply_id", "note on home": "note_id", "draft of mark": "draft_id", "draft of eleni": "draft_id"} {
		w.keep("file on "+on)(NewID(), nil)
		w.sql("INSERT INTO file (id, project_id, "+column+", name, media_type, size, sha256, created_at) VALUES (?,?,?,?,'image/png',1,?,?)", w.id("file on "+on), site, w.id(on), "file on "+on, "sha of "+on, At(w.Now()))
	}
	w.must(w.HideTasks(lea, site, []ID{w.id("secret")}))
	w.must(w.ArchiveTask(lea, w.id("shelf"), true))
	_, err = w.MoveTask(lea, w.id("form"), Doing, 0)
	w.must(err)
	_, err = w.MoveTask(lea, w.id("form"), Todo, 0)
	w.must(err)
}

// edit changes a task's form as its page would send it back.
func (w *world) edit(who, task string, change func(*TaskForm)) {
	w.t.Helper()
	form := w.form(who, task)
	change(&form)
	w.must(w.EditTask(w.actor(who), w.id(task), form))
}

// form is the task's edit form as somebody finds it.
func (w *world) form(who, task string) (form TaskForm) {
	w.t.Helper()
	w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
		t, err := v.Task(w.id(task))
		form = asForm(t)
		needs, _ := v.NeededBy(t.ID)
		for _, need := range needs {
			form.Needs = append(form.Needs, need.ID.String())
		}
		return err
	}))
	return form
}

func asForm(t Task) TaskForm {
	form := TaskForm{Title: t.Title, ClientTitle: t.ClientTitle, Description: t.Description, Internal: t.Internal, Acceptance: t.Acceptance,
		Priority: t.Priority, Size: t.Size, StartsOn: string(t.StartsOn), DueOn: string(t.DueOn), Version: t.Version}
	if t.Estimate > 0 {
		form.Estimate = fmt.Sprint(t.Estimate)
	}
	if t.MilestoneID != 0 {
		form.Milestone = t.MilestoneID.String()
	}
	for _, person := range t.Assignees {
		form.Assignees = append(form.Assignees, person.ID.String())
	}
	for _, label := range t.Labels {
		form.Labels = append(form.Labels, label.ID.String())
	}
	return form
}

// holds sets for how many seconds the team's replies are held.
func (w *world) holds(seconds int) {
	w.sql("UPDATE setting SET value = ? WHERE key = 'talk.hold'", seconds)
}

func (w *world) say(who, task, body string) { w.keep(body)(w.AddReply(w.actor(who), w.id(task), body)) }
func (w *world) hint(who, task, body string) {
	w.keep(body)(w.AddNote(w.actor(who), w.id(task), body))
}

func (w *world) seedOthers() {
	w.project("brand", "tess", ProjectForm{Name: "Brand"})
	w.sql("UPDATE project SET company_id = ? WHERE id = ?", w.id("Acme"), w.id("brand")) // an admin gave it
	w.join("brand", "tess", "bea@acme.test", "Bea Brand", "client-admin")
	w.task("brand", "tess", "poster", Todo, "shown")
	w.say("bea", "poster", "reply on poster")
	w.hint("tess", "poster", "note on poster")
	w.keep("print")(w.AddMilestone(w.actor("tess"), w.id("brand"), MilestoneForm{Name: "print"}))
	w.must(w.SetLabel(w.actor("tess"), w.id("brand"), 0, "ink", "green", true))
	w.found("label", "name", "ink")

	w.project("old", "lea", ProjectForm{Name: "Old", Company: "Acme"})
	w.join("old", "lea", "eleni@acme.test", "", "client")
	w.task("old", "lea", "relic", Done, "shown")
	w.must(w.ArchiveProject(w.actor("lea"), w.id("old"), true))

	w.project("beta", "tess", ProjectForm{Name: "Beta work", Company: "Beta"})
	w.join("beta", "tess", "otto@beta.test", "Otto Other", "client")
	w.join("beta", "tess", "duo@both.test", "", "client-viewer")
	w.task("beta", "tess", "gamma", Doing, "shown")

	w.project("inhouse", "adam", ProjectForm{Name: "Inhouse"})
	w.task("inhouse", "adam", "chore", Doing, "shown")

	w.project("closed", "tess", ProjectForm{Name: "Closed", Company: "Closed"})
	w.join("closed", "tess", "carla@closed.test", "Carla Closed", "client-admin")
	w.task("closed", "tess", "dusty", Doing, "shown")
}

// seedGone ends what has to be over, and writes rows that no rule would allow:
// the views have to hold even so.
func (w *world) seedGone() {
	w.must(w.RemoveMember(w.actor("lea"), w.id("site"), w.id("fred")))
	w.sql("UPDATE person SET active = 0 WHERE id IN (?, ?)", w.id("dora"), w.id("gone"))
	w.sql("UPDATE contact SET active = 0 WHERE person_id = ?", w.id("ingo"))
	w.sql("UPDATE company SET status = 'archived' WHERE id = ?", w.id("Closed"))
	contact := "INSERT INTO contact (company_id, person_id, role_id, created_at) VALUES (?,?,2,'2026-05-01T00:00:00.000000Z')"
	w.sql(contact, w.id("Acme"), w.id("nora"))
	w.sql(contact, w.id("Beta"), w.id("odd"))
	w.sql(contact, w.id("Acme"), w.id("sly"))
	w.sql(contact, w.id("Acme"), w.id("fake"))
	member := "INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,?,'2026-05-01T00:00:00.000000Z')"
	w.sql(member, w.id("site"), w.id("odd"), "client")    // a contact of another company
	w.sql(member, w.id("inhouse"), w.id("odd"), "client") // a project without a company
	w.sql(member, w.id("site"), w.id("sly"), "leader")    // a client in the team's place
	w.sql(member, w.id("site"), w.id("fake"), "client")   // the team in a client's place
}

// seedWays adds what leads in: pictures, invitations that wait, are over and were accepted.
func (w *world) seedWays() {
	for _, name := range []string{"eleni", "lea", "tess", "bea"} {
		w.ids["picture of "+name] = NewID()
		w.sql("INSERT INTO avatar (id, person_id, image, created_at) VALUES (?, ?, x'89504e47', '2026-05-01T00:00:00.000000Z')", w.ids["picture of "+name], w.id(name))
	}
	for _, i := range []struct{ company, address, state string }{
		{"Acme", "wanda@acme.test", ""}, {"Acme", "over@acme.test", "ended_at"}, {"Acme", "inside@acme.test", "accepted_at"}, {"Beta", "willy@beta.test", ""},
	} {
		w.must(w.write(func(tx *Tx) error {
			id, err := tx.invite(invite{address: i.address, language: "en", company: w.id(i.company), role: 1, by: w.id("adam"), letter: "Dear colleague"})
			w.ids["invited "+i.address] = id
			if err == nil && i.state != "" {
				err = tx.run("UPDATE invitation SET "+i.state+" = created_at WHERE id = ?", id)
			}
			return err
		}))
	}
	w.sql("UPDATE outbox SET sent_at = created_at, sealed = NULL") // long ago
}
