package importers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

const (
	togglHead    = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)\n"
	clockifyHead = `"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)"` + "\n"
	clockifyNew  = `"Project","Client","Description","Activity","User","Group","Email","Tags","Type","Billable","Invoiced","Invoice ID","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (EUR)","Billable Amount (EUR)","Date of creation"` + "\n"
	harvestHead  = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL\n"
)

func readTime(t *testing.T, file string, dates ...DateOrder) *TimePlan {
	t.Helper()
	reading := TimeReading{}
	if len(dates) > 0 {
		reading.Dates = dates[0]
	}
	plan, err := ReadTime([]byte(file), reading)
	if err != nil {
		t.Fatal(err)
	}
	soundTime(t, plan)
	return plan
}

// told are the problems of a plan, a line each; those left out have a minus.
func told(p *TimePlan) string {
	var lines []string
	for _, problem := range p.Problems {
		sign := map[bool]string{true: "-", false: ""}[problem.Left]
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s%s %s", problem.Row, sign, problem.Kind, problem.Detail)))
	}
	return strings.Join(lines, "\n")
}

func TestTogglReport(t *testing.T) {
	p := readTime(t, "\uFEFF"+togglHead+
		"Maria Doukas,Maria@Ormos.example,Kiosk,Website,Design,\"Drafts, first\nand second\",Yes,2026-03-04,09:00:30,2026-03-04,10:30:00,01:29:30,\"web, print,web\",\n"+
		"Maria Doukas,maria@ormos.example,Kiosk,Website,,=SUM(A1:A9),No,2026-03-04,23:30:00,2026-03-05,00:15:00,00:45:00,,100.00\n"+
		"Nikos,,,,,,No,2026-03-05,10:00:00,2026-03-05,10:00:00,00:00:00,,\n"+
		"Nikos,,,,,,No,2026-03-05,10:00:00,2026-03-05,10:00:12,00:00:12,,\n")
	if p.Tool != "Toggl" || p.Rows != 4 || p.Doubt != nil || p.Dates != "" {
		t.Errorf("%+v", p)
	}
	same(t, "entries", len(p.Entries), 3)
	first := p.Entries[0]
	first.Key = ""
	same(t, "first", first, TimeEntry{Row: 2, Person: "Maria Doukas", Mail: "maria@ormos.example", Client: "Kiosk", Project: "Website", Task: "Design",
		Text: "Drafts, first\nand second", Date: "2026-03-04", EndDate: "2026-03-04", Start: 540, End: 630, Seconds: 5370, Minutes: 90, Billable: true, Tags: []string{"web", "print"}})
	night := p.Entries[1]
	same(t, "over midnight", []any{night.Row, night.Date, night.EndDate, night.Start, night.End, night.Minutes, night.Text},
		[]any{3, "2026-03-04", "2026-03-05", 1410, 15, 45, "=SUM(A1:A9)"})
	same(t, "some seconds", []any{p.Entries[2].Seconds, p.Entries[2].Minutes, p.Entries[2].Project}, []any{int64(12), 1, ""})
	same(t, "problems", told(p), "4 -empty")
	same(t, "left", []any{len(p.Left), p.Left[0].Row, p.Left[0].Person}, []any{1, 4, "Nikos"})
	same(t, "people", p.People, []TimePerson{{"Maria Doukas", "maria@ormos.example", 2, 8070}, {"Nikos", "", 1, 12}})
	same(t, "projects", p.Projects, []TimeProject{{"Website", "Kiosk", 2, 8070}, {"", "", 1, 12}})
	same(t, "tasks", p.Tasks, []TimeTask{{"Design", "Website", "Kiosk", 1, 5370}})
	same(t, "counts", p.Counts(), TimeCounts{Rows: 4, Entries: 3, Left: 1, Billable: 1, Seconds: 8082, BillableSeconds: 5370, Minutes: 136, First: "2026-03-04", Last: "2026-03-05"})
}

// The newer header has other names in another order, and a dash for nothing.
func TestNewerTogglReport(t *testing.T) {
	p := readTime(t, `"Description","Billable","Duration","Member","Email","Project","Tags","Start date","Start time","Stop date","Stop time"`+"\n"+
		`"-","Yes","1:30:00","Ada","ada@x.example","-","-","2026-07-14","09:00:00","2026-07-14","10:30:00"`+"\n"+
		`"Running","Yes","","Ada","ada@x.example","-","-","2026-07-14","11:00:00","",""`+"\n")
	e := p.Entries[0]
	same(t, "entry", []any{e.Person, e.Project, e.Text, len(e.Tags), e.End, e.Minutes}, []any{"Ada", "", "-", 0, 630, 90})
	same(t, "problems", told(p), "3 -running")
	p = readTime(t, "Description,Tags,Start date,Start time,Stop date,Stop time,Amount ()\nCall,,2026-07-14,23:50,2026-07-15,00:10,\n")
	same(t, "without duration and people", []any{p.Entries[0].Minutes, told(p)}, []any{20, "2 nobody"})
}

