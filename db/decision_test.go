package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func (w *world) decision(id ID) (d Decision) {
	w.t.Helper()
	w.must(w.View(w.actor("lea").Person, func(v *Viewer) (err error) { d, err = v.Decision(id); return err }))
	return d
}

// openQuestion asks eleni and nikos something that has two options.
func (w *world) openQuestion(name, mode string, change func(*DecisionForm)) Decision {
	w.t.Helper()
	form := DecisionForm{Kind: KindQuestion, Mode: mode, FreeAnswer: true, Options: []OptionForm{{Title: "left"}, {Title: "right"}}, Deciders: w.asks("eleni", "nikos")}
	if change != nil {
		change(&form)
	}
	w.question(name, "lea", "site", form)
	return w.decision(w.id(name))
}

func (w *world) answers(who string, d Decision, outcome string) error {
	form := AnswerForm{Edition: d.Now.Number, Shown: w.shownOf(d.ID), Outcome: outcome, Comment: "because"}
	if option, ok := strings.CutPrefix(outcome, "choose "); ok {
		form.Outcome = Choose
		for _, o := range d.Options {
			if o.Title == option {
				form.Option = o.ID.String()
			}
		}
	}
	return just(w.Answer(w.actor(who), d.ID, form))
}

func wrong(err error) string {
	var invalid *Invalid
	var over *Over
	switch {
	case err == nil:
		return ""
	case errors.As(err, &invalid):
		return invalid.Field + " " + invalid.Key
	case errors.As(err, &over):
		return fmt.Sprintf("over %s %d %d %v", over.State, over.Had, over.Edition, over.Signed)
	}
	return err.Error()
}

// What answers make of a decision, by its mode: the first that is not a yes ends it.
func TestModesOfDecisions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode  string
		steps []string // who: outcome = error, if any
		state string
	}{
		"any one":           {AnyOne, []string{"nikos: choose left", "eleni: choose left = over decided 1 1 false"}, Decided},
		"any one, changes":  {AnyOne, []string{"eleni: decline"}, Declined},
		"all":               {All, []string{"nikos: choose left", "nikos: choose left = over asked 1 1 true", "eleni: choose left"}, Decided},
		"all, differently":  {All, []string{"nikos: choose left", "eleni: choose right"}, Declined},
		"all, one declines": {All, []string{"nikos: decline", "eleni: choose left = over declined 1 1 false"}, Declined},
		"in order":          {InOrder, []string{"nikos: choose left = over asked 1 1 false", "eleni: free", "nikos: free"}, Decided},
		"one of two":        {All, []string{"eleni: choose right"}, Asked},
		"not theirs":        {AnyOne, []string{"vic: free = not found", "manu: free = not found", "bea: free = not found", "stan: free = not found", "lea: free = not found"}, Asked},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			d := w.openQuestion("way", c.mode, nil)
			sealed := len(w.rows("SELECT id FROM signoff"))
			for _, step := range c.steps {
				step, want, _ := strings.Cut(step, " = ")
				who, outcome, _ := strings.Cut(step, ": ")
				before := w.digest()
				if got := wrong(w.answers(who, d, outcome)); got != want {
					t.Errorf("%s: %q, want %q", step, got, want)
				}
				if want != "" {
					w.unchanged(before, step)
				} else {
					sealed++
				}
			}
			if got := w.decision(d.ID); got.State != c.state || len(w.rows("SELECT id FROM signoff")) != sealed {
				t.Errorf("it is %s, want %s; %d sealed", got.State, c.state, sealed)
			}
		})
	}
}

// Two people answer at the same moment where one is enough: exactly one answer counts.
func TestAnswersAtTheSameMoment(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	for i := range 40 {
		d := w.openQuestion(fmt.Sprint("race ", i), AnyOne, nil)
		var wait sync.WaitGroup
		failed := make([]error, 4)
		for n, who := range []string{"eleni", "nikos", "eleni", "nikos"} {
			wait.Go(func() { failed[n] = w.answers(who, d, "free") })
		}
		wait.Wait()
		won := 0
		for _, err := range failed {
			var over *Over
			if err == nil {
				won++
			} else if !errors.As(err, &over) {
				t.Error(err)
			}
		}
		if sealed := len(w.rows("SELECT id FROM signoff WHERE decision_id = ?", d.ID)); won != 1 || sealed != 1 {
			t.Fatalf("%d answers won, %d were sealed", won, sealed)
		}
	}
}

// filesOf is the hash of a question's files as they are on screen.
func (w *world) shownOf(id ID) (hash string) {
	w.t.Helper()
	w.must(w.write(func(tx *Tx) error {
		tx.hush()
		d, err := tx.decisionOf(id)
		if err != nil {
			return err
		}
		shown, err := tx.shown(d)
		hash = shown.Hash()
		return err
	}))
	return hash
}

