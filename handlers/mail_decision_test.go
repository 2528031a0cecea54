package handlers

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
	hostile "vitrine/handlers/mail/sink"
)

// question is what a leader would ask: hidden things wait for it too.
func (w *world) question(text string, deciders ...string) db.DecisionForm {
	form := db.DecisionForm{Kind: db.KindBudget, Question: text, Context: "**Two** ways <script>alert(1)</script>", FreeAnswer: true, Mode: db.AnyOne, Currency: "EUR",
		Options: []db.OptionForm{{Title: "Buttons", Cost: "500.00", Days: "2"}, {Title: "A list", Cost: "0"}},
		Tasks:   []string{w.tasks["gallery"].String(), w.tasks["private"].String(), w.tasks["archived"].String()}}
	for _, name := range deciders {
		form.Deciders = append(form.Deciders, w.people[name].ID.String())
	}
	return form
}

// puts asks a question as the leader.
func (w *world) puts(form db.DecisionForm) db.ID {
	w.t.Helper()
	id, err := w.store.AddDecision(w.actor("leader"), w.project, form)
	w.ok(err)
	w.ok(w.store.AskDecision(w.actor("leader"), id, 1))
	return id
}

// changes asks it anew with something changed.
func (w *world) changes(id db.ID, change func(*db.DecisionForm)) error {
	var now db.Decision
	w.ok(w.store.View(w.people["leader"], func(v *db.Viewer) (err error) { now, err = v.Decision(id); return err }))
	form := now.Form()
	change(&form)
	return w.store.EditDecision(w.actor("leader"), id, form)
}

// asksAll has every kind of mail about decisions written.
func (w *world) asksAll() {
	w.t.Helper()
	now := time.Now()
	w.store.SetClock(func() time.Time { return now.AddDate(0, 0, -8) })
	waiting := w.puts(w.question("How do sizes show?", "eleni"))
	w.store.SetClock(nil)
	w.ok(w.store.RemindDue(waiting))
	w.ok(w.changes(w.puts(w.question("Which photos first?", "eleni")), func(form *db.DecisionForm) {
		form.Context, form.Options[0].Cost, form.Options[1].Title, form.DueOn = "One way", "620.00", "Names", "2099-05-18"
	}))
	_, err := w.store.AddNote(w.actor("leader"), waiting, "CNRY-note on a question")
	w.ok(err)
	_, err = w.store.AddDecision(w.actor("leader"), w.project, db.DecisionForm{Kind: db.KindQuestion, Question: "CNRY-draft", Context: "CNRY-draft-context"})
	w.ok(err)
	change, err := w.store.ProposeChange(w.actor("eleni"), w.project, "One more page", "For the fair.")
	w.ok(err)
	w.ok(w.store.WithdrawDecision(w.actor("leader"), change, "The fair is over."))
}

// sinks has the world's mails go to a server, once let.
func (w *world) sinks() *hostile.Sink {
	server := hostile.New(w.t)
	sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@studio.example"})
	w.ok(err)
	w.stop()
	w.stop = func() {} // until it is served again
	w.sender = sender
	return server
}

