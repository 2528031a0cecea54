package db

// seedDecisions asks things on site in every state that there is, and one thing on brand.
// A draft is the team's alone; eleni and nikos decide.
func (w *world) seedDecisions() {
	w.t.Helper()
	mark, lea, site := w.actor("mark"), w.actor("lea"), w.id("site")
	eleni, nikos := w.id("eleni").String(), w.id("nikos").String()
	w.keep("wording")(w.AddDecision(mark, site, DecisionForm{Kind: KindChange, Question: "wording", Context: "Nobody was asked", IfSilent: "Nothing", Currency: "EUR", Price: "77.77", Days: "3",
		Milestone: w.id("launch").String(), Tasks: []string{w.id("home").String()}, NewTasks: []string{"a task of a draft"}, Deciders: []string{eleni}}))
	w.question("colour", "lea", "site", DecisionForm{Kind: KindQuestion, Context: "Which one?", IfSilent: "We take blue", Mode: InOrder, DueOn: "2026-06-09", Currency: "EUR", FreeAnswer: true,
		Options: []OptionForm{{Title: "blue", Cost: "0"}, {Title: "red", Text: "It is warmer", Cost: "12.50", Days: "2", Recommended: true}},
		Tasks:   []string{w.id("home").String(), w.id("secret").String()}, Deciders: []string{eleni, nikos}})
	w.keep("file on colour")(NewID(), nil)
	w.sql("INSERT INTO file (id, project_id, decision_id, name, media_type, size, sha256, required, created_at) VALUES (?, ?, ?, 'colours.png', 'image/png', 1, 'sha of colours', 1, ?)", w.id("file on colour"), site, w.id("colour"), At(w.Now()))
	w.question("phase", "lea", "site", DecisionForm{Kind: KindMilestone, Milestone: w.id("launch").String(), Mode: All, Deciders: []string{nikos, eleni}})
	w.sealed("nikos", "phase", AnswerForm{Edition: 1, Outcome: Approve, Comment: "fine by me"})
	w.question("extra", "lea", "site", DecisionForm{Kind: KindChange, Currency: "EUR", Price: "100", NewTasks: []string{"an extra"}, Deciders: []string{nikos}})
	w.sealed("nikos", "extra", AnswerForm{Edition: 1, Outcome: Decline, Comment: "too much"})
	w.question("hurry", "lea", "site", DecisionForm{Kind: KindDirection, FreeAnswer: true, Deciders: []string{eleni}})
	w.must(w.WithdrawDecision(lea, w.id("hurry"), "no longer needed"))
	w.keep("wish")(w.ProposeChange(w.actor("nikos"), site, "wish", "A page more"))
	w.keep("print run")(w.AddDecision(w.actor("tess"), w.id("brand"), DecisionForm{Kind: KindBudget, Question: "print run", FreeAnswer: true, Deciders: []string{w.id("bea").String()}}))
	w.must(w.AskDecision(w.actor("tess"), w.id("print run"), 1))

	w.keep("bygone")(NewID(), nil)
	w.sql("INSERT INTO decision (id, project_id, kind, state, created_at) VALUES (?, ?, 'question', 'draft', ?)", w.id("bygone"), w.id("old"), At(w.Now()))
	w.sql("INSERT INTO edition (decision_id, number, question) VALUES (?, 1, 'bygone')", w.id("bygone"))
}

// question asks something.
func (w *world) question(name, who, project string, form DecisionForm) {
	w.t.Helper()
	form.Question = name
	w.keep(name)(w.AddDecision(w.actor(who), w.id(project), form))
	w.must(w.AskDecision(w.actor(who), w.id(name), 1))
}
