package importers

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestFilesThatAreNoTimeReport(t *testing.T) {
	row := "A,,,P,,x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,\n"
	for name, c := range map[string]struct{ file, key, says string }{
		"nothing":            {"", badEmpty, "is empty"},
		"white space":        {"\uFEFF \r\n\t ", badEmpty, "is empty"},
		"a letter":           {"Dear all,\nhere is the time.", badTimeUnknown, "first line"},
		"html":               {"\n<!DOCTYPE html><title>Log in</title>", badHTML, "web page"},
		"a workbook":         {"PK\x03\x04abc", badTimeZip, "workbook"},
		"an old workbook":    {"\xd0\xcf\x11\xe0\xa1\xb1", badTimeZip, "workbook"},
		"gzip":               {"\x1f\x8b\x08", badTimeZip, "compressed"},
		"json":               {`[{"id":1,"duration":60}]`, badTimeNotCSV, "not CSV"},
		"pdf":                {"%PDF-1.7", badTimeNotCSV, "not CSV"},
		"utf-16":             {"\xff\xfeU\x00s\x00", badTimeEncoding, "UTF-8"},
		"utf-16 unmarked":    {"U\x00s\x00e\x00r\x00", badTimeEncoding, "UTF-8"},
		"windows-1253":       {togglHead + "\xcc\xe1\xf1\xdf\xe1" + row[1:], badTimeEncoding, "UTF-8"},
		"no entries":         {togglHead + "\n,,,\n", badTimeNothing, "from Toggl has no"},
		"cut":                {togglHead + row + `A,,,P,,"half a`, badCut, "too early"},
		"a board":            {"Task ID,Created At,Name,Assignee,Due Date,Tags,Notes,Projects\n", badTimeUnknown, "first line"},
		"a list of expenses": {"Date,Client,Project,Expense Category,Notes,Total Cost\n2026-03-04,K,W,Travel,x,9\n", badTimeColumns, "Harvest lacks"},
		"without dates":      {"Project,Client,Description,Task,User,Duration (h),Duration (decimal)\n", badTimeColumns, "Clockify lacks"},
		"without durations":  {"User,Email,Client,Project,Start date,Tags\n", badTimeColumns, "Toggl lacks"},
		"Harvest's projects": {"Client,Project,Project Code,Start Date,End Date,Project Notes,Total Hours,Billable Hours,Billable Amount,Budget By,Budget,Budget Spent,Budget Remaining,Total Costs,Team Costs,Expenses\nK,W,,,,,1,1,1,Hours,1,1,1,1,1,1\n",
			badTimeProjects, "projects from Harvest"},
		"Harvest's clients":   {"Client Name,Address\nKiosk,\"\"\n", badTimeClients, "clients from Harvest"},
		"Clockify's projects": {`"Project","Client","Status","Visibility","Billability","Task","Tracked (h)","Estimated (h)","Remaining (h)","Overage (h)","Progress(%)","Billable (h)","Non-billable (h)","Billable Rate (USD)","Amount (USD)","Project members","Project manager","Note"` + "\n", badTimeProjects, "projects from Clockify"},
		"Clockify's sums":     {"\uFEFF\"Project\",\"Client\",\"Description\",\"Time (h)\",\"Time (decimal)\",\"Amount (USD)\"\n", badTimeSummary, "sums from Clockify"},
		"Toggl's sums":        {"Client,Project,Description,Duration\nK,W,x,1:00:00\n", badTimeSummary, "sums from Toggl"},
		"a line of commas":    {togglHead + strings.Repeat(",", maxTimeLine+1), badTimeCells, "more cells"},
		"a row of lines":      {togglHead + strings.Repeat("\"\n\",", maxTimeCells), badTimeCells, "more cells"},
		"a wide header":       {strings.Repeat("x,", maxTimeColumns) + togglHead + row, badTimeUnknown, "first line"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := ReadTime([]byte(c.file), TimeReading{})
			var refused *BadFile
			if plan != nil || !errors.As(err, &refused) {
				t.Fatalf("got %+v, %v", plan, err)
			}
			if refused.Key != c.key || !strings.Contains(err.Error(), c.says) || strings.ContainsAny(err.Error(), "{}") {
				t.Errorf("got %s: %s", refused.Key, err)
			}
		})
	}
}

func TestAReportThatIsTooBig(t *testing.T) {
	_, err := ReadTime(bytes.Repeat([]byte("\n"), MaxTimeBytes+1), TimeReading{})
	if err == nil || err.Error() != "The file is larger than 32 MiB. Export a shorter period." {
		t.Error(err)
	}
}

// Wherever an upload breaks off, what is read of it is whole rows.
func TestCutReports(t *testing.T) {
	file := togglHead + strings.Repeat(`"A","a@b.example","","P","","x, y","No","2026-03-04","09:00:00","2026-03-04","10:00:00","01:00:00","",""`+"\n", 3)
	for end := len(togglHead) + 1; end < len(file); end++ {
		plan, err := ReadTime([]byte(file[:end]), TimeReading{})
		var refused *BadFile
		if err != nil && (!errors.As(err, &refused) || refused.Key != badCut) {
			t.Fatalf("cut at …%q: %v", file[end-10:end], err)
		}
		if err == nil {
			soundTime(t, plan)
			for _, e := range plan.Entries {
				if e.Minutes != 60 {
					t.Fatalf("cut at …%q: %+v", file[end-10:end], e)
				}
			}
		}
	}
}

func TestSeparators(t *testing.T) {
	row := "A,a@b.example,K,W,,\"x, y\",Yes,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,\n"
	want := readTime(t, togglHead+row)
	for name, file := range map[string]string{
		"line ends":   strings.ReplaceAll(togglHead+row, "\n", "\r\n"),
		"semicolons":  strings.NewReplacer(", ", ", ", ",", ";").Replace(togglHead + row),
		"tabs":        strings.NewReplacer(", ", ", ", ",", "\t").Replace(togglHead + row),
		"blanks":      strings.NewReplacer(`,"`, `, "`).Replace(togglHead + row),
		"mark":        "\uFEFF" + `"User"` + togglHead[4:] + row,
		"case":        strings.ToUpper(togglHead) + row,
		"Excel's own": "sep=;\r\n" + strings.NewReplacer(", ", ", ", ",", ";").Replace(togglHead+row),
	} {
		got := readTime(t, file)
		got.Entries[0].Row = 2
		same(t, name, got.Entries, want.Entries)
		same(t, "problems with "+name, told(got), "")
	}
}
