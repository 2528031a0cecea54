package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"

	"vitrine/db"
)

// seedSignoffs seals an answer of eleni's, one in another company's project, and one to
// a decision that is not there any more, which no client sees.
func (w *world) seedSignoffs() {
	own := w.record(w.project, "eleni", "Which colour shall the front page have?")
	w.parts["signoff own"] = w.seal(own, w.decided(own))
	foreign := w.record(w.other, "outsider", "CNRY-foreign-words asked")
	foreign.Company.Name, foreign.Project.Name = "CNRY-other-company", "CNRY-other-project"
	w.parts["signoff foreign"] = w.seal(foreign, w.decided(foreign))
	w.parts["signoff hidden"] = w.seal(w.record(w.project, "eleni", "CNRY-gone-question"), db.NewID())
}

// record is what somebody answered: one of two options.
func (w *world) record(project db.ID, who, question string) db.Record {
	cost, free := int64(62000), int64(0)
	days := int64(4)
	options := []db.RecordOption{{ID: db.NewID(), Title: "Blue", Text: "As the **sea**", Cost: &free}, {ID: db.NewID(), Title: "Red", Cost: &cost, Days: &days, Recommended: true}}
	at := db.At(time.Date(2026, 5, 11, 15, 2, 3, 0, time.UTC))
	return db.Record{Format: db.RecordFormat, ID: db.NewID(), Workspace: "Vitrine", Company: db.Named{ID: w.parts["company"], Name: "Papadopoulos Ceramics"},
		Project: db.Named{ID: project, Name: "Website Redesign"}, Files: []db.RecordFile{},
		Decision: db.RecordDecision{ID: db.NewID(), Kind: db.KindBudget, Edition: 1, Question: question, Context: "Everything else **follows** from it.", Mode: db.AnyOne, DueOn: "2026-05-18", Currency: "EUR",
			AskedBy: "Katerina", AskedAt: db.At(at.Add(-72 * time.Hour)), Options: options, NewTasks: []string{}, Tasks: []string{"Search"}, Deciders: []db.Named{{ID: w.people[who].ID, Name: w.people[who].Name}}},
		Answer: db.RecordAnswer{Outcome: db.Choose, Option: &options[1].ID, OptionTitle: "Red", Comment: "Like the bowls."},
		Person: db.RecordPerson{ID: w.people[who].ID, Name: w.people[who].Name, Role: "Client"}, SignedIn: db.RecordSession{Method: "pin", At: db.At(at.Add(-time.Hour)), Passkey: true}, At: at}
}

// decided puts the decision that a record is about into its project.
func (w *world) decided(r db.Record) db.ID {
	w.behind("INSERT INTO decision (id, project_id, kind, state, created_at, shown_at, ended_at) VALUES (?1, ?2, ?3, 'decided', ?4, ?4, ?4)", r.Decision.ID, r.Project.ID, r.Decision.Kind, r.At)
	w.behind("INSERT INTO edition (decision_id, number, question, mode, currency, asked_at) VALUES (?, 1, ?, ?, 'EUR', ?)", r.Decision.ID, r.Decision.Question, r.Decision.Mode, r.Decision.AskedAt)
	return r.Decision.ID
}

// seal adds a record to the ledger as the store would, and answers with its id.
func (w *world) seal(r db.Record, decision db.ID) db.ID {
	w.t.Helper()
	text, err := json.Marshal(r)
	w.ok(err)
	text, err = jcs.Transform(text)
	w.ok(err)
	w.sealText(r, decision, string(text))
	return r.ID
}

func (w *world) sealText(r db.Record, decision db.ID, text string) {
	w.t.Helper()
	last := func(column, where string) string {
		if found := w.texts("SELECT " + column + " FROM signoff WHERE " + where + " ORDER BY seq DESC LIMIT 1"); len(found) > 0 {
			return found[0]
		}
		return ""
	}
	linked := func(before, text string) string {
		sum := sha256.Sum256([]byte(before + "\n" + text))
		return hex.EncodeToString(sum[:])
	}
	prev := last("hash", fmt.Sprintf("project_id = %d", int64(r.Project.ID)))
	hash := linked(prev, text)
	w.behind("INSERT INTO signoff (id, project_id, decision_id, edition, person_id, outcome, option_id, comment, late_days, at, record, prev, hash, chain) VALUES (?,?,?,1,?,?,?,?,?,?,?,?,?,?)",
		r.ID, r.Project.ID, decision, r.Person.ID, r.Answer.Outcome, r.Answer.Option, r.Answer.Comment, r.Answer.LateDays, r.At, text, prev, hash, linked(last("chain", "1"), hash))
}
