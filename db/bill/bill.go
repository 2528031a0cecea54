// Package bill reckons invoices and credit notes. It knows nothing of the database: a
// Paper is everything that stands on one, and all its sums follow from it.
//
// Amounts are whole minor units of the paper's currency (ISO 4217), quantities are
// thousandths, rates hundredths of a percent. Nothing is ever counted in floats.
package bill

// Kinds of a paper: an invoice, one asked for before the work, and a credit note. The
// amounts of a credit note are positive: it gives back what it says.
const (
	Invoice = "invoice"
	Deposit = "deposit"
	Credit  = "credit"
)

// How tax is rounded: once for each rate (EN 16931, BR-CO-17), or line by line.
const (
	PerTotal = "total"
	PerLine  = "line"
)

// Paper is an invoice as it was sent. Days are written as 2006-01-02, "" for none. It is
// kept as JSON: names of fields are never changed.
type Paper struct {
	Kind     string `json:"kind"`
	Number   string `json:"number"` // "" on a draft
	Language string `json:"language"`
	Currency string `json:"currency"`
	IssuedOn string `json:"issued_on,omitempty"`
	DueOn    string `json:"due_on,omitempty"`
	From     string `json:"served_from,omitempty"` // when the work was done
	To       string `json:"served_to,omitempty"`
	Order    string `json:"order,omitempty"` // the buyer's purchase order
	Rounding string `json:"rounding"`

	Credits   string `json:"credits,omitempty"` // the number of the invoice that this gives back
	CreditsOn string `json:"credits_on,omitempty"`

	Seller   Party    `json:"seller"`
	Buyer    Party    `json:"buyer"`
	Projects []string `json:"projects,omitempty"`
	Lines    []Line   `json:"lines"`
	Extras   []Extra  `json:"extras,omitempty"`
	Prepaid  int64    `json:"prepaid,omitempty"` // what was paid before it was issued

	Note    string `json:"note,omitempty"`
	Terms   string `json:"terms,omitempty"`
	Pay     string `json:"pay,omitempty"`    // how to pay, as text
	Exempt  string `json:"exempt,omitempty"` // why lines of category E bear no tax
	Account string `json:"account,omitempty"`
	IBAN    string `json:"iban,omitempty"`
	BIC     string `json:"bic,omitempty"`
}

// Party is a seller or a buyer. Country is ISO 3166-1 alpha-2.
type Party struct {
	Name    string `json:"name"`
	Contact string `json:"contact,omitempty"`
	Street  string `json:"street,omitempty"` // one or more lines
	Post    string `json:"post,omitempty"`
	City    string `json:"city,omitempty"`
	Country string `json:"country,omitempty"`
	VAT     string `json:"vat,omitempty"`
	Code    string `json:"code,omitempty"` // company registration
	Mail    string `json:"mail,omitempty"`
}

// Line is what is charged for. Off is what is taken off its amount: a share in hundredths
// of a percent (OffRate), or an amount; not both. Unit is one of Units.
type Line struct {
	Text     string   `json:"text"`
	Detail   string   `json:"detail,omitempty"`
	Quantity Quantity `json:"quantity"`
	Unit     string   `json:"unit"`
	Price    int64    `json:"price"`
	OffRate  Rate     `json:"off_rate,omitempty"`
	Off      int64    `json:"off,omitempty"`
	Tax      Tax      `json:"tax"`
}

// Extra is taken off the whole paper or comes on top of it: Amount is negative for what is
// taken off.
type Extra struct {
	Text   string `json:"text"`
	Amount int64  `json:"amount"`
	Tax    Tax    `json:"tax"`
}

// Quantity is in thousandths, Rate in hundredths of a percent: 24 % are 2400.
type (
	Quantity int64
	Rate     int64
)

// Tax is a category of UNCL 5305 as EN 16931 uses it, and its rate, which is 0 for all but S.
type Tax struct {
	Category string `json:"category"`
	Rate     Rate   `json:"rate,omitempty"`
}

// The categories of tax that a line can have.
const (
	Standard = "S"
	Zero     = "Z"
	Exempt   = "E"  // Paper.Exempt says why
	Reverse  = "AE" // the buyer owes it: Directive 2006/112/EC, articles 194 and 196
	Supply   = "K"  // to another member state: article 138
	Export   = "G"  // article 146
	Outside  = "O"  // not subject to VAT
)

// Categories are all of them, in the order in which they are offered.
var Categories = []string{Standard, Reverse, Zero, Exempt, Supply, Export, Outside}

// Units are what quantities are counted in: codes of UN/ECE Recommendation 20, in the
// order in which they are offered.
var Units = []string{"C62", "HUR", "DAY", "WEE", "MON", "ANN", "KMT", "MTR", "MTK", "KGM", "LTR", "E48"}