func TestHarvestReport(t *testing.T) {
	p := readTime(t, harvestHead+
		`2026-03-04,,Without client,,,"","20,0",No,No,No,Peter,Tester,,Yes,"100,0","2.000,0","77,7","1.554,0",Euro - EUR,`+"\n"+
		`2026-03-04,Big,For Big,B1,Task 1,Working,"0,01",Yes,Yes,No,Peter,Tester,,Yes,"100,0","1,0","77,7","0,8",Euro - EUR,`+"\n"+
		`2026-03-05,Big,For Big,B1,Task 1,Call,"1:30",Yes,No,No,Eleni,,,Yes,,,,,,`+"\n")
	if p.Tool != "Harvest" || told(p) != "" {
		t.Errorf("%s: %s", p.Tool, told(p))
	}
	e := p.Entries[0]
	same(t, "first", []any{e.Person, e.Client, e.Date, e.EndDate, e.Start, e.End, e.Seconds, e.Minutes, e.Billable},
		[]any{"Peter Tester", "", "2026-03-04", "2026-03-04", Unknown, Unknown, int64(72000), 1200, false})
	e = p.Entries[1]
	same(t, "second", []any{e.Seconds, e.Minutes, e.Billable, e.Invoiced, e.Text}, []any{int64(36), 1, true, true, "Working"})
	same(t, "third", []any{p.Entries[2].Person, p.Entries[2].Minutes}, []any{"Eleni", 90})
	older := readTime(t, "Date;Client;Project;Project Code;Task;Notes;Hours Rounded;Hours;Billable?;Invoiced?;First Name;Last Name;Department\n26.01.2026;Kiosk;Web;;Code;;8,0;7,5;No;No;Esa;Suuronen;\n")
	e = older.Entries[0]
	same(t, "semicolons and points", []any{e.Date, e.Minutes, e.Person}, []any{"2026-01-26", 450, "Esa Suuronen"})
}

// Rates, costs and amounts stay in the file, and so does whatever is not known.
func TestMoneyIsNotRead(t *testing.T) {
	for _, file := range []string{
		harvestHead + "2026-03-04,Kiosk,Web,,Call,x,1.0,Yes,No,No,Eleni,P,,Yes,canary,canary,canary,canary,canary,\n",
		togglHead + "Eleni,e@x.example,Kiosk,Web,Call,x,Yes,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,canary\n",
		clockifyHead + "Web,Kiosk,x,Call,Eleni,,e@x.example,,Yes,2026-03-04,09:00,2026-03-04,10:00,01:00:00,1.00,canary,canary\n",
		strings.Replace(clockifyHead, "\n", ",Cost Rate (USD),Cost Amount (USD),Salary\n", 1) + "Web,Kiosk,x,Call,Eleni,,e@x.example,,Yes,2026-03-04,09:00,2026-03-04,10:00,01:00:00,1.00,canary,canary,canary,canary,canary\n",
	} {
		p := readTime(t, file)
		if len(p.Entries) != 1 || p.Entries[0].Minutes != 60 || strings.Contains(fmt.Sprintf("%+v", p), "canary") {
			t.Errorf("%s: %+v", p.Tool, p)
		}
	}
}

func TestNoColumnOfMoneyIsTaken(t *testing.T) {
	money := 0
	for _, tool := range timeTools {
		for name, field := range tool.columns {
			for _, word := range []string{"rate", "amount", "cost", "tarif", "betrag", "currency"} {
				if strings.Contains(name, word) {
					money++
					same(t, tool.name+"'s "+name, field, fieldOther)
				}
			}
		}
	}
	if money < 12 {
		t.Errorf("only %d columns", money)
	}
}

func TestNamesOfColumns(t *testing.T) {
	for cell, want := range map[string]string{"Amount (EUR)": "amount", "Amount ()": "amount", " Billable  Rate (€)": "billable rate", "Duration (h)": "duration (h)", "Duration (decimal)": "duration (decimal)", "START DATE": "start date", "Ta\u0302che": "t\u00e2che"} {
		if got := headerName(cell); got != want {
			t.Errorf("%q is %q", cell, got)
		}
	}
}

