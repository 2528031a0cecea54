package cli

import (
	"fmt"

	"vitrine/db"
)

// addTime is the website's budget, opened to the client, with the work of seven weeks.
func (d *demo) addTime() {
	var budget db.ID
	services := map[string]db.ID{}
	d.on(-48, "09:30", func() (err error) {
		katerina, website := d.people["Katerina"], d.projects[website]
		if budget, err = d.store.AddBudget(katerina, website, db.BudgetForm{Name: "Website", Currency: "EUR", Kind: db.BudgetCapped, StartsOn: d.dayOf(-48),
			Note: "Design took 6 hours more than planned, for the third version of the product page. Discovery took 1.5 hours less. A decision that changes the budget asks you first."}); err != nil {
			return err
		}
		if err := d.store.SetApproves(katerina, website, true); err != nil {
			return err
		}
		for _, s := range []struct{ name, hours, left string }{{"Discovery", "40", "0"}, {"Design", "90", "0"}, {"Build", "120", ""}, {"Content and migration", "30", ""}, {"Testing and launch", "20", ""}} { // five
			if services[s.name], err = d.store.AddService(katerina, budget, db.ServiceForm{Name: s.name, Unit: "hour", Price: "62", Cost: "34", Quantity: s.hours, Left: s.left}); err != nil {
				return err
			}
		}
		return d.store.OpenBudget(katerina, budget, true)
	})
	for _, w := range []struct {
		service, who  string
		from, entries int
		minutes       int
		words         string
	}{{"Discovery", "Katerina", -47, 6, 385, "Interviews and page plan"}, {"Design", "Maria", -40, 15, 384, "Page designs"}, {"Build", "Nikos", -21, 8, 435, "Templates and gallery"}, {"Content and migration", "Maria", -9, 2, 285, "First 40 products checked"}} {
		for n := range w.entries { // each day's work is a line of its own
			d.on(w.from+n+n/5*2, "17:30", func() error {
				_, err := d.store.AddTime(d.people[w.who], db.TimeForm{Service: services[w.service].String(), Day: d.dayOf(w.from + n + n/5*2), Minutes: fmt.Sprintf("%dm", w.minutes), Wording: w.words})
				return err
			})
		}
	}
	d.on(-3, "09:00", func() error {
		var waiting db.Judgement
		if err := d.see(func(v *db.Viewer) error {
			entries, _, err := v.Approvals(d.projects[website])
			for _, e := range entries {
				waiting.Entries = append(waiting.Entries, e.ID)
			}
			return err
		}); err != nil {
			return err
		}
		waiting.Approve = true
		return d.store.Judge(d.people["Katerina"], waiting)
	})
	for _, x := range []db.ExpenseForm{{Amount: "780", Wording: "Photography at the workshop", Supplier: "Lefteris Manos, photographer"}, {Amount: "64", Wording: "Font licence, one year", Supplier: "Typotopia"}, {Amount: "96", Wording: "Test phones, two weeks of hire", Supplier: "Orfeas Rentals"}} {
		d.on(-12, "12:00", func() error {
			x.Day, x.Billable = d.dayOf(-14), true
			id, err := d.store.AddExpense(d.people["Nikos"], budget, x, nil)
			if err != nil {
				return err
			}
			return d.store.Judge(d.people["Katerina"], db.Judgement{Expenses: []db.ID{id}, Approve: true})
		})
	}
	for _, e := range []db.TimeForm{{Minutes: "3:30", Wording: "Gallery on small screens"}, {Minutes: "1:15", Wording: "Search, first results"}} {
		d.on(-1, "17:00", func() error {
			e.Service, e.Day = services["Build"].String(), d.dayOf(-1)
			_, err := d.store.AddTime(d.people["Nikos"], e)
			return err
		})
	}
}
