package importers

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// A timeTable is a report whose header has been recognised.
type timeTable struct {
	tool    *timeTool
	at      [timeFields]int // where each field stands in a row, or -1
	columns int
	file    []byte
	reader  *csv.Reader
	row     int   // the last one read, as a spreadsheet counts
	counted int64 // bytes whose line ends have been counted
	lines   int   // line ends up to there
}

// A timeRow is one row of a report.
type timeRow struct {
	row    int
	at     *[timeFields]int
	cells  []string
	short  bool     // fewer cells than the header
	broken string   // the kind of problem for which nothing in it can be read, or ""
	days   [2]*date // when it began and ended; nil when not known
}

// cell is what a field says in this row, without outer blanks, or "".
func (r *timeRow) cell(field timeField) string {
	if place := r.at[field]; place >= 0 && place < len(r.cells) {
		return strings.TrimSpace(r.cells[place])
	}
	return ""
}

// separators of cells, as the countries of this world have them.
var separators = []rune{',', ';', '\t'}

// findHeader takes the separator with which the first line is a known header.
func findHeader(file []byte) (*timeTable, error) {
	first := 0
	if line, rest, found := bytes.Cut(file, []byte("\n")); found && bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		file, first = rest, 1 // Excel writes such a line, and hides it
	}
	if crowded(file) {
		return nil, bad(badTimeCells)
	}
	var failed error
	for _, separator := range separators {
		t := &timeTable{file: file, row: first, reader: csv.NewReader(bytes.NewReader(file))}
		t.reader.Comma = separator
		t.reader.FieldsPerRecord = -1
		t.reader.TrimLeadingSpace = separator != '\t'
		header, err := t.next()
		if err != nil || len(header) > maxTimeColumns {
			continue
		}
		for i := range header {
			header[i] = headerName(header[i])
		}
		t.columns = len(header)
		if t.tool, t.at, err = recognise(header); err == nil {
			return t, nil
		}
		var refused *BadFile
		if failed == nil || errors.As(failed, &refused) && refused.Key == badTimeUnknown {
			failed = err
		}
	}
	if failed == nil {
		failed = bad(badTimeUnknown)
	}
	return nil, failed
}

// Most separators on one line and in a file: a file of commas alone would cost
// twenty times its size. Texts with commas stay far below.
const (
	maxTimeLine  = 10_000
	maxTimeCells = 6_000_000
)

func crowded(file []byte) bool {
	all := map[rune]int{}
	for line := range bytes.Lines(file) {
		for _, separator := range separators {
			some := bytes.Count(line, []byte(string(separator)))
			if all[separator] += some; some > maxTimeLine || all[separator] > maxTimeCells {
				return true
			}
		}
	}
	return false
}

// next reads one row and knows its number: cells with line breaks make a row of
// several lines, and blank lines are rows to a spreadsheet, but not to us.
func (t *timeTable) next() ([]string, error) {
	cells, err := t.reader.Read()
	if err == io.EOF {
		return nil, err
	}
	starts := 0
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		starts = broken.StartLine
	} else if len(cells) > 0 {
		starts, _ = t.reader.FieldPos(0)
	}
	t.row += max(1, starts-t.lines)
	read := t.reader.InputOffset()
	t.lines += bytes.Count(t.file[t.counted:read], []byte("\n"))
	t.counted = read
	return cells, err
}

// read reads what stands below the header.
func (t *timeTable) read(most int) ([]timeRow, error) {
	var rows []timeRow
	for {
		before := t.counted
		cells, err := t.next()
		if err == io.EOF {
			return rows, nil
		}
		r := timeRow{row: t.row, at: &t.at, cells: cells, short: len(cells) < t.columns}
		switch {
		case errors.Is(err, csv.ErrQuote) && t.counted == int64(len(t.file)) && bytes.Count(t.file[before:], []byte{'"'})%2 == 1:
			return nil, bad(badCut) // a cell that does not end
		case err != nil:
			r.broken, r.cells = timeQuotes, nil
		case blank(cells):
			continue
		case len(cells) > t.columns:
			if !blank(cells[t.columns:]) {
				r.broken = timeCells
			}
			r.cells = slices.Clone(cells[:t.columns])
		}
		if len(rows) == most {
			return nil, bad(badTimeRows, "Max", most)
		}
		rows = append(rows, r)
	}
}

// blank tells cells of which none says anything.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}
