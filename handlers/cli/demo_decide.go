package cli

import (
	"errors"
	"strings"

	"vitrine/db"
)

// websiteDecisions is what the client was asked, and handed over, and what came of it.
func (d *demo) websiteDecisions() {
	d.asks(-40, "11:00", "Should prices show before sign-in?", db.DecisionForm{Kind: db.KindDirection,
		Context:  "Shops that buy wholesale see other prices than visitors. We can show everybody the shop's prices, or ask people to sign in first.",
		IfSilent: "We build it so that prices show.",
		Options: []db.OptionForm{{Title: "Prices for everybody", Text: "Visitors see at once what a bowl costs.", Recommended: true},
			{Title: "Prices after sign-in", Text: "Nobody compares you with others, and fewer people stay.", Days: "2"}}, DueOn: d.date(-36)}, nil)
	d.answers(-34, "18:40", "Should prices show before sign-in?", db.Choose, "Prices for everybody", "As long as wholesale prices stay hidden.")

	d.asks(-6, "09:12", payment, db.DecisionForm{Kind: db.KindBudget, Currency: "EUR", DueOn: d.date(4),
		Context: "The payment service decides how checkout works, what each order costs you, and when we can launch. " +
			"Nikos starts checkout next week, so this is the last moment to choose without losing days.",
		IfSilent: "Checkout waits, and each working day moves the launch by a day.",
		Options: []db.OptionForm{
			{Title: "Your bank’s own card page", Text: "- You already have the contract\n- Each order costs 0.9%\n- Customers leave the shop to pay, and on phones about one in five gives up", Cost: "0", Days: "0"},
			{Title: "A payment service inside the shop", Text: "- Cards and phone wallets, without leaving the page\n- Each order costs 1.4%\n- A second contract to sign", Cost: "620.00", Days: "4", Recommended: true},
			{Title: "The same service, and cash on delivery", Text: "- About a third of Greek orders are paid in cash\n- Needs an agreement with the courier first", Cost: "1426.00", Days: "10"}}},
		[]string{"Checkout and payments", "Shipping rules and prices", "Launch and redirects"})
	d.on(-2, "15:40", func() error {
		return d.changeDecision(payment, func(form *db.DecisionForm) {
			form.Options[1].Text = strings.Replace(form.Options[1].Text, "1.4%", "1.2%", 1)
			form.Options[2].Text += "\n- Each order costs 1.2%"
		})
	})
	d.ago(200, func() error {
		_, err := d.store.ProposeChange(d.people["Eleni"], d.projects[website], "A page for the spring fair", "We are at the fair in May and would like a page with our stand, the hours, and a form to make an appointment.")
		return err
	})
	d.delivers()
}

const (
	payment = "Which payment service should the shop use?"
	design  = "Product page design"
)

// delivers is a deliverable in three versions, of which the client sent back one.
func (d *demo) delivers() {
	d.on(-14, "09:00", func() error {
		return d.atPhase(website, "Design", func(phase db.ID) error {
			id, err := d.store.AddDeliverable(d.people["Maria"], d.projects[website], db.DeliverableForm{Name: design, Milestone: phase.String(),
				Description: "How a piece is shown: photos, sizes, price and care advice, on a phone and on a large screen.", Tasks: []string{d.tasks[design].String()}})
			d.delivered = id
			return err
		})
	})
	d.hands(-12, "15:00", "One photo at a time, sizes in a list.", "Product page, version 1\n\nPhotos: one at a time, with arrows.\nSizes: a list, the middle one chosen.\nPrice: under the photos.\nCare advice: on a page of its own.\n")
	d.sends(-11, "11:40", db.Changes, "The photos are too small on my phone, and people will not find the care advice.")
	d.hands(-6, "12:30", "Larger photos, and care advice on the page.", "Product page, version 2\n\nPhotos: large, side by side, five for each piece.\nSizes: a list, the middle one chosen.\nPrice: under the photos.\nCare advice: beside the price.\n")
	d.sends(-5, "17:05", db.Changes, "Much better. Please show the sizes as buttons, with their centimetres.")
	d.hands(-1, "15:05", "Sizes are buttons now, each with its centimetres.", "Product page, version 3\n\nPhotos: large, side by side, five for each piece.\nSizes: buttons, each with its centimetres.\nPrice: under the photos.\nCare advice: beside the price.\n")
}

