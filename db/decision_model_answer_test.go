package db

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// answer is somebody's, to what is asked or to what was.
func (m *model) answer(d *modelled, who string) (AnswerForm, string) {
	form := AnswerForm{Edition: d.edition, Shown: m.shownOf(d.id), Outcome: some(m, Choose, Free, Approve, Approve, Changes, Decline), Comment: some(m, "", "because", "because")}
	if m.IntN(6) == 0 {
		form.Edition--
	}
	if m.IntN(12) == 0 {
		form.Shown = "another"
	}
	option := ""
	if d.kind == KindQuestion {
		form.Outcome = some(m, Choose, Choose, Choose, form.Outcome)
		options, err := textRows(m.plain(), "SELECT title || ' ' || id FROM decision_option WHERE decision_id = ? AND edition = ? ORDER BY position", d.id, d.edition)
		m.must(err)
		for _, line := range options {
			title, id, _ := strings.Cut(line, " ")
			if m.IntN(2) == 0 || form.Option == "" {
				var number int64
				fmt.Sscan(id, &number)
				option, form.Option = title, ID(number).String()
			}
		}
	}
	turn := !slices.Contains(d.said, who)
	for _, before := range d.deciders {
		if before == who {
			break
		}
		turn = turn && (d.mode != InOrder || slices.Contains(d.said, before))
	}
	plain := d.kind == KindQuestion
	valid := map[string]bool{Choose: plain && option != "", Free: plain && d.free && form.Comment != "", Approve: !plain, Changes: !plain && form.Comment != "", Decline: form.Comment != ""}[form.Outcome]
	switch {
	case d.state == Drafted || !slices.Contains(d.deciders, who) || !m.may[who]:
		return form, missing
	case d.state != Asked || form.Edition != d.edition || form.Shown == "another" || !turn || d.closes && m.today() > d.due:
		return form, over
	case !valid:
		return form, wrongly
	}
	return form, fine
}

// answered is what an accepted answer makes of it.
func (m *model) answered(d *modelled, who string, form AnswerForm) {
	d.said, d.sealed = append(d.said, who), d.sealed+1
	if d.chose == nil {
		d.chose = map[string]bool{}
	}
	d.chose[form.Option] = true
	if form.Outcome != Choose {
		delete(d.chose, form.Option)
		d.chose[""] = true
	}
	switch {
	case form.Outcome == Changes:
		d.state = Changed
	case form.Outcome == Decline:
		d.state = Declined
	case d.mode != AnyOne && len(d.said) < len(d.deciders):
	case len(d.chose) > 1:
		d.state = Declined
		m.counts["differing"]++
	default:
		d.state = Decided
	}
	if d.state == Decided && d.kind == KindChange {
		if slices.Contains(d.made, d.task) {
			m.counts["accepted again"]++
		} else {
			d.made, m.tasks = append(d.made, d.task), m.tasks+1
		}
		m.ends = shifted(m.ends, d.days-d.moved)
		d.moved, d.charged = d.days, d.priced
	}
}

func shifted(day Date, by int64) Date {
	at, _ := day.Midnight()
	return Date(at.AddDate(0, 0, int(by)).Format("2006-01-02"))
}

func (m *model) sign(d *modelled) (string, error) {
	who := some(m, "eleni", "nikos", "manu", "eleni", "nikos", "manu", "vic", "otto", "lea")
	if m.IntN(4) > 0 {
		who = some(m, d.deciders...)
		for _, next := range d.deciders {
			if m.lies(d, next) {
				who = next
			}
		}
	}
	form, want := m.answer(d, who)
	actor := m.actor(who)
	if m.IntN(20) == 0 {
		actor.Preview = NewID()
		want = ErrPreview.Error()
	}
	_, err := m.Answer(actor, d.id, form)
	if err == nil {
		m.answered(d, who, form)
	}
	return want, err
}

// agree lets all who have to answer it do so, and say yes.
func (m *model) agree(d *modelled) (string, error) {
	for _, who := range d.deciders {
		form, want := m.answer(d, who)
		for range 20 {
			if want != wrongly && form.Outcome != Decline && form.Outcome != Changes && !d.chose[form.Option] {
				break
			}
			form, want = m.answer(d, who)
		}
		if want != fine {
			continue
		}
		if _, err := m.Answer(m.actor(who), d.id, form); err != nil {
			return want, err
		}
		m.answered(d, who, form)
	}
	return fine, nil
}

// race lets all who have to answer do so at the same moment: where one yes is enough,
// one of them wins; the others are told that they came too late.
func (m *model) race(d *modelled) (string, error) {
	form := AnswerForm{Edition: d.edition, Shown: m.shownOf(d.id), Outcome: Decline, Comment: "no"}
	var ready []string
	for _, who := range d.deciders {
		if d.state == Asked && m.may[who] && !slices.Contains(d.said, who) && !(d.closes && m.today() > d.due) {
			ready = append(ready, who)
		}
	}
	if d.mode == InOrder || len(ready) < 2 {
		return fine, nil
	}
	var wait sync.WaitGroup
	failed := make([]error, len(ready))
	for i, who := range ready {
		actor := m.actor(who)
		wait.Go(func() { _, failed[i] = m.Answer(actor, d.id, form) })
	}
	wait.Wait()
	won := 0
	for i, who := range ready {
		if failed[i] == nil {
			won++
			m.answered(d, who, form)
		} else if class := classOf(failed[i]); class != over {
			return over, failed[i]
		}
	}
	if won != 1 {
		return fine, fmt.Errorf("%d of %d won", won, len(ready))
	}
	return fine, nil
}
