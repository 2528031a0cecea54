package importers

// A TimePlan is what a report of time entries becomes. Reports carry no ids of
// rows, so each entry goes by a key made of what it says.
type TimePlan struct {
	Tool     string // Toggl, Harvest or Clockify
	Entries  []TimeEntry
	Left     []TimeEntry // could be read, and are no time to take over; Problems say why
	Problems []TimeProblem
	Rows     int // all rows below the header but blank ones

	// Dates is how dates such as 03/04/2024 were read: DayFirst or MonthFirst,
	// or "" when none of them could be read in two ways.
	Dates DateOrder
	// Doubt is there when nothing in the file tells how its dates are meant.
	// Entries have neither dates nor keys then, and must not be stored: ask, and
	// read the file again with the answer.
	Doubt *DateDoubt

	// Whom and what the entries name, by number of entries, most first.
	People   []TimePerson
	Projects []TimeProject
	Tasks    []TimeTask
}

// A TimeEntry is work that one person did. Times are those of the exporting
// account's zone, which no report names.
type TimeEntry struct {
	Row     int    // as a spreadsheet counts: the header stands in row 1
	Key     string // the same whenever the same entry is exported again, and unique within the plan
	Person  string // the name; "" when the report does not say
	Mail    string // lower case; "" when the report does not say
	Client  string // "" for none
	Project string // "" for none
	Task    string // the task or activity; "" for none
	Text    string // may have several lines; formulas stand as they were written
	Date    string // 2006-01-02, the day on which it began
	EndDate string // 2006-01-02, the day on which it ended; as Date when not known
	Start   int    // minutes after midnight of Date, or Unknown
	End     int    // minutes after midnight of EndDate, or Unknown
	Seconds int64  // as the tool says; may differ from End minus Start
	// Minutes are Seconds to the nearest minute, half a minute up, and never
	// fewer than 1: work of a few seconds does not vanish. 1 to MaxTimeMinutes
	// in Entries.
	Minutes  int
	Billable bool
	Invoiced bool // billed there
	Tags     []string
}

// Unknown is the start or end of an entry of which only the length is told.
const Unknown = -1

// A TimeProblem is something about one row. Kind is the end of a catalogue key,
// import.time.row.KIND; Detail is the cell that it is about, or "".
type TimeProblem struct {
	Row    int
	Kind   string
	Left   bool // the row is not among the entries
	Detail string
}

// Kinds of TimeProblem. Those above the line leave the row out.
const (
	timeCells    = "cells"    // fewer or more cells than the header, and not to be made out
	timeQuotes   = "quotes"   // quotation marks that do not close
	timeTotal    = "total"    // a line of sums
	timeDate     = "date"     // unreadable or impossible
	timeLength   = "length"   // an unreadable duration
	timeNegative = "negative" // a duration below zero
	timeZero     = "empty"    // a duration of no second
	timeLong     = "long"     // more than a day
	timeRunning  = "running"  // not stopped yet
	timeNoWork   = "nowork"   // a break, holiday or leave
	//
	timeShort    = "short"    // cells are missing at the end, the rest was read
	timeClock    = "clock"    // an unreadable start or end, taken for unknown
	timeDiffers  = "differs"  // end minus start is over a minute off the duration, which counts
	timeNobody   = "nobody"   // no person
	timeBillable = "billable" // neither yes nor no, taken for no
	timeCut      = "cut"      // a text that was too long
)

// TimePerson is somebody whose entries are in the report, known by mail or else
// by name.
type TimePerson struct {
	Name, Mail string
	Entries    int
	Seconds    int64
}

// TimeProject is a project of the report; two clients may have one of the same
// name. Name is "" for the entries without a project.
type TimeProject struct {
	Name, Client string
	Entries      int
	Seconds      int64
}

// TimeTask is a task or activity within a project.
type TimeTask struct {
	Name, Project, Client string
	Entries               int
	Seconds               int64
}

// Limits of a report.
const (
	MaxTimeBytes   = 32 << 20 // a row has some 200 bytes
	MaxTimeRows    = 100_000  // ten people's entries of five years
	MaxTimeMinutes = 24 * 60  // of one entry
	MaxTimeText    = 4_000    // runes; Toggl ends at 3,000
	maxTimeColumns = 200      // Clockify's custom fields are columns too
	maxTimeTags    = 50       // of one entry
)

// TimeReading says how to read a report.
type TimeReading struct {
	Dates DateOrder // for dates that can be read in two ways and nothing tells how; "" when not known
	Rows  int       // most rows; 0 is MaxTimeRows, which cannot be passed
}

// ReadTime reads a detailed time report of Toggl, Harvest or Clockify in CSV,
// whichever it is. A file that is none is refused with a *BadFile, which is the
// only kind of error. Rates, costs and amounts are never read.
func ReadTime(file []byte, reading TimeReading) (*TimePlan, error) {
	table, err := openTime(file)
	if err != nil {
		return nil, err
	}
	if reading.Rows <= 0 || reading.Rows > MaxTimeRows {
		reading.Rows = MaxTimeRows
	}
	rows, err := table.read(reading.Rows)
	if err != nil {
		return nil, err
	}
	plan := &TimePlan{Tool: table.tool.name, Rows: len(rows)}
	if len(rows) == 0 {
		return nil, bad(badTimeNothing, "Name", plan.Tool)
	}
	plan.settleDates(rows, reading.Dates)
	for i := range rows {
		plan.take(table.tool, &rows[i])
	}
	plan.sign()
	plan.list()
	return plan, nil
}
