package db

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestDecisionsAtRandom: whatever people do, and in whatever order, a decision stands as
// a small model of the rules says; what was refused has changed nothing, and nothing
// that was sealed has moved.
func TestDecisionsAtRandom(t *testing.T) {
	alone(t)
	var lock sync.Mutex
	counts := map[string]int{}
	t.Cleanup(func() {
		for _, class := range []string{"ask fine", "change fine", "sign fine", "sign over", "sign invalid", "sign missing", "withdraw fine", "race fine", "ask denied", "draft invalid", "differing", "accepted again"} {
			if counts[class] == 0 {
				t.Errorf("%q never happened: %v", class, counts)
			}
		}
	})
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.sql("UPDATE setting SET value = 'UTC' WHERE key = 'workspace.time_zone'")
			m := &model{world: w, Rand: rand.New(rand.NewPCG(seed, 5)), may: map[string]bool{"eleni": true, "nikos": true, "manu": true}, ends: "2026-08-01", counts: map[string]int{}}
			m.sealed = m.ledger()
			w.sql("UPDATE project SET ends_on = ? WHERE id = ?", m.ends, w.id("site"))
			before := len(w.rows("SELECT id FROM task"))
			for deed := range 350 {
				m.deed(deed)
				if t.Failed() {
					t.Fatalf("at deed %d", deed)
				}
			}
			lock.Lock()
			for class, count := range m.counts {
				counts[class] += count
			}
			lock.Unlock()
			if made := len(w.rows("SELECT id FROM task")) - before; made != m.tasks {
				t.Errorf("accepted changes made %d tasks, not %d", made, m.tasks)
			}
			if held, broken, err := w.VerifyLedger(); err != nil || broken != nil || held.Count != len(m.sealed) {
				t.Errorf("the ledger: %+v %+v %v, %d were sealed", held, broken, err, len(m.sealed))
			}
		})
	}
}

// deed does one thing, and looks at everything.
func (m *model) deed(number int) {
	m.t.Helper()
	one := map[string]func() (string, error){"draft": m.draft, "propose": m.propose, "standing": m.standing, "nightfall": m.nightfall}
	each := map[string]func(*modelled) (string, error){"ask": m.ask, "change": m.change, "withdraw": m.withdraw, "sign": m.sign, "race": m.race, "agree": m.agree, "again": m.again}
	name := some(m, "draft", "ask", "ask", "ask", "change", "change", "withdraw", "propose", "standing", "nightfall", "race", "agree", "again", "again", "sign", "sign", "sign", "sign", "sign", "sign", "sign")
	if len(m.list) < 3 {
		name = "draft"
	}
	before := ""
	if number%4 == 0 {
		before = m.digest()
	}
	var want string
	var err error
	var d *modelled
	if act, alone := one[name]; alone {
		want, err = act()
	} else {
		d = m.list[m.IntN(len(m.list))]
		if recent := len(m.list) - 3; recent > 0 && m.IntN(6) > 0 {
			d = m.list[recent+m.IntN(3)]
		}
		for i := 0; i < 3 && (name == "sign" || name == "agree") && d.state != Asked; i++ {
			d = m.list[m.IntN(len(m.list))]
		}
		want, err = each[name](d)
	}
	m.counts[name+" "+classOf(err)]++
	if got := classOf(err); got != want {
		m.t.Errorf("%s is %q, want %q: %+v", name, got, want, d)
	}
	if err != nil && before != "" && m.digest() != before {
		m.t.Errorf("%s was refused (%v) and changed something", name, err)
	}
	m.compare()
}

// ledger is every record that was sealed, in order.
func (m *model) ledger() []string {
	return m.rows("SELECT seq || ' ' || id || ' ' || decision_id || ' ' || prev || ' ' || hash || ' ' || chain || ' ' || record FROM signoff ORDER BY seq")
}

// compare holds the world against the model.
func (m *model) compare() {
	m.t.Helper()
	sealed := m.ledger()
	if len(sealed) < len(m.sealed) || !slices.Equal(sealed[:len(m.sealed)], m.sealed) {
		m.t.Error("something sealed was changed or is gone")
	}
	m.sealed = sealed
	var shown []string
	for _, d := range m.list {
		is := m.stored(d)
		if is.State != d.state || is.Edition != d.edition {
			m.t.Errorf("it is %s in edition %d, want %+v", is.State, is.Edition, d)
		}
		if count := len(m.rows("SELECT id FROM signoff WHERE decision_id = ?", d.id)); count != d.sealed {
			m.t.Errorf("%d answers are sealed, want %+v", count, d)
		}
		if charged := len(m.rows("SELECT id FROM budget_line WHERE decision_id = ?", d.id)) == 1; charged != d.charged {
			m.t.Errorf("charged: %v, want %+v", charged, d)
		}
		if d.state != Drafted {
			shown = append(shown, d.id.String())
		}
	}
	if ends := m.rows("SELECT ends_on FROM project WHERE id = ?", m.id("site"))[0]; ends != string(m.ends) {
		m.t.Errorf("the project ends on %s, not %s", ends, m.ends)
	}
	m.seen("vic", shown)
	m.seen("otto", nil)
	for _, who := range askedClients {
		m.must(m.Glass(m.id(who), func(g *Glass) error {
			for _, d := range m.list {
				if seen, err := g.Decision(d.id); err == nil && (d.state == Drafted || seen.MayDecide != m.lies(d, who)) {
					m.t.Errorf("%s is told that it lies with them: %v, %+v", who, seen.MayDecide, d)
				}
			}
			return nil
		}))
	}
}

// lies says that somebody has to answer it now. What closed by its day alone still does,
// until the job has come by.
func (m *model) lies(d *modelled, who string) bool {
	at := slices.Index(d.deciders, who)
	if at < 0 || d.state != Asked || !m.may[who] || slices.Contains(d.said, who) {
		return false
	}
	return d.mode != InOrder || !slices.ContainsFunc(d.deciders[:at], func(before string) bool { return !slices.Contains(d.said, before) })
}

// seen compares what a client sees of these decisions.
func (m *model) seen(who string, want []string) {
	m.t.Helper()
	m.must(m.Glass(m.id(who), func(g *Glass) error {
		list, err := g.Decisions(m.id("site"))
		var seen []string
		for _, d := range list {
			if slices.ContainsFunc(m.list, func(known *modelled) bool { return known.id == d.ID }) {
				seen = append(seen, d.ID.String())
			}
		}
		slices.Sort(seen)
		slices.Sort(want)
		if !slices.Equal(seen, want) {
			m.t.Errorf("%s sees %s, want %s", who, strings.Join(seen, " "), strings.Join(want, " "))
		}
		return err
	}))
}
