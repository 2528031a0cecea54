package views

import (
	"bytes"
	"strings"
	"sync"
	"text/template"
	"unicode"
)

// Mail is a message ready to be sent: both bodies say the same.
type Mail struct {
	Subject string
	Text    string
	HTML    string
}

// Letter is the one form that all mails have. Everything is plain text; the
// templates escape it.
type Letter struct {
	Words     *Words
	Workspace string
	Subject   string
	Heading   string
	Before    []string // paragraphs
	Said      []Saying // what people said
	Code      string   // something to type, set large; "" for none
	Button    string   // words of the link; both or none
	URL       string
	Second    string // words of another link below; both or none
	SecondURL string
	After     []string
	Foot      string // why the reader gets this
	Stop      string // words of the link that ends such mails; both or none
	StopURL   string
}

// PIN is what the sign-in mail carries. Without PIN only the link is offered.
type PIN struct {
	Workspace string
	PIN       string
	Link      string
	Minutes   int  // how long both work
	Registers bool // to an address that nobody has: it makes the account
}

// PINMail words the sign-in mail. The PIN is not in the subject, which shows on
// locked screens and in logs.
func PINMail(words *Words, pin PIN) (Mail, error) {
	pin.Workspace = Line(pin.Workspace)
	letter := Letter{
		Words:     words,
		Workspace: pin.Workspace,
		Subject:   words.T("mail.pin-subject", "workspace", pin.Workspace),
		Heading:   words.T("mail.pin-heading", "workspace", pin.Workspace),
		Code:      pin.PIN,
		Button:    words.T("mail.pin-button", "workspace", pin.Workspace),
		URL:       pin.Link,
		After:     []string{words.N("mail.pin-once", pin.Minutes), words.T("mail.pin-stranger")},
		Foot:      words.T("mail.pin-foot", "workspace", pin.Workspace),
	}
	switch {
	case pin.PIN == "":
		letter.Subject = words.T("mail.link-subject", "workspace", pin.Workspace)
		letter.Heading = letter.Subject
		letter.Before = []string{words.T("mail.link-open")}
		letter.After[0] = words.N("mail.link-once", pin.Minutes)
	case pin.Link == "":
		letter.Before, letter.Button = []string{words.T("mail.pin-type")}, ""
	default:
		letter.Before = []string{words.T("mail.pin-type-or-open")}
	}
	if pin.Registers {
		letter.Before = append([]string{words.T("letter.register", "workspace", pin.Workspace)}, letter.Before...)
		letter.After[1] = words.T("letter.register-stranger")
	}
	return letter.Mail()
}

var letterText = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(embedded, "mail/letter.txt")
})

// Mail draws both bodies.
func (l Letter) Mail() (Mail, error) {
	l.Workspace, l.Subject, l.Heading = Line(l.Workspace), Line(l.Subject), Line(l.Heading)
	page, err := Draw("mail/letter", l)
	if err != nil {
		return Mail{}, err
	}
	text, err := letterText()
	if err != nil {
		return Mail{}, err
	}
	var plain bytes.Buffer
	if err := text.Execute(&plain, l); err != nil {
		return Mail{}, err
	}
	return Mail{Subject: l.Subject, Text: plain.String(), HTML: string(page)}, nil
}

const lineLimit = 200 // runes; a subject beyond this is cut by every mail program

// Line makes text safe for a header: one line, without control signs and without
// those that turn the direction of what follows.
func Line(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > lineLimit {
		return string(runes[:lineLimit-1]) + "…"
	}
	return text
}
