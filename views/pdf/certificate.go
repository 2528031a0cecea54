package pdf

import (
	"strings"

	"vitrine/views"
)

// Certificate draws what a sealed record says.
func Certificate(w *views.Words, c views.Certificate) ([]byte, error) {
	p := newPaper(c.Question, c.Workspace, c.Language, c.At)
	p.text("", normal, muted, w.T("certificate.heading")+"  ·  "+c.Workspace)
	p.Ln(2)
	p.text("B", 16, ink, c.Question)
	p.Ln(2)
	if c.Warning != "" {
		p.text("B", 11, bad, c.Warning)
		p.Ln(2)
	}
	p.text("", 11, ink, c.Says)
	for _, part := range c.Parts {
		p.heading(part.Title)
		p.facts(part.Facts)
		for _, entry := range part.Entries {
			p.entry(entry)
		}
		if part.Note != "" {
			p.text("", normal, ink, part.Note)
		}
	}
	return p.finish(w.T("certificate.sealed-id")+" "+c.ID, func(page, pages int) string {
		return w.T("certificate.page", "page", page, "pages", pages)
	})
}

func (p paper) facts(facts []views.CertificateFact) {
	for _, fact := range facts {
		size := normal
		if fact.Code {
			size = small
		}
		p.fact(fact.Name, fact.Text, size)
	}
}

// entry is one of several: its title, what is special about it, and its facts.
func (p paper) entry(entry views.CertificateEntry) {
	p.keep(22)
	p.text("B", 10, ink, entry.Title)
	var marks []string
	for _, mark := range entry.Marks {
		marks = append(marks, mark.Text)
	}
	if len(marks) > 0 {
		p.text("B", small, good, strings.Join(marks, ", "))
	}
	p.Ln(0.8)
	p.facts(entry.Facts)
	if entry.Text != "" {
		p.text("", normal, ink, entry.Text)
	}
	p.Ln(3)
}
