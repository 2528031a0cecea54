package importers

import (
	"fmt"
	"strings"
)

// BadFile says why a file cannot be imported at all. Key names a sentence of the
// catalogue, Args are its name and value pairs. Nothing else is wrong: an error
// of another type means that the file could not be read.
type BadFile struct {
	Key  string
	Args []any
}

func bad(key string, args ...any) error { return &BadFile{key, args} }

// Keys of BadFile.
const (
	badEmpty     = "import.bad.empty"
	badNotJSON   = "import.bad.notjson"
	badHTML      = "import.bad.html"
	badZip       = "import.bad.zip"
	badCut       = "import.bad.cut"
	badBroken    = "import.bad.broken" // Byte
	badTooBig    = "import.bad.toobig" // MiB
	badDeep      = "import.bad.deep"   // Max
	badNotObject = "import.bad.notobject"
	badOtherTool = "import.bad.othertool" // Name
	badNotBoard  = "import.bad.notboard"
	badManyCards = "import.bad.manycards" // Max
	badTooMany   = "import.bad.toomany"

	badTimeNotCSV   = "import.time.bad.notcsv"
	badTimeZip      = "import.time.bad.zip"
	badTimeEncoding = "import.time.bad.encoding"
	badTimeTooBig   = "import.time.bad.toobig" // MiB
	badTimeRows     = "import.time.bad.rows"   // Max
	badTimeCells    = "import.time.bad.cells"
	badTimeUnknown  = "import.time.bad.unknown"
	badTimeProjects = "import.time.bad.projects" // Name
	badTimeClients  = "import.time.bad.clients"  // Name
	badTimeSummary  = "import.time.bad.summary"  // Name
	badTimeColumns  = "import.time.bad.columns"  // Name
	badTimeNothing  = "import.time.bad.nothing"  // Name
)

// sentences are for logs and the command line; people read the catalogue's.
var sentences = map[string]string{
	badEmpty:     "The file is empty.",
	badNotJSON:   "The file is not JSON. Use the export as JSON, not CSV.",
	badHTML:      "The file is a web page, not an export. Sign in to the other tool and export again.",
	badZip:       "The file is compressed. Unpack it and import the JSON file in it.",
	badCut:       "The file ends too early: it was not saved or uploaded whole. Export it again.",
	badBroken:    "The file is damaged after byte {Byte}. Export it again.",
	badTooBig:    "The file is larger than {MiB} MiB.",
	badDeep:      "The file is nested more than {Max} levels deep, which no board is.",
	badNotObject: "The file is JSON, but not a board: a board is one JSON object.",
	badOtherTool: "The file comes from {Name}, not from Trello.",
	badNotBoard:  "The file is JSON, but not a Trello board. Export the whole board as JSON from its menu.",
	badManyCards: "The board has more than {Max} cards.",
	badTooMany:   "The file lists more of something than any board has.",

	badTimeNotCSV:   "The file is not CSV. Export the detailed time report as CSV.",
	badTimeZip:      "The file is a workbook or compressed. Export the detailed time report as CSV.",
	badTimeEncoding: "The file is not UTF-8 text. Export it again, or save it as CSV UTF-8.",
	badTimeTooBig:   "The file is larger than {MiB} MiB. Export a shorter period.",
	badTimeRows:     "The file has more than {Max} rows. Export a shorter period.",
	badTimeCells:    "The file has more cells than any report. Export a shorter period.",
	badTimeUnknown:  "The first line is not that of a time report. Export the detailed time report of Toggl, Harvest or Clockify as CSV.",
	badTimeProjects: "The file is a list of projects from {Name}, without time entries. Export the detailed time report as CSV.",
	badTimeClients:  "The file is a list of clients from {Name}, without time entries. Export the detailed time report as CSV.",
	badTimeSummary:  "The file holds sums from {Name}, without single time entries. Export the detailed time report as CSV.",
	badTimeColumns:  "The report from {Name} lacks the date or the duration. Export it again with all columns.",
	badTimeNothing:  "The report from {Name} has no time entries. Export a period with entries.",
}

// Error is the English sentence.
func (b *BadFile) Error() string {
	text, known := sentences[b.Key]
	if !known {
		return fmt.Sprint(b.Key, " ", b.Args)
	}
	for i := 0; i+1 < len(b.Args); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprint("{", b.Args[i], "}"), fmt.Sprint(b.Args[i+1]))
	}
	return text
}
