package web

import (
	"html/template"
	"slices"

	"vitrine/db"
	"vitrine/views"
)

// sinceNamed is how many things of one kind are named before the rest is counted.
const sinceNamed = 5

// Section is what happened in one project, in the reader's words.
type Section struct {
	Project string
	URL     string
	Lines   []template.HTML
}

// Digest words events, newest first, as what a reader has not seen: for each project
// what needs them, what was done, moved, decided and delivered, and who replied. What
// happened several times is told once, as it ended. names are the projects', base
// stands before every link, for mails.
func Digest(w *views.Words, names map[db.ID]string, events []db.ClientEvent, base string) []Section {
	var sections []Section
	piles := map[db.ID]*pile{}
	var order []db.ID
	for _, e := range events {
		if names[e.ProjectID] == "" {
			continue
		}
		p := piles[e.ProjectID]
		if p == nil {
			p = &pile{w: w, base: base, seen: map[string]bool{}, things: map[string][]string{}, counts: map[string]int{}}
			piles[e.ProjectID], order = p, append(order, e.ProjectID)
		}
		p.add(e)
	}
	for _, id := range order {
		if lines := piles[id].lines(); len(lines) > 0 {
			sections = append(sections, Section{names[id], base + "/portal/projects/" + id.String(), lines})
		}
	}
	return sections
}

// pile collects what happened in a project by the sentence that tells of it.
type pile struct {
	w      *views.Words
	base   string
	seen   map[string]bool
	things map[string][]string // links, by sentence
	counts map[string]int
	moved  []shift
}

// sinceOrder are the sentences "since.*" in the order in which they are told.
var sinceOrder = []string{"needs", "moved", "reached", "done", "decided", "delivered", "update", "replies", "begun", "fresh"}

func (p *pile) link(path, text string) string {
	return string(views.Anchor(p.base+"/portal/"+path, text))
}

// put notes something once for a sentence. again says that it counts each time.
func (p *pile) put(sentence, thing string, again bool) {
	if again {
		p.counts[sentence]++
	}
	if p.seen[sentence+thing] {
		return
	}
	p.seen[sentence+thing] = true
	if !again {
		p.counts[sentence]++
	}
	p.things[sentence] = append(p.things[sentence], thing)
}

func (p *pile) add(e db.ClientEvent) {
	task := p.link("tasks/"+e.TaskID.String(), e.Task)
	asked := p.link("decisions/"+e.DecisionID.String(), e.Question)
	handed := p.link("deliverables/"+e.DeliverableID.String(), e.Deliverable)
	switch e.Kind {
	case db.EventTaskMoved:
		if p.seen["state"+task] { // it went further
			return
		}
		p.seen["state"+task] = true
		switch e.ColumnKind {
		case db.Done:
			p.put("done", task, false)
		case db.Doing, db.Review:
			p.put("begun", task, false)
		}
	case db.EventTaskCreated, db.EventTaskShown:
		p.put("fresh", task, false)
	case db.EventTaskDue, db.EventMilestoneMoved, db.EventProjectMoved:
		p.move(e, task)
	case db.EventMilestoneDone:
		p.put("reached", template.HTMLEscapeString(e.Milestone), false)
	case db.EventUpdate:
		p.put("update", p.link("projects/"+e.ProjectID.String()+"/updates", p.w.T("since.update-read")), true)
	case db.EventReply:
		p.put("replies", p.place(e, task, asked, handed), true)
	case db.EventAsked, db.EventAskedAnew:
		if e.Asks {
			p.put("needs", asked, false)
		}
	case db.EventDelivered:
		if e.Asks {
			p.put("needs", handed, false)
		} else {
			p.put("delivered", handed, false)
		}
	case db.EventDecided, db.EventDeclined, db.EventChanges:
		p.put("decided", asked, false)
	case db.EventApproved, db.EventRefused, db.EventChangesAsked:
		p.put("decided", handed, false)
	}
}

// place names the conversation of a reply.
func (p *pile) place(e db.ClientEvent, task, asked, handed string) string {
	switch {
	case e.TaskID != 0:
		return task
	case e.DeliverableID != 0:
		return handed
	case e.DecisionID != 0:
		return asked
	case e.BudgetID != 0:
		return p.link("budgets/"+e.BudgetID.String(), e.Budget)
	case e.Milestone != "":
		return template.HTMLEscapeString(e.Milestone)
	}
	return p.link("projects/"+e.ProjectID.String()+"/conversation", p.w.T("talk.whole"))
}

// shift is a date that moved, from where it stood before all of its moves.
type shift struct {
	what     string
	old, new db.Date
}

func (p *pile) move(e db.ClientEvent, task string) {
	what := task
	switch {
	case e.Kind == db.EventProjectMoved:
		what = template.HTMLEscapeString(p.w.T("slip.project"))
	case e.TaskID == 0:
		what = template.HTMLEscapeString(e.Milestone)
	}
	at := slices.IndexFunc(p.moved, func(s shift) bool { return s.what == what })
	if at < 0 {
		p.moved = append(p.moved, shift{what, e.OldDate, e.NewDate})
	} else {
		p.moved[at].old = e.OldDate
	}
}

func (p *pile) lines() (lines []template.HTML) {
	for _, sentence := range sinceOrder {
		if sentence == "moved" {
			lines = append(lines, p.movedLines()...)
			continue
		}
		things, count := p.things[sentence], p.counts[sentence]
		if count == 0 {
			continue
		}
		if more := len(things) - sinceNamed; more > 0 {
			things = append(things[:sinceNamed:sinceNamed], template.HTMLEscapeString(p.w.N("since.more", more)))
		}
		lines = append(lines, p.w.HN("since."+sentence, count, "what", template.HTML(p.w.And(things))))
	}
	return lines
}

func (p *pile) movedLines() (lines []template.HTML) {
	for _, s := range p.moved {
		if s.old != "" && s.new != "" && s.old != s.new {
			lines = append(lines, p.w.H("since.moved", "what", template.HTML(s.what), "old", p.w.DayShortTag(s.old), "new", p.w.DayShortTag(s.new)))
		}
	}
	if more := len(lines) - sinceNamed; more > 0 {
		return append(lines[:sinceNamed:sinceNamed], p.w.HN("since.more-moved", more))
	}
	return lines
}
