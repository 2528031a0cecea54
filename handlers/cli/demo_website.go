package cli

import "vitrine/db"

const website = "Website Redesign"

// addWebsite is the project that the demo is about: past its middle, with 24
// tasks that the client sees and two that it does not.
func (d *demo) addWebsite() {
	d.begin(-73, func() db.ProjectForm {
		return db.ProjectForm{Name: website, Company: ceramics, StartsOn: d.date(-73), EndsOn: d.date(29),
			Description: "A new shop and website for Papadopoulos Ceramics, in Greek and English, ready before the season opens.",
			Internal:    "Fixed price for design and build. Content by the hour, at most 40 hours."}
	}, append(append([]demoMember(nil), studioMembers...), potters...))
	d.phases(website, -73, []demoPhase{{"Discovery", -73, -55, -55}, {"Design", -59, -3, 0}, {"Build", -31, 8, 0}, {"Checkout", 4, 22, 0},
		{"Content", -10, 29, 0}, {"Testing and launch", 18, 36, 0}})
	d.labels(website, -73)
	d.plan(website, -72, websiteTasks)
	d.ago(3, d.move("Wholesale sign-up form", "Nikos", db.Doing))
	d.on(-1, "15:05", d.move("Product page design", "Maria", db.Review))
	d.on(-6, "09:12", d.move("Checkout and payments", "Katerina", db.Review))
	d.on(-2, "10:20", func() error {
		return d.change(gallery, "Maria", func(form *db.TaskForm) error { form.DueOn = d.date(6); return nil })
	})
	d.websiteTalk()
	d.websiteDecisions()
	d.websiteCourse()
}

const gallery = "Product page: gallery and sizes"

