package views

import (
	"html/template"
	"slices"
	"strings"

	"vitrine/db"
)

// answer is what was answered, by whom, when and how that person was signed in.
func (of certifying) answer() CertificatePart {
	comment := "certificate.comment"
	if of.Answer.Outcome == db.Free {
		comment = "certificate.own-words"
	}
	result := of.T("certificate.outcome-other")
	if key := "certificate.outcome-" + of.outcome(); of.Knows(key) {
		result = of.T(key, "option", of.Answer.OptionTitle)
	}
	return CertificatePart{Anchor: "answer", Title: of.T("certificate.answer-title"), Facts: slices.Concat(
		plain(of.T("certificate.answer"), result),
		plain(of.T(comment), of.Answer.Comment),
		plain(of.T("certificate.by"), of.Person.Name),
		plain(of.T("certificate.role"), of.Person.Role),
		plain(of.T("certificate.company"), of.Company.Name),
		tagged(of.T("certificate.when"), of.MomentFull(of.At), of.MomentFullTag(of.At)),
		tagged(of.T("certificate.when-utc"), of.MomentUTC(of.At), of.momentTag(of.At, of.MomentUTC(of.At))),
		of.inTime(),
		plain(of.T("certificate.signed-in"), of.signedIn()))}
}

func (of certifying) inTime() []CertificateFact {
	switch {
	case of.Answer.LateDays > 0:
		return plain(of.T("certificate.late"), of.N("certificate.work-days", of.Answer.LateDays))
	case of.Decision.DueOn != "":
		return plain(of.T("certificate.in-time"), of.T("certificate.on-time"))
	}
	return nil
}

// signedIn says how and when the session began in which it was answered.
func (of certifying) signedIn() string {
	how := of.T("certificate.way-unknown")
	if key := "audit.by-" + of.SignedIn.Method; of.Knows(key) {
		how = of.T(key)
	}
	if when := of.MomentRecord(of.SignedIn.At); when != "" {
		how = of.T("certificate.since", "how", how, "when", when)
	}
	if of.SignedIn.Passkey {
		how += "\n" + of.T("certificate.passkey")
	}
	return how
}

// asked is the question as it stood, and who had to answer it.
func (of certifying) asked() CertificatePart {
	q := of.Decision
	kind := q.Kind
	if key := "certificate.kind-" + q.Kind; of.Knows(key) {
		kind = of.T(key)
	}
	return CertificatePart{Anchor: "question", Title: of.T("certificate.question-title"), Facts: slices.Concat(
		plain(of.T("certificate.kind"), kind),
		written(of.T("certificate.context"), q.Context),
		plain(of.T("certificate.price"), of.amount(q.Price)),
		plain(of.T("certificate.dates"), of.moves(q.Days)),
		plain(of.T("certificate.new-tasks"), strings.Join(q.NewTasks, "\n")),
		plain(of.T("certificate.tasks"), strings.Join(q.Tasks, "\n")),
		plain(of.T("certificate.project"), of.Project.Name),
		plain(of.T("certificate.milestone"), q.Milestone),
		plain(of.T("certificate.edition"), of.Num(q.Edition)),
		plain(of.T("certificate.asked-by"), q.AskedBy),
		tagged(of.T("certificate.asked-at"), of.MomentFull(q.AskedAt), of.MomentFullTag(q.AskedAt)),
		of.due(),
		written(of.T("certificate.if-silent"), q.IfSilent),
		plain(of.T("certificate.deciders"), of.deciders()))}
}

func (of certifying) due() []CertificateFact {
	text, html := of.DayFull(of.Decision.DueOn), of.DayFullTag(of.Decision.DueOn)
	if of.Decision.Closes && text != "" {
		closes := of.T("certificate.closes")
		text, html = text+". "+closes, html+". "+template.HTML(template.HTMLEscapeString(closes))
	}
	return tagged(of.T("certificate.due"), text, html)
}

func (of certifying) deciders() string {
	names := make([]string, len(of.Decision.Deciders))
	for i, decider := range of.Decision.Deciders {
		names[i] = decider.Name
	}
	text := of.And(names)
	if key := "certificate.mode-" + of.Decision.Mode; len(names) > 1 && of.Knows(key) {
		text += "\n" + of.T(key)
	}
	return text
}