// asks puts a question to Eleni, with the tasks that wait for it.
func (d *demo) asks(day int, clock, question string, form db.DecisionForm, tasks []string) {
	d.on(day, clock, func() error {
		form.Question, form.Mode, form.Deciders = question, db.AnyOne, []string{d.people["Eleni"].ID.String()}
		for _, title := range tasks {
			form.Tasks = append(form.Tasks, d.tasks[title].String())
		}
		id, err := d.store.AddDecision(d.people["Katerina"], d.projects[website], form)
		if err != nil {
			return err
		}
		d.decisions[question] = id
		return d.store.AskDecision(d.people["Katerina"], id, 1)
	})
}

// changeDecision asks something again, in other words.
func (d *demo) changeDecision(question string, change func(*db.DecisionForm)) error {
	var now db.Decision
	if err := d.see(func(v *db.Viewer) (err error) { now, err = v.Decision(d.decisions[question]); return err }); err != nil {
		return err
	}
	form := now.Form()
	change(&form)
	return d.store.EditDecision(d.people["Katerina"], now.ID, form)
}

// answers has Eleni choose, and seals it.
func (d *demo) answers(day int, clock, question, outcome, option, comment string) {
	d.on(day, clock, func() error {
		var now db.Decision
		if err := d.see(func(v *db.Viewer) (err error) { now, err = v.Decision(d.decisions[question]); return err }); err != nil {
			return err
		}
		form := db.AnswerForm{Edition: now.Now.Number, Shown: db.Shown{Milestone: now.Milestone}.Hash(), Outcome: outcome, Comment: comment}
		for _, o := range now.Options {
			if o.Title == option {
				form.Option = o.ID.String()
			}
		}
		return d.signs(now.ID, form)
	})
}

// sends is Eleni's answer to the version that lies with her.
func (d *demo) sends(day int, clock, outcome, comment string) {
	d.on(day, clock, func() error {
		var deliverable db.Deliverable
		if err := d.see(func(v *db.Viewer) (err error) { deliverable, err = v.Deliverable(d.delivered); return err }); err != nil {
			return err
		}
		for _, version := range deliverable.Versions {
			if version.Newest {
				shown := db.Shown{Version: version.SHA256, Deliverable: deliverable.Name, Description: deliverable.Description}
				return d.signs(version.DecisionID, db.AnswerForm{Edition: 1, Shown: shown.Hash(), Outcome: outcome, Comment: comment}, version.Files...)
			}
		}
		return errors.New("nothing was delivered")
	})
}

// signs signs Eleni in for one answer, before which she opens what it is about: a
// record says how somebody was signed in.
func (d *demo) signs(decision db.ID, form db.AnswerForm, about ...db.File) error {
	token, err := d.store.SignInLink(demoClient)
	if err != nil {
		return err
	}
	session, _, err := d.store.UseSignInLink(token, "")
	if err != nil {
		return err
	}
	eleni, err := d.store.Login(session)
	if err != nil {
		return err
	}
	for _, file := range about {
		if err := d.store.OpenFile(eleni, file.ID); err != nil {
			return err
		}
	}
	if _, err := d.store.Answer(eleni, decision, form); err != nil {
		return err
	}
	return d.store.EndSession(eleni, eleni.Session)
}

// finish does what was asked for with the last version.
func (d *demo) finish() error {
	var now db.Deliverable
	if err := d.see(func(v *db.Viewer) (err error) { now, err = v.Deliverable(d.delivered); return err }); err != nil {
		return err
	}
	for _, task := range now.Tasks {
		if task.Kind != db.Todo {
			continue
		}
		d.tasks[task.Title] = task.ID
		if err := d.change(task.Title, "Maria", func(form *db.TaskForm) error {
			form.Estimate, form.Assignees = "4", []string{d.people["Maria"].ID.String()}
			return nil
		}); err != nil {
			return err
		}
		if err := d.move(task.Title, "Maria", db.Done)(); err != nil {
			return err
		}
	}
	return nil
}

// hands delivers a version with one file, once what was asked for is done.
func (d *demo) hands(day int, clock, note, text string) {
	d.on(day, clock, func() error {
		if err := d.finish(); err != nil {
			return err
		}
		file, err := d.store.Receive(strings.NewReader(text), 1<<20)
		if err != nil {
			return err
		}
		defer file.Discard()
		file.Name, file.MediaType = "Product page.txt", "text/plain; charset=utf-8"
		if _, err := d.store.AddVersionFiles(d.people["Maria"], d.delivered, []*db.Received{file}); err != nil {
			return err
		}
		_, err = d.store.Deliver(d.people["Maria"], d.delivered, db.DeliverForm{Note: note, DueOn: d.date(day + 4), Mode: db.AnyOne, Deciders: []string{d.people["Eleni"].ID.String()}})
		return err
	})
}
