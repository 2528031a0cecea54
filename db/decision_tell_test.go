package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// reads are the titles that mails of a kind would say now, by recipient; what has
// nothing left to say is ended, the rest is sent.
func (w *world) reads(kind string) map[string]string {
	w.t.Helper()
	mails, err := w.ClaimMail(1000)
	w.must(err)
	said := map[string]string{}
	for _, m := range mails {
		if m.Kind != kind {
			if m.Kind != MailClosed { // these come later
				w.must(w.MailSent(m, false))
			}
			continue
		}
		title, err := "", error(nil)
		if m.Notification() == MailDecisions {
			var ask Ask
			ask, err = w.Ask(m)
			title = fmt.Sprint(ask.Now.Number, " ", ask.Now.Question)
		} else {
			var a Answered
			a, err = w.Answered(m)
			title = strings.Join([]string{a.Sealed.Person, a.Sealed.Outcome, a.Option, a.Sealed.Comment, a.State}, "|")
		}
		if errors.Is(err, ErrNotFound) {
			w.must(w.MailEmpty(m))
			continue
		}
		w.must(err)
		said[m.To.Name] += title + ";"
		w.must(w.MailSent(m, false))
	}
	return said
}

func told(said map[string]string) string {
	var list []string
	for name := range said {
		first, _, _ := strings.Cut(name, " ")
		list = append(list, first)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// Who is mailed when something is asked, by mode, answer and edition: those who have to
// answer now, and nobody twice.
func TestWhoIsAskedByMail(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-11 10:00")
	all := []string{w.id("eleni").String(), w.id("nikos").String(), w.id("manu").String()}
	one := w.puts(DecisionForm{Deciders: all[:1]})
	if got := told(w.reads(MailAsked)); got != "Eleni" {
		t.Error("one:", got)
	}
	w.changes(one, func(f *DecisionForm) { f.Context = "In other words" })
	if got := fmt.Sprint(w.reads(MailAsked)); got != "map[Eleni Client:2 Which one?;]" {
		t.Error("asked anew:", got)
	}
	every := w.puts(DecisionForm{Deciders: all, Mode: All})
	if got := told(w.reads(MailAsked)); got != "Eleni Manu Nikos" {
		t.Error("all:", got)
	}
	w.says("nikos", every, 1)
	if got := told(w.reads(MailAsked)); got != "" {
		t.Error("all, after an answer:", got)
	}
	w.changes(every, func(f *DecisionForm) { f.Question = "Which two?" })
	if got := told(w.reads(MailAsked)); got != "Eleni Manu Nikos" {
		t.Error("all, asked anew:", got)
	}
	row := w.puts(DecisionForm{Deciders: all, Mode: InOrder})
	for i, who := range []string{"eleni", "nikos", "manu"} {
		if got := strings.ToLower(told(w.reads(MailAsked))); got != who {
			t.Error("in order:", i, got)
		}
		w.says(who, row, 1)
	}
	if got := told(w.reads(MailAsked)); got != "" {
		t.Error("in order, at the end:", got)
	}
	w.sql("UPDATE person SET joined_at = NULL WHERE id = ?", w.id("eleni"))
	w.must(w.SetNotifications(w.actor("nikos"), []string{MailReplies}))
	w.puts(DecisionForm{Deciders: all})
	if got := told(w.reads(MailAsked)); got != "Manu" {
		t.Error("not here yet, and unwanted:", got)
	}
	if rows := w.rows("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); rows[0] != "0" {
		t.Error("something is stored beside who and what")
	}
}

// Whoever need not, or may not, answer any more when the mail is sent does not get it.
func TestAskedAsItIsWhenSent(t *testing.T) {
	alone(t)
	t.Parallel()
	for what, between := range map[string]func(w *world, id ID){
		"nothing":    func(*world, ID) {},
		"answered":   func(w *world, id ID) { w.says("eleni", id, 1) },
		"by another": func(w *world, id ID) { w.says("nikos", id, 1) },
		"withdrawn":  func(w *world, id ID) { w.must(w.WithdrawDecision(w.actor("lea"), id, "")) },
		"anew":       func(w *world, id ID) { w.changes(id, func(f *DecisionForm) { f.Deciders = f.Deciders[1:] }) },
		"role": func(w *world, _ ID) {
			w.must(w.SetClientRole(w.actor("lea"), w.id("site"), w.id("eleni"), "client-viewer"))
		},
		"right":    func(w *world, _ ID) { w.sql("DELETE FROM client_role_right WHERE right = 'decide'") },
		"removed":  func(w *world, _ ID) { w.must(w.RemoveMember(w.actor("lea"), w.id("site"), w.id("eleni"))) },
		"inactive": func(w *world, _ ID) { w.must(w.SetContactActive(w.actor("adam"), w.id("Acme"), w.id("eleni"), false)) },
		"company":  func(w *world, _ ID) { w.must(w.SetCompanyStatus(w.actor("adam"), w.id("Acme"), CompanyArchived)) },
		"project":  func(w *world, _ ID) { w.must(w.ArchiveProject(w.actor("lea"), w.id("site"), true)) },
		"feature": func(w *world, _ ID) {
			w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "decisions", "off"))
		},
		"unwanted":    func(w *world, _ ID) { w.must(w.SetNotifications(w.actor("eleni"), nil)) },
		"stopped":     func(w *world, _ ID) { w.must(w.Unsubscribe(w.UnsubscribeToken(w.id("eleni"), MailDecisions))) },
		"other token": func(w *world, _ ID) { w.must(w.Unsubscribe(w.UnsubscribeToken(w.id("eleni"), MailAnswers))) },
	} {
		t.Run(what, func(t *testing.T) {
			for _, kind := range []string{MailAsked, MailReminder} {
				w := newWorld(t)
				w.inAthens("2026-05-08 10:00")
				id := w.puts(DecisionForm{DueOn: "2026-05-18"})
				if kind == MailReminder {
					w.reads(MailAsked)
					w.at("2026-05-15 09:00")
					w.must(w.RemindDue(id))
				}
				between(w, id)
				got := w.reads(kind)
				if (got["Eleni Client"] == "") == (what == "nothing" || what == "other token") {
					t.Error(kind, what, got)
				}
				if left := w.rows("SELECT count(*) FROM outbox WHERE kind = ? AND sent_at IS NULL AND failed_at IS NULL", kind); left[0] != "0" {
					t.Error(kind, what, "leaves", left)
				}
			}
		})
	}
}