var websiteTasks = []demoTask{
	{title: "Kick-off at the workshop", milestone: "Discovery", who: "Katerina", hours: 6, due: -69, started: -71, done: -69},
	{title: "Look at the old shop and its numbers", milestone: "Discovery", who: "Nikos", hours: 10, due: -62, started: -69, done: -62},
	{title: "Page plan and menu", milestone: "Discovery", who: "Maria", hours: 12, due: -56, started: -64, done: -57,
		description: "Which pages there are, what each is for, and how people find a bowl by its size."},
	{title: "Colours and type", milestone: "Design", who: "Maria", hours: 14, due: -45, started: -56, done: -46},
	{title: "Home page design", after: "Colours and type", milestone: "Design", who: "Maria", hours: 16, due: -34, started: -45, done: -35},
	{title: "Category page design", milestone: "Design", who: "Maria", hours: 14, due: -21, started: -34, done: -20, label: "Shop"},
	{title: "Workshop story page design", milestone: "Design", who: "Maria", hours: 10, due: -17, started: -24, done: -17, label: "Content"},
	{title: "Menu on the phone", milestone: "Design", who: "Maria", hours: 8, due: -12, started: -19, done: -13},
	{title: "Product page design", milestone: "Design", who: "Maria", second: "Eleni", hours: 18, starts: -20, due: 1, started: -13, priority: "high", label: "Shop",
		description: "Large photos, sizes as buttons, and care advice beside the price. Version 3 is ready for you to look at.",
		acceptance:  "you have seen it on your phone and on a large screen, and have no change left to ask for.",
		items:       []string{"x First version", "x Second version, with larger photos", "x Third version, with sizes as buttons", "Your yes"}},
	{title: "Test site and hosting", milestone: "Build", who: "Nikos", hours: 8, due: -27, started: -31, done: -28},
	{title: "Category page build", after: "Category page design", milestone: "Build", who: "Nikos", hours: 14, due: -6, started: -20, done: -6, label: "Shop"},
	{title: "Greek and English switch", milestone: "Build", who: "Nikos", hours: 12, due: -3, started: -10, done: -3,
		description: "Every page in both languages. Whoever comes back sees the language they chose."},
	{title: "Search", milestone: "Build", who: "Nikos", hours: 12, due: -1, started: -7, done: -1, label: "Shop",
		description: "People find a piece by name, colour, size or series, also when they leave out the accents."},
	{title: gallery, milestone: "Build", who: "Nikos", second: "Maria", hours: 18, starts: -8, due: 4, started: -8, priority: "high", label: "Shop",
		description: "Visitors see each piece from every side and choose its size before they add it to the basket. It follows the approved product page design.\n\n" +
			"- Five photos for each piece, the first one large\n- Sizes as buttons, each with its centimetres\n- Care advice beside the price, in Greek and English\n- Works on a phone with one hand",
		acceptance: "the twelve pieces of the Kyma series are on the test site and you have tried them on your phone.",
		internal:   "18 h estimated, 14 h used. No zoom in the offer.",
		items:      []string{"x Gallery with five photos", "x Sizes as buttons", "x Centimetres for every size", "Care advice in Greek and English", "One-handed on a phone"}},
	{title: "Wholesale sign-up form", after: "Category page build", milestone: "Build", who: "Nikos", hours: 10, due: 5, label: "Shop",
		description: "Shops ask for wholesale prices with a short form. You answer each one yourselves."},
	{title: "Store locator", milestone: "Build", who: "Maria", hours: 8, due: 1, started: -4,
		description: "A page with the shops that carry your pieces, sorted by town."},
	{title: "Photo day at the workshop", milestone: "Content", who: "Maria", hours: 10, due: -9, started: -16, done: -9, label: "Content"},
	{title: "Texts for the workshop story", milestone: "Content", who: "Maria", hours: 8, due: -4, started: -10, done: -4, label: "Content"},
	{title: "Move 612 products", milestone: "Content", who: "Maria", hours: 40, due: 29, started: -5, label: "Content",
		description: "Every product moves from the old shop with its photos, sizes, weights and prices, in both languages.",
		internal:    "Their list has 40 products without a weight. Ask Stavros, do not guess.",
		items:       []string{"x Kyma series, 12 pieces", "x Bowls, 96 pieces", "Plates, 148 pieces", "Cups, 176 pieces", "Everything else, 180 pieces"}},
	{title: "Newsletter and order emails", milestone: "Content", who: "Maria", hours: 12, due: 20, priority: "low", label: "Content"},
	{title: "Checkout and payments", after: gallery, milestone: "Checkout", who: "Nikos", hours: 40, starts: 4, due: 22, started: -8, priority: "high", label: "Shop",
		description: "Paying by card, with the bank or inside the shop. Which service it is decides how this is built.",
		acceptance:  "a test order in each way of paying arrives in your mailbox with the right amount."},
	{title: "Shipping rules and prices", milestone: "Checkout", who: "Nikos", hours: 14, due: 15, label: "Shop"},
	{title: "Accessibility and speed check", after: "Shipping rules and prices", milestone: "Testing and launch", who: "Maria", hours: 24, starts: 18, due: 29, priority: "high"},
	{title: "Launch and redirects", after: "Accessibility and speed check", milestone: "Testing and launch", who: "Katerina", hours: 12, due: 36, priority: "high",
		description: "The new shop takes over the old address, and old links lead to the new pages."},
	{title: "Ask the host for a yearly price", who: "Katerina", hours: 1, due: 15, priority: "low", private: true},
	{title: "Check scope of wholesale price tiers", who: "Katerina", hours: 2, due: 4, started: -3, priority: "high", private: true, label: "Scope risk",
		internal: "Two tiers are in the offer, Stavros spoke of four."},
}

