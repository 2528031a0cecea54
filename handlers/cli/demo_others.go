package cli

import "vitrine/db"

// addCatalogue is a second, smaller project of the same client.
func (d *demo) addCatalogue() {
	const catalogue = "Autumn catalogue"
	d.begin(-30, func() db.ProjectForm {
		return db.ProjectForm{Name: catalogue, Company: ceramics, StartsOn: d.date(-30), EndsOn: d.date(60),
			Description: "The printed catalogue for the fairs, 48 pages."}
	}, append([]demoMember{studioMembers[0]}, potters[:2]...))
	d.phases(catalogue, -30, []demoPhase{{"Pieces chosen", -30, -14, -14}, {"Pages ready", -14, 30, 0}, {"Printed", 30, 60, 0}})
	d.plan(catalogue, -29, []demoTask{
		{title: "Choose forty pieces", milestone: "Pieces chosen", who: "Katerina", hours: 4, due: -20, started: -27, done: -20},
		{title: "Plan the photos", milestone: "Pieces chosen", who: "Maria", hours: 4, due: -15, started: -19, done: -15},
		{title: "Retouch autumn catalogue", milestone: "Pages ready", who: "Katerina", hours: 20, due: -2, started: -9, priority: "low",
			description: "Clean backgrounds and true colours for all forty pieces."},
		{title: "Lay out the pages", milestone: "Pages ready", who: "Maria", hours: 24, due: 20},
		{title: "Proof with the printer", milestone: "Printed", who: "Maria", hours: 6, due: 40},
		{title: "Ask a second printer for a price", who: "Katerina", hours: 1, due: 6, private: true},
	})
	d.reply(-5, "12:15", "Katerina", "Retouch autumn catalogue", "Half of the photos are done. The blue glazes take longer than we thought: they come out too green on paper.")
}

// addBooking is the project of another client, of which the first must never see
// anything.
func (d *demo) addBooking() {
	const booking = "Booking pages"
	d.begin(-40, func() db.ProjectForm {
		return db.ProjectForm{Name: booking, Company: hotels, StartsOn: d.date(-40), EndsOn: d.date(50),
			Description: "Booking without a detour, for three small hotels on Naxos."}
	}, []demoMember{studioMembers[1], {"Petros", "petros@thalassa.example", "Petros Lambrou", "client"}})
	d.phases(booking, -40, []demoPhase{{"Calendar", -40, 3, 0}, {"Paying", 3, 50, 0}})
	d.plan(booking, -39, []demoTask{
		{title: "Rooms and seasons", milestone: "Calendar", who: "Nikos", hours: 12, due: -22, started: -36, done: -22},
		{title: "Calendar on the phone", milestone: "Calendar", who: "Nikos", hours: 18, due: 3, started: -12, priority: "high"},
		{title: "Deposit by card", milestone: "Paying", who: "Nikos", hours: 16, due: 30},
		{title: "Cancelling and refunds", milestone: "Paying", who: "Nikos", hours: 10, due: 45},
	})
	d.note(-7, "10:00", "Nikos", "Calendar on the phone", "The calendar of their old system has no interface. We may have to read its mails.")
	d.reply(-6, "14:40", "Petros", "Calendar on the phone", "Could the calendar begin on Monday, please?")
}
