package db

import (
	"slices"

	"vitrine/db/bill"
	"vitrine/db/hours"
)

// ServiceForm is a service of a budget as it is filled in. Amounts are in whole units of money with
// their decimals; Left is how long it will still take ("12:30"), "" for what is left of the plan.
type ServiceForm struct{ Name, Unit, Price, Cost, Quantity, Pieces, Left string }

type cleanService struct {
	ServiceForm
	price, cost, quantity, pieces int64
	left                          *int64
}

func (f ServiceForm) clean(currency string) (c cleanService, err error) {
	c.ServiceForm = f
	if c.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return c, err
	}
	if c.Name == "" {
		return c, invalid("name", "budget.service-name-empty")
	}
	if !oneOf(f.Unit, hours.Units...) {
		return c, invalid("unit", "choice.unknown")
	}
	scale, _ := bill.Scale(currency)
	for _, n := range []struct {
		field, text string
		scale       int
		most        int64
		into        *int64
	}{{"price", f.Price, scale, hours.MaxPrice, &c.price}, {"cost", f.Cost, scale, hours.MaxPrice, &c.cost}, {"quantity", f.Quantity, 3, hours.MaxQuantity, &c.quantity}, {"pieces", f.Pieces, 3, hours.MaxQuantity, &c.pieces}} {
		if n.text == "" {
			continue
		}
		if *n.into, err = bill.ParseNumber(n.text, n.scale); err != nil {
			return c, invalid(n.field, "amount.invalid")
		}
		if *n.into < 0 {
			return c, invalid(n.field, "budget.negative")
		}
		if *n.into > n.most {
			return c, invalid(n.field, "amount.too-large")
		}
	}
	if f.Unit != hours.Piece {
		c.pieces = 0
		c.left, err = leftOf(f.Left)
	}
	return c, err
}

// leftOf reads a time to complete, which may be longer than any entry.
func leftOf(text string) (*int64, error) {
	if text == "" {
		return nil, nil
	}
	minutes, ok := hours.ParseLong(text)
	if !ok {
		return nil, invalid("left", "time.unclear")
	}
	left := int64(minutes)
	return &left, nil
}

// Form is the form that would leave a service as it is.
func (s BudgetService) Form(currency string) ServiceForm {
	scale, _ := bill.Scale(currency)
	f := ServiceForm{Name: s.Name, Unit: s.Unit, Price: bill.Typed(s.Price, scale), Cost: bill.Typed(s.Cost, scale), Quantity: bill.Short(s.Quantity, 3), Pieces: bill.Short(s.Pieces, 3)}
	if s.Left != nil {
		f.Left = hours.Clock(*s.Left)
	}
	return f
}

// AddService puts a service on a budget, after the others. Those who lead the project may.
func (s *Store) AddService(actor Actor, budget ID, form ServiceForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, budget)
		if err != nil {
			return err
		}
		c, err := form.clean(b.Currency)
		if err != nil {
			return err
		}
		if err := tx.run(`INSERT INTO budget_service (id, budget_id, name, unit, price, cost, quantity, pieces, left_minutes, position)
			VALUES (?,?,?,?,?,?,?,?,?, (SELECT coalesce(max(position), 0) + 1 FROM budget_service WHERE budget_id = ?2))`, id, budget, c.Name, c.Unit, c.price, c.cost, c.quantity, c.pieces, c.left); err != nil {
			return err
		}
		return tx.reckoned(b)
	})
	return id, err
}

// EditService changes a service. What was booked keeps the price and cost of then; the unit
// stays once time was booked.
func (s *Store) EditService(actor Actor, id ID, form ServiceForm) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadService(actor, id)
		if err != nil {
			return err
		}
		c, err := form.clean(b.Currency)
		if err != nil {
			return err
		}
		booked, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM time_entry e JOIN budget_service s ON s.id = e.service_id WHERE s.id = ?1 AND s.unit <> ?2)", id, c.Unit)
		if err == nil && booked {
			err = invalid("unit", "budget.unit-stays")
		}
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE budget_service SET name = ?, unit = ?, price = ?, cost = ?, quantity = ?, pieces = ?, left_minutes = ? WHERE id = ?", c.Name, c.Unit, c.price, c.cost, c.quantity, c.pieces, c.left, id); err != nil {
			return err
		}
		return tx.reckoned(b)
	})
}

// DeleteService takes off a service on which no time was booked.
func (s *Store) DeleteService(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		b, err := tx.leadService(actor, id)
		if err != nil {
			return err
		}
		booked, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM time_entry WHERE service_id = ?1) OR EXISTS (SELECT 1 FROM service_bill WHERE service_id = ?1)", id)
		if err == nil && booked {
			err = invalid("service", "budget.booked-stays")
		}
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM budget_service WHERE id = ?", id); err != nil {
			return err
		}
		return tx.reckoned(b)
	})
}

