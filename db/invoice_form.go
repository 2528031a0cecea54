package db

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vitrine/db/bill"
)

// InvoiceForm is an invoice as it is filled in. Kind is bill.Invoice or bill.Deposit; a
// credit note is made of what it gives back. Amounts are in whole units with their decimals.
type InvoiceForm struct {
	Company, Contact, Kind, Language, Currency string
	DueOn, Days, From, To                      string
	Order, Rounding, Exempt                    string
	Note, Terms, Pay, Internal                 string
	Projects                                   []string
	Lines                                      []LineForm
	Quiet                                      bool
	Version                                    int64
}

// LineForm is a line of it. Off is a share ("10 %") or an amount; Tax is a category and a
// rate as TaxKey writes it.
type LineForm struct{ Text, Detail, Quantity, Unit, Price, Off, Tax string }

// TaxKey is how a form names a tax: "S 24", "AE".
func TaxKey(t bill.Tax) string {
	if t.Category == bill.Standard {
		return t.Category + " " + bill.Short(int64(t.Rate), 2)
	}
	return t.Category
}

// ParseTax reads what TaxKey wrote.
func ParseTax(key string) (t bill.Tax, ok bool) {
	category, rate, _ := strings.Cut(key, " ")
	if !slices.Contains(bill.Categories, category) {
		return t, false
	}
	t.Category = category
	if category != bill.Standard {
		return t, rate == ""
	}
	number, err := bill.ParseNumber(rate, 2)
	t.Rate = bill.Rate(number)
	return t, err == nil && number > 0 && t.Rate <= bill.Whole
}

// Form is the form that would leave it as it is.
func (i Invoice) Form() InvoiceForm {
	scale, _ := bill.Scale(i.Currency)
	f := InvoiceForm{Company: i.CompanyID.String(), Kind: i.Kind, Language: i.Language, Currency: i.Currency, DueOn: string(i.DueOn), From: string(i.From), To: string(i.To),
		Order: i.Order, Rounding: i.Rounding, Exempt: i.Exempt, Note: i.Note, Terms: i.Terms, Pay: i.Pay, Internal: i.Internal, Quiet: i.Quiet, Version: i.Version}
	if i.ContactID != 0 {
		f.Contact = i.ContactID.String()
	}
	if i.Days != nil {
		f.Days = strconv.FormatInt(*i.Days, 10)
	}
	for _, project := range i.About {
		f.Projects = append(f.Projects, project.ID.String())
	}
	for _, line := range i.Lines {
		f.Lines = append(f.Lines, lineForm(line, scale))
	}
	return f
}

func lineForm(line bill.Line, scale int) LineForm {
	f := LineForm{Text: line.Text, Detail: line.Detail, Quantity: bill.Short(int64(line.Quantity), 3), Unit: line.Unit, Price: bill.Typed(line.Price, scale), Tax: TaxKey(line.Tax)}
	switch {
	case line.OffRate != 0:
		f.Off = bill.Short(int64(line.OffRate), 2) + " %"
	case line.Off != 0:
		f.Off = bill.Typed(line.Off, scale)
	}
	return f
}

// blank says that nothing was filled in: such a line is left out.
func (f LineForm) blank() bool {
	return strings.TrimSpace(f.Text+f.Detail+f.Price+f.Off) == ""
}

// Reckon adds up what is filled in so far, before it is stored: lines with a mistake, which
// are not counted, are its mistakes.
func (f InvoiceForm) Reckon() (bill.Paper, bill.Totals, []error) {
	var mistakes []error
	p := bill.Paper{Kind: f.Kind, Currency: strings.ToUpper(strings.TrimSpace(f.Currency)), Rounding: f.Rounding}
	scale, _ := bill.Scale(p.Currency)
	for n, line := range f.Lines {
		if line.blank() {
			continue
		}
		clean, err := line.clean(n, scale)
		if err != nil {
			mistakes = append(mistakes, err)
			continue
		}
		p.Lines = append(p.Lines, clean)
	}
	totals, err := p.Reckon()
	if err != nil {
		mistakes = append(mistakes, invalid("lines", "amount.too-large"))
	}
	return p, totals, mistakes
}

// drafted is a cleaned form.
type drafted struct {
	Invoice
	company, contact ID
	projects         []ID
}

