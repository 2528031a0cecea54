package handlers

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

var (
	askVersion = regexp.MustCompile(`/ask"><input type="hidden" name="version" value="(\d+)"`)
	editedAt   = regexp.MustCompile(`<input type="hidden" name="version" value="(\d+)">\s*<input type="hidden" name="kind"`)
	choices    = regexp.MustCompile(`type="radio" name="option" value="([^"]+)"`)
	homeCount  = regexp.MustCompile(`<span class="count call"[^>]*>(\d+)</span>`)
)

// drafts writes a question by the form, and answers with its id.
func (s *someone) drafts(kind, question string, fields ...string) db.ID {
	s.w.t.Helper()
	made := s.post("/projects/"+s.w.project.String()+"/decisions", append([]string{"kind", kind, "question", question, "currency", "EUR"}, fields...)...)
	if made.status != 303 {
		s.w.t.Fatalf("%d %s", made.status, made.body)
	}
	id, err := db.ParseID(strings.TrimSuffix(strings.TrimPrefix(made.header.Get("Location"), "/decisions/"), "?said=drafted"))
	s.w.ok(err)
	return id
}

// sends presses the button that puts a draft to the client.
func (s *someone) sends(id db.ID) {
	s.w.t.Helper()
	path := "/decisions/" + id.String()
	found := askVersion.FindStringSubmatch(s.get(path).body)
	if found == nil {
		s.w.t.Fatal("the draft has no button that asks")
	}
	if done := s.post(path+"/ask", "version", found[1]); done.status != 303 {
		s.w.t.Fatalf("%d %s", done.status, done.body)
	}
}

// asksAnew changes what was asked by the form; fields replace what stands in it.
func (s *someone) asksAnew(id db.ID, fields ...string) answer {
	s.w.t.Helper()
	path := "/decisions/" + id.String() + "/edit"
	found := editedAt.FindStringSubmatch(s.get(path).body)
	if found == nil {
		s.w.t.Fatal("there is no form to change it")
	}
	return s.post(path, append([]string{"version", found[1], "currency", "EUR", "deciders", s.w.people["eleni"].ID.String()}, fields...)...)
}

// signs answers a question.
func (s *someone) signs(id db.ID, edition int, outcome, option, comment string) answer {
	return s.post("/portal/decisions/"+id.String()+"/answer", "edition", strconv.Itoa(edition), "shown", s.w.shown(id), "outcome", outcome, "option", option, "comment", comment)
}

// openQuestion is a question of the leader's to some, with two options, open.
func (w *world) openQuestion(question, mode string, deciders ...string) db.ID {
	w.t.Helper()
	fields := []string{"body", "It stands **first**.", "option_title", "Tiles", "option_text", "Photos side by side.", "option_cost", "500", "option_days", "2",
		"option_title", "A list", "option_text", "", "option_cost", "0", "option_days", "0", "recommended", "2", "free_answer", "yes"}
	for i, name := range deciders {
		fields = append(fields, "deciders", w.people[name].ID.String(), "place-"+w.people[name].ID.String(), strconv.Itoa(i+1))
	}
	leader := w.as("leader")
	id := leader.drafts(db.KindQuestion, question, append(fields, "mode", mode)...)
	leader.sends(id)
	return id
}

// stands is the state of a decision.
func (w *world) stands(id db.ID) string {
	return w.texts("SELECT state FROM decision WHERE id = " + strconv.FormatInt(int64(id), 10))[0]
}

// asksOf is how many things a client's home says wait for them.
func (s *someone) asksOf() int {
	s.w.t.Helper()
	found := homeCount.FindStringSubmatch(s.get("/portal").body)
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	s.w.ok(err)
	return n
}

