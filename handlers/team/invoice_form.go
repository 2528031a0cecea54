package team

import (
	"errors"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// lineFields are what each line of the form sends, in the order of the lines.
var lineFields = []string{"text", "detail", "quantity", "unit", "price", "off", "tax"}

// invoiceFields are the form's other fields.
var invoiceFields = []string{"company", "contact", "kind", "language", "currency", "due", "days", "from", "to", "order", "rounding", "exempt", "note", "terms", "pay", "internal", "quiet", "projects", "version", "do"}

// invoiceForm is the page where an invoice is written.
type invoiceForm struct {
	ID         db.ID // 0 for a new one
	Form       web.Form
	Lines      []int
	Companies  []db.CompanyLine
	Company    db.CompanyLine
	Contacts   []db.ContactLine
	Projects   []db.Project
	Taxes      []bill.Tax
	Units      []string
	Languages  []string
	Currencies []string
	Kinds      []string
	Credit     bool
	Sums       invoiceSums
	Theirs     map[string]string
	Deposits   []db.InvoiceLine
}

// invoiceSums is what the lines come to so far.
type invoiceSums struct {
	bill.Totals
	Currency string
	Mistakes int
}

// emptyLines are offered below what is filled in.
const emptyLines = 3

// readInvoice reads the form, as it was sent and as the store takes it.
func readInvoice(c *fiber.Ctx) (web.Form, db.InvoiceForm) {
	form := web.ReadForm(c, append(slices.Clone(invoiceFields), lineFields...)...)
	if most := bill.MaxLines + emptyLines; len(form.Lists["text"]) > most {
		form.Lists["text"] = form.Lists["text"][:most]
	}
	return form, formOf(form)
}

// formOf is a form as the store takes it.
func formOf(form web.Form) db.InvoiceForm {
	v := form.Value
	f := db.InvoiceForm{Company: v("company"), Contact: v("contact"), Kind: v("kind"), Language: v("language"), Currency: v("currency"), DueOn: v("due"), Days: v("days"), From: v("from"), To: v("to"),
		Order: v("order"), Rounding: v("rounding"), Exempt: v("exempt"), Note: v("note"), Terms: v("terms"), Pay: v("pay"), Internal: v("internal"), Projects: form.Lists["projects"], Quiet: v("quiet") != "", Version: number(v("version"))}
	for n := range form.Lists["text"] {
		at := func(field string) string {
			if list := form.Lists[field]; n < len(list) {
				return list[n]
			}
			return ""
		}
		f.Lines = append(f.Lines, db.LineForm{Text: at("text"), Detail: at("detail"), Quantity: at("quantity"), Unit: at("unit"), Price: at("price"), Off: at("off"), Tax: at("tax")})
	}
	return f
}

// shownInvoice puts an invoice into the form.
func shownInvoice(f db.InvoiceForm) web.Form {
	form := web.FormOf(map[string]string{"company": f.Company, "contact": f.Contact, "kind": f.Kind, "language": f.Language, "currency": f.Currency, "due": f.DueOn, "days": f.Days, "from": f.From, "to": f.To,
		"order": f.Order, "rounding": f.Rounding, "exempt": f.Exempt, "note": f.Note, "terms": f.Terms, "pay": f.Pay, "internal": f.Internal, "version": strconv.FormatInt(f.Version, 10)})
	if f.Quiet {
		form.Values["quiet"] = "yes"
	}
	form.Lists["projects"] = f.Projects
	for _, line := range f.Lines {
		for field, text := range map[string]string{"text": line.Text, "detail": line.Detail, "quantity": line.Quantity, "unit": line.Unit, "price": line.Price, "off": line.Off, "tax": line.Tax} {
			form.Lists[field] = append(form.Lists[field], text)
		}
	}
	return form
}

// At is what a line's field holds.
func (f invoiceForm) At(field string, n int) string {
	if list := f.Form.Lists[field]; n < len(list) {
		return list[n]
	}
	if field == "tax" && len(f.Taxes) > 0 {
		return db.TaxKey(f.Taxes[0])
	}
	return ""
}

// NewInvoice shows the form: of a company that is chosen, or the choice.
func (t *Team) NewInvoice(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	company, err := db.ParseID(c.Query("company"))
	if c.Query("company") == "" {
		return t.stillAt(c, "invoices", fiber.StatusOK, "team/invoice_new", func(s sight) (content, []live.Region, error) {
			companies, err := s.Companies()
			return content{s.T("invoices.new"), slices.DeleteFunc(companies, func(c db.CompanyLine) bool { return c.Status != db.CompanyActive })}, nil, err
		})
	}
	if err != nil {
		return err
	}
	var form web.Form
	if err := t.look(c, func(s sight) error {
		usual, err := s.UsualInvoice(company)
		form = shownInvoice(usual.Form())
		return err
	}); err != nil {
		return err
	}
	if project := c.Query("project"); project != "" {
		form.Lists["projects"] = []string{project}
	}
	return t.invoiceForm(c, fiber.StatusOK, invoiceForm{Form: form})
}

// EditInvoiceForm shows the form of a draft.
func (t *Team) EditInvoiceForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var i db.Invoice
	if err := t.look(c, func(s sight) (err error) { i, err = s.Viewer.Invoice(id); return err }); err != nil {
		return err
	}
	if i.State != db.InvoiceDraft {
		return t.invoiceDone(c, id, db.ErrSent, "")
	}
	return t.invoiceForm(c, fiber.StatusOK, invoiceForm{ID: id, Form: shownInvoice(i.Form()), Credit: i.Kind == bill.Credit})
}