// An answer is to the files that were on screen: another one, another name or another
// content is another question.
func TestAnAnswerIsToItsFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hash := w.shownOf(w.id("colour"))
	if hash == "" || (Shown{}).Hash() != "" {
		t.Fatalf("%q", hash)
	}
	w.must(w.OpenFile(w.actor("eleni"), w.id("file on colour")))
	for _, change := range []string{"UPDATE file SET name = 'other.png' WHERE id = ?", "UPDATE file SET sha256 = 'other sha' WHERE id = ?", "UPDATE file SET required = 0 WHERE id = ?",
		"INSERT INTO file (id, project_id, decision_id, name, media_type, size, sha256, required, created_at) SELECT 77, project_id, decision_id, 'more.png', media_type, 1, 'more sha', 0, created_at FROM file WHERE id = ?"} {
		w.sql(change, w.id("file on colour"))
		var over *Over
		if _, err := w.Answer(w.actor("eleni"), w.id("colour"), AnswerForm{Edition: 1, Shown: hash, Outcome: Free, Comment: "words"}); !errors.As(err, &over) || !over.Differs || over.State != Asked {
			t.Errorf("after %s: %v", change, err)
		}
		hash = w.shownOf(w.id("colour"))
	}
	w.must(just(w.Answer(w.actor("eleni"), w.id("colour"), AnswerForm{Edition: 1, Shown: hash, Outcome: Free, Comment: "words"})))
}

// What is refused, and changes nothing.
func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.openQuestion("way", AnyOne, func(f *DecisionForm) { f.FreeAnswer = false })
	other := w.openQuestion("other way", AnyOne, nil)
	phase := w.decision(w.id("phase"))
	for _, c := range []struct {
		who  string
		on   Decision
		form AnswerForm
		want string
	}{
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Choose}, "option decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Choose, Option: other.Options[0].ID.String()}, "option decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Free, Comment: "words"}, "outcome decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Approve}, "outcome decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Changes, Comment: "words"}, "outcome decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: "nonsense"}, "outcome decision.option-choose"},
		{"eleni", d, AnswerForm{Edition: 1, Outcome: Decline, Comment: " \n"}, "comment decision.decline-empty"},
		{"eleni", other, AnswerForm{Edition: 1, Outcome: Free}, "comment decision.words-empty"},
		{"eleni", other, AnswerForm{Edition: 2, Outcome: Free, Comment: "words"}, "over asked 2 1 false"},
		{"eleni", other, AnswerForm{Edition: 1, Outcome: Free, Comment: "words", Shown: "none"}, "over asked 1 1 false"},
		{"eleni", phase, AnswerForm{Edition: 1, Shown: w.shownOf(phase.ID), Outcome: Changes}, "comment decision.changes-empty"},
		{"eleni", phase, AnswerForm{Edition: 1, Shown: w.shownOf(phase.ID), Outcome: Free, Comment: "words"}, "outcome decision.option-choose"},
		{"eleni", w.decision(w.id("colour")), AnswerForm{Edition: 1, Outcome: Free, Comment: "words"}, "over asked 1 1 false"}, // without its files
		{"eleni", w.decision(w.id("colour")), AnswerForm{Edition: 1, Shown: w.shownOf(w.id("colour")), Outcome: Free, Comment: "words"}, "files decision.read-first"},
		{"eleni", other, AnswerForm{Edition: 1, Outcome: Free, Comment: strings.Repeat("ά", 5001)}, "comment text.long"},
	} {
		before := w.digest()
		if got := wrong(just(w.Answer(w.actor(c.who), c.on.ID, c.form))); got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.on.Now.Question, c.form, got, c.want)
		}
		w.unchanged(before, c.want)
	}
	looking := w.actor("eleni")
	looking.Preview = NewID()
	if _, err := w.Answer(looking, other.ID, AnswerForm{Edition: 1, Outcome: Free, Comment: "words"}); err != ErrPreview {
		t.Error("through a client: ", err)
	}
	if err := w.RemoveMember(w.actor("lea"), w.id("site"), w.id("eleni")); err != nil {
		t.Fatal(err)
	}
	if err := w.answers("eleni", other, Free); err != ErrNotFound {
		t.Error("after the right was taken: ", err)
	}
}