func (tx *Tx) leadService(actor Actor, id ID) (budgetOf, error) {
	budget, err := value[ID](tx, "SELECT budget_id FROM budget_service WHERE id = ?", id)
	if err != nil {
		return budgetOf{}, err
	}
	return tx.leadBudget(actor, budget)
}

// AddChange puts an accepted change of scope on a budget of its project as a service of one piece at
// its price, once. Errors: ErrSent when it is on a budget already.
func (s *Store) AddChange(actor Actor, budget, decision ID) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, budget)
		if err != nil {
			return err
		}
		type accepted struct {
			text, currency string
			amount         int64
			there          bool
		}
		a, err := one(tx, func(a *accepted) []any { return []any{&a.text, &a.currency, &a.amount, &a.there} },
			"SELECT l.text, l.currency, l.amount, EXISTS (SELECT 1 FROM budget_service s WHERE s.decision_id = l.decision_id) FROM budget_line l WHERE l.decision_id = ? AND l.project_id = ?", decision, b.ProjectID)
		switch {
		case err != nil:
			return err
		case a.there:
			return ErrSent
		case a.currency != b.Currency:
			return invalid("change", "budget.other-currency", "Currency", a.currency)
		case a.amount < 0 || a.amount > hours.MaxPrice:
			return invalid("change", "amount.too-large")
		}
		if err := tx.run(`INSERT INTO budget_service (id, budget_id, decision_id, name, unit, price, quantity, position)
			VALUES (?,?,?,?,'piece',?,1000, (SELECT coalesce(max(position), 0) + 1 FROM budget_service WHERE budget_id = ?2))`, id, budget, decision, a.text, a.amount); err != nil {
			return err
		}
		return tx.reckoned(b)
	})
	return id, err
}

// AcceptedChange is an accepted change of scope that is on no budget yet.
type AcceptedChange struct {
	DecisionID     ID
	Text, Currency string
	Amount         int64
}

// Changes are those of a project.
func (v *Viewer) Changes(project ID) ([]AcceptedChange, error) {
	return all(v.source, func(a *AcceptedChange) []any { return []any{&a.DecisionID, &a.Text, &a.Currency, &a.Amount} },
		`SELECT l.decision_id, l.text, l.currency, l.amount FROM visible_decision_team v JOIN budget_line l ON l.decision_id = v.decision_id
		WHERE v.viewer_id = ? AND l.project_id = ? AND NOT EXISTS (SELECT 1 FROM budget_service s WHERE s.decision_id = l.decision_id) ORDER BY l.created_at, l.id`, v.ID, project)
}

// BudgetAlerts are the shares of a budget, in percent, at which those who lead hear of it.
var BudgetAlerts = []int{50, 80, 100}

// reckoned lets everybody hear who sees a budget on which something changed, and tells those who
// lead when it went past one of the alerts: of each once, until it falls below again.
func (tx *Tx) reckoned(b budgetOf) error {
	services, err := all(tx, budgetServiceFields, `SELECT s.id, s.budget_id, s.name, s.unit, s.price, s.quantity, s.pieces, s.left_minutes, coalesce(sum(e.billable), 0), coalesce(sum(e.amount), 0)
		FROM budget_service s LEFT JOIN time_entry e ON e.service_id = s.id AND e.state <> 'returned' AND (?2 = '' OR e.day >= ?2) WHERE s.budget_id = ?1 GROUP BY s.id`, b.ID, b.countsFrom(tx.now))
	if err != nil {
		return err
	}
	figures, _ := totalOf(services)
	reached := 0
	for _, alert := range BudgetAlerts {
		if figures.Percent() >= alert {
			reached = alert
		}
	}
	if reached > b.told && slices.Contains(BudgetAlerts, reached) {
		if err := tx.record(happened{project: b.ProjectID, kind: EventBudgetAlert, budget: b.ID, number: reached}); err != nil {
			return err
		}
	}
	if reached != b.told {
		if err := tx.must("UPDATE budget SET told = ? WHERE id = ?", reached, b.ID); err != nil {
			return err
		}
	}
	return tx.changedBudget(b)
}

// countsFrom is since when time counts for an alert: of a retainer since the month began.
func (b budgetOf) countsFrom(now Time) string {
	if b.Kind != BudgetRetainer {
		return ""
	}
	return now.UTC().Format("2006-01") + "-01"
}