// invoiceForm shows the form with what it offers to choose from.
func (t *Team) invoiceForm(c *fiber.Ctx, status int, page invoiceForm) error {
	company, err := db.ParseID(page.Form.Value("company"))
	if err != nil {
		return err
	}
	page.Units, page.Languages, page.Kinds = bill.Units, db.BillTexts, []string{bill.Invoice, bill.Deposit}
	rows := min(max(len(page.Form.Lists["text"]), 1)+emptyLines, bill.MaxLines)
	if len(page.Form.Lists["text"]) > emptyLines && blankTail(page.Form) >= emptyLines && page.Form.Value("do") != "more" {
		rows = len(page.Form.Lists["text"])
	}
	for n := range rows {
		page.Lines = append(page.Lines, n)
	}
	title := "invoices.new"
	if page.ID != 0 {
		title = "invoices.edit"
	}
	return t.stillAt(c, "invoices", status, "team/invoice_form", func(s sight) (content, []live.Region, error) {
		err := s.offerInvoice(&page, company)
		return content{s.T(title), page}, nil, err
	})
}

// blankTail is how many lines at the end hold nothing.
func blankTail(form web.Form) (blank int) {
	texts, prices := form.Lists["text"], form.Lists["price"]
	for n := len(texts) - 1; n >= 0 && texts[n] == "" && (n >= len(prices) || prices[n] == ""); n-- {
		blank++
	}
	return blank
}

// offerInvoice reads what can be chosen on the form.
func (s sight) offerInvoice(page *invoiceForm, company db.ID) (err error) {
	if page.Companies, err = s.Companies(); err != nil {
		return err
	}
	for _, one := range page.Companies {
		if one.ID == company {
			page.Company = one
		}
	}
	if page.Contacts, err = s.Contacts(company); err != nil {
		return err
	}
	projects, err := s.Projects()
	if err != nil {
		return err
	}
	for _, project := range projects {
		if project.CompanyID == company {
			page.Projects = append(page.Projects, project)
		}
	}
	settings, err := s.Billing()
	if err != nil {
		return err
	}
	page.Taxes = taxesOffered(settings, page.Form.Lists["tax"])
	p, totals, mistakes := formOf(page.Form).Reckon()
	page.Sums = invoiceSums{totals, p.Currency, len(mistakes)}
	page.Deposits, err = s.deposits(company, page.ID)
	return err
}

