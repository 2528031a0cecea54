package cli

import "vitrine/db"

const (
	ceramics = "Papadopoulos Ceramics"
	hotels   = "Thalassa Hotels"
)

// demoContact is somebody at a company beyond those who are on its projects from
// the beginning; project is where they are put, "" for nowhere.
type demoContact struct{ first, email, name, company, role, phone, project string }

var demoContacts = []demoContact{
	{"Fotis", "fotis@papadopoulos.example", "Fotis Alexiou", ceramics, "client-finance", "+30 210 555 0136", ""},
	{"Ioanna", "ioanna@papadopoulos.example", "Ioanna Vlachou", ceramics, "client-viewer", "", website},
	{"Takis", "takis@papadopoulos.example", "Takis Moros", ceramics, "client", "", website},
	{"Lydia", "lydia@manou.example", "Lydia Manou", ceramics, "client-viewer", "+30 694 555 0177", website},
	{"Lydia", "lydia@manou.example", "Lydia Manou", hotels, "client", "", "Booking pages"},
	{"Anna", "anna@thalassa.example", "Anna Kritikou", hotels, "client-admin", "+30 22850 555 21", "Booking pages"},
}

// demoSignIns are the days on which people first and last signed in.
var demoSignIns = []struct {
	first string
	days  []int
}{{"Katerina", []int{-89, -1}}, {"Maria", []int{-89, -2}}, {"Nikos", []int{-88, -1}}, {"Eleni", []int{-72, -1}}, {"Stavros", []int{-71, -4}}, {"Dimitra", []int{-70, -4}},
	{"Petros", []int{-39, -6}}, {"Fotis", []int{-30}}, {"Takis", []int{-35}}, {"Lydia", []int{-34, -3}}, {"Anna", []int{-33}}}

// addPeople fills in the companies and adds people in every state: an adviser of
// both companies, somebody who is invited, somebody who has left, and
// somebody who registered and belongs to no company.
func (d *demo) addPeople() {
	d.on(-38, "10:00", func() error {
		if err := d.describe(ceramics, db.CompanyForm{Address: "Ermou 12\n105 63 Athens", Country: "GR", VATNumber: "EL094259216", Currency: "EUR",
			Notes: "Stavros decides about money, Eleni about everything else. They close for the whole of August."}); err != nil {
			return err
		}
		return d.describe(hotels, db.CompanyForm{Address: "Paralia 3\n843 00 Naxos", Country: "GR", VATNumber: "EL998877665", Currency: "EUR",
			Notes: "Pays two weeks late, always. Call in the morning: in the afternoon nobody picks up."})
	})
	for _, c := range demoContacts {
		d.on(-37, "11:00", func() error { return d.addContact(c) })
	}
	d.on(-36, "09:30", func() error {
		if err := d.contactOf(ceramics, "Eleni", "+30 210 555 0134"); err != nil {
			return err
		}
		if err := d.contactOf(hotels, "Petros", "+30 22850 555 20"); err != nil {
			return err
		}
		return d.role(ceramics, "Stavros", "client-admin")
	})
	for _, came := range demoSignIns {
		for _, day := range came.days {
			d.on(day, "08:50", func() error { return d.signsIn(d.people[came.first].Email) })
		}
	}
	d.on(-15, "16:00", func() error {
		company, err := d.store.CompanyFromShell(ceramics)
		if err != nil {
			return err
		}
		return d.store.SetContactActive(d.people["Katerina"], company.ID, d.people["Takis"].ID, false)
	})
	d.on(-2, "12:40", d.invite)
	d.on(-2, "19:10", func() error {
		const email = "rania@aiolos.example"
		if _, err := d.store.AddPerson(db.NewPerson{Email: email, Name: "Rania Sotiriou", Side: db.Client}); err != nil {
			return err
		}
		return d.signsIn(email)
	})
}

// invite mails an invitation that waits to be opened.
func (d *demo) invite() error {
	company, err := d.store.CompanyFromShell(ceramics)
	if err != nil {
		return err
	}
	return d.store.InviteContact(d.people["Katerina"], company.ID, d.people["Ioanna"].ID, "")
}

// describe fills in a company.
func (d *demo) describe(name string, form db.CompanyForm) error {
	company, err := d.store.CompanyFromShell(name)
	if err != nil {
		return err
	}
	form.Name, form.Version = company.Name, company.Version
	return d.store.EditCompany(d.people["Katerina"], company.ID, form)
}

func (d *demo) addContact(c demoContact) error {
	katerina := d.people["Katerina"]
	company, err := d.store.CompanyFromShell(c.company)
	if err != nil {
		return err
	}
	roles, err := d.store.ClientRolesFromShell()
	if err != nil {
		return err
	}
	role, _ := db.RoleNamed(roles, c.role)
	person, err := d.store.AddContact(katerina, company.ID, db.ContactForm{Name: c.name, Email: c.email, Phone: c.phone, RoleID: role.ID})
	if err != nil || c.project == "" {
		d.people[c.first] = db.Actor{Person: person}
		return err
	}
	person, err = d.store.AddMember(katerina, d.projects[c.project], c.email, "", db.Client)
	d.people[c.first] = db.Actor{Person: person}
	return err
}

// contactOf gives somebody a phone and makes them the one to turn to first.
func (d *demo) contactOf(company, first, phone string) error {
	found, err := d.store.CompanyFromShell(company)
	if err != nil {
		return err
	}
	katerina, person := d.people["Katerina"], d.people[first]
	contacts, err := d.store.ContactsFromShell(company)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		if c.ID == person.ID {
			if err := d.store.SetContact(katerina, found.ID, c.ID, db.ContactForm{Name: c.Name, Email: c.Email, Phone: phone, Version: c.Version}); err != nil {
				return err
			}
		}
	}
	return d.store.SetPrimary(katerina, found.ID, person.ID)
}

func (d *demo) role(company, first, key string) error {
	roles, err := d.store.ClientRolesFromShell()
	if err != nil {
		return err
	}
	role, _ := db.RoleNamed(roles, key)
	return d.store.SetContactRoleFromShell(company, d.people[first].Email, role.ID)
}

// signsIn is what somebody did who has been here.
func (d *demo) signsIn(email string) error {
	link, err := d.store.SignInLink(email)
	if err == nil {
		_, _, err = d.store.UseSignInLink(link, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36")
	}
	return err
}
