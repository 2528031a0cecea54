package db

import (
	"errors"

	"vitrine/db/bill"
	"vitrine/db/hours"
)

// BudgetForm is a budget as it is filled in.
type BudgetForm struct {
	Name, Currency, Kind, Carry, Note, StartsOn, EndsOn string
	Version                                             int64
}

type cleanBudget struct {
	BudgetForm
	starts, ends Date
}

func (f BudgetForm) clean() (c cleanBudget, err error) {
	c.BudgetForm = f
	if c.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return c, err
	}
	if c.Note, err = cleanText("note", f.Note, 2000); err != nil {
		return c, err
	}
	if c.Carry == "" || c.Kind != BudgetRetainer {
		c.Carry = hours.CarryNone
	}
	startsKnown, endsKnown := false, false
	c.starts, startsKnown = ParseDate(f.StartsOn)
	c.ends, endsKnown = ParseDate(f.EndsOn)
	_, known := bill.Scale(f.Currency)
	switch {
	case c.Name == "":
		err = invalid("name", "budget.name-empty")
	case !known:
		err = invalid("currency", "company.currency-unknown", "Example", "EUR")
	case !oneOf(c.Kind, BudgetKinds...):
		err = invalid("kind", "choice.unknown")
	case !oneOf(c.Carry, hours.Carries...):
		err = invalid("carry", "choice.unknown")
	case !startsKnown:
		err = invalid("starts_on", "date.invalid")
	case !endsKnown:
		err = invalid("ends_on", "date.invalid")
	case c.ends != "" && c.ends < c.starts:
		err = invalid("ends_on", "date.before-start")
	}
	return c, err
}

// AddBudget makes a budget of a project, which no client sees until it is opened. Those who lead
// the project may. Errors: ErrPreview, ErrNotFound, ErrDenied, Invalid.
func (s *Store) AddBudget(actor Actor, project ID, form BudgetForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		c, err := form.clean()
		if err != nil {
			return err
		}
		if err := tx.run("INSERT INTO budget (id, project_id, name, currency, kind, carry, starts_on, ends_on, note, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
			id, project, c.Name, c.Currency, c.Kind, c.Carry, c.starts, c.ends, c.Note, actor.ID, tx.now); err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventBudget, budget: id})
	})
	return id, err
}

// EditBudget changes one. Its currency stays once something was booked. Errors as of AddBudget, and *Conflict.
func (s *Store) EditBudget(actor Actor, id ID, form BudgetForm) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, id)
		if err != nil {
			return err
		}
		c, err := form.clean()
		if err != nil {
			return err
		}
		if form.Version != b.Version {
			return &Conflict{Version: b.Version, Theirs: map[string]string{"name": b.Name, "note": b.Note}}
		}
		if c.Currency != b.Currency && b.booked {
			return invalid("currency", "budget.currency-stays")
		}
		if err := tx.must("UPDATE budget SET name = ?, currency = ?, kind = ?, carry = ?, starts_on = ?, ends_on = ?, note = ?, version = version + 1 WHERE id = ?",
			c.Name, c.Currency, c.Kind, c.Carry, c.starts, c.ends, c.Note, id); err != nil {
			return err
		}
		return tx.changedBudget(b)
	})
}

// OpenBudget turns the switch that shows a budget to those of its clients who hold the right "budgets",
// and to nobody else. Open pages are asked again whether they may stay.
func (s *Store) OpenBudget(actor Actor, id ID, open bool) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, id)
		if err != nil || b.Open == open {
			return err
		}
		if err := tx.must("UPDATE budget SET client_open = ?, version = version + 1 WHERE id = ?", open, id); err != nil {
			return err
		}
		kind := EventBudgetOpened
		if !open {
			kind = EventBudgetShut
		}
		if err := tx.record(happened{project: b.ProjectID, actor: actor.ID, kind: kind, budget: id}); err != nil {
			return err
		}
		if err := tx.touchBudget(b.ProjectID, id, true); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}

// CloseBudget ends a budget, or takes it up again: nothing is booked on one that is closed.
func (s *Store) CloseBudget(actor Actor, id ID, closed bool) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, id)
		if err != nil || b.Closed == closed {
			return err
		}
		at := Time{}
		if closed {
			at = tx.now
		}
		if err := tx.must("UPDATE budget SET closed_at = ?, version = version + 1 WHERE id = ?", at, id); err != nil {
			return err
		}
		return tx.changedBudget(b)
	})
}

// DeleteBudget erases one on which nothing was booked or spent.
func (s *Store) DeleteBudget(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, id)
		if err != nil {
			return err
		}
		if b.booked {
			return invalid("budget", "budget.booked-stays")
		}
		if err := errors.Join(tx.changedBudget(b), tx.must("DELETE FROM budget WHERE id = ?", id)); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}

// budgetOf is what a write needs to know of a budget.
type budgetOf struct {
	ID, ProjectID        ID
	Name, Currency, Note string
	Kind                 string
	Open, Closed         bool
	Version              int64
	told                 int
	booked               bool // time or money
}

func (tx *Tx) budgetOf(id ID) (budgetOf, error) {
	return one(tx, func(b *budgetOf) []any {
		return []any{&b.ID, &b.ProjectID, &b.Name, &b.Currency, &b.Note, &b.Kind, &b.Open, &b.Closed, &b.Version, &b.told, &b.booked}
	}, `SELECT id, project_id, name, currency, note, kind, client_open, closed_at IS NOT NULL, version, told,
		EXISTS (SELECT 1 FROM budget_service s JOIN time_entry e ON e.service_id = s.id WHERE s.budget_id = b.id) OR EXISTS (SELECT 1 FROM expense x WHERE x.budget_id = b.id)
		OR EXISTS (SELECT 1 FROM budget_service s JOIN service_bill k ON k.service_id = s.id WHERE s.budget_id = b.id) FROM budget b WHERE id = ?`, id)
}

// leadBudget is a budget that the actor manages.
func (tx *Tx) leadBudget(actor Actor, id ID) (budgetOf, error) {
	b, err := tx.budgetOf(id)
	if err == nil {
		err = tx.mayLead(actor, b.ProjectID)
	}
	return b, err
}

// changedBudget lets everybody hear who sees it.
func (tx *Tx) changedBudget(b budgetOf) error { return tx.touchBudget(b.ProjectID, b.ID, b.Open) }

// SetApproves says whether clients see work on a project's budgets only once it was approved. Those
// who lead it may.
func (s *Store) SetApproves(actor Actor, project ID, approves bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		changed, err := tx.exec("UPDATE project SET approves = ?1, team_version = team_version + 1, budget_version = budget_version + 1 WHERE id = ?2 AND approves <> ?1", approves, project)
		if err != nil || changed == 0 {
			return err
		}
		return tx.touchAuthority()
	})
}
