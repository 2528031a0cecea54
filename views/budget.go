package views

import "time"

// BudgetPaper is what the file of a budget says, in its reader's language and in the order in which it
// is read.
type BudgetPaper struct {
	Language string
	Title    string // the budget's name
	About    string // whose project it belongs to
	Stand    string // of which day it tells
	Brand    InvoiceBrand
	Facts    []InvoiceFact
	Note     string
	Tables   []PaperTable
	Page     string    // "Page {page} of {pages}"
	On       time.Time // that day's midnight in UTC
}

// PaperTable is a table of a file. Its last columns, so many as Figures says, are figures; the first one
// takes the room that the others leave. Sum stands below the rows. Without rows None is said.
type PaperTable struct {
	Title, None string
	Heads       []string
	Rows        [][]string
	Sum         []string
	Figures     int
}
