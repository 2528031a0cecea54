package db

import "vitrine/db/hours"

// ClientBudget is a budget as those of its clients see it who hold the right, while it is open to
// them. Approves says that work appears once it was approved. The services count only what they
// see; of what was worked and what it costs there is nothing.
type ClientBudget struct {
	ID, ProjectID               ID
	Name, Currency, Kind, Carry string
	Note                        string
	StartsOn, EndsOn            Date
	Closed, Approves            bool
	Services                    []ClientService
	Expenses                    int64 // their sum, without tax
}

// ClientService is one of its services.
type ClientService struct {
	ID, BudgetID            ID
	Name, Unit              string
	Price, Quantity, Pieces int64
	Left                    *int
	Billable                int
	Amount                  int64
}

// Figures of a service, as hours.Service reckons them.
func (s ClientService) Figures() hours.Figures { return s.service().Figures() }

func (s ClientService) service() hours.Service {
	return hours.Service{Unit: s.Unit, Price: s.Price, Quantity: s.Quantity, Pieces: s.Pieces, Left: s.Left, Billable: s.Billable, Amount: s.Amount}
}

// Figures are the sums of a budget's services.
func (b ClientBudget) Figures() hours.Figures {
	list := make([]hours.Service, len(b.Services))
	for i, s := range b.Services {
		list[i] = s.service()
	}
	figures, _ := hours.Total(list)
	return figures
}

const clientBudgetColumns = "b.id, b.project_id, b.name, b.currency, b.kind, b.carry, b.note, b.starts_on, b.ends_on, b.closed, b.approves, coalesce((SELECT sum(x.amount) FROM client_expense x WHERE x.budget_id = b.id), 0)"

func clientBudgetFields(b *ClientBudget) []any {
	return []any{&b.ID, &b.ProjectID, &b.Name, &b.Currency, &b.Kind, &b.Carry, &b.Note, &b.StartsOn, &b.EndsOn, &b.Closed, &b.Approves, &b.Expenses}
}

// Budgets are those of a project that the viewer sees, or of all their projects (0): open ones first, by name. Of retainers the
// month of today counts.
func (g *Glass) Budgets(project ID, today Date) ([]ClientBudget, error) {
	list, err := all(g, clientBudgetFields, "SELECT "+clientBudgetColumns+" FROM client_budget b WHERE ?1 IS NULL OR b.project_id = ?1 ORDER BY b.closed, lower(b.name), b.id", project)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, g.withServices(list, "?1 IS NULL OR b.project_id = ?1", project, today)
}

// Budget is one of them.
func (g *Glass) Budget(id ID, today Date) (ClientBudget, error) {
	b, err := one(g, clientBudgetFields, "SELECT "+clientBudgetColumns+" FROM client_budget b WHERE b.id = ?", id)
	if err != nil {
		return b, err
	}
	list := []ClientBudget{b}
	err = g.withServices(list, "b.id = ?1", id, today)
	return list[0], err
}

// withServices adds their services to budgets, with the time that the viewer sees.
func (g *Glass) withServices(budgets []ClientBudget, clause string, id ID, today Date) error {
	services, err := all(g, func(s *ClientService) []any {
		return []any{&s.ID, &s.BudgetID, &s.Name, &s.Unit, &s.Price, &s.Quantity, &s.Pieces, &s.Left, &s.Billable, &s.Amount}
	}, `SELECT s.id, s.budget_id, s.name, s.unit, s.price, s.quantity, s.pieces, s.left_minutes,
			coalesce(sum(e.minutes), 0), coalesce(sum(e.amount), 0)
		FROM client_budget b JOIN client_budget_service s ON s.budget_id = b.id
		LEFT JOIN client_time_entry e ON e.service_id = s.id AND (b.kind <> 'retainer' OR substr(e.day, 1, 7) = substr(?2, 1, 7)) WHERE `+clause+" GROUP BY s.id ORDER BY s.budget_id, s.position, s.id", id, today)
	for i := range budgets {
		for _, s := range services {
			if s.BudgetID == budgets[i].ID {
				budgets[i].Services = append(budgets[i].Services, s)
			}
		}
	}
	return err
}

// ClientTimeEntry is work that counts for the client. Wording is "" where nothing was written for
// clients and they do not see its task; Author "" stands for the team. InvoiceID is the bill on
// which it stands, where the viewer sees that.
type ClientTimeEntry struct {
	ID, BudgetID, ServiceID, AuthorID, InvoiceID ID
	Service, Wording, Author, Invoice            string
	Day                                          Date
	Minutes                                      int
	Amount                                       int64
}

// TimeEntries are those of a budget between two days ("" for no end), of one service or of all (0), newest first.
func (g *Glass) TimeEntries(budget, service ID, from, to Date) ([]ClientTimeEntry, error) {
	return all(g, func(e *ClientTimeEntry) []any {
		return []any{&e.ID, &e.BudgetID, &e.ServiceID, &e.Service, &e.Day, &e.Minutes, &e.Amount, &e.Wording, &e.Author, &e.AuthorID, &e.InvoiceID, &e.Invoice}
	}, `SELECT id, budget_id, service_id, service, day, minutes, amount, wording, coalesce(author, ''), author_id, invoice_id, coalesce(invoice, '') FROM client_time_entry
		WHERE budget_id = ?1 AND (?2 IS NULL OR service_id = ?2) AND (?3 IS NULL OR day >= ?3) AND (?4 IS NULL OR day <= ?4) ORDER BY day DESC, id DESC LIMIT 5000`, budget, service, from, to)
}

// ClientExpense is money that was spent on a budget. ReceiptID is its file where the viewer may open it.
type ClientExpense struct {
	ID, BudgetID, InvoiceID, ReceiptID ID
	Day                                Date
	Amount                             int64
	Wording, Supplier, Invoice         string
}

// Expenses are those of a budget, newest first.
func (g *Glass) Expenses(budget ID) ([]ClientExpense, error) {
	return all(g, func(x *ClientExpense) []any {
		return []any{&x.ID, &x.BudgetID, &x.Day, &x.Amount, &x.Wording, &x.Supplier, &x.ReceiptID, &x.InvoiceID, &x.Invoice}
	}, "SELECT id, budget_id, day, amount, wording, supplier, receipt_id, invoice_id, coalesce(invoice, '') FROM client_expense WHERE budget_id = ? ORDER BY day DESC, id DESC LIMIT 5000", budget)
}

// Months of a retainer, the oldest first, up to the month of today; none of another kind.
func (g *Glass) Months(b ClientBudget, today Date) ([]hours.Month, error) {
	if b.Kind != BudgetRetainer {
		return nil, nil
	}
	used, err := all(g, monthFields, "SELECT substr(day, 1, 7), sum(minutes) FROM client_time_entry WHERE budget_id = ? GROUP BY 1", b.ID)
	return months(b.Figures().Initial, b.Carry, b.StartsOn, today, used), err
}

// Pace is how many minutes were used in each of the four weeks before today.
func (g *Glass) Pace(budget ID, today Date) ([]int, error) {
	days, err := all(g, monthFields, "SELECT day, sum(minutes) FROM client_time_entry WHERE budget_id = ? AND day > ? AND day <= ? GROUP BY 1", budget, today.Plus(-28), today)
	return paceOf(days, today), err
}