// Whose mail about a question left, and who did not answer, hears that no answer is
// needed any more; nobody else does, and not when it was asked again at once.
func TestClosedIsTold(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-11 10:00")
	all := []string{w.id("eleni").String(), w.id("nikos").String(), w.id("manu").String()}
	closed := func() string { w.tick(closedAfter + time.Minute); return told(w.reads(MailClosed)) }
	end := func(id ID) { w.must(w.WithdrawDecision(w.actor("lea"), id, "We found out.")) }

	id := w.puts(DecisionForm{Deciders: all, Mode: All})
	w.reads(MailAsked)
	w.says("nikos", id, 1)
	w.reads(MailAnswered)
	end(id)
	if got := closed(); got != "Eleni Manu" {
		t.Error("withdrawn:", got)
	}
	id = w.puts(DecisionForm{Deciders: all, Mode: InOrder})
	w.reads(MailAsked)
	end(id)
	if got := closed(); got != "Eleni" {
		t.Error("whose turn had not come is told:", got)
	}
	id = w.puts(DecisionForm{Deciders: all})
	end(id)
	w.reads(MailAsked)
	if got := closed(); got != "" {
		t.Error("before they were asked by mail:", got)
	}
	id = w.puts(DecisionForm{Deciders: all})
	w.reads(MailAsked)
	end(id)
	w.changes(id, func(f *DecisionForm) { f.Context = "Again" })
	if got := closed(); got != "" {
		t.Error("asked again:", got)
	}
	w.reads(MailAsked)
	end(id)
	w.must(w.SetClientRole(w.actor("lea"), w.id("site"), w.id("eleni"), "client-viewer"))
	w.must(w.Unsubscribe(w.UnsubscribeToken(w.id("manu"), MailDecisions)))
	if got := closed(); got != "Nikos" {
		t.Error("after the right was taken, and unwanted:", got)
	}

	id, err := w.ProposeChange(w.actor("nikos"), w.id("site"), "One more page", "For the fair")
	w.must(err)
	if got := fmt.Sprint(w.reads(MailProposed)); got != "map[Lea Lind:||||proposed;]" {
		t.Error("proposed:", got)
	}
	end(id)
	if got := closed(); got != "Nikos" {
		t.Error("a declined proposal:", got)
	}
}

