package views

import (
	"vitrine/db"
	"vitrine/db/bill"
)

// Billed is what a mail about an invoice says, and where it leads. About is the kind of mail;
// Amount is of the payment that it tells of. Amounts are in minor units of Currency.
type Billed struct {
	Workspace, Company   string
	About, Kind, Number  string
	Currency             string
	Total, Left, Amount  int64
	Due                  db.Date
	Today                string
	Who, Text            string
	Link, Settings, Stop string
}

// BillMail words it. All mails about an invoice name it alike, so that mail programs keep them together.
func BillMail(words *Words, b Billed) (Mail, error) {
	name := words.T("client-bills.kind-"+b.Kind, "number", b.Number)
	space := Line(b.Workspace)
	letter := Letter{Words: words, Workspace: space, URL: b.Link, Subject: words.T("bill-mail.subject", "name", name, "workspace", space), Button: words.T("bill-mail.button"),
		After: []string{words.T("bill-mail.opens")}, Foot: words.T("news-mail.foot", "link", b.Settings), Stop: words.T("talk-mail.stop"), StopURL: b.Stop}
	money := func(minor int64) string { return words.Money(minor, b.Currency) }
	switch b.About {
	case db.MailInvoice:
		letter.Heading = words.T("bill-mail.new", "name", name)
		letter.Before = []string{words.T("bill-mail.amount", "amount", money(b.Total))}
		if b.Kind == bill.Credit {
			letter.Before = []string{words.T("bill-mail.given-back", "amount", money(b.Total))}
		} else if b.Due != "" {
			letter.Before = append(letter.Before, words.T("bill-mail.due", "day", words.DayFull(b.Due)))
		}
	case db.MailInvoiceDue:
		letter.Heading = words.T("bill-mail.reminder", "name", name)
		letter.Before = append([]string{words.T("bill-mail.left", "amount", money(b.Left))}, b.lateness(words)...)
		letter.After = append(letter.After, words.T("bill-mail.crossed"))
	case db.MailReceipt:
		letter.Heading = words.T("bill-mail.receipt", "amount", money(b.Amount))
		letter.Before = []string{words.T("bill-mail.receipt-text", "name", name)}
		if b.Left > 0 {
			letter.Before = append(letter.Before, words.T("bill-mail.left", "amount", money(b.Left)))
		} else {
			letter.Before = append(letter.Before, words.T("bill-mail.settled"))
		}
	case db.MailPaidOnline:
		letter.Heading = words.T("bill-mail.paid-online", "company", Line(b.Company), "amount", money(b.Amount))
		letter.Before = []string{words.T("bill-mail.receipt-text", "name", name)}
	case db.MailInvoiceReply:
		letter.Heading = words.T("bill-mail.wrote", "who", Line(b.Who), "name", name)
		letter.Before, letter.Button = []string{Excerpt(b.Text, Nobody)}, words.T("bill-mail.answer")
	}
	return letter.Mail()
}

// lateness says by when it was to be paid, without alarm.
func (b Billed) lateness(words *Words) []string {
	switch day := words.DayFull(b.Due); {
	case day == "":
		return nil
	case string(b.Due) < b.Today:
		return []string{words.T("bill-mail.was-due", "day", day)}
	case string(b.Due) == b.Today:
		return []string{words.T("bill-mail.due-today")}
	default:
		return []string{words.T("bill-mail.due", "day", day)}
	}
}
