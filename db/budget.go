package db

import (
	"slices"
	"strings"

	"vitrine/db/hours"
)

// Kinds of budgets: a fixed price, time and material up to its sum, so much a month.
const (
	BudgetFixed    = "fixed"
	BudgetCapped   = "capped"
	BudgetRetainer = "retainer"
)

// BudgetKinds in the order in which they are offered.
var BudgetKinds = []string{BudgetFixed, BudgetCapped, BudgetRetainer}

// Budget is what the team knows of one. Open is the switch that shows it to clients who hold
// the right "budgets". Leads says that the viewer manages it and sees what it costs inside:
// for others Cost and Spent are 0. Of a retainer the services stand for one month.
type Budget struct {
	ID, ProjectID, CompanyID    ID
	Project, Company            string
	Name, Currency, Kind, Carry string
	Note                        string // for clients
	StartsOn, EndsOn            Date
	Open, Closed, Approves      bool
	Leads                       bool
	CreatedAt                   Time
	Version                     int64
	Services                    []BudgetService
	Expenses, BillableExpenses  int64 // sums, without tax
	Waiting                     int   // entries and expenses that wait to be approved
}

// BudgetService is one of its services with what was booked on it. DecisionID is the accepted
// change that it came with.
type BudgetService struct {
	ID, BudgetID, DecisionID ID
	Name                     string
	hours.Service
}

// leads says of the budget b that the viewer v manages it.
const leads = "EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = b.project_id)"

const teamBudget = `SELECT b.id, b.project_id, p.company_id, p.name, coalesce(co.name, ''), b.name, b.currency, b.kind, b.carry, b.note, b.starts_on, b.ends_on, b.client_open, b.closed_at IS NOT NULL, p.approves,
	` + leads + `, b.created_at, b.version,
	coalesce((SELECT sum(x.amount) FROM expense x WHERE x.budget_id = b.id), 0), coalesce((SELECT sum(x.amount) FROM expense x WHERE x.budget_id = b.id AND x.billable = 1 AND x.state <> 'returned'), 0),
	iif(p.approves = 0, 0, (SELECT count(*) FROM budget_service s JOIN time_entry e ON e.service_id = s.id WHERE s.budget_id = b.id AND e.state = 'open') + (SELECT count(*) FROM expense x WHERE x.budget_id = b.id AND x.state = 'open'))
	FROM visible_budget_team v JOIN budget b ON b.id = v.budget_id JOIN project p ON p.id = b.project_id LEFT JOIN company co ON co.id = p.company_id`

func budgetFields(b *Budget) []any {
	return []any{&b.ID, &b.ProjectID, &b.CompanyID, &b.Project, &b.Company, &b.Name, &b.Currency, &b.Kind, &b.Carry, &b.Note, &b.StartsOn, &b.EndsOn, &b.Open, &b.Closed, &b.Approves,
		&b.Leads, &b.CreatedAt, &b.Version, &b.Expenses, &b.BillableExpenses, &b.Waiting}
}

// Budgets are those of a project, or of all the viewer's projects (0): open ones first. Of retainers the month
// of today counts.
func (v *Viewer) Budgets(project ID, today Date) ([]Budget, error) {
	clause := "b.project_id = ?2"
	if project == 0 {
		clause = "?2 IS NULL"
	}
	list, err := all(v.source, budgetFields, teamBudget+" WHERE v.viewer_id = ?1 AND "+clause+`
		ORDER BY b.closed_at IS NOT NULL, p.name COLLATE NOCASE, b.project_id, b.created_at, b.id`, v.ID, project)
	if err != nil {
		return nil, err
	}
	return list, v.withServices(list, clause, project, today)
}

// Budget is one of them.
func (v *Viewer) Budget(id ID, today Date) (Budget, error) {
	b, err := one(v.source, budgetFields, teamBudget+" WHERE v.viewer_id = ? AND b.id = ?", v.ID, id)
	if err != nil {
		return b, err
	}
	list := []Budget{b}
	err = v.withServices(list, "b.id = ?2", id, today)
	return list[0], err
}

