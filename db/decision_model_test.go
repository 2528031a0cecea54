package db

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// modelled is a decision as the rules say that it stands.
type modelled struct {
	id                ID
	kind, mode, state string
	edition           int
	deciders, said    []string
	task              string   // that it makes when it is accepted
	made              []string // that it made so far
	chose             map[string]bool
	options           []string
	free, closes      bool
	due               Date
	days, moved       int64 // of the newest edition, and of the last that was accepted
	priced, charged   bool
	sealed            int
}

// model is all that happens at random.
type model struct {
	*world
	*rand.Rand
	list   []*modelled
	may    map[string]bool // who has the right to decide
	sealed []string        // the ledger as it was, one line for each record
	tasks  int             // that accepted changes made
	ends   Date
	counts map[string]int // how often what happened
}

const (
	fine    = "fine"
	missing = "missing"
	denied  = "denied"
	over    = "over"
	wrongly = "invalid"
)

func classOf(err error) string {
	var o *Over
	var i *Invalid
	switch {
	case err == nil:
		return fine
	case errors.Is(err, ErrNotFound):
		return missing
	case errors.Is(err, ErrDenied):
		return denied
	case errors.As(err, &o):
		return over
	case errors.As(err, &i):
		return wrongly
	}
	return err.Error()
}

func some[T any](m *model, list ...T) T { return list[m.IntN(len(list))] }

var askedClients = []string{"eleni", "nikos", "manu"}

// form is a question that can be asked, but perhaps not of these people.
func (m *model) form(d *modelled) DecisionForm {
	d.mode, d.closes, d.due = some(m, AnyOne, All, All, InOrder), m.IntN(4) == 0, ""
	if d.closes || m.IntN(3) == 0 {
		d.due = Date(m.Now().AddDate(0, 0, m.IntN(5)).Format("2006-01-02"))
	}
	d.deciders = slices.Clone(askedClients)
	m.Shuffle(len(d.deciders), func(i, j int) { d.deciders[i], d.deciders[j] = d.deciders[j], d.deciders[i] })
	d.deciders = d.deciders[:1+m.IntN(3)]
	if m.IntN(12) == 0 {
		d.deciders = append(d.deciders, "vic") // who may not decide
	}
	f := DecisionForm{Kind: d.kind, Question: fmt.Sprint("question ", m.Uint32()), Mode: d.mode, Closes: d.closes, DueOn: string(d.due), Deciders: m.asks(d.deciders...)}
	d.options, d.free, d.priced, d.days = nil, false, false, 0
	switch d.kind {
	case KindQuestion:
		d.options, d.free = []string{"left", "right"}, m.IntN(2) == 0
		f.Options, f.FreeAnswer, f.Currency = []OptionForm{{Title: "left"}, {Title: "right"}}, d.free, "EUR"
	case KindMilestone:
		f.Milestone = m.id("care").String()
	case KindChange:
		d.days, d.priced, d.task = int64(m.IntN(9)-3), m.IntN(2) == 0, some(m, "left", "right")
		f.Days, f.Currency, f.NewTasks = fmt.Sprint(d.days), "EUR", []string{d.task}
		if d.priced {
			f.Price = "120.50"
		}
	}
	return f
}

func (d *modelled) askable(m *model) bool {
	return !slices.ContainsFunc(d.deciders, func(who string) bool { return !m.may[who] })
}

// draft writes one.
func (m *model) draft() (string, error) {
	d := &modelled{kind: some(m, KindQuestion, KindMilestone, KindChange), state: Drafted, edition: 1}
	who, form := some(m, "lea", "mark", "adam", "tess", "eleni"), m.form(d)
	id, err := m.AddDecision(m.actor(who), m.id("site"), form)
	want := fine
	switch {
	case who == "tess" || who == "eleni":
		want = missing
	case !d.askable(m):
		want = wrongly
	}
	if d.id = id; err == nil {
		m.list = append(m.list, d)
	}
	return want, err
}

// standsFor says how a deed of the team's on it begins: who may not work on it, or lead.
func standsFor(who string, d *modelled) string {
	switch {
	case who == "tess" || who == "eleni":
		return missing
	case who == "mark" && d.state != Drafted:
		return denied
	}
	return fine
}

func (m *model) ask(d *modelled) (string, error) {
	who := some(m, "lea", "lea", "lea", "adam", "adam", "mark", "tess", "eleni")
	err := m.AskDecision(m.actor(who), d.id, m.stored(d).Version)
	want := standsFor(who, d)
	switch {
	case want != fine:
	case who == "mark":
		want = denied
	case d.state != Drafted:
		want = over
	case !d.askable(m):
		want = wrongly
	}
	if err == nil {
		d.state = Asked
	}
	return want, err
}