func TestClockifyReport(t *testing.T) {
	p := readTime(t, clockifyHead+
		`"Web","Kiosk","","","Peter","","P@x.example","Dev, Back","No","03/24/2026","10:23:52 AM","03/24/2026","10:23:52 AM","00:00:00","0.00","0.00","0.00"`+"\n"+
		`"Web","Kiosk","Hard","T1","Peter","","p@x.example","","Yes","03/04/2026","12:05 AM","03/04/2026","1:05:01 PM","13:00:01","13.00","0.00","0.00"`+"\n"+
		`"Web","Kiosk","Hard","T1","Peter","","p@x.example","","Yes","03/05/2026","9:00 AM","03/05/2026","10:00 AM","","1.00","0.00","0.00"`+"\n")
	same(t, "tool, order, problems", []any{p.Tool, p.Dates, told(p)}, []any{"Clockify", MonthFirst, "2 -empty"})
	e := p.Entries[0]
	same(t, "noon", []any{e.Date, e.Start, e.End, e.Seconds, e.Minutes, e.Task}, []any{"2026-03-04", 5, 785, int64(46801), 780, "T1"})
	same(t, "decimal", p.Entries[1].Minutes, 60)
	p = readTime(t, clockifyNew+
		`"Web","Kiosk","","","Peter","","p@x.example","","Break","No","No","","15/10/2026","11:00","15/10/2026","11:30","00:30:00","0.50","0","0","15/10/2026"`+"\n"+
		`"Web","Kiosk","","Design","Peter","","p@x.example","","Regular","Yes","Yes","I-1","05/10/2026","23:00","06/10/2026","00:30","1:30","1,50","0","0","15/10/2026"`+"\n")
	e = p.Entries[0]
	same(t, "newer", []any{p.Dates, told(p), e.Date, e.EndDate, e.Minutes, e.Invoiced, e.Task}, []any{DayFirst, "2 -nowork Break", "2026-10-05", "2026-10-06", 90, true, "Design"})
	p = readTime(t, "Project,Description,User,Start Date,Start Time,End Time,Duration (h)\nWeb,x,Peter,2026-03-31,23:00,00:30,01:30:00\n")
	same(t, "over midnight without a column for the end's day", []any{p.Entries[0].EndDate, told(p)}, []any{"2026-04-01", ""})
	for language, file := range map[string]string{
		"German":  "Projekt,Kunde,Beschreibung,Aufgabe,Benutzer,Gruppe,Email,Tags,Abrechenbar,Startdatum,Startzeit,Enddatum,Endzeit,Dauer (h),Dauer (dezimal),Abrechenbarer Tarif (CHF)\nWeb,Kiosk,x,,Peter,,,,Ja,24.12.2026,09:00,24.12.2026,10:30,01:30:00,\"1,50\",0\n",
		"French":  "Projet,Client,Description,Tâche,Utilisateur,Groupe,Email,Tags,Facturable,Date de début,Heure de début,Date de fin,Heure de fin,Durée (h),Durée (décimal)\nWeb,Kiosk,x,,Peter,,,,Oui,24/12/2026,09:00,24/12/2026,10:30,01:30:00,\"1,50\"\n",
		"Spanish": "Proyecto,Cliente,Descripción,Tarea,Usuario,Grupo,Correo electrónico,Etiquetas,Facturable,Fecha de inicio,Hora de inicio,Fecha de finalización,Hora de finalización,Duración (h),Duración (decimal)\nWeb,Kiosk,x,,Peter,,,,Sí,24/12/2026,09:00,24/12/2026,10:30,01:30:00,\"1,50\"\n",
	} {
		p := readTime(t, file)
		e := p.Entries[0]
		same(t, language, []any{p.Tool, told(p), e.Person, e.Client, e.Project, e.Date, e.Start, e.End, e.Minutes, e.Billable},
			[]any{"Clockify", "", "Peter", "Kiosk", "Web", "2026-12-24", 540, 630, 90, true})
	}
}

