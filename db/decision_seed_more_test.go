package db

import "fmt"

// seedMoreDecisions asks what the others leave out: every other state and mode, a
// second draft with a file and a conversation, and projects that other clients see,
// or nobody any more.
func (w *world) seedMoreDecisions() {
	lea, site := w.actor("lea"), w.id("site")
	w.say("eleni", "colour", "reply on colour")
	w.hint("mark", "colour", "note on colour")
	w.must(w.OpenFile(w.actor("nikos"), w.id("file on colour")))
	w.question("cost", "lea", "site", DecisionForm{Kind: KindBudget, Mode: All, FreeAnswer: true, Deciders: w.asks("eleni", "manu"), Tasks: w.asks("form", "shelf")})
	w.sealed("eleni", "cost", AnswerForm{Edition: 1, Outcome: Free, Comment: "As much as it takes"})
	w.question("bigger", "lea", "site", DecisionForm{Kind: KindChange, Currency: "EUR", Price: "300", NewTasks: nil, Deciders: w.asks("eleni", "nikos")})
	w.sealed("eleni", "bigger", AnswerForm{Edition: 1, Outcome: Approve})
	w.question("again", "lea", "site", DecisionForm{Kind: KindMilestone, Milestone: w.id("care").String(), Mode: All, Deciders: w.asks("nikos", "eleni")})
	w.sealed("nikos", "again", AnswerForm{Edition: 1, Outcome: Changes, Comment: "Not yet"})
	w.must(w.EditDecision(lea, w.id("again"), DecisionForm{Question: "again", Context: "Better now", Milestone: w.id("care").String(), Deciders: w.asks("eleni"), Version: 3}))
	w.question("gate", "lea", "site", DecisionForm{Kind: KindMilestone, Milestone: w.id("launch").String(), Deciders: w.asks("nikos")})
	w.sealed("nikos", "gate", AnswerForm{Edition: 1, Outcome: Approve, Comment: "Go on"})
	w.keep("no wish")(w.ProposeChange(w.actor("nikos"), site, "no wish", "A game"))
	w.must(w.WithdrawDecision(lea, w.id("no wish"), "Not in this life"))
	w.question("missed", "lea", "site", DecisionForm{Kind: KindQuestion, FreeAnswer: true, DueOn: "2026-05-21", Closes: true, Deciders: w.asks("eleni")})
	w.sql("UPDATE decision SET state = 'expired', ended_at = ? WHERE id = ?", At(w.Now()), w.id("missed"))

	w.keep("plan")(w.AddDecision(w.actor("mark"), site, DecisionForm{Kind: KindQuestion, Question: "plan", Context: "between us", IfSilent: "we choose", FreeAnswer: true, DueOn: "2026-06-06", Closes: true,
		Mode: All, Currency: "USD", Milestone: w.id("launch").String(), Options: []OptionForm{{Title: "dear", Text: "for us", Cost: "770", Days: "7", Recommended: true}}, Deciders: w.asks("eleni", "nikos"), Tasks: w.asks("home", "secret")}))
	w.hint("mark", "plan", "note on plan")
	w.hung("plan", "sha of plans")

	w.question("paper", "tess", "brand", DecisionForm{Kind: KindQuestion, Options: []OptionForm{{Title: "thick"}, {Title: "thin"}}, Deciders: w.asks("bea"), Tasks: w.asks("poster")})
	w.say("bea", "paper", "reply on paper")
	w.hung("paper", "sha of papers")
	w.question("ink tone", "tess", "brand", DecisionForm{Kind: KindQuestion, FreeAnswer: true, Deciders: w.asks("bea")})
	w.sealed("bea", "ink tone", AnswerForm{Edition: 1, Outcome: Decline, Comment: "None at all"})
	w.question("scope", "tess", "beta", DecisionForm{Kind: KindQuestion, FreeAnswer: true, Deciders: w.asks("otto")})
	for name, project := range map[string]string{"ancient": "old", "dust": "closed"} { // asked before these were over
		w.keep(name)(NewID(), nil)
		w.sql("INSERT INTO decision (id, project_id, kind, state, created_at, shown_at) VALUES (?1, ?2, 'question', 'asked', ?3, ?3)", w.id(name), w.id(project), At(w.Now()))
		w.sql("INSERT INTO edition (decision_id, number, question, free_answer, asked_at) VALUES (?, 1, ?, 1, ?)", w.id(name), name, At(w.Now()))
		w.sql("INSERT INTO decider (decision_id, person_id, position) VALUES (?, ?, 1)", w.id(name), w.id(map[string]string{"old": "eleni", "closed": "carla"}[project]))
	}
}

// sealed answers something and keeps the record under "name by who".
func (w *world) sealed(who, name string, form AnswerForm) {
	w.t.Helper()
	form.Shown = w.shownOf(w.id(name))
	w.keep(fmt.Sprintf("%s by %s", name, who))(w.Answer(w.actor(who), w.id(name), form))
}

// hung puts a required file on a decision, without bytes on the disk.
func (w *world) hung(decision, sum string) {
	w.t.Helper()
	w.keep("file on "+decision)(NewID(), nil)
	w.sql("INSERT INTO file (id, project_id, decision_id, name, media_type, size, sha256, required, created_at) SELECT ?, project_id, id, ?, 'image/png', 1, ?, 1, ? FROM decision WHERE id = ?",
		w.id("file on "+decision), "file on "+decision, sum, At(w.Now()), w.id(decision))
}