// options are all that were offered, and whether own words were an answer too.
func (of certifying) options() CertificatePart {
	part := CertificatePart{Anchor: "options", Title: of.T("certificate.options-title")}
	for _, o := range of.Decision.Options {
		entry := CertificateEntry{Title: o.Title, Text: MarkdownText(o.Text), HTML: Markdown(o.Text)}
		if of.Answer.Option != nil && *of.Answer.Option == o.ID {
			entry.Marks = append(entry.Marks, CertificateMark{of.T("certificate.chosen"), true})
		}
		if o.Recommended {
			entry.Marks = append(entry.Marks, CertificateMark{of.T("certificate.recommended"), false})
		}
		entry.Facts = slices.Concat(
			plain(of.T("certificate.cost"), of.amount(o.Cost)),
			plain(of.T("certificate.dates"), of.moves(o.Days)))
		part.Entries = append(part.Entries, entry)
	}
	if of.Decision.FreeAnswer {
		part.Note = of.T("certificate.free-answer")
	}
	return part
}

func (of certifying) amount(minor *int64) string {
	if minor == nil {
		return ""
	}
	return of.MoneyChange(*minor, of.Decision.Currency)
}

// moves says what becomes of the dates.
func (of certifying) moves(days *int64) string {
	switch {
	case days == nil:
		return ""
	case *days > 0:
		return of.N("certificate.later", *days)
	case *days < 0:
		return of.N("certificate.sooner", -*days)
	}
	return of.T("certificate.same-dates")
}

// version is the version of a deliverable that was answered.
func (of certifying) version() CertificatePart {
	part := CertificatePart{Anchor: "version", Title: of.T("certificate.version-title")}
	if d := of.Deliverable; d != nil {
		part.Facts = slices.Concat(
			plain(of.T("certificate.deliverable"), d.Name),
			plain(of.T("certificate.version"), of.Num(d.Version)),
			written(of.T("certificate.about"), d.Description),
			written(of.T("certificate.note"), d.Note),
			code("SHA-256", d.SHA256))
	}
	return part
}

// files are those that hung on it, each by the sum of its bytes.
func (of certifying) files() CertificatePart {
	part := CertificatePart{Anchor: "files", Title: of.T("certificate.files-title")}
	for _, f := range of.Files {
		entry := CertificateEntry{Title: f.Name, Facts: slices.Concat(
			plain(of.T("certificate.size"), of.exactSize(f.Size)), code("SHA-256", f.SHA256))}
		if f.Required {
			entry.Marks = []CertificateMark{{of.T("certificate.required"), false}}
		}
		part.Entries = append(part.Entries, entry)
	}
	return part
}

// exactSize is a size to read, and to the byte.
func (of certifying) exactSize(bytes int64) string {
	if exact := of.N("file.bytes", bytes); of.Size(bytes) != exact {
		return of.Size(bytes) + " (" + exact + ")"
	}
	return of.Size(bytes)
}

// verifyCommand checks a record that was saved, without the portal.
const verifyCommand = "vitrine verify --bundle "

// seal is what proves it.
func (of certifying) seal() CertificatePart {
	before := code(of.T("certificate.prev"), of.sealed.Prev)
	if of.sealed.Prev == "" {
		before = plain(of.T("certificate.prev"), of.T("certificate.first"))
	}
	command := verifyCommand + BundleName(of.sealed.ID.String())
	return CertificatePart{Anchor: "record", Title: of.T("certificate.record-title"), Facts: slices.Concat(
		code(of.T("certificate.sealed-id"), of.sealed.ID.String()),
		code(of.T("certificate.sum"), of.sealed.Hash),
		before,
		tagged(of.T("certificate.check"), of.T("certificate.check-text", "command", command), of.H("certificate.check-text", "command", template.HTML("<code>"+command+"</code>"))))}
}

// BundleName is the name of the file in which a record is saved.
func BundleName(id string) string { return "record-" + id + ".json" }

// broad is text of several lines as a page shows it.
func broad(text string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(text), "\n", "<br>"))
}