func (m *model) change(d *modelled) (string, error) {
	next := *d
	next.said, next.chose = nil, map[string]bool{}
	who, form := some(m, "lea", "lea", "adam", "mark", "tess"), m.form(&next)
	form.Version = m.stored(d).Version
	err := m.EditDecision(m.actor(who), d.id, form)
	want := standsFor(who, d)
	if want == fine && !next.askable(m) {
		want = wrongly
	}
	if err == nil {
		if next.state != Drafted {
			next.state, next.edition = Asked, d.edition+1
		}
		*d = next
	}
	return want, err
}

// again asks once more of people who can answer, and they do.
func (m *model) again(d *modelled) (string, error) {
	next := *d
	next.said, next.chose = nil, map[string]bool{}
	form := m.form(&next)
	for !next.askable(m) {
		form = m.form(&next)
	}
	if all := slices.DeleteFunc(slices.Clone(askedClients), func(who string) bool { return !m.may[who] }); d.kind == KindQuestion && m.IntN(2) == 0 {
		next.mode, next.deciders, form.Mode, form.Deciders = All, all, All, m.asks(all...) // so that they can choose differently
	}
	form.Version = m.stored(d).Version
	if err := m.EditDecision(m.actor("lea"), d.id, form); err != nil || d.state == Drafted {
		next.state = Drafted
		*d = next
		return fine, err
	}
	next.state, next.edition = Asked, d.edition+1
	*d = next
	return m.agree(d)
}

func (m *model) withdraw(d *modelled) (string, error) {
	who, reason := some(m, "lea", "mark", "adam", "eleni"), some(m, "", "settled")
	err := m.WithdrawDecision(m.actor(who), d.id, reason)
	want := standsFor(who, d)
	switch {
	case want != fine:
	case d.state == Asked:
		want = fine
	case d.state == Proposed && reason == "":
		want = wrongly
	case d.state != Proposed:
		want = over
	}
	if err == nil {
		d.state = map[string]string{Asked: Withdrawn, Proposed: Declined}[d.state]
	}
	return want, err
}

func (m *model) propose() (string, error) {
	d := &modelled{kind: KindChange, mode: AnyOne, state: Proposed, edition: 1, deciders: []string{"vic"}}
	who := some(m, "eleni", "nikos", "vic", "otto", "lea")
	id, err := m.ProposeChange(m.actor(who), m.id("site"), fmt.Sprint("wish ", m.Uint32()), "")
	want := map[bool]string{true: fine, false: missing}[m.may[who]]
	if d.id = id; err == nil {
		m.list = append(m.list, d)
	}
	return want, err
}

// standing changes what people may: the right goes and comes back.
func (m *model) standing() (string, error) {
	who := some(m, "eleni", "nikos")
	for _, lost := range []string{"eleni", "nikos"} {
		if !m.may[lost] && m.IntN(4) > 0 {
			who = lost
		}
	}
	m.may[who] = !m.may[who]
	role := map[bool]string{true: "client", false: "client-viewer"}[m.may[who]]
	return fine, m.SetClientRole(m.actor("adam"), m.id("site"), m.id(who), role)
}

// nightfall lets days pass, and sometimes the job that closes what takes no answer any
// more has not come by yet.
func (m *model) nightfall() (string, error) {
	at := m.clock.Load().Add(time.Duration(m.IntN(3*24)) * time.Hour)
	m.clock.Store(&at)
	if m.IntN(2) == 0 {
		return fine, nil
	}
	for _, d := range m.list {
		if err := m.ExpireDue(d.id); err != nil {
			return fine, err
		}
		if d.state == Asked && d.closes && m.today() > d.due {
			d.state = Expired
		}
	}
	return fine, nil
}

func (m *model) today() Date { return Date(m.Now().Format("2006-01-02")) }

// plain reads beside everybody's eyes.
func (m *model) plain() source {
	reader := m.readers.take()
	m.readers.give(reader)
	return reader
}

// stored is a decision as it is.
func (m *model) stored(d *modelled) decisionOf {
	m.t.Helper()
	is, err := one(m.plain(), func(o *decisionOf) []any { return []any{&o.State, &o.Edition, &o.Version, &o.Kind} }, "SELECT state, edition, version, kind FROM decision WHERE id = ?", d.id)
	m.must(err)
	return is
}
