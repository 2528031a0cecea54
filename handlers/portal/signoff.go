package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// Signoff is the certificate of a sealed record.
func (p *Portal) Signoff(c *fiber.Ctx) error {
	return p.look(c, func(s sight) error {
		signoff, err := s.signoff(c)
		if err != nil {
			return err
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		project, err := s.Project(signoff.ProjectID)
		if err != nil {
			return err
		}
		room.Enter(project.CompanyID) // an address may lead to another company of theirs
		body := web.NewCertificatePage(s.Words, signoff, "/portal", project.Name)
		decision, err := s.Decision(signoff.DecisionID)
		if err != nil {
			return err
		}
		body.About(s.Words, decision.ID, decision.DeliverableID)
		page := p.Page(c, s.T("certificate.title")+": "+body.Certificate.Question, "projects", body)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, fiber.StatusOK, "print/certificate", page)
	})
}

// CertificatePDF is the same as a file.
func (p *Portal) CertificatePDF(c *fiber.Ctx) error {
	signoff, err := p.signoff(c)
	if err != nil {
		return err
	}
	return web.SendCertificate(c, p.Words(c), signoff)
}

// SignoffRecord is the record itself, to be checked without the portal.
func (p *Portal) SignoffRecord(c *fiber.Ctx) error {
	signoff, err := p.signoff(c)
	if err != nil {
		return err
	}
	return web.SendRecord(c, signoff)
}

func (p *Portal) signoff(c *fiber.Ctx) (signoff db.Signoff, err error) {
	err = p.look(c, func(s sight) (err error) { signoff, err = s.signoff(c); return err })
	return signoff, err
}

func (s sight) signoff(c *fiber.Ctx) (db.Signoff, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return db.Signoff{}, err
	}
	return s.Glass.Signoff(id)
}
