package importers

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A timeField is what a column of a report tells.
type timeField int

const (
	fieldOther timeField = iota // known, and not read: it only tells whose file it is
	fieldPerson
	fieldFirstName
	fieldLastName
	fieldMail
	fieldClient
	fieldProject
	fieldTask
	fieldText
	fieldTags
	fieldBillable
	fieldInvoiced
	fieldType
	fieldDate
	fieldStart
	fieldEndDate
	fieldEnd
	fieldLength // hours, minutes and seconds, or hours with decimals
	fieldHours  // the same once more, with decimals
	fieldCreated
	timeFields
)

// A timeTool is a tool whose reports are read.
type timeTool struct {
	name    string
	columns map[string]timeField // by header, as headerName has it
	empty   string               // what stands in a cell for nothing
	noWork  map[string]bool      // entry types that are no work, in lower case
}

var timeTools = []*timeTool{&toggl, &harvest, &clockify}

// headerName is how a column's name is compared: without case and outer blanks,
// and without the currency that stands behind money, as in Amount (EUR), or the
// lack of one, as in Amount (). What else stands there tells columns apart:
// Duration (h) and Duration (decimal).
func headerName(cell string) string {
	name := strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(cell)), " "))
	before, behind, _ := strings.Cut(name, " (")
	if inside, closed := strings.CutSuffix(behind, ")"); closed && inside != "h" && utf8.RuneCountInString(inside) <= 3 {
		return before
	}
	return name
}

// fit places the tool's fields in a header. known is how many of the columns
// are the tool's; the first of two columns of one kind counts.
func (t *timeTool) fit(header []string) (places [timeFields]int, known int) {
	for field := range places {
		places[field] = -1
	}
	for i, name := range header {
		field, is := t.columns[name]
		if !is {
			continue
		}
		known++
		if places[field] < 0 {
			places[field] = i
		}
	}
	return places, known
}

// leastColumns is how many columns of a tool a header must have to be its.
const leastColumns = 4

// recognise says whose report a header belongs to, or why it is none.
func recognise(header []string) (*timeTool, [timeFields]int, error) {
	var best *timeTool
	var at [timeFields]int
	most := 0
	for _, tool := range timeTools {
		if places, known := tool.fit(header); known > most {
			best, at, most = tool, places, known
		}
	}
	dated := best != nil && at[fieldDate] >= 0
	timed := best != nil && (at[fieldLength] >= 0 || at[fieldHours] >= 0 || at[fieldStart] >= 0 && at[fieldEnd] >= 0)
	if dated && timed && most >= leastColumns {
		return best, at, nil
	}
	for _, other := range otherReports {
		if other.is(header) {
			return nil, at, bad(other.key, "Name", other.tool)
		}
	}
	if most >= leastColumns && (dated || timed) {
		return nil, at, bad(badTimeColumns, "Name", best.name)
	}
	return nil, at, bad(badTimeUnknown)
}

// An otherReport is a file of these tools that holds no single entries.
type otherReport struct {
	tool, key string
	columns   []string
}

var otherReports = []otherReport{
	{"Harvest", badTimeProjects, []string{"project", "budget by"}},
	{"Harvest", badTimeClients, []string{"client name", "address"}},
	{"Clockify", badTimeProjects, []string{"project", "tracked (h)"}},
	{"Clockify", badTimeProjects, []string{"project", "visibility", "billability"}},
	{"Clockify", badTimeSummary, []string{"time (h)"}},
	{"Clockify", badTimeSummary, []string{"time (decimal)"}},
	{"Harvest", badTimeSummary, []string{"client", "total hours"}},
	{"Harvest", badTimeSummary, []string{"project", "total hours"}},
	{"Toggl", badTimeSummary, []string{"project", "duration"}},
	{"Toggl", badTimeSummary, []string{"client", "duration"}},
	{"Toggl", badTimeSummary, []string{"project", "registered time"}},
}

func (o *otherReport) is(header []string) bool {
	have := map[string]bool{}
	for _, name := range header {
		have[name] = true
	}
	for _, name := range o.columns {
		if !have[name] {
			return false
		}
	}
	return true
}