// The next version of a deliverable takes the place of the question about the one
// before: who is asked again is not told that an answer is needed no more.
func TestNextVersionIsTold(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-11 10:00")
	deliver := func(name string, deciders ...string) {
		form := DeliverForm{Note: "Look", Mode: All}
		for _, who := range deciders {
			form.Deciders = append(form.Deciders, w.id(who).String())
		}
		w.version("lea", "sitemap", name)
		w.deliver("lea", "sitemap", name, form)
	}
	deliver("one", "eleni", "nikos")
	if got := told(w.reads(MailAsked)); got != "Eleni Nikos" {
		t.Error(got)
	}
	deliver("two", "nikos", "manu")
	if got := told(w.reads(MailAsked)); got != "Manu Nikos" {
		t.Error(got)
	}
	w.tick(closedAfter + time.Minute)
	if got := told(w.reads(MailClosed)); got != "Eleni" {
		t.Error(got)
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "off"))
	w.must(w.write(func(tx *Tx) error {
		return tx.tellOf(w.id("approval of two"), MailAsked, w.id("approval of two"), 0, hearsDecision)
	}))
	if got := w.mails(MailAsked); strings.Count(got, "Manu") != 1 {
		t.Error("where deliverables are off:", got)
	}
}

// The team is told of each answer, with what was said: who asked, who leads, and who has
// spoken; nobody who does not see the project any more.
func TestWhoHearsOfAnswers(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-11 10:00")
	ask := func() ID {
		return w.puts(DecisionForm{Mode: All, Options: []OptionForm{{Title: "The blue one"}, {Title: "The red one"}}})
	}
	id := ask()
	w.reads(MailAsked)
	w.says("eleni", id, 1)
	if got := fmt.Sprint(w.reads(MailAnswered)); got != "map[Lea Lind:Eleni Client|free||words of eleni|asked;]" {
		t.Error(got)
	}
	w.must(just(w.AddNote(w.actor("mark"), id, "I wonder")))
	w.must(just(w.AddReply(w.actor("adam"), id, "We wait")))
	var red ID
	w.must(w.read(func(r source) (err error) {
		red, err = value[ID](r, "SELECT id FROM decision_option WHERE decision_id = ? AND title = 'The red one'", id)
		return err
	}))
	w.must(just(w.Answer(w.actor("nikos"), id, AnswerForm{Edition: 1, Outcome: Choose, Option: red.String(), Comment: "It suits us"})))
	got := w.reads(MailAnswered)
	if told(got) != "Adam Lea Mark" || got["Mark Member"] != "" && !strings.Contains(got["Mark Member"], "Nikos Admin|choose|The red one|It suits us|declined") {
		t.Error(got)
	}
	for what, between := range map[string]func(){
		"removed":  func() { w.must(w.RemoveMember(w.actor("adam"), w.id("site"), w.id("mark"))) },
		"unwanted": func() { w.must(w.SetNotifications(w.actor("adam"), []string{MailNotes})) },
		"stopped":  func() { w.must(w.Unsubscribe(w.UnsubscribeToken(w.id("lea"), MailAnswers))) },
	} {
		w.must(just(w.AddMember(w.actor("olivia"), w.id("site"), "mark@ormos.test", "", "member")))
		w.sql("DELETE FROM notification")
		id := ask()
		w.must(just(w.AddNote(w.actor("mark"), id, "n")))
		w.must(just(w.AddNote(w.actor("adam"), id, "n")))
		w.says("eleni", id, 1)
		between()
		if got, want := told(w.reads(MailAnswered)), map[string]string{"removed": "Adam Lea", "unwanted": "Lea Mark", "stopped": "Adam Mark"}[what]; got != want {
			t.Errorf("%s: told are %s, not %s", what, got, want)
		}
	}
}
