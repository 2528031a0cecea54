package mail

import (
	"vitrine/db"
	"vitrine/views"
)

// bill words a mail about an invoice, to either side.
func (w writing) bill(facts Facts, message *Message) (views.Mail, error) {
	n, err := facts.BillNews(w.Mail)
	if err != nil {
		return views.Mail{}, orNothing(err)
	}
	b := views.Billed{Workspace: w.workspace, Company: n.Company, Kind: n.Kind, Number: n.Number, Currency: n.Currency, Total: n.Total, Left: n.Left(), Due: n.DueOn, Today: string(n.Today),
		About: w.Kind, Link: w.home() + "/invoices/" + n.Invoice.ID.String(), Settings: w.home() + "/account/notifications", Stop: message.Unsubscribe}
	if n.Payment.ID != 0 {
		b.Amount = n.Payment.Amount
	}
	if w.Kind == db.MailInvoiceReply {
		b.Who, b.Text = w.orTeam(n.Reply.Author), n.Reply.Body
	}
	m := w.Mail
	m.Kind, m.Subject = db.MailBills, n.Invoice.ID
	message.Thread = facts.ThreadMark(m)
	return views.BillMail(w.words, b)
}