func (w *world) allSent() {
	w.t.Helper()
	for n := 0; w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL") > 0; n++ {
		if n > 1500 {
			w.t.Fatal("mails still wait: ", w.pairs("SELECT kind, error FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL LIMIT 3"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// deciding is a world whose mails about decisions wait while people ask, answer and lose
// what they may do.
type deciding struct {
	*world
	random *rand.Rand
	now    time.Time
	asked  []db.ID
	said   int
}

var askMark = regexp.MustCompile(`ASK-\d+-`)

// pick is one of some.
func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

// act does one thing. What the actor may not do, or not any more, changes nothing.
func (d *deciding) act() {
	d.now = d.now.Add(time.Duration(1+d.random.IntN(40)) * time.Second)
	w, owner, leader := d.world, d.actor("owner"), d.actor("leader")
	clients := []string{"eleni", "boss", "viewer", "finance"}
	client := w.people[pick(d.random, clients)]
	var id db.ID
	if len(d.asked) > 0 {
		id = d.asked[max(0, len(d.asked)-1-d.random.IntN(8))]
	}
	d.said++
	words := fmt.Sprintf("ASK-%d- <script>alert(1)</script>", d.said)
	var err error
	switch d.random.IntN(28) {
	case 0, 1, 2, 3, 18, 19, 20:
		form := w.question(words, pick(d.random, [][]string{{"eleni"}, {"boss"}, {"eleni", "boss"}, {"boss", "eleni"}})...)
		form.Mode = pick(d.random, []string{db.AnyOne, db.All, db.InOrder})
		if id, err = w.store.AddDecision(leader, w.project, form); err == nil {
			if err = w.store.AskDecision(leader, id, 1); err == nil {
				d.asked = append(d.asked, id)
			}
		}
	case 4, 5, 6, 23, 24, 25, 26, 27:
		_, err = w.store.Answer(db.Actor{Person: client}, id, db.AnswerForm{Edition: 1 + d.random.IntN(5)/4, Outcome: pick(d.random, []string{db.Free, db.Decline}), Comment: "SAID-" + words})
	case 7:
		err = w.store.WithdrawDecision(leader, id, words)
	case 8:
		if id != 0 {
			err = w.changes(id, func(form *db.DecisionForm) { form.Question, form.Context = words, "other" })
		}
	case 9:
		id, err = w.store.ProposeChange(db.Actor{Person: client}, w.project, words, "for the fair")
		if err == nil {
			d.asked = append(d.asked, id)
		}
	case 10:
		if id != 0 {
			_, err = w.store.AddNote(pick(d.random, []db.Actor{d.actor("member"), owner}), id, fmt.Sprint("CNRY-inner ", d.said))
		}
	case 11:
		err = w.store.RemoveMember(owner, w.project, pick(d.random, []db.ID{client.ID, w.people["member"].ID}))
	case 12, 21, 22:
		_, err = w.store.AddMember(owner, w.project, client.Email, "", "client")
	case 13:
		_, err = w.store.AddMember(owner, w.project, w.people["member"].Email, "", "member")
	case 14:
		if client.ID != w.people["eleni"].ID || d.random.IntN(5) == 0 { // it ends what waits for them
			err = w.store.SetContactActive(owner, w.parts["company"], client.ID, d.random.IntN(3) > 0)
		}
	case 15:
		err = w.store.SetFeature(owner, db.ForProject, w.project, pick(d.random, []string{"decisions", "deliverables"}), pick(d.random, []string{"off", "on", "on"}))
	case 16:
		if d.random.IntN(4) == 0 {
			err = w.store.SetNotifications(db.Actor{Person: client}, pick(d.random, [][]string{nil, {"decisions"}, {"decisions", "answers"}}))
		}
	case 17:
		for _, id := range d.asked {
			w.ok(w.store.RemindDue(id))
		}
	}
	d.tolerate(err)
}

// mend gives Eleni back what she may do, so that something happens at all.
func (d *deciding) mend() {
	d.t.Helper()
	owner, eleni := d.actor("owner"), d.people["eleni"]
	d.ok(d.store.SetFeature(owner, db.ForProject, d.project, "decisions", "on"))
	d.ok(d.store.SetContactActive(owner, d.parts["company"], eleni.ID, true))
	_, err := d.store.AddMember(owner, d.project, eleni.Email, "", "client")
	d.ok(err)
	d.ok(d.store.SetNotifications(d.actor("eleni"), []string{db.MailDecisions}))
}

// tolerate lets pass what somebody may not do, or came too late with.
func (d *deciding) tolerate(err error) {
	d.t.Helper()
	var invalid *db.Invalid
	var over *db.Over
	var conflict *db.Conflict
	if err != nil && !errors.Is(err, db.ErrNotFound) && !errors.Is(err, db.ErrDenied) && !errors.As(err, &invalid) && !errors.As(err, &over) && !errors.As(err, &conflict) {
		d.t.Fatal(err)
	}
}

// mustAnswer are the marks of the questions that somebody has to answer at this moment,
// and mayRead those of all that they may read.
func (d *deciding) marks(person db.Person) (mustAnswer, mayRead map[string]bool) {
	mustAnswer, mayRead = map[string]bool{}, map[string]bool{}
	note := func(marks map[string]bool, texts ...string) {
		for _, text := range texts {
			for _, mark := range askMark.FindAllString(text, -1) {
				marks[mark] = true
			}
		}
	}
	if person.Side == db.Team {
		d.ok(d.store.View(person, func(v *db.Viewer) error {
			list, err := v.Decisions(d.project)
			for _, one := range list {
				signoffs, err := v.Signoffs(one.ID)
				d.ok(err)
				note(mayRead, one.Now.Question, one.Reason)
				for _, signoff := range signoffs {
					note(mayRead, signoff.Comment)
				}
			}
			return err
		}))
		return mustAnswer, mayRead
	}
	d.ok(d.store.Glass(person.ID, func(g *db.Glass) error {
		list, err := g.Decisions(d.project)
		for _, one := range list {
			editions, err := g.Editions(one.ID)
			d.ok(err)
			for _, edition := range editions {
				note(mayRead, edition.Question)
			}
			note(mayRead, one.Reason)
			if one.MayDecide {
				note(mustAnswer, one.Now.Question)
			}
		}
		return err
	}))
	return mustAnswer, mayRead
}

// 500 things happen while mails about decisions wait. What then leaves asks nobody who
// need not answer, tells nobody what they may not read, goes to one recipient each, and
// asks nobody twice.
func TestDecisionMailUnderChange(t *testing.T) {
	asked, kinds := 0, map[string]bool{}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { asked += mailUnderChange(t, seed, kinds) })
	}
	if asked < 10 || len(slices.DeleteFunc(slices.Collect(maps.Keys(kinds)), func(kind string) bool { return kind == db.MailNotes || kind == db.MailProjectAdded })) < 5 {
		t.Error("too little happened: ", asked, kinds)
	}
}

// mailUnderChange is how many were asked by what left, of which kinds.
func mailUnderChange(t *testing.T, seed uint64, sent map[string]bool) int {
	w := newWorld(t)
	server := w.sinks()
	d := &deciding{world: w, random: rand.New(rand.NewPCG(seed, 2026)), now: time.Now().UTC().Truncate(24 * time.Hour).Add(36 * time.Hour)} // at noon the day is the same everywhere
	w.store.SetClock(func() time.Time { return d.now })
	d.beside("DELETE FROM outbox")
	d.beside("UPDATE setting SET value = '[[0,1440],[0,1440],[0,1440],[0,1440],[0,1440],[0,1440],[0,1440]]' WHERE key = 'office.hours'")
	_, err := w.store.AddMember(d.actor("owner"), w.project, w.people["boss"].Email, "", "client")
	w.ok(err)
	d.beside("UPDATE person SET joined_at = created_at")
	for step := range 500 {
		if step == 250 {
			d.beside("UPDATE edition SET due_on = date('" + d.now.AddDate(0, 0, 1).Format(time.DateOnly) + "') WHERE asked_at IS NOT NULL AND due_on IS NULL AND decision_id NOT IN (SELECT decision_id FROM signoff)")
			d.now = d.now.AddDate(0, 0, 1)
			for _, id := range d.asked {
				w.ok(w.store.RemindDue(id))
			}
		}
		if step%60 == 0 {
			d.mend()
		}
		d.act()
	}
	d.mend()
	waiting := w.pairs("SELECT kind, count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL GROUP BY kind")
	must, may := map[string]map[string]bool{}, map[string]map[string]bool{}
	for _, person := range w.people {
		must[person.Email], may[person.Email] = d.marks(person)
	}
	d.now = d.now.Add(10 * time.Minute)
	w.serve("127.0.0.1:0")
	w.allSent()
	kinds := w.pairs("SELECT kind, count(*) FROM outbox WHERE sent_at IS NOT NULL GROUP BY kind")
	asked := map[string]int{}
	for _, got := range server.Received() {
		if len(got.To) != 1 || !strings.Contains(got.Header(t).Get("To"), got.To[0]) || got.Header(t).Get("Cc")+got.Header(t).Get("Bcc") != "" {
			t.Fatal("recipients", got.To, got.Header(t))
		}
		to, text := got.To[0], everyPart(t, got.Raw)
		if !strings.Contains(text, "decisions/") {
			continue // of something else
		}
		for _, mark := range slices.Compact(slices.Sorted(slices.Values(askMark.FindAllString(text, -1)))) {
			if !may[to][mark] {
				t.Errorf("%s is told %s, which they may not read", to, mark)
			}
		}
		subject := got.Header(t).Get("Subject")
		if strings.HasPrefix(subject, "About the budget") || strings.HasPrefix(subject, "Change request") {
			mark := askMark.FindString(subject)
			if !must[to][mark] {
				t.Errorf("%s is asked %s, which they need not answer", to, mark)
			}
			if !strings.Contains(text, "is still open") {
				asked[to+" "+mark]++
			}
		}
		if strings.Contains(text, "<p><script") || strings.Contains(text, "<h1><script") {
			t.Errorf("markup in %s", text)
		}
	}
	for what, times := range asked {
		if times != 1 {
			t.Errorf("%s is asked %d times", what, times)
		}
	}
	w.mailsOfClients(server)
	t.Logf("waiting %v, sent %v, %d asked", waiting, kinds, len(asked))
	for _, kind := range kinds {
		sent[kind[0]] = true
	}
	return len(asked)
}

// From the question to the answer over a real mail server: who gets what, where it leads,
// and under which headers.
func TestDecisionMailJourney(t *testing.T) {
	w := newWorld(t)
	server := w.sinks()
	var late atomic.Int64 // the program reads its clock at any time
	w.store.SetClock(func() time.Time { return time.Now().Add(time.Duration(late.Load())) })
	w.beside("DELETE FROM outbox")
	w.beside("UPDATE person SET joined_at = created_at")
	_, err := w.store.AddMember(w.actor("owner"), w.project, w.people["boss"].Email, "", "client")
	w.ok(err)
	w.serve("127.0.0.1:0")
	w.allSent()
	seen := len(server.Received())
	// mails are those since the last time, by recipient.
	mails := func() map[string]hostile.Received {
		w.t.Helper()
		w.allSent()
		list := map[string]hostile.Received{}
		for _, got := range server.Received()[seen:] {
			if _, twice := list[got.To[0]]; twice || len(got.To) != 1 {
				t.Error("two mails to", got.To)
			}
			list[got.To[0]] = got
		}
		seen = len(server.Received())
		return list
	}
	who := func(list map[string]hostile.Received) string {
		return strings.Join(slices.Sorted(maps.Keys(list)), " ")
	}
	holds := func(got hostile.Received, wanted ...string) {
		t.Helper()
		text := everyPart(t, got.Raw)
		for _, part := range wanted {
			if !strings.Contains(text, part) {
				t.Errorf("no %q in\n%s", part, text)
			}
		}
	}
	eleni, boss, leader := w.people["eleni"].Email, w.people["boss"].Email, w.people["leader"].Email
	form := w.question("How do sizes show?", "eleni", "boss")
	form.Mode = db.All
	id := w.puts(form)
	first := mails()
	if who(first) != boss+" "+eleni {
		t.Fatal(who(first))
	}
	at := w.base + "/portal/decisions/" + id.String()
	holds(first[eleni], "Katerina asks: How do sizes show?", at, "Website Redesign", "This waits for your answer: Product page gallery.", "Opening it answers nothing.", w.base+"/unsubscribe/")
	if text := first[eleni].Raw; strings.Count(everyPart(t, text), `href="`+at) != 1 || strings.Contains(text, "Two ways") {
		t.Error("more than one link, or the explanation is in the mail")
	}
	head := first[eleni].Header(t)
	token := w.store.UnsubscribeToken(w.people["eleni"].ID, db.MailDecisions)
	if head.Get("List-Unsubscribe") != "<"+w.base+"/unsubscribe/"+token+">" || head.Get("References") == "" || head.Get("References") == first[boss].Header(t).Get("References") {
		t.Error(head)
	}
	w.ok(w.changes(id, func(form *db.DecisionForm) {
		form.Options[0].Cost, form.Options[1].Title, form.DueOn = "620.00", "Names", "2099-05-18"
	}))
	again := mails()
	holds(again[eleni], "Katerina changed what is asked", "What changed since version 1:", "Buttons: €620.00 instead of €500.00", "New: Names", "Not offered any more: A list", "Needed by Monday 18 May 2099")
	if again[eleni].Header(t).Get("References") != head.Get("References") || again[eleni].Header(t).Get("Message-Id") == head.Get("Message-Id") {
		t.Error("not of one thread")
	}
	_, err = w.store.Answer(w.actor("boss"), id, db.AnswerForm{Edition: 2, Outcome: db.Free, Comment: "As tiles,\nplease <b>"})
	w.ok(err)
	told := mails()
	if who(told) != leader+" "+w.people["owner"].Email {
		t.Error("of an answer hears", who(told))
	}
	holds(told[leader], "Alexandra Boss answered in their own words", "please <b>", "&lt;b&gt;", "Still to answer: Eleni Papadopoulou.", w.base+"/decisions/"+id.String())
	late.Store(int64(5 * time.Minute))
	w.ok(w.store.WithdrawDecision(w.actor("leader"), id, "We found out."))
	late.Store(int64(10 * time.Minute))
	closed := mails()
	if who(closed) != eleni {
		t.Error("of the end hears", who(closed))
	}
	holds(closed[eleni], "No answer is needed any more: How do sizes show?", "Why: We found out.", at)
	// One that waits as its right is taken is not sent.
	w.beside("UPDATE outbox SET sent_at = created_at WHERE sent_at IS NULL")
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["eleni"].ID, "client-viewer"))
	if got := mails(); len(got) != 0 {
		t.Error(who(got))
	}
	w.mailsOfClients(server)
}
