package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// SetContactRole gives a contact another role.
func (t *Team) SetContactRole(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	role, err := db.ParseID(web.ReadForm(c, "role").Value("role"))
	if err != nil {
		role = db.NewID() // no role has it
	}
	return t.contactChanged(c, web.Form{}, t.Store.SetContactRole(t.Actor(c), company, person, role))
}

// SetPrimary marks the contact who is asked first.
func (t *Team) SetPrimary(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	return t.contactChanged(c, web.Form{}, t.Store.SetPrimary(t.Actor(c), company, person))
}

// SetContactActive deactivates a contact, or brings one back.
func (t *Team) SetContactActive(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	return t.contactChanged(c, web.Form{}, t.Store.SetContactActive(t.Actor(c), company, person, web.ReadForm(c, "active").Value("active") == "1"))
}

// ConnectContact puts a contact on a project of the company, or takes them off it.
func (t *Team) ConnectContact(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "project", "on")
	project, err := db.ParseID(form.Value("project"))
	if err != nil {
		return err
	}
	return t.contactChanged(c, web.Form{}, t.Store.ConnectContact(t.Actor(c), company, person, project, form.Value("on") == "1"))
}
