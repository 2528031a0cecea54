package views

import (
	"html/template"
	"time"

	"vitrine/db"
)

// Certificate is what a sealed record says, in the reader's words and in the order in
// which it is read. What people wrote stays as they wrote it. Page and PDF draw the same.
type Certificate struct {
	ID, Language        string
	Workspace, Question string
	Says                string // who answered what, when, in a sentence
	At                  time.Time
	Warning             string // what is wrong with it, "" for a record as it was sealed
	Parts               []CertificatePart
}

// CertificatePart is a section. Anchor names it within the page; Note is a sentence about
// all of its entries.
type CertificatePart struct {
	Anchor, Title, Note string
	Facts               []CertificateFact
	Entries             []CertificateEntry
}

// CertificateEntry is one of several things of a kind: an option, a file. Marks say
// what is special about it, Text what is written about it, as CertificateFact has it.
type CertificateEntry struct {
	Title string
	Marks []CertificateMark
	Facts []CertificateFact
	Text  string
	HTML  template.HTML
}

// CertificateMark is a word about an entry; Done says that it was taken.
type CertificateMark struct {
	Text string
	Done bool
}

// CertificateFact is a name and what stands beside it: Text on lines, and the same as a
// page draws it.
type CertificateFact struct {
	Name, Text string
	HTML       template.HTML
	Code       bool // a sum or an id, to be compared sign by sign
}

// certifying makes the facts of one record.
type certifying struct {
	*Words
	db.Record
	sealed db.Signoff
}

// NewCertificate words a sealed record. Nothing but the record and its hashes is told:
// what was changed since changes no certificate. One that was tampered with says so.
func NewCertificate(w *Words, s db.Signoff) Certificate {
	record, err := db.ReadRecord(s.Record)
	of := certifying{w, record, s}
	c := Certificate{ID: s.ID.String(), Language: w.Language, Workspace: record.Workspace, Question: record.Decision.Question, At: s.At.Time}
	if !s.Intact() {
		c.Warning = w.T("certificate.changed")
	}
	if err != nil || record.Format != db.RecordFormat {
		c.Question, c.Says = w.T("certificate.heading"), w.T("certificate.unreadable")
		c.Parts = []CertificatePart{of.seal()}
		return c
	}
	c.Says = of.says()
	for _, part := range []CertificatePart{of.answer(), of.asked(), of.options(), of.version(), of.files(), of.seal()} {
		if len(part.Facts)+len(part.Entries)+len(part.Note) > 0 {
			c.Parts = append(c.Parts, part)
		}
	}
	return c
}

// outcome is the answer as keys name it: a change request is accepted, not approved.
func (of certifying) outcome() string {
	if of.Answer.Outcome == db.Approve && of.Decision.Kind == db.KindChange {
		return "accept"
	}
	return of.Answer.Outcome
}

func (of certifying) says() string {
	who := of.Person.Name
	if of.Company.Name != "" {
		who = of.T("certificate.of-company", "person", who, "company", of.Company.Name)
	}
	key := "certificate.says-" + of.outcome()
	if !of.Knows(key) { // of a later version of Vitrine
		key = "certificate.says-other"
	}
	return of.T(key, "who", who, "option", of.Answer.OptionTitle, "when", of.MomentFull(of.At))
}

// plain is a fact as it stands, absent where there is nothing to say.
func plain(name, text string) []CertificateFact {
	if text == "" {
		return nil
	}
	return []CertificateFact{{Name: name, Text: text, HTML: broad(text)}}
}

// written is a fact that somebody wrote in Markdown.
func written(name, source string) []CertificateFact {
	if source == "" {
		return nil
	}
	return []CertificateFact{{Name: name, Text: MarkdownText(source), HTML: Markdown(source)}}
}

// code is a fact to be compared sign by sign.
func code(name, text string) []CertificateFact {
	facts := plain(name, text)
	for i := range facts {
		facts[i].Code = true
	}
	return facts
}

// tagged is a fact that a page draws with elements of its own.
func tagged(name, text string, html template.HTML) []CertificateFact {
	if text == "" {
		return nil
	}
	return []CertificateFact{{Name: name, Text: text, HTML: html}}
}