// The whole path of a question over plain forms: it is drafted out of sight, asked, read
// and counted, its mail leads to it, and it is answered by an option, once.
func TestQuestionFromDraftToAnswer(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	leader, eleni := w.as("leader"), w.as("eleni")
	before := eleni.asksOf()
	id := leader.drafts(db.KindQuestion, "How do sizes show?", "body", "Buttons are **quicker**.", "if_silent", "We take tiles.", "due_on", "2099-05-18",
		"option_title", "Tiles", "option_text", "Side by side.", "option_cost", "500", "option_days", "2", "option_title", "A list", "option_text", "", "option_cost", "-20.50", "option_days", "0",
		"recommended", "2", "deciders", w.people["eleni"].ID.String(), "tasks", w.tasks["shipping"].String(), "tasks", w.tasks["private"].String())
	path, project := "/portal/decisions/"+id.String(), "/portal/projects/"+w.project.String()
	never := eleni.get("/portal/decisions/" + db.NewID().String())
	if early := eleni.get(path); early.status != 404 || early.bytes() != never.bytes() {
		t.Errorf("a draft answers %d", early.status)
	}
	if early := eleni.signs(id, 1, db.Free, ownOption, "Tiles"); early.status != 404 {
		t.Errorf("a draft is answered: %d", early.status)
	}
	if n := eleni.asksOf(); n != before || strings.Contains(eleni.get(project).body, "How do sizes show?") {
		t.Errorf("a draft is counted or shown: %d", n)
	}
	leader.sends(id)
	if n := eleni.asksOf(); n != before+1 {
		t.Errorf("%d wait, not %d", n, before+1)
	}
	if mail := w.mailTo(w.people["eleni"].Email); mail.Subject != id || mail.Kind != db.MailAsked {
		t.Errorf("the mail tells of something else: %v", mail)
	}
	state := func() string {
		return strings.Join(w.texts("SELECT (SELECT count(*) FROM signoff) || ' ' || (SELECT count(*) FROM event) || ' ' || (SELECT count(*) FROM file_open) || ' ' || (SELECT sum(version) FROM decision) || ' ' || (SELECT count(*) FROM outbox)"), "")
	}
	was := state()
	nobody := w.as("")
	if shut := nobody.get(path); shut.status != 303 || !strings.Contains(shut.header.Get("Location"), "/sign-in") {
		t.Errorf("the link of the mail, not signed in: %d %s", shut.status, shut.header.Get("Location"))
	}
	page := eleni.get(path)
	eleni.get(path + "?answered=1")
	eleni.get(path + "/answer")
	if now := state(); now != was {
		t.Errorf("opening the link changed something: %s became %s", was, now)
	}
	for _, says := range []string{"<h1>How do sizes show?</h1>", "<strong>quicker</strong>", "If nobody answers by", "We take tiles.", "Sign off as Eleni Papadopoulou", "€500.00", "€20.50", "We would choose this",
		"2 days later", "Shipping rules", `name="edition" value="1"`, "Asked by Katerina", "Waiting for you"} {
		if page.status != 200 || !strings.Contains(page.body, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	if strings.Contains(page.body, " checked") || strings.Contains(page.body, "Something else") {
		t.Error("an option is preselected, or own words are offered that are not asked for")
	}
	w.noCanary(path, "eleni", page)
	nobody.post("/sign-in", "email", w.people["eleni"].Email, "next", path)
	if in := nobody.post("/sign-in/pin", "pin", w.mailTo(w.people["eleni"].Email).PIN); in.header.Get("Location") != path {
		t.Errorf("signing in leads to %s", in.header.Get("Location"))
	}
	options := choices.FindAllStringSubmatch(page.body, -1)
	if len(options) != 2 {
		t.Fatal(options)
	}
	for who, chip := range map[string]string{"eleni": `<a class="chip call" href="` + path + `">`, "viewer": `<a class="chip" href="` + path + `">`} {
		for _, at := range []string{project, "/portal/tasks/" + w.tasks["shipping"].String()} {
			if got := w.as(who).get(at); !strings.Contains(got.body, chip) || strings.Contains(got.body, "Waiting for Eleni Papadopoulou</a>") != (who == "viewer") {
				t.Errorf("%s at %s does not read for whom the task waits", who, at)
			}
		}
	}
	for who, offered := range map[string]int{"viewer": 0, "boss": 0} { // who is not asked reads it
		got := w.as(who).get(path)
		if got.status != 200 || len(choices.FindAllString(got.body, -1)) != offered || strings.Contains(got.body, `name="outcome"`) || !strings.Contains(got.body, "Waiting for Eleni Papadopoulou") {
			t.Errorf("%s reads it with a form: %d", who, got.status)
		}
	}
	for _, who := range []string{"finance", "outsider", "stranger", "former"} {
		if got := w.as(who).get(path); got.status != 404 {
			t.Errorf("%s gets %d", who, got.status)
		}
	}
	if sent := eleni.signs(id, 1, db.Choose, options[1][1], "As in the <shop>."); sent.status != 303 || sent.header.Get("Location") != path+"?answered=1" {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	done := eleni.get(path + "?answered=1")
	for _, says := range []string{"Signed off. Katerina", "Eleni Papadopoulou chose “A list”", "As in the &lt;shop&gt;.", "/portal/signoffs/", "Chosen"} {
		if !strings.Contains(done.body, says) {
			t.Errorf("the answered page does not say %q", says)
		}
	}
	if strings.Contains(done.body, `name="outcome"`) || strings.Contains(w.as("viewer").get(path+"?answered=1").body, "Signed off.") {
		t.Error("the form is still there, or somebody is thanked for what they did not do")
	}
	if n := eleni.asksOf(); n != before || strings.Contains(eleni.get(project).body, `<a class="chip call" href="`+path) {
		t.Errorf("it still waits: %d", n)
	}
	if page := leader.get("/decisions/" + id.String()); !strings.Contains(page.body, "Chose “A list”") || !strings.Contains(page.body, "As in the &lt;shop&gt;.") {
		t.Error("the team does not read the answer")
	}
	// The very same again is answered already; anything else comes too late.
	if again := eleni.signs(id, 1, db.Choose, options[1][1], "As in the <shop>."); again.status != 303 {
		t.Errorf("sent twice: %d", again.status)
	}
	if other := eleni.signs(id, 1, db.Choose, options[0][1], "Tiles after all."); other.status != 409 || !strings.Contains(other.body, "You have answered version 1 already.") || !strings.Contains(other.body, "Tiles after all.") {
		t.Errorf("answered twice: %d", other.status)
	}
	if n := w.rows("SELECT count(*) FROM signoff WHERE decision_id = ?", id); n != 1 {
		t.Errorf("%d are sealed", n)
	}
}

// joinBoss brings another decider onto the project.
func (w *world) joinBoss() {
	w.t.Helper()
	w.join(w.project, "boss", "client")
}

// ownOption is what stands for an answer in own words.
const ownOption = "own"

// One may answer in own words, or decline; both need words.
func TestQuestionInOwnWordsOrDeclined(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	for _, one := range []struct{ outcome, option, state, empty, tells string }{
		{db.Choose, ownOption, db.Decided, "Write your answer.", "answered in their own words"},
		{db.Decline, ownOption, db.Declined, "Write why you decline.", "Eleni Papadopoulou declined"},
	} {
		id := w.openQuestion("Own words for "+one.outcome+"?", db.AnyOne, "eleni")
		if page := eleni.get("/portal/decisions/" + id.String()); !strings.Contains(page.body, "Something else") {
			t.Error("own words are not offered")
		}
		for _, blank := range []string{"", " \n\t ", "\u200b"} {
			if sent := eleni.signs(id, 1, one.outcome, one.option, blank); sent.status != 422 || !strings.Contains(sent.body, one.empty) || !strings.Contains(sent.body, `aria-invalid="true"`) {
				t.Errorf("%s with %q: %d", one.outcome, blank, sent.status)
			}
		}
		if long := eleni.signs(id, 1, one.outcome, one.option, strings.Repeat("ω", 5001)); long.status != 422 || !strings.Contains(long.body, strings.Repeat("ω", 5001)) {
			t.Errorf("too long: %d", long.status)
		}
		if w.stands(id) != db.Asked {
			t.Fatal(w.stands(id))
		}
		if sent := eleni.signs(id, 1, one.outcome, one.option, "Γιατί όχι; 🏺"); sent.status != 303 {
			t.Fatalf("%d %s", sent.status, sent.body)
		}
		if page := eleni.get("/portal/decisions/" + id.String()); w.stands(id) != one.state || !strings.Contains(page.body, one.tells) || !strings.Contains(page.body, "Γιατί όχι; 🏺") {
			t.Errorf("%s became %s", one.outcome, w.stands(id))
		}
	}
}

// Absurd options and outcomes are refused in one sentence, and nothing is sealed.
func TestAbsurdAnswers(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	id, other := w.openQuestion("Which one?", db.AnyOne, "eleni"), w.openQuestion("Which other one?", db.AnyOne, "eleni")
	foreign := choices.FindStringSubmatch(eleni.get("/portal/decisions/" + other.String()).body)[1]
	for _, option := range []string{"", "1", "-1", foreign, db.NewID().String(), "zzzzzzzzzzz", "own ", "' OR 1=1", strings.Repeat("9", 5000), "\x00"} {
		if sent := eleni.signs(id, 1, db.Choose, option, "My words"); sent.status != 422 || !strings.Contains(sent.body, "Choose one of the answers.") || !strings.Contains(sent.body, "My words</textarea>") {
			t.Errorf("option %.20q: %d", option, sent.status)
		}
	}
	for _, outcome := range []string{"", db.Approve, db.Changes, "decided", "CHOOSE", "' OR 1=1"} {
		if sent := eleni.signs(id, 1, outcome, ownOption, "My words"); sent.status != 422 || !strings.Contains(sent.body, "My words</textarea>") {
			t.Errorf("outcome %q: %d", outcome, sent.status)
		}
	}
	for _, edition := range []int{0, -1, 2, 1 << 40} {
		if sent := eleni.signs(id, edition, db.Choose, ownOption, "My words"); sent.status != 409 || !strings.Contains(sent.body, "My words</textarea>") {
			t.Errorf("version %d: %d", edition, sent.status)
		}
	}
	for _, path := range []string{"x", "-1", db.NewID().String(), w.parts["draft decision"].String(), w.parts["foreign decision"].String(), w.tasks["gallery"].String()} {
		if sent := eleni.post("/portal/decisions/"+path+"/answer", "edition", "1", "outcome", db.Decline, "comment", "No"); sent.status != 404 {
			t.Errorf("%s: %d", path, sent.status)
		}
	}
	if n := w.rows("SELECT count(*) FROM signoff WHERE decision_id = ?", id); n != 0 || w.stands(id) != db.Asked {
		t.Errorf("%d are sealed", n)
	}
}

// Where all have to answer, or one after the other, it waits for each; whose turn it is not
// is told so, and the first no ends it.
func TestModesOfAnswering(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	eleni, boss := w.as("eleni"), w.as("boss")
	all := w.openQuestion("All of you?", db.All, "eleni", "boss")
	if page := eleni.get("/portal/decisions/" + all.String()); !strings.Contains(page.body, "Everybody has to answer:") {
		t.Error("the page does not say who has to answer")
	}
	if sent := eleni.signs(all, 1, db.Choose, ownOption, "Yes"); sent.status != 303 || w.stands(all) != db.Asked {
		t.Errorf("the first of two: %d, %s", sent.status, w.stands(all))
	}
	if page := eleni.get("/portal/decisions/" + all.String()); !strings.Contains(page.body, "Waiting for Alexandra Boss") || strings.Contains(page.body, `name="outcome"`) {
		t.Error("who has answered is not told for whom it waits")
	}
	if sent := boss.signs(all, 1, db.Choose, ownOption, "Yes"); sent.status != 303 || w.stands(all) != db.Decided {
		t.Errorf("the second of two: %d, %s", sent.status, w.stands(all))
	}

	order := w.openQuestion("One by one?", db.InOrder, "boss", "eleni")
	early := eleni.signs(order, 1, db.Choose, ownOption, "Me first")
	if early.status != 409 || !strings.Contains(early.body, "It is not your turn yet. It waits for Alexandra Boss.") || !strings.Contains(early.body, "Me first") {
		t.Errorf("out of turn: %d", early.status)
	}
	if page := eleni.get("/portal/decisions/" + order.String()); strings.Contains(page.body, `name="outcome"`) {
		t.Error("out of turn there is a form")
	}
	options := choices.FindAllStringSubmatch(boss.get("/portal/decisions/"+order.String()).body, -1)
	if sent := boss.signs(order, 1, db.Choose, options[0][1], ""); sent.status != 303 {
		t.Fatal(sent.status)
	}
	if sent := eleni.signs(order, 1, db.Choose, options[1][1], ""); sent.status != 303 || w.stands(order) != db.Declined {
		t.Errorf("another option: %d, %s", sent.status, w.stands(order))
	}
	if page := boss.get("/portal/decisions/" + order.String()); !strings.Contains(page.body, "They chose differently, so nothing is decided.") {
		t.Error("nobody says that they disagree")
	}

	first := w.openQuestion("Any of you?", db.AnyOne, "eleni", "boss")
	if sent := boss.signs(first, 1, db.Decline, "", "Neither"); sent.status != 303 || w.stands(first) != db.Declined {
		t.Errorf("%d %s", sent.status, w.stands(first))
	}
	late := eleni.signs(first, 1, db.Choose, ownOption, "But I would")
	if late.status != 409 || !strings.Contains(late.body, "Alexandra Boss answered this already: ") || !strings.Contains(late.body, "But I would") || strings.Contains(late.body, `name="outcome"`) {
		t.Errorf("the second where one is enough: %d", late.status)
	}
}

// What has to be read is opened by a press, by whoever answers, before an answer.
func TestReadingBeforeAnswering(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	leader, eleni := w.as("leader"), w.as("eleni")
	id := leader.drafts(db.KindQuestion, "Is the plan right?", "free_answer", "yes", "mode", db.All, "deciders", w.people["eleni"].ID.String(), "deciders", w.people["boss"].ID.String())
	path := "/decisions/" + id.String()
	if row := leader.attach(path+"/files", sent{"plan.txt", "text/plain", []byte("The plan")}, sent{"beside.txt", "text/plain", []byte("Beside")}); row.status != 200 {
		t.Fatal(row.status, row.body)
	}
	plan, err := db.ParseID(regexp.MustCompile(`/files/([0-9A-Za-z]{11})"[^>]*>[^<]*plan\.txt`).FindStringSubmatch(leader.get(path).body)[1])
	w.ok(err)
	if done := leader.post("/files/"+plan.String()+"/required", "required", "yes"); done.status >= 400 {
		t.Fatal(done.status)
	}
	leader.sends(id)
	page := eleni.get("/portal" + path)
	if !strings.Contains(page.body, "Open it before you answer") || !strings.Contains(page.body, "data-unread") {
		t.Error("the page does not say what has to be read")
	}
	eleni.get("/portal/files/" + plan.String()) // a link is no press
	shut := eleni.signs(id, 1, db.Choose, ownOption, "It is")
	if shut.status != 422 || strings.Count(shut.body, "Please open this first: plan.txt.") != 1 || !strings.Contains(shut.body, "It is</textarea>") {
		t.Errorf("unread: %d", shut.status)
	}
	if opened := eleni.post("/portal/files/" + plan.String() + "/open"); opened.status != 303 || opened.header.Get("Location") != "/portal/files/"+plan.String() {
		t.Errorf("%d %s", opened.status, opened.header.Get("Location"))
	}
	if part := eleni.get("/portal" + path + "?part=files"); strings.Contains(part.body, "data-unread") || !strings.Contains(part.body, "chip done") || strings.Contains(part.body, "<html") {
		t.Errorf("the part does not know it: %s", part.body)
	}
	if sent := eleni.signs(id, 1, db.Choose, ownOption, "It is"); sent.status != 303 {
		t.Errorf("read: %d %s", sent.status, sent.body)
	}
	if sent := w.as("boss").signs(id, 1, db.Choose, ownOption, "It is"); sent.status != 422 {
		t.Errorf("somebody else has read it: %d", sent.status)
	}
	if sent := w.as("boss").signs(id, 1, db.Decline, "", "Not for me"); sent.status != 303 {
		t.Errorf("declining needs no reading: %d", sent.status)
	}
}

// An answer is bound to what was on screen, and to who may decide at that moment. What
// comes too late keeps its words and says why.
func TestAnswersThatComeTooLate(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	leader, eleni := w.as("leader"), w.as("eleni")
	id := w.openQuestion("Which photos first?", db.AnyOne, "eleni")
	path := "/portal/decisions/" + id.String()
	option := choices.FindStringSubmatch(eleni.get(path).body)[1]
	if done := leader.asksAnew(id, "question", "Which photos first?", "body", "Now with a third way.", "option_title", "Tiles", "option_title", "Piles", "free_answer", "yes"); done.status != 303 {
		t.Fatal(done.status, done.body)
	}
	old := eleni.signs(id, 1, db.Choose, ownOption, "The <b>tiles</b>.")
	for _, says := range []string{"This is version 1, version 2 is here.", "The &lt;b&gt;tiles&lt;/b&gt;.</textarea>", `name="edition" value="2"`, "Now with a third way.", "Piles"} {
		if old.status != 409 || !strings.Contains(old.body, says) {
			t.Errorf("an old version: %d, without %q", old.status, says)
		}
	}
	if strings.Contains(old.body, " checked") {
		t.Error("an option of the old version is chosen in the new one")
	}
	if sent := eleni.signs(id, 2, db.Choose, option, ""); sent.status != 422 {
		t.Errorf("an option of version 1 answers version 2: %d", sent.status)
	}
	if gone := leader.post("/decisions/"+id.String()+"/withdraw", "reason", "We found out."); gone.status != 303 {
		t.Fatal(gone.status)
	}
	late := eleni.signs(id, 2, db.Choose, ownOption, "Tiles, please.")
	if late.status != 409 || !strings.Contains(late.body, "This question was taken back, so it needs no answer.") || !strings.Contains(late.body, "Tiles, please.") || !strings.Contains(late.body, "We found out.") || strings.Contains(late.body, `name="outcome"`) {
		t.Errorf("withdrawn: %d", late.status)
	}

	closes := leader.drafts(db.KindQuestion, "Before Friday?", "free_answer", "yes", "due_on", "2099-01-01", "closes", "yes", "deciders", w.people["eleni"].ID.String())
	leader.sends(closes)
	w.behind("UPDATE edition SET due_on = ? WHERE decision_id = ?", time.Now().AddDate(0, 0, -3).Format(time.DateOnly), closes)
	shut := eleni.signs(closes, 1, db.Choose, ownOption, "Still yes")
	if shut.status != 409 || !strings.Contains(shut.body, "This question is closed.") || !strings.Contains(shut.body, "Still yes") || strings.Contains(shut.body, `name="outcome"`) {
		t.Errorf("after its day: %d", shut.status)
	}
	w.behind("UPDATE edition SET closes = 0 WHERE decision_id = ?", closes)
	if sent := eleni.signs(closes, 1, db.Choose, ownOption, "Late"); sent.status != 303 || w.rows("SELECT late_days FROM signoff WHERE decision_id = ?", closes) < 1 {
		t.Errorf("late, and it does not close: %d", sent.status)
	}
}

// Who lost the right meanwhile, who only reads, and who looks through somebody else's eyes
// answers nothing; neither do they propose.
func TestWhoMayAnswer(t *testing.T) {
	w := newWorld(t)
	w.joinBoss()
	id := w.openQuestion("Who of you?", db.AnyOne, "eleni", "boss")
	path, changes := "/portal/decisions/"+id.String(), "/portal/projects/"+w.project.String()+"/changes"
	if sent := w.as("eleni").post(path+"/answer", "edition", "1", "outcome", db.Decline, "comment", " "); sent.status != 422 {
		t.Fatal("the form is not as it should be", sent.status)
	}
	through := w.as("leader").through("eleni")
	if page := through.get(path); page.status != 200 || !strings.Contains(page.body, "Sign off as Eleni Papadopoulou") || !regexp.MustCompile(`name="outcome" value="choose" disabled`).MatchString(page.body) {
		t.Errorf("through eleni the page answers %d, or its button works", page.status)
	}
	for where, fields := range map[string][]string{path + "/answer": {"edition", "1", "outcome", db.Choose, "option", ownOption, "comment", "Yes"}, changes: {"question", "A shop"}} {
		if sent := through.post(where, fields...); sent.status != 403 {
			t.Errorf("through eleni %s: %d", where, sent.status)
		}
		for _, who := range []string{"viewer", "finance", "outsider", "stranger", "former"} {
			if sent := w.as(who).post(where, fields...); sent.status != 404 {
				t.Errorf("%s at %s: %d", who, where, sent.status)
			}
		}
		for _, who := range []string{"leader", "owner"} {
			if sent := w.as(who).post(where, fields...); sent.status < 400 {
				t.Errorf("%s at %s: %d", who, where, sent.status)
			}
		}
	}
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["eleni"].ID, "client-viewer"))
	if sent := w.as("eleni").signs(id, 1, db.Choose, ownOption, "Yes"); sent.status != 404 {
		t.Errorf("without the right: %d", sent.status)
	}
	if page := w.as("eleni").get(path); page.status != 200 || strings.Contains(page.body, `name="outcome"`) || strings.Contains(page.body, "Waiting for you") {
		t.Errorf("without the right the page answers %d, or has a form", page.status)
	}
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["boss"].ID))
	if sent := w.as("boss").signs(id, 1, db.Choose, ownOption, "Yes"); sent.status != 404 {
		t.Errorf("who left the project: %d", sent.status)
	}
	if n := w.rows("SELECT count(*) FROM signoff WHERE decision_id = ?", id) + w.rows("SELECT count(*) FROM decision WHERE created_by IN (?, ?)", w.people["viewer"].ID, w.people["leader"].ID); n != 1 {
		t.Errorf("something was sealed or proposed: %d", n)
	}
}