// deposits are the deposit invoices of a company that were sent, to be taken off.
func (s sight) deposits(company, but db.ID) (list []db.InvoiceLine, err error) {
	all, err := s.Viewer.Invoices(db.InvoiceFilter{Company: company}, "")
	for _, i := range all {
		if i.Kind == bill.Deposit && i.State == db.InvoiceSent && i.ID != but && i.Credited < i.Total {
			list = append(list, i)
		}
	}
	return list, err
}

// taxesOffered are the workspace's rates and the other categories, and whatever a line has already.
func taxesOffered(b db.BillSettings, had []string) (taxes []bill.Tax) {
	for _, rate := range b.Rates {
		if rate > 0 {
			taxes = append(taxes, bill.Tax{Category: bill.Standard, Rate: rate})
		}
	}
	for _, category := range bill.Categories[1:] {
		taxes = append(taxes, bill.Tax{Category: category})
	}
	if len(b.Rates) > 0 && b.Rates[0] == 0 {
		slices.SortStableFunc(taxes, func(a, b bill.Tax) int {
			return map[bool]int{true: 0, false: 1}[a.Category == bill.Zero] - map[bool]int{true: 0, false: 1}[b.Category == bill.Zero]
		})
	}
	for _, key := range had {
		if tax, ok := db.ParseTax(key); ok && !slices.Contains(taxes, tax) {
			taxes = append(taxes, tax)
		}
	}
	return taxes
}

// AddInvoice stores a draft, or shows the form again with more lines.
func (t *Team) AddInvoice(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	form, f := readInvoice(c)
	if form.Value("do") == "more" {
		return t.invoiceForm(c, fiber.StatusOK, invoiceForm{Form: form})
	}
	id, err := t.Store.AddInvoice(t.Actor(c), f)
	if form.Refused(t.Words(c), err) {
		if _, wrong := db.ParseID(form.Value("company")); wrong != nil || form.Mistake("company") != "" {
			return t.invoiceCompany(c, form.Mistake("company"))
		}
		return t.invoiceForm(c, fiber.StatusUnprocessableEntity, invoiceForm{Form: form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, invoiceURL(id)+"?said=invoice-drafted")
}

// invoiceCompany asks for the company again.
func (t *Team) invoiceCompany(c *fiber.Ctx, mistake string) error {
	return t.stillAt(c, "invoices", fiber.StatusUnprocessableEntity, "team/invoice_new", func(s sight) (content, []live.Region, error) {
		companies, err := s.Companies()
		return content{s.T("invoices.new"), companies}, nil, err
	})
}

// EditInvoice changes a draft.
func (t *Team) EditInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form, f := readInvoice(c)
	page := invoiceForm{ID: id, Form: form, Credit: form.Value("kind") == bill.Credit}
	if form.Value("do") == "more" {
		if err := t.look(c, func(s sight) (err error) { _, err = s.Viewer.Invoice(id); return err }); err != nil {
			return err
		}
		return t.invoiceForm(c, fiber.StatusOK, page)
	}
	err = t.Store.EditInvoice(t.Actor(c), id, f)
	if conflict := conflictOf(err); conflict != nil {
		page.Form.Values["version"], page.Theirs = strconv.FormatInt(conflict.Version, 10), conflict.Theirs
		return t.invoiceForm(c, fiber.StatusConflict, page)
	}
	if page.Form.Refused(t.Words(c), err) {
		if _, wrong := db.ParseID(form.Value("company")); wrong != nil {
			return t.invoiceDone(c, id, err, "")
		}
		return t.invoiceForm(c, fiber.StatusUnprocessableEntity, page)
	}
	if errors.Is(err, db.ErrSent) {
		return t.invoiceDone(c, id, err, "")
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, invoiceURL(id)+"?said=invoice-drafted")
}

// SumInvoice answers with what the lines of a form come to, and stores nothing.
func (t *Team) SumInvoice(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	_, f := readInvoice(c)
	p, totals, mistakes := f.Reckon()
	return t.SendFragment(c, fiber.StatusOK, "fragments/invoice_sums", map[string]any{"W": t.Words(c), "Sums": invoiceSums{totals, p.Currency, len(mistakes)}})
}
