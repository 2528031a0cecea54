package team

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// Signoff is the certificate of a sealed record.
func (t *Team) Signoff(c *fiber.Ctx) error {
	return t.still(c, fiber.StatusOK, "print/certificate", func(s sight) (content, []live.Region, error) {
		signoff, err := s.signoff(c)
		if err != nil {
			return content{}, nil, err
		}
		project, err := s.Project(signoff.ProjectID)
		if err != nil {
			return content{}, nil, err
		}
		page := web.NewCertificatePage(s.Words, signoff, "", project.Name)
		decision, err := s.Decision(signoff.DecisionID)
		if err == nil {
			page.About(s.Words, decision.ID, decision.DeliverableID)
		}
		if errors.Is(err, db.ErrNotFound) { // it was deleted, and its records stay
			err = nil
		}
		return content{s.T("certificate.title") + ": " + page.Certificate.Question, page}, nil, err
	})
}

// CertificatePDF is the same as a file.
func (t *Team) CertificatePDF(c *fiber.Ctx) error {
	signoff, err := t.signoff(c)
	if err != nil {
		return err
	}
	return web.SendCertificate(c, t.Words(c), signoff)
}

// SignoffRecord is the record itself, to be checked without the portal.
func (t *Team) SignoffRecord(c *fiber.Ctx) error {
	signoff, err := t.signoff(c)
	if err != nil {
		return err
	}
	return web.SendRecord(c, signoff)
}

func (t *Team) signoff(c *fiber.Ctx) (signoff db.Signoff, err error) {
	err = t.look(c, func(s sight) (err error) { signoff, err = s.signoff(c); return err })
	return signoff, err
}

func (s sight) signoff(c *fiber.Ctx) (db.Signoff, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return db.Signoff{}, err
	}
	return s.Viewer.Signoff(id)
}