// A second export of the same time gives the same keys, whatever happened to the
// rows around it or to the way in which the account writes.
func TestKeysOfTimeStay(t *testing.T) {
	row := func(project, text, billable string) string {
		return "2026-03-04,Kiosk," + project + ",,Call," + text + ",\"0,5\"," + billable + ",No,No,Eleni,P,,Yes,,,,,,\n"
	}
	keys := func(file string) (all []string) {
		for _, e := range readTime(t, file).Entries {
			all = append(all, e.Key)
		}
		return all
	}
	before := keys(harvestHead + row("Web", "x", "No") + row("Web", "x", "No") + row("Shop", "x", "No"))
	after := keys(harvestHead + row("Shop", "new", "No") + row("Shop", "x", "Yes") + row("Web", "x", "No") + row("Web", "x", "No") + row("Web", "x", "No"))
	for _, key := range before {
		if !slices.Contains(after, key) {
			t.Errorf("%s is gone", key)
		}
	}
	if before[0]+"-2" != before[1] || before[0] == before[2] || len(after) != 5 {
		t.Error(before, after)
	}
	clients := keys(harvestHead + row("Web", "x", "No") + strings.Replace(row("Web", "x", "No"), "Kiosk", "Bakery", 1))
	if clients[0] == clients[1] || strings.HasPrefix(clients[1], clients[0]) {
		t.Error("two clients' projects of one name are one", clients)
	}
	one := keys(clockifyHead + `"Web","","x","","Peter","","","","No","2026-03-04","10:23:00 AM","2026-03-04","11:23:01 AM","01:00:01","1.00","",""` + "\n")
	two := keys(clockifyHead + `"Web","","x","","Peter","","","a","Yes","03/04/2026","10:23","03/04/2026","11:23","01:00","1,00","",""` + "\n" +
		`"Web","","y","","Peter","","","a","Yes","03/14/2026","10:23","03/14/2026","11:23","01:00","1,00","",""` + "\n")
	same(t, "the account's way of writing", two[0], one[0])
}

func TestRowsThatAreLeftOut(t *testing.T) {
	const good = "A,,,P,,x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,"
	for name, c := range map[string]struct {
		row, told string
		entries   int
	}{
		"good":               {good, "", 1},
		"a cell too many":    {good + ",more", "2 -cells", 0},
		"empty ones more":    {good + ",,,", "", 1},
		"the last missing":   {"A,,,P,,x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00", "2 short", 1},
		"shifted":            {"x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,", "2 -cells", 0},
		"quotation marks":    {`A,,,P,,x "y",No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,`, "2 -quotes", 0},
		"blank":              {",,, ,,,,,,,,,,", "", 0},
		"sums":               {"Total,,,,,,,,,,,10:00:00,,", "2 -total", 0},
		"impossible date":    {strings.Replace(good, "2026-03-04", "2026-02-30", 1), "2 -date 2026-02-30", 0},
		"not a date":         {strings.Replace(good, "2026-03-04", "yesterday", 1), "2 -date yesterday", 0},
		"the year 1":         {strings.Replace(good, "2026-03-04", "0001-01-01", 1), "2 -date 0001-01-01", 0},
		"not a duration":     {strings.Replace(good, "01:00:00", "an hour", 1), "2 -length an hour", 0},
		"negative":           {strings.Replace(good, "01:00:00", "-01:00:00", 1), "2 -negative -01:00:00", 0},
		"over a day":         {strings.Replace(good, "01:00:00", "24:00:31", 1), "2 -long 24:00:31", 0},
		"a whole day":        {strings.Replace(good, "01:00:00", "24:00:00", 1), "2 differs 24:00:00", 1},
		"an unreadable time": {strings.Replace(good, "09:00:00", "nine", 1), "2 clock nine", 1},
		"the 25th hour":      {strings.Replace(good, "10:00:00", "25:00:00", 1), "2 clock 25:00:00", 1},
		"neither yes nor no": {strings.Replace(good, ",No,", ",perhaps,", 1), "2 billable perhaps", 1},
		"a long text":        {strings.Replace(good, ",x,", ","+strings.Repeat("x", MaxTimeText+1)+",", 1), "2 cut", 1},
		"nobody":             {good[1:], "2 nobody", 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := readTime(t, togglHead+c.row+"\n\nB,,,P,,x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,\n")
			same(t, "problems", told(p), c.told)
			same(t, "entries", len(p.Entries), c.entries+1)
			same(t, "row of the next", p.Entries[c.entries].Row, 4)
		})
	}
}

func TestRowsAreLimited(t *testing.T) {
	row := "A,,,P,,x,No,2026-03-04,09:00:00,2026-03-04,10:00:00,01:00:00,,\n"
	_, err := ReadTime([]byte(togglHead+strings.Repeat(row, 4)), TimeReading{Rows: 3})
	var refused *BadFile
	if !errors.As(err, &refused) || refused.Key != badTimeRows || err.Error() != "The file has more than 3 rows. Export a shorter period." {
		t.Error(err)
	}
	p, err := ReadTime([]byte(togglHead+strings.Repeat(row, 4)), TimeReading{Rows: 4})
	if err != nil || len(p.Entries) != 4 {
		t.Error(err)
	}
}
