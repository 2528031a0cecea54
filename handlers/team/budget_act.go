package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/hours"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// EditBudget takes what a budget says of itself; where somebody else was quicker both are shown.
func (t *Team) EditBudget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, budgetFields...)
	err = t.Store.EditBudget(t.Actor(c), id, budgetForm(form))
	if conflict := conflictOf(err); conflict != nil {
		return t.budgetStill(c, id, fiber.StatusConflict, sentBudget{text: &form, theirs: conflict})
	}
	return t.budgetDone(c, id, err, sentBudget{text: &form}, &form)
}

// budgetDone leads back to a budget, or shows what is wrong with a form of it.
func (t *Team) budgetDone(c *fiber.Ctx, id db.ID, err error, sent sentBudget, form *web.Form) error {
	if form.Refused(t.Words(c), err) {
		return t.budgetStill(c, id, fiber.StatusUnprocessableEntity, sent)
	}
	if err != nil {
		return err
	}
	at := budgetURL(id) + "?said=saved"
	if sent.part != "" {
		at += "&tab=" + sent.part
	}
	return web.SeeOther(c, at)
}

// OpenBudget turns the switch that shows a budget to its clients.
func (t *Team) OpenBudget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "open")
	err = t.Store.OpenBudget(t.Actor(c), id, form.Value("open") == "1")
	return t.budgetDone(c, id, err, sentBudget{}, &form)
}

// CloseBudget ends a budget or takes it up again.
func (t *Team) CloseBudget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "closed")
	err = t.Store.CloseBudget(t.Actor(c), id, form.Value("closed") == "1")
	return t.budgetDone(c, id, err, sentBudget{}, &form)
}

// DeleteBudget erases one on which nothing was booked.
func (t *Team) DeleteBudget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	var project db.ID
	if err := t.look(c, func(s sight) error { thread, err := s.Thread(id); project = thread.ProjectID; return err }); err != nil {
		return err
	}
	form := web.ReadForm(c)
	if err := t.Store.DeleteBudget(t.Actor(c), id); err != nil {
		return t.budgetDone(c, id, err, sentBudget{text: &form}, &form)
	}
	return web.SeeOther(c, projectURL(project)+"/budgets")
}

var serviceFields = []string{"name", "unit", "price", "cost", "quantity", "pieces", "left"}

func serviceForm(form web.Form) db.ServiceForm {
	return db.ServiceForm{Name: form.Value("name"), Unit: form.Value("unit"), Price: form.Value("price"), Cost: form.Value("cost"), Quantity: form.Value("quantity"), Pieces: form.Value("pieces"), Left: form.Value("left")}
}

// AddService takes a new service of a budget.
func (t *Team) AddService(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, serviceFields...)
	_, err = t.Store.AddService(t.Actor(c), id, serviceForm(form))
	return t.budgetDone(c, id, err, sentBudget{service: &form}, &form)
}

// AddChange puts an accepted change on a budget.
func (t *Team) AddChange(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "decision")
	decision, err := db.ParseID(form.Value("decision"))
	if err == nil {
		_, err = t.Store.AddChange(t.Actor(c), id, decision)
	}
	return t.budgetDone(c, id, err, sentBudget{service: &form}, &form)
}

// servicePage is the form of a service.
type servicePage struct {
	head
	Budget  db.Budget
	Service db.BudgetService
	Form    web.Form
	Units   []string
}

// service is a service of a budget that the viewer manages.
func (s sight) service(id db.ID) (db.Budget, db.BudgetService, error) {
	budget, err := s.ServiceBudget(id)
	if err != nil {
		return db.Budget{}, db.BudgetService{}, err
	}
	b, err := s.Viewer.Budget(budget, db.Date(s.Today()))
	if err == nil && !b.Leads {
		err = db.ErrDenied
	}
	for _, service := range b.Services {
		if service.ID == id {
			return b, service, err
		}
	}
	return b, db.BudgetService{}, db.ErrNotFound
}

// EditServiceForm shows the form of a service to whoever manages its budget.
func (t *Team) EditServiceForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.serviceStill(c, id, fiber.StatusOK, nil)
}

func (t *Team) serviceStill(c *fiber.Ctx, id db.ID, status int, sent *web.Form) error {
	return t.still(c, status, "team/service", func(s sight) (content, []live.Region, error) {
		b, service, err := s.service(id)
		if err != nil {
			return content{}, nil, err
		}
		f := service.Form(b.Currency)
		page := servicePage{Budget: b, Service: service, Units: hours.Units, Form: web.FormOf(map[string]string{"name": f.Name, "unit": f.Unit, "price": f.Price, "cost": f.Cost, "quantity": f.Quantity, "pieces": f.Pieces, "left": f.Left})}
		if sent != nil {
			page.Form = *sent
		}
		page.head, err = s.head(b.ProjectID, "budgets")
		return content{service.Name, page}, nil, err
	})
}

// EditService takes that form.
func (t *Team) EditService(c *fiber.Ctx) error {
	return t.serviceDone(c, func(id db.ID, form web.Form) error { return t.Store.EditService(t.Actor(c), id, serviceForm(form)) })
}

// DeleteService takes off a service on which no time was booked.
func (t *Team) DeleteService(c *fiber.Ctx) error {
	return t.serviceDone(c, func(id db.ID, _ web.Form) error { return t.Store.DeleteService(t.Actor(c), id) })
}

func (t *Team) serviceDone(c *fiber.Ctx, do func(db.ID, web.Form) error) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var budget db.ID
	if err := t.look(c, func(s sight) (err error) { budget, err = s.ServiceBudget(id); return err }); err != nil {
		return err
	}
	form := web.ReadForm(c, serviceFields...)
	err = do(id, form)
	if form.Refused(t.Words(c), err) {
		return t.serviceStill(c, id, fiber.StatusUnprocessableEntity, &form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, budgetURL(budget)+"?said=saved")
}