// What was asked is asked again when it changes, and what was sealed stays.
func TestAskAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.openQuestion("way", All, nil)
	w.must(w.answers("eleni", d, "choose left"))
	before := w.rows("SELECT record || hash || chain FROM signoff ORDER BY seq")
	form := d.Form()
	form.Context = "The price went down"
	stale := form
	stale.Version = 0
	var conflict *Conflict
	if err := w.EditDecision(w.actor("lea"), d.ID, stale); !errors.As(err, &conflict) {
		t.Error("a form opened earlier: ", err)
	}
	if err := w.EditDecision(w.actor("mark"), d.ID, form); err != ErrDenied {
		t.Error("who does not lead asks again: ", err)
	}
	form.Version = w.decision(d.ID).Version
	w.must(w.EditDecision(w.actor("lea"), d.ID, form))
	now := w.decision(d.ID)
	if now.State != Asked || now.Now.Number != 2 || len(now.Options) != 2 || now.Deciders[0].Answered {
		t.Errorf("asked again: %+v", now)
	}
	if got := wrong(w.answers("nikos", d, "choose left")); got != "over asked 1 2 false" {
		t.Error("the question on an old page: ", got)
	}
	if got := wrong(just(w.Answer(w.actor("nikos"), d.ID, AnswerForm{Edition: 2, Outcome: Choose, Option: d.Options[0].ID.String()}))); got != "option decision.option-choose" {
		t.Error("an option of the question before: ", got)
	}
	w.must(w.answers("nikos", now, "choose right"))
	w.must(w.answers("eleni", now, "choose right"))
	if got := w.decision(d.ID); got.State != Decided || got.OptionID != now.Options[1].ID {
		t.Errorf("it is %s", got.State)
	}
	after := w.rows("SELECT record || hash || chain FROM signoff ORDER BY seq")
	if len(after) != len(before)+2 || strings.Join(after[:len(before)], "") != strings.Join(before, "") {
		t.Error("sealed records changed")
	}
	for _, statement := range []string{"UPDATE signoff SET comment = 'x'", "DELETE FROM signoff", "UPDATE edition SET question = 'x' WHERE decision_id = " + fmt.Sprint(int64(d.ID))} {
		if err := w.write(func(tx *Tx) error { return tx.run(statement) }); err == nil {
			t.Error("possible: ", statement)
		}
	}
	for _, who := range []string{"eleni", "vic"} {
		w.must(w.Glass(w.id(who), func(g *Glass) error {
			editions, err := g.Editions(d.ID)
			if len(editions) != 2 || editions[0].Context != "" || editions[1].Context != form.Context {
				t.Errorf("%s reads %+v", who, editions)
			}
			return err
		}))
	}
}

// An accepted change moves what comes after it, makes its tasks and adds its price, all or nothing.
func TestAcceptedChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	site, lea := w.id("site"), w.actor("lea")
	w.keep("later")(w.AddMilestone(lea, site, MilestoneForm{Name: "later", StartsOn: "2026-07-01", DueOn: "2026-07-10"}))
	w.edit("lea", "form", func(f *TaskForm) {
		f.Milestone, f.StartsOn, f.DueOn = w.id("later").String(), "2026-07-02", "2026-07-03"
	})
	d := w.openQuestion("more", AnyOne, func(f *DecisionForm) {
		f.Kind, f.Options, f.Milestone = KindChange, nil, w.id("care").String()
		f.Currency, f.Price, f.Days, f.NewTasks = "KWD", "-1.234", "10", []string{"first", "second 🎉", ""}
	})
	look := func() string {
		return fmt.Sprint(w.rows("SELECT name || ' ' || coalesce(starts_on, '') || ' ' || coalesce(due_on, '') FROM milestone WHERE project_id = ? ORDER BY position", site),
			w.rows("SELECT ends_on FROM project WHERE id = ?", site), w.rows("SELECT starts_on || ' ' || due_on FROM task WHERE id = ?", w.id("form")),
			w.rows("SELECT title || ' ' || private FROM task WHERE project_id = ? AND milestone_id = ? ORDER BY position", site, w.id("care")),
			w.rows("SELECT text || ' ' || amount || ' ' || currency FROM budget_line"))
	}
	before, all := look(), w.digest()
	w.sql("CREATE TRIGGER no_more BEFORE INSERT ON task WHEN new.title LIKE 'second%' BEGIN SELECT RAISE(ABORT, 'no'); END")
	if err := w.answers("eleni", d, Approve); err == nil {
		t.Error("half of it was taken")
	}
	w.unchanged(all, "half a change")
	w.sql("DROP TRIGGER no_more")
	w.must(w.answers("eleni", d, Approve))
	if got := look(); got == before || !strings.Contains(got, "later 2026-07-11 2026-07-20") || !strings.Contains(got, "2026-07-12 2026-07-13") || !strings.Contains(got, "first 0 second 🎉 0") || !strings.Contains(got, "more -1234 KWD") {
		t.Errorf("before %s\nafter  %s", before, got)
	}
}