func (f InvoiceForm) clean() (d drafted, err error) {
	d.Kind, d.Rounding, d.Language, d.Quiet = f.Kind, f.Rounding, f.Language, f.Quiet
	switch {
	case !oneOf(f.Kind, bill.Invoice, bill.Deposit, bill.Credit):
		return d, invalid("kind", "choice.unknown")
	case !oneOf(f.Rounding, bill.PerTotal, bill.PerLine):
		return d, invalid("rounding", "choice.unknown")
	case !oneOf(f.Language, BillTexts...):
		return d, invalid("language", "language.unknown")
	}
	if d.company, err = ParseID(f.Company); err != nil {
		return d, invalid("company", "choice.unknown")
	}
	if f.Contact != "" {
		if d.contact, err = ParseID(f.Contact); err != nil {
			return d, invalid("contact", "choice.unknown")
		}
	}
	for _, text := range f.Projects {
		id, err := ParseID(text)
		if err != nil {
			return d, invalid("projects", "choice.unknown")
		}
		d.projects = append(d.projects, id)
	}
	if d.Currency, err = cleanCurrency("currency", f.Currency); err != nil {
		return d, err
	}
	if err := f.cleanDays(&d.Invoice); err != nil {
		return d, err
	}
	for _, text := range []struct {
		field, text string
		into        *string
		max         int
	}{{"note", f.Note, &d.Note, 2000}, {"terms", f.Terms, &d.Terms, 2000}, {"pay", f.Pay, &d.Pay, 2000}, {"internal", f.Internal, &d.Internal, 20000}} {
		if *text.into, err = cleanText(text.field, text.text, text.max); err != nil {
			return d, err
		}
	}
	if d.Order, err = cleanLine("order", f.Order, 60); err != nil {
		return d, err
	}
	if d.Exempt, err = cleanLine("exempt", f.Exempt, 300); err != nil {
		return d, err
	}
	return d, f.cleanLines(&d.Invoice)
}

func (f InvoiceForm) cleanDays(i *Invoice) error {
	for _, day := range []struct {
		field, text string
		into        *Date
	}{{"due", f.DueOn, &i.DueOn}, {"from", f.From, &i.From}, {"to", f.To, &i.To}} {
		date, ok := ParseDate(strings.TrimSpace(day.text))
		if !ok {
			return invalid(day.field, "date.invalid")
		}
		*day.into = date
	}
	if i.From != "" && i.To != "" && i.To < i.From {
		return invalid("to", "invoice.served-backwards")
	}
	if text := strings.TrimSpace(f.Days); text != "" && i.DueOn == "" {
		days, err := strconv.ParseInt(text, 10, 64)
		if err != nil || days < 0 || days > 365 {
			return invalid("days", "billing.days-invalid")
		}
		i.Days = &days
	}
	return nil
}

func (f InvoiceForm) cleanLines(i *Invoice) error {
	scale, _ := bill.Scale(i.Currency)
	for n, line := range f.Lines {
		if line.blank() {
			continue
		}
		clean, err := line.clean(n, scale)
		if err != nil {
			return err
		}
		i.Lines = append(i.Lines, clean)
	}
	if len(i.Lines) > bill.MaxLines {
		return invalid("lines", "invoice.lines-many", "Max", bill.MaxLines)
	}
	totals, err := i.Paper().Reckon()
	if err != nil {
		return invalid("lines", "amount.too-large")
	}
	i.Net, i.Tax, i.Total = totals.Net, totals.Tax, totals.Total
	return nil
}

// clean judges line n, whose fields are named after its number.
func (f LineForm) clean(n, scale int) (l bill.Line, err error) {
	at := func(field string) string { return fmt.Sprint(field, n) }
	if l.Text, err = cleanLine(at("text"), f.Text, 300); err != nil {
		return l, err
	}
	if l.Text == "" {
		return l, invalid(at("text"), "invoice.line-empty")
	}
	if l.Detail, err = cleanLine(at("detail"), f.Detail, 300); err != nil {
		return l, err
	}
	quantity := int64(1000)
	if strings.TrimSpace(f.Quantity) != "" {
		if quantity, err = number(at("quantity"), f.Quantity, 3); err != nil {
			return l, err
		}
	}
	if l.Quantity = bill.Quantity(quantity); l.Quantity > bill.MaxQuantity || l.Quantity < -bill.MaxQuantity {
		return l, invalid(at("quantity"), "amount.too-large")
	}
	if l.Price, err = number(at("price"), f.Price, scale); err != nil {
		return l, err
	}
	if l.Unit = f.Unit; l.Unit == "" {
		l.Unit = bill.Units[0]
	}
	if !slices.Contains(bill.Units, l.Unit) {
		return l, invalid(at("unit"), "choice.unknown")
	}
	var ok bool
	if l.Tax, ok = ParseTax(f.Tax); !ok {
		return l, invalid(at("tax"), "choice.unknown")
	}
	return l, f.cleanOff(&l, at("off"), scale)
}

func (f LineForm) cleanOff(l *bill.Line, field string, scale int) error {
	text := strings.TrimSpace(f.Off)
	if text == "" {
		return nil
	}
	share, isShare := strings.CutSuffix(text, "%")
	if isShare {
		rate, err := number(field, share, 2)
		if err != nil {
			return err
		}
		if l.OffRate = bill.Rate(rate); l.OffRate < 0 || l.OffRate > bill.Whole {
			return invalid(field, "invoice.off-invalid")
		}
		return nil
	}
	var err error
	l.Off, err = number(field, text, scale)
	return err
}

// number reads what was typed into a field, with so many decimals at most.
func number(field, text string, scale int) (int64, error) {
	value, err := bill.ParseNumber(text, scale)
	switch err {
	case nil:
		return value, nil
	case bill.ErrTooFine:
		return 0, invalid(field, "amount.too-fine", "Max", scale)
	case bill.ErrTooLarge:
		return 0, invalid(field, "amount.too-large")
	}
	return 0, invalid(field, "amount.invalid")
}
