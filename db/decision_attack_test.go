package db

import (
	"errors"
	"strings"
	"testing"
)

// Whom a question asks is told by name: another company must not read it.
func TestProjectTakesNoDecidersToAnotherCompany(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tess, adam, beta := w.actor("tess"), w.actor("adam"), w.id("beta")
	w.question("which", "tess", "beta", DecisionForm{Kind: KindQuestion, FreeAnswer: true, Deciders: w.asks("otto")})
	w.must(w.WithdrawDecision(tess, w.id("which"), ""))
	w.sql("DELETE FROM membership WHERE project_id = ? AND role = 'client'", beta)
	if err := w.EditProject(adam, beta, ProjectForm{Name: "Beta work", Company: "Acme", Version: version(w, beta)}); w.key(err) != "project.company-has-words" {
		t.Error("the project moves with those who were asked:", err)
		w.must(just(w.AddMember(adam, beta, "bea@acme.test", "", Client)))
		w.must(w.Glass(w.id("bea"), func(g *Glass) error {
			d, err := g.Decision(w.id("which"))
			t.Log(d.Deciders)
			return err
		}))
	}
}

// No way of writing puts another record into the place of one.
func TestASealedRecordIsNotReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const columns = "project_id, decision_id, edition, person_id, outcome, option_id, comment, late_days, at, record, prev, hash, chain"
	before := strings.Join(w.rows("SELECT seq || hash FROM signoff ORDER BY seq"), "\n")
	for what, query := range map[string]string{
		"its number": "REPLACE INTO signoff (seq, id, " + columns + ") SELECT seq, id + 1, project_id, 1, edition, 1, outcome, option_id, 'forged', late_days, at, record, prev, 'forged', chain FROM signoff WHERE seq = 1",
		"its id":     "REPLACE INTO signoff (id, " + columns + ") SELECT id, project_id, 1, edition, 1, outcome, option_id, 'forged', late_days, at, record, prev, 'forged', chain FROM signoff WHERE seq = 1",
		"its person": "INSERT OR REPLACE INTO signoff (id, " + columns + ") SELECT id + 1, project_id, decision_id, edition, person_id, outcome, option_id, 'forged', late_days, at, record, prev, 'forged', chain FROM signoff WHERE seq = 1",
		"an update":  "UPDATE OR REPLACE signoff SET seq = 1 WHERE seq = 2",
		"an upsert":  "INSERT INTO signoff (seq, id, " + columns + ") SELECT seq, id, " + columns + " FROM signoff WHERE true ON CONFLICT DO UPDATE SET comment = 'forged'",
		"a deletion": "DELETE FROM signoff",
	} {
		err := w.write(func(tx *Tx) error {
			if err := tx.run(query); err != nil {
				return err
			}
			return errors.New("it was taken")
		})
		if err == nil || !strings.Contains(err.Error(), "sign-off") {
			t.Errorf("by %s: %v", what, err)
		}
	}
	if after := strings.Join(w.rows("SELECT seq || hash FROM signoff ORDER BY seq"), "\n"); after != before {
		t.Error("the ledger is another")
	}
}

// What is approved is what was on screen: the name and text of the deliverable, and of
// the phase, as well as the version.
func TestAnAnswerIsToTheTextOnScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shown := func(who, decision string) (hash string) {
		w.must(w.Glass(w.id(who), func(g *Glass) error {
			d, err := g.Decision(w.id(decision))
			if err != nil || d.DeliverableID == 0 {
				hash = d.Shown().Hash()
				return err
			}
			of, err := g.Deliverable(d.DeliverableID)
			for _, version := range of.Versions {
				if version.DecisionID == d.ID {
					hash = of.Shown(version).Hash()
				}
			}
			return err
		}))
		return hash
	}
	form := AnswerForm{Edition: 1, Shown: shown("bea", "approval of labels 1"), Outcome: Approve}
	w.must(w.EditDeliverable(w.actor("tess"), w.id("labels"), DeliverableForm{Name: "labels", Description: "And the price is 9,000 more", Version: 1}))
	var over *Over
	if _, err := w.Answer(w.actor("bea"), w.id("approval of labels 1"), form); !errors.As(err, &over) || !over.Differs || over.State != Asked {
		t.Fatal("a text was sealed that nobody had on screen:", err)
	}
	form.Shown = shown("bea", "approval of labels 1")
	w.must(just(w.Answer(w.actor("bea"), w.id("approval of labels 1"), form)))

	answer := AnswerForm{Edition: 1, Shown: shown("eleni", "phase"), Outcome: Approve}
	w.sql("UPDATE milestone SET name = 'all that follows' WHERE id = ?", w.id("launch"))
	if _, err := w.Answer(w.actor("eleni"), w.id("phase"), answer); !errors.As(err, &over) || !over.Differs {
		t.Fatal("a phase was approved by another name:", err)
	}
	answer.Shown = shown("eleni", "phase")
	w.must(just(w.Answer(w.actor("eleni"), w.id("phase"), answer)))
}

// What clients cannot see of a deliverable changes without a sign for them.
func TestDeliverableTellsNothingOfPrivateTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mark, guide := w.actor("mark"), w.id("guide")
	form := func() DeliverableForm {
		d := w.deliverable("lea", guide)
		return DeliverableForm{Name: d.Name, Description: d.Description, Milestone: d.MilestoneID.String(), Tasks: w.asks("home", "secret"), Version: d.Version}
	}
	for name, c := range map[string]struct {
		change func(*DeliverableForm)
		hears  bool
	}{
		"nothing":             {func(*DeliverableForm) {}, false},
		"a private task":      {func(f *DeliverableForm) { f.Tasks = w.asks("home") }, false},
		"a task that is seen": {func(f *DeliverableForm) { f.Tasks = w.asks("home", "secret", "form") }, true},
		"its text":            {func(f *DeliverableForm) { f.Description += "." }, true},
	} {
		w.must(w.EditDeliverable(mark, guide, form()))
		before, changed := w.versions("site"), form()
		c.change(&changed)
		w.must(w.EditDeliverable(mark, guide, changed))
		if after := w.versions("site"); (after[1] != before[1]) != c.hears || after[0] == before[0] {
			t.Errorf("%s: %v, then %v", name, before, after)
		}
	}
}