// websiteTalk is what was said on the tasks.
func (d *demo) websiteTalk() {
	d.reply(-3, "10:05", "Nikos", gallery, "The new gallery is on the test site. Sizes come next. The small plates have three, so I would like to show them as buttons rather than a list. Is that fine with you?")
	d.reply(-3, "12:34", "Eleni", gallery, "Buttons are better. Please keep the centimetres next to each size, people call us about it every week.")
	d.note(-2, "09:20", "Nikos", gallery, "Photos arrive in four different sizes. This is taking longer than estimated and might touch the budget. Katerina, can we talk before Friday?")
	d.note(-2, "09:48", "Katerina", gallery, "Four hours left in Build for this. Do not promise the zoom yet, it may become a scope question.")
	d.ago(89, func() error {
		return d.say("Maria", d.tasks[gallery], "Centimetres are in, for every size. We also crop all photos the same way now, so the page no longer jumps when you change photo.")
	})
	d.ago(6, func() error {
		return d.say("Eleni", d.tasks[gallery], "Lovely. Can people zoom in on the glaze? That is what they ask for at the fair.")
	})
	d.reply(-1, "15:08", "Maria", "Product page design", "Version 3 is on the test site: large photos, sizes as buttons, and care advice beside the price. Please look at it on your phone too.")
	d.note(-1, "15:20", "Maria", "Product page design", "If they ask for a fourth version we are over the two rounds of the offer.")
	d.reply(-5, "11:15", "Katerina", "Checkout and payments", "Before Nikos starts we need to know which payment service you want. The bank's page costs least, a service inside the shop is kinder on a phone.")
	d.reply(-3, "18:02", "Eleni", "Checkout and payments", "1.4% for each order is a lot for us. Can we talk about it on Monday?")
	d.note(-2, "15:40", "Katerina", "Checkout and payments", "The service came down to 1.2%. Call Eleni before writing it.")
	d.reply(-4, "10:10", "Maria", "Move 612 products", "The bowls are in. Forty of the plates have no weight in your list. Could you add it, please? Without it the shop cannot say what shipping costs.")
	d.reply(-4, "16:45", "Stavros", "Move 612 products", "I will weigh them this week.")
	d.note(-1, "11:30", "Maria", "Move 612 products", "Nine hours so far for 108 products. At this pace it is 50 hours and not 40.")
	d.reply(-4, "09:50", "Nikos", "Greek and English switch", "Both languages are on the test site. The page keeps the language you chose.")
	d.reply(-4, "13:20", "Dimitra", "Greek and English switch", "Πολύ ωραίο. Στα κείμενα της παραγγελίας προτιμούμε τον πληθυντικό ευγενείας.")
	d.reply(-3, "09:30", "Nikos", "Greek and English switch", "Changed, in all order texts.")
	d.note(-8, "17:05", "Nikos", "Shipping rules and prices", "Their courier has no prices for islands online. Katerina asks.")
	d.note(-3, "10:30", "Katerina", "Check scope of wholesale price tiers", "The offer, page 3: two tiers. Four would be another eight hours.")
	d.note(-6, "12:00", "Katerina", "Ask the host for a yearly price", "A yearly contract could save about a fifth.")
	d.on(-6, "10:00", func() error {
		return d.say("Katerina", d.projects[website], "We are past the middle. The next two weeks are for the shop itself; from then on you can try every page on your phone.")
	})
	d.on(-6, "11:20", func() error {
		return d.say("Stavros", d.projects[website], "Good. Please keep the week of the fair free, nobody is in the workshop then.")
	})
	d.on(-6, "12:05", func() error {
		return d.say("Katerina", d.projects[website], "It is marked in the plan. Nothing is asked of you in that week.")
	})
	d.on(-6, "11:40", func() error {
		_, err := d.store.AddNote(d.people["Katerina"], d.projects[website], "The fair is in the week of the launch. Move the launch or ask who can sign off from there.")
		return err
	})
	d.on(-1, "16:10", func() error {
		return d.atPhase(website, "Design", func(phase db.ID) error {
			return d.say("Maria", phase, "All pages are designed. With your word on the product page this part is done.")
		})
	})
	d.reply(-1, "17:30", "Nikos", "Search", "Search is done. Try it with and without accents.")
}
