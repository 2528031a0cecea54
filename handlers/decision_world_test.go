package handlers

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"vitrine/db"
)

// seedDecisions asks eleni a question about the gallery, drafts another, has a change
// proposed, and asks one in another company's project: canaries but for the first.
func (w *world) seedDecisions() {
	w.parts["decision"] = w.drafted(w.project, db.DecisionForm{Question: "Which colour shall the buttons have?", Context: "They stand **below** each photo.", FreeAnswer: true, DueOn: "2026-12-04",
		Options:  []db.OptionForm{{Title: "Clay", Text: "As the bowls."}, {Title: "Sea", Text: "As the logo.", Cost: "120", Days: "2", Recommended: true}},
		Deciders: []string{w.people["eleni"].ID.String()}, Tasks: []string{w.tasks["gallery"].String(), w.tasks["private"].String()}})
	w.parts["file question"] = w.questionFile("decision", "buttons.txt", "Clay. Sea.")
	w.ok(w.store.AskDecision(w.actor("owner"), w.parts["decision"], 1))

	w.parts["draft decision"] = w.drafted(w.project, db.DecisionForm{Question: "CNRY-draft-question", Context: "CNRY-draft-context", IfSilent: "CNRY-draft-silence", FreeAnswer: true,
		Options: []db.OptionForm{{Title: "CNRY-draft-option", Text: "CNRY-draft-option-text", Cost: "7707.07"}, {Title: "CNRY-draft-other"}}, Deciders: []string{w.people["eleni"].ID.String()}})
	w.parts["file unasked"] = w.questionFile("draft decision", "CNRY-draft-file.txt", "CNRY-draft-file content")

	var err error
	w.parts["proposed decision"], err = w.store.ProposeChange(w.actor("eleni"), w.project, "A map of the workshop", "How to find us.")
	w.ok(err)

	w.parts["foreign decision"] = w.drafted(w.other, db.DecisionForm{Question: "CNRY-foreign-question", Context: "CNRY-foreign-context", FreeAnswer: true, Deciders: []string{w.people["outsider"].ID.String()}})
	w.parts["file foreign question"] = w.questionFile("foreign decision", "CNRY-foreign-question.txt", "CNRY-foreign-question content")
	w.ok(w.store.AskDecision(w.actor("owner"), w.parts["foreign decision"], 1))
}

func (w *world) drafted(project db.ID, form db.DecisionForm) db.ID {
	w.t.Helper()
	form.Kind, form.Mode, form.Currency = db.KindQuestion, cmp.Or(form.Mode, db.AnyOne), "EUR"
	id, err := w.store.AddDecision(w.actor("owner"), project, form)
	w.ok(err)
	return id
}

// questionFile hangs a text on a question.
func (w *world) questionFile(part, name, content string) db.ID {
	w.t.Helper()
	ids, err := w.store.AddDecisionFiles(w.actor("owner"), w.parts[part], []*db.Received{w.sent(name, content)})
	w.ok(err)
	return ids[0]
}

// decisionPart is the name of what the matrix calls so.
func decisionPart(object string) string {
	return strings.TrimPrefix(object+" decision", "own ")
}

// decisionVersion is the version at which a form about a decision would be opened now.
func (w *world) decisionVersion(object string) string {
	id := w.parts[decisionPart(object)]
	if id == 0 {
		return "1"
	}
	return w.texts("SELECT version FROM decision WHERE id = " + strconv.FormatInt(int64(id), 10))[0]
}

// askAll puts a question to everybody who may be asked, and each has to answer.
func (w *world) askAll(people map[string]db.Rights) {
	form := db.DecisionForm{Question: "Shall we begin?", FreeAnswer: true, Mode: db.All}
	for name, rights := range people {
		if rights.Has("projects") && rights.Has("decide") {
			form.Deciders = append(form.Deciders, w.people[name].ID.String())
		}
	}
	w.parts["asked decision"] = w.drafted(w.project, form)
	w.ok(w.store.AskDecision(w.actor("owner"), w.parts["asked decision"], 1))
}

// shown is the hash of what stands beside a question now.
func (w *world) shown(decision db.ID) string {
	w.t.Helper()
	var shown db.Shown
	for _, pair := range w.pairs(fmt.Sprintf("SELECT m.name, '' FROM decision d JOIN milestone m ON m.id = d.milestone_id WHERE d.id = %d", int64(decision))) {
		shown.Milestone = pair[0]
	}
	for _, pair := range w.pairs(fmt.Sprintf("SELECT name, sha256 || ' ' || required FROM file WHERE decision_id = %d AND sha256 IS NOT NULL ORDER BY name, sha256, id", int64(decision))) {
		sum, required, _ := strings.Cut(pair[1], " ")
		shown.Files = append(shown.Files, db.ClientFile{Name: pair[0], SHA256: sum, Required: required == "1"})
	}
	return shown.Hash()
}