// withServices adds their services to budgets. What was returned counts for nobody but as worked time.
func (v *Viewer) withServices(budgets []Budget, clause string, id ID, today Date) error {
	services, err := all(v.source, func(s *BudgetService) []any {
		return append(budgetServiceFields(s), &s.DecisionID, &s.Cost, &s.Worked, &s.Spent)
	}, `SELECT s.id, s.budget_id, s.name, s.unit, s.price, s.quantity, s.pieces, s.left_minutes,
			coalesce(sum(iif(e.state = 'returned', 0, e.billable)), 0), coalesce(sum(iif(e.state = 'returned', 0, e.amount)), 0), s.decision_id,
			iif(`+leads+`, s.cost, 0), coalesce(sum(e.minutes), 0), iif(`+leads+`, coalesce(sum(e.cost), 0), 0)
		FROM visible_budget_team v JOIN budget b ON b.id = v.budget_id JOIN budget_service s ON s.budget_id = b.id
		LEFT JOIN time_entry e ON e.service_id = s.id AND (b.kind <> 'retainer' OR substr(e.day, 1, 7) = substr(?3, 1, 7))
		WHERE v.viewer_id = ?1 AND (`+clause+`) GROUP BY s.id ORDER BY s.budget_id, s.position, s.id`, v.ID, id, today)
	for i := range budgets {
		for _, s := range services {
			if s.BudgetID == budgets[i].ID {
				budgets[i].Services = append(budgets[i].Services, s)
			}
		}
	}
	return err
}

func budgetServiceFields(s *BudgetService) []any {
	return []any{&s.ID, &s.BudgetID, &s.Name, &s.Unit, &s.Price, &s.Quantity, &s.Pieces, &s.Left, &s.Billable, &s.Amount}
}

// Figures are the sums of a budget's services; of a retainer its months say more.
func (b Budget) Figures() (hours.Figures, hours.Inside) { return totalOf(b.Services) }

func totalOf(services []BudgetService) (hours.Figures, hours.Inside) {
	list := make([]hours.Service, len(services))
	for i, s := range services {
		list[i] = s.Service
	}
	return hours.Total(list)
}

// BudgetReaders are the people of the client who see a budget while it is open to them, by name.
func (v *Viewer) BudgetReaders(budget ID) ([]Person, error) {
	return all(v.source, personFields, "SELECT "+personColumns+` FROM visible_budget_team v JOIN budget b ON b.id = v.budget_id JOIN may_read_budgets_client r ON r.project_id = b.project_id JOIN person p ON p.id = r.viewer_id
		WHERE v.viewer_id = ? AND b.id = ? ORDER BY p.name, p.id`, v.ID, budget)
}

// Months of a retainer, the oldest first, up to the month of today; none of another kind.
func (v *Viewer) Months(b Budget, today Date) ([]hours.Month, error) {
	if b.Kind != BudgetRetainer {
		return nil, nil
	}
	used, err := all(v.source, monthFields, `SELECT substr(e.day, 1, 7), sum(e.billable) FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id JOIN budget_service s ON s.id = e.service_id
		WHERE v.viewer_id = ? AND s.budget_id = ? AND e.state <> 'returned' GROUP BY 1`, v.ID, b.ID)
	figures, _ := b.Figures()
	return months(figures.Initial, b.Carry, b.StartsOn, today, used), err
}

type monthUsed struct {
	month   string
	minutes int
}

func monthFields(m *monthUsed) []any { return []any{&m.month, &m.minutes} }

// months begin with the month in which the budget does, or the first that has time.
func months(included int, carry string, starts, today Date, list []monthUsed) []hours.Month {
	used, first := map[string]int{}, string(today)
	if starts != "" {
		first = string(starts)
	}
	for _, m := range list {
		used[m.month] = m.minutes
		first = min(first, m.month)
	}
	return hours.Retainer(included, carry, first[:min(7, len(first))], string(today)[:7], used)
}

// Pace is how many billable minutes were used in each of the four weeks before today.
func (v *Viewer) Pace(budget ID, today Date) ([]int, error) {
	days, err := all(v.source, monthFields, `SELECT e.day, sum(e.billable) FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id JOIN budget_service s ON s.id = e.service_id
		WHERE v.viewer_id = ? AND s.budget_id = ? AND e.state <> 'returned' AND e.day > ? AND e.day <= ? GROUP BY 1`, v.ID, budget, today.Plus(-28), today)
	return paceOf(days, today), err
}

func paceOf(days []monthUsed, today Date) []int {
	weeks := make([]int, 4)
	for _, day := range days {
		if i := slices.IndexFunc([]int{-7, -14, -21, -28}, func(n int) bool { return strings.Compare(day.month, string(today.Plus(n))) > 0 }); i >= 0 {
			weeks[i] += day.minutes
		}
	}
	return weeks
}

// ServiceBudget is the budget of a service.
func (v *Viewer) ServiceBudget(service ID) (ID, error) {
	return value[ID](v.source, "SELECT s.budget_id FROM visible_budget_service_team v JOIN budget_service s ON s.id = v.budget_service_id WHERE v.viewer_id = ? AND s.id = ?", v.ID, service)
}

// Approves says whether clients see work of a project once it was approved.
func (v *Viewer) Approves(project ID) (bool, error) {
	return value[bool](v.source, "SELECT p.approves FROM visible_project_team v JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ? AND p.id = ?", v.ID, project)
}
