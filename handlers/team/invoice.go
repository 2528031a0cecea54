package team

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// invoices is the list of bills with its filters and sums.
type invoices struct {
	Filter    web.Form
	Rows      []invoiceRow
	Sums      []db.BillSum
	Companies []db.CompanyLine
	Years     []int
	Statuses  []string
	Asked     []db.AskedBill
	CSV       string
	More      int // that are not shown
	Admin     bool
	Ready     bool
}

// invoiceRow is an invoice with what it is called today.
type invoiceRow struct {
	db.InvoiceLine
	Called string
}

// invoicesShown are on the page at most; the file for spreadsheets has all.
const invoicesShown = 300

// billFilter reads which invoices are asked for.
func billFilter(c *fiber.Ctx) (web.Form, db.InvoiceFilter) {
	form := web.FormOf(map[string]string{})
	for _, field := range []string{"status", "company", "year", "q"} {
		form.Values[field] = c.Query(field)
	}
	filter := db.InvoiceFilter{Text: form.Value("q")}
	if filter.Status = form.Value("status"); filter.Status != db.InvoicesOpen && !slices.Contains(db.InvoiceStatuses, filter.Status) {
		filter.Status = ""
	}
	filter.Company, _ = db.ParseID(form.Value("company"))
	filter.Year, _ = strconv.Atoi(form.Value("year"))
	return form, filter
}

// billing refuses those of the team who have nothing to do with bills: to them there are none.
func (t *Team) billing(c *fiber.Ctx) error {
	if !t.Actor(c).MayBill() {
		return db.ErrNotFound
	}
	return nil
}

// Invoices lists the bills that the viewer works on.
func (t *Team) Invoices(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	today, err := t.Store.BillingDay()
	if err != nil {
		return err
	}
	form, filter := billFilter(c)
	page := invoices{Filter: form, Statuses: db.InvoiceStatuses, Admin: t.Actor(c).Admins(), CSV: "/invoices/list.csv?" + string(c.Request().URI().QueryString())}
	return t.stillAt(c, "invoices", fiber.StatusOK, "team/invoices", func(s sight) (content, []live.Region, error) {
		list, err := s.Viewer.Invoices(filter, today)
		if err != nil {
			return content{}, nil, err
		}
		page.Sums = db.SumBills(list, today)
		for _, line := range list[:min(len(list), invoicesShown)] {
			page.Rows = append(page.Rows, rowOf(line, today))
		}
		page.More = len(list) - len(page.Rows)
		if page.Companies, err = s.Companies(); err != nil {
			return content{}, nil, err
		}
		if page.Years, err = s.InvoiceYears(); err != nil {
			return content{}, nil, err
		}
		settings, err := s.Billing()
		if err == nil {
			page.Ready = settings.Ready()
		} else if err != db.ErrNotFound {
			return content{}, nil, err
		}
		page.Asked, err = s.AskedBills()
		return content{s.T("invoices.title"), page}, nil, err
	})
}

func rowOf(line db.InvoiceLine, today db.Date) invoiceRow {
	return invoiceRow{line, line.Status(today)}
}

// InvoicesCSV is the list for spreadsheets: amounts as plain numbers in whole units.
func (t *Team) InvoicesCSV(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	today, err := t.Store.BillingDay()
	if err != nil {
		return err
	}
	_, filter := billFilter(c)
	return t.look(c, func(s sight) error {
		list, err := s.Viewer.Invoices(filter, today)
		if err != nil {
			return err
		}
		rows := [][]string{{"number", "kind", "status", "company", "projects", "issued", "due", "currency", "net", "tax", "total", "paid", "credited", "left"}}
		for _, i := range list {
			scale, _ := bill.Scale(i.Currency)
			amount := func(minor int64) string { return bill.Typed(minor, scale) }
			rows = append(rows, []string{i.Number, i.Kind, i.Status(today), i.Company, i.Projects, string(i.IssuedOn), string(i.DueOn), i.Currency,
				amount(i.Net), amount(i.Tax), amount(i.Total), amount(i.Paid), amount(i.Credited), amount(i.Left())})
		}
		return web.SendCSV(c, "invoices-"+string(today)+".csv", rows)
	})
}

// invoicePage is one of them with everything about it.
type invoicePage struct {
	db.Invoice
	Called    string
	Sheet     views.InvoicePaper
	Payments  []db.Payment
	Replies   []db.InvoiceReply
	Seen      []db.Seen
	Sees      []db.PersonName
	Notes     []db.InvoiceLine // credit notes
	Reminders []any
	Repeat    web.Form
	Repeats   bool
	Ways      []string
	Every     []string
	Receive   web.Form
	Void      web.Form
	Reply     web.Form
	Refund    web.Form
	RefundOf  db.ID
	Problems  []string // what is missing before it can be sent
	Trouble   string
	XML       bool
	Online    bool
	Through   []db.PersonName // through whose eyes the viewer may look
}

// sentInvoice is a form of the page that was not taken.
type sentInvoice struct {
	pay, void, reply, refund, repeat *web.Form
	refundOf                         db.ID
	trouble                          string
}

// Invoice shows one.
func (t *Team) Invoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.invoice(c, id, fiber.StatusOK, sentInvoice{})
}

func (t *Team) invoice(c *fiber.Ctx, id db.ID, status int, sent sentInvoice) error {
	today, err := t.Store.BillingDay()
	if err != nil {
		return err
	}
	space := t.Workspace()
	page := invoicePage{Ways: db.PaymentWays, Every: db.RepeatEvery, Trouble: sent.trouble}
	return t.stillAt(c, "invoices", status, "team/invoice", func(s sight) (content, []live.Region, error) {
		if err := s.fillInvoice(&page, id, today, t.Store.Now()); err != nil {
			return content{}, nil, err
		}
		if page.Sheet, err = t.InvoiceSheet(space, page.Invoice, today); err != nil {
			return content{}, nil, err
		}
		page.forms(sent, today)
		title := page.Number
		if title == "" {
			title = s.T("invoices.draft-of", "company", page.Company)
		}
		return content{title, page}, nil, nil
	})
}

// forms are those of the page as they begin, or as they were sent.
func (p *invoicePage) forms(sent sentInvoice, today db.Date) {
	scale, _ := bill.Scale(p.Currency)
	version := strconv.FormatInt(p.Version, 10)
	p.Receive = web.FormOf(map[string]string{"amount": bill.Typed(max(0, p.Left()-p.Waiting), scale), "on": string(today), "way": "bank"})
	p.Void, p.Reply, p.Refund = web.FormOf(map[string]string{}), web.FormOf(map[string]string{}), web.FormOf(map[string]string{"on": string(today)})
	for into, form := range map[*web.Form]*web.Form{&p.Receive: sent.pay, &p.Void: sent.void, &p.Reply: sent.reply, &p.Refund: sent.refund, &p.Repeat: sent.repeat} {
		if form != nil {
			*into = *form
		}
	}
	p.Receive.Values["version"] = version
	p.RefundOf = sent.refundOf
}