// A question that closes takes no answer after its day, whether a job closed it or not;
// another one counts the working days.
func TestLateAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	closing := w.openQuestion("closing", AnyOne, func(f *DecisionForm) { f.DueOn, f.Closes = "2026-06-05", true })
	open := w.openQuestion("open", AnyOne, func(f *DecisionForm) { f.DueOn = "2026-06-05" }) // a Friday
	later := time.Date(2026, 6, 10, 9, 0, 0, 0, time.UTC)
	w.clock.Store(&later)
	if got := wrong(w.answers("eleni", closing, Free)); got != "over expired 1 1 false" {
		t.Error("after it closed: ", got)
	}
	w.must(w.answers("eleni", open, Free))
	if late := w.rows("SELECT late_days FROM signoff WHERE decision_id = ?", open.ID); fmt.Sprint(late) != "[3]" {
		t.Error("late by ", late)
	}
}

// Forms that cannot be asked or kept.
func TestWhatIsNoQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := DecisionForm{Kind: KindQuestion, Question: "q", FreeAnswer: true, Deciders: w.asks("eleni")}
	for want, change := range map[string]func(*DecisionForm){
		"question decision.question-empty":    func(f *DecisionForm) { f.Question = " " },
		"kind choice.unknown":                 func(f *DecisionForm) { f.Kind = KindApproval },
		"mode choice.unknown":                 func(f *DecisionForm) { f.Mode = "some" },
		"due_on date.invalid":                 func(f *DecisionForm) { f.DueOn = "2026-02-30" },
		"due_on decision.closes-without-date": func(f *DecisionForm) { f.Closes = true },
		"option-1 amount.too-large": func(f *DecisionForm) {
			f.Currency, f.Options = "EUR", []OptionForm{{Title: "a", Cost: "99999999999999999999"}}
		},
		"option-1 amount.invalid":            func(f *DecisionForm) { f.Currency, f.Options = "JPY", []OptionForm{{Title: "a", Cost: "1.5"}} },
		"option-1 days.invalid":              func(f *DecisionForm) { f.Options = []OptionForm{{Title: "a", Days: "-99999"}} },
		"option-2 decision.option-empty":     func(f *DecisionForm) { f.Options = []OptionForm{{}, {Text: "words"}} },
		"options decision.too-many-options":  func(f *DecisionForm) { f.Options = make9() },
		"currency decision.currency-empty":   func(f *DecisionForm) { f.Options = []OptionForm{{Title: "a", Cost: "1"}} },
		"currency currency.unknown":          func(f *DecisionForm) { f.Currency = "EURO" },
		"milestone decision.milestone-empty": func(f *DecisionForm) { f.Kind = KindMilestone },
		"milestone choice.unknown":           func(f *DecisionForm) { f.Milestone = w.id("print").String() },
		"tasks choice.unknown":               func(f *DecisionForm) { f.Tasks = []string{w.id("poster").String()} },
		"deciders decision.decider-may-not":  func(f *DecisionForm) { f.Deciders = w.asks("vic") },
		"deciders choice.unknown":            func(f *DecisionForm) { f.Deciders = []string{"'"} },
	} {
		form, before := good, w.digest()
		change(&form)
		if got := wrong(just(w.AddDecision(w.actor("mark"), w.id("site"), form))); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		w.unchanged(before, want)
	}
	for want, change := range map[string]func(*DecisionForm){
		"deciders decision.no-decider": func(f *DecisionForm) { f.Deciders = nil },
		"options decision.no-answer":   func(f *DecisionForm) { f.FreeAnswer = false },
	} {
		form := good
		change(&form)
		id, err := w.AddDecision(w.actor("mark"), w.id("site"), form)
		w.must(err)
		if got := wrong(w.AskDecision(w.actor("lea"), id, 1)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if err := w.AskDecision(w.actor("mark"), id, 1); err != ErrDenied {
			t.Error("who does not lead asks: ", err)
		}
	}
}

func make9() (nine []OptionForm) {
	for range 9 {
		nine = append(nine, OptionForm{Title: "one"})
	}
	return nine
}

// A record holds what the client had on screen, and no more.
func TestWhatIsSealed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.openQuestion("Ποιο; 🎉", AnyOne, func(f *DecisionForm) {
		f.Tasks, f.Currency, f.Options[0].Cost = []string{w.id("home").String(), w.id("secret").String()}, "EUR", "-0.05"
	})
	w.must(w.answers("eleni", d, "choose left"))
	text := fmt.Sprint(w.rows("SELECT record FROM signoff WHERE decision_id = ?", d.ID))
	for _, part := range []string{"Ποιο; 🎉", `"cost":-5`, `"outcome":"choose"`, `"option_title":"left"`, "Eleni Client", `"asked_by":"Lea"`, RecordFormat} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	for _, part := range []string{"secret", "@", "Lind", "Design lead"} {
		if strings.Contains(text, part) {
			t.Errorf("%s in %s", part, text)
		}
	}
}
