package importers

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Whatever the file and the answer, it is refused in words or becomes a plan
// that keeps its promises.
func FuzzReadTime(f *testing.F) {
	row := "A,a@b.example,C,P,T,x,Yes,2026-03-04,09:00:00,2026-03-05,01:00:00,16:00:00,\"a,b\",1\n"
	for _, seed := range []string{"", "\uFEFF", togglHead, togglHead + row, "sep=;\r\n" + strings.ReplaceAll(togglHead+row, ",", ";"), strings.ReplaceAll(togglHead+row, ",", "\t"),
		clockifyHead + `"Web","","","","P","","","","No","03/04/2026","10:23 AM","03/04/2026","11:23:01 PM","01:00:01","1,0","",""` + "\n",
		clockifyNew + `"W","","","","P","","","","Break","No","No","","13/04/2026","10:23","","","",",","","","x"` + "\n",
		harvestHead + `4.3.26,,P,,,"","20,0",No,No,No,Peter,Tester,,Yes,"100,0","2.000,0","0,0","0,0",Euro - EUR,` + "\n",
		dated("03/04/2026", "13/04/2026", "04/13/2026"), dated("01/02/2026 to 02/02/2026"), togglHead + `"` + row, togglHead + "a\"b\n" + row, "<html>", "PK\x03\x04", "{}", "Client Name,Address\n"} {
		f.Add([]byte(seed), uint8(len(seed)))
	}
	f.Fuzz(func(t *testing.T, file []byte, answer uint8) {
		order := []DateOrder{"", DayFirst, MonthFirst}[answer%3]
		plan, err := ReadTime(file, TimeReading{Dates: order})
		if err != nil {
			var refused *BadFile
			if !errors.As(err, &refused) || sentences[refused.Key] == "" || plan != nil || strings.ContainsAny(err.Error(), "{}") {
				t.Fatalf("refused without words: %v", err)
			}
			return
		}
		soundTime(t, plan)
		if order != "" && plan.Doubt != nil {
			t.Error("asked again")
		}
	})
}

// soundTime tells whether a plan holds what its types promise.
func soundTime(t *testing.T, p *TimePlan) {
	t.Helper()
	clean := func(text string, max int) {
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || strings.ContainsAny(text, "\x00\r\x1b\u202e") || utf8.RuneCountInString(text) > max {
			t.Errorf("not clean: %.200q", text)
		}
	}
	keys, rows := map[string]bool{}, map[int]bool{}
	for _, problem := range p.Problems {
		if problem.Row < 2 || problem.Kind == "" || problem.Left && rows[problem.Row] {
			t.Errorf("%+v", problem)
		}
		rows[problem.Row] = rows[problem.Row] || problem.Left
		clean(problem.Detail, 60)
	}
	last := 1
	for _, e := range p.Entries {
		if e.Row <= last || rows[e.Row] {
			t.Errorf("row %d after %d is an entry", e.Row, last)
		}
		last = e.Row
		if (e.Key == "") != (p.Doubt != nil) || keys[e.Key] && e.Key != "" {
			t.Errorf("key %q", e.Key)
		}
		keys[e.Key] = true
		at, err := time.Parse(time.DateOnly, e.Date)
		if (err != nil || at.Year() < 1970) != (p.Doubt != nil) {
			t.Errorf("date %q", e.Date)
		}
		if e.Seconds < 1 || e.Minutes < 1 || e.Minutes > MaxTimeMinutes || e.Start < Unknown || e.Start >= 1440 || e.End < Unknown || e.End >= 1440 || len(e.Tags) > maxTimeTags {
			t.Errorf("%+v", e)
		}
		if wide := e.Seconds - int64(e.Minutes)*60; wide > 30 || wide < -59 || wide < -30 && e.Minutes > 1 {
			t.Errorf("%d s are %d min", e.Seconds, e.Minutes)
		}
		for _, name := range append([]string{e.Person, e.Client, e.Project, e.Task, e.Mail}, e.Tags...) {
			clean(name, MaxTitle)
		}
		clean(e.Text, MaxTimeText)
	}
	soundLists(t, p)
}

// soundLists compares the lists with the entries.
func soundLists(t *testing.T, p *TimePlan) {
	t.Helper()
	n := p.Counts()
	people, projects, tasks, seconds := 0, 0, 0, [2]int64{}
	for _, who := range p.People {
		people += who.Entries
		seconds[0] += who.Seconds
	}
	for _, project := range p.Projects {
		projects += project.Entries
		seconds[1] += project.Seconds
	}
	for _, task := range p.Tasks {
		tasks += task.Entries
	}
	for _, e := range p.Entries {
		tasks -= count(e.Task != "")
	}
	if people != n.Entries || projects != n.Entries || tasks != 0 || seconds != [2]int64{n.Seconds, n.Seconds} || n.Left < len(p.Left) || n.Entries+n.Left != p.Rows {
		t.Errorf("%+v, but %d, %d, %d, %v", n, people, projects, tasks, seconds)
	}
}