// What was on screen is answered: with another file beside it, the page shows that first.
func TestFilesChangedMeanwhile(t *testing.T) {
	w := newWorld(t)
	eleni, path := w.as("eleni"), "/portal/decisions/"+w.parts["decision"].String()
	read := regexp.MustCompile(`name="shown" value="([0-9a-f]{64})"`).FindStringSubmatch(eleni.get(path).body)
	if read == nil {
		t.Fatal("the form does not name its files")
	}
	w.questionFile("decision", "later.txt", "Another thought.")
	sent := eleni.post(path+"/answer", "edition", "1", "shown", read[1], "outcome", db.Choose, "option", "own", "comment", "Clay, <b>please")
	for _, says := range []string{"What belongs to this question has changed", "Clay, &lt;b&gt;please</textarea>", "later.txt", `name="shown" value="` + w.shown(w.parts["decision"])} {
		if sent.status != http.StatusConflict || !strings.Contains(sent.body, says) {
			t.Errorf("it answers %d without %q", sent.status, says)
		}
	}
	if sent = eleni.post(path+"/answer", "edition", "1", "shown", w.shown(w.parts["decision"]), "outcome", db.Choose, "option", "own", "comment", "Clay, please"); sent.status != http.StatusSeeOther {
		t.Error("afterwards it answers", sent.status)
	}
}
