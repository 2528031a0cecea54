package web

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
	"vitrine/views/pdf"
)

// CertificatePage is the page of a sealed record: what it says, where it stands (At)
// and what stands above it.
type CertificatePage struct {
	Certificate views.Certificate
	At          string
	Above       []Step
	room        string
}

// Step is a page above this one, at an address of this site.
type Step struct{ Name, URL string }

// NewCertificatePage reads a record. room is what addresses of the reader's side begin
// with, project the name by which they know it.
func NewCertificatePage(w *views.Words, s db.Signoff, room, project string) CertificatePage {
	page := CertificatePage{Certificate: views.NewCertificate(w, s), At: room + "/signoffs/" + s.ID.String(), room: room}
	page.Above = []Step{{w.T("nav.projects"), room + "/projects"}, {project, room + "/projects/" + s.ProjectID.String()}}
	return page
}

// About adds the page that the record is about: that of a deliverable, or of the
// decision when there is none.
func (p *CertificatePage) About(w *views.Words, decision, deliverable db.ID) {
	step := Step{w.T("certificate.of-decision"), p.room + "/decisions/" + decision.String()}
	if deliverable != 0 {
		step = Step{w.T("certificate.of-deliverable"), p.room + "/deliverables/" + deliverable.String()}
	}
	p.Above = append(p.Above, step)
}

// SendCertificate answers with what a record says, as a PDF.
func SendCertificate(c *fiber.Ctx, w *views.Words, s db.Signoff) error {
	paper, err := pdf.Certificate(w, views.NewCertificate(w, s))
	if err != nil {
		return err
	}
	return SendSaved(c, "certificate-"+s.ID.String()+".pdf", "application/pdf", paper)
}

// SendSaved answers with a file that was made for the reader, to be saved and not shown.
func SendSaved(c *fiber.Ctx, name, kind string, body []byte) error {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, "attachment; "+namedFile(name))
	c.Set(fiber.HeaderContentSecurityPolicy, filePolicy)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(body)
}

// SendRecord answers with a record and what is needed to check it.
func SendRecord(c *fiber.Ctx, s db.Signoff) error {
	bundle, err := s.Bundle()
	if err != nil {
		return err
	}
	return SendSaved(c, views.BundleName(s.ID.String()), fiber.MIMEApplicationJSON, bundle)
}
