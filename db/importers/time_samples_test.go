package importers

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// timeCounts is what another program counted in a sample of time entries; not
// every tool's counts say everything.
type timeCounts struct {
	Rows        int
	Seconds     *int64
	Hours       *float64
	ZeroLength  *int `json:"zero_length"`
	Differs     *int `json:"duration_is_not_end_minus_start"`
	Overnight   *int `json:"over_midnight"`
	Billable    *int
	BillableToo *int `json:"billable_rows"`
	Invoiced    *int `json:"invoiced_rows"`
	Span        []string
	Users       map[string][]int64 `json:"rows_and_seconds_by_user"`
	People      map[string]int
	Projects    map[string]int `json:"by_project"`
	Clients     map[string]int `json:"by_client"`
	TaskCounts  map[string]int `json:"by_task"`
	TagUses     *int           `json:"tag_uses"`
	Identical   *int           `json:"identical_rows"`
	NoText      *int           `json:"empty_descriptions"`
	NoClient    *int           `json:"without_client"`
	Durations   []string       `json:"duration_column"`
	Start       []string
	Pairs       [][]string `json:"project_client"`
	Tasks       []*string  `json:"task_or_activity"`
	Header      []string
}

func TestTimeSamples(t *testing.T) {
	folder := samples(t)
	raw, err := os.ReadFile(filepath.Join(folder, "counts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, tool := range []string{"Toggl", "Harvest", "Clockify"} {
		files, _ := filepath.Glob(filepath.Join(folder, strings.ToLower(tool), "*.csv"))
		for _, path := range files {
			name := strings.ToLower(tool) + "/" + filepath.Base(path)
			t.Run(name, func(t *testing.T) {
				var want timeCounts
				if err := json.Unmarshal(all[name], &want); err != nil {
					t.Fatal(err)
				}
				file, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				seen++
				if want.Header != nil { // projects and clients
					_, err := ReadTime(file, TimeReading{})
					var refused *BadFile
					if !errors.As(err, &refused) || refused.Args[1] != tool || refused.Key != badTimeProjects && refused.Key != badTimeClients {
						t.Error(err)
					}
					return
				}
				plan := readTime(t, string(file), MonthFirst)
				same(t, "tool, rows", []any{plan.Tool, plan.Rows}, []any{tool, want.Rows})
				compareTime(t, plan, want)
			})
		}
	}
	if seen < 9 {
		t.Errorf("only %d samples", seen)
	}
}

// compareTime counts entries, and rows that are left out because they last no time.
func compareTime(t *testing.T, p *TimePlan, want timeCounts) {
	entries := append(append([]TimeEntry{}, p.Left...), p.Entries...)
	same(t, "rows that were read", len(entries), want.Rows)
	slices.SortFunc(entries, func(a, b TimeEntry) int { return a.Row - b.Row })
	var got struct {
		seconds                                                                         int64
		zero, differs, overnight, billable, invoiced, tags, noText, noClient, identical int
	}
	users, names, projects, clients, tasks := map[string][]int64{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	or := func(name string) string {
		if name == "" {
			return "(none)"
		}
		return name
	}
	first, last := "9", ""
	for _, e := range entries {
		got.seconds += e.Seconds
		got.zero += count(e.Seconds == 0)
		got.overnight += count(e.EndDate != e.Date)
		got.billable += count(e.Billable)
		got.invoiced += count(e.Invoiced)
		got.tags += len(e.Tags)
		got.noText += count(e.Text == "")
		got.noClient += count(e.Client == "")
		got.identical += count(len(e.Key) > 32)
		if users[e.Person] == nil {
			users[e.Person] = []int64{0, 0}
		}
		users[e.Person][0]++
		users[e.Person][1] += e.Seconds
		names[e.Person]++
		projects[or(e.Project)]++
		clients[or(e.Client)]++
		tasks[or(e.Task)]++
		first, last = min(first, e.Date), max(last, e.Date)
	}
	for _, problem := range p.Problems {
		got.differs += count(problem.Kind == timeDiffers)
		if problem.Kind != timeZero {
			t.Errorf("%+v", problem)
		}
	}
	counted(t, "seconds", got.seconds, want.Seconds)
	if want.Hours != nil {
		same(t, "hundredths of hours", got.seconds, int64(*want.Hours*100+0.5)*36)
	}
	counted(t, "of no length", got.zero, want.ZeroLength)
	counted(t, "of another length", got.differs, want.Differs)
	counted(t, "over midnight", got.overnight, want.Overnight)
	counted(t, "billable", got.billable, want.Billable)
	counted(t, "billable", got.billable, want.BillableToo)
	counted(t, "invoiced", got.invoiced, want.Invoiced)
	counted(t, "tags", got.tags, want.TagUses)
	counted(t, "without text", got.noText, want.NoText)
	counted(t, "without client", got.noClient, want.NoClient)
	counted(t, "identical", got.identical, want.Identical)
	if want.Users != nil {
		same(t, "users", users, want.Users)
	}
	for what, pair := range map[string][2]map[string]int{"people": {names, want.People}, "projects": {projects, want.Projects}, "clients": {clients, want.Clients}, "tasks": {tasks, want.TaskCounts}} {
		if pair[1] != nil {
			same(t, what, pair[0], pair[1])
		}
	}
	if want.Span != nil {
		same(t, "span", []string{first, last}, want.Span)
	}
	if want.Durations != nil {
		compareClockify(t, entries, want)
	}
}

// counted compares a count where there is one.
func counted[N int | int64](t *testing.T, what string, got N, want *N) {
	t.Helper()
	if want != nil {
		same(t, what, got, *want)
	}
}

// compareClockify compares row by row: of these files the counts hold the cells.
func compareClockify(t *testing.T, entries []TimeEntry, want timeCounts) {
	for i, e := range entries {
		same(t, "duration", fmt.Sprintf("%02d:%02d:%02d", e.Seconds/3600, e.Seconds/60%60, e.Seconds%60), want.Durations[i])
		at, err := time.Parse("01/02/2006 3:04:05 PM", want.Start[i])
		if err != nil {
			at, err = time.Parse("01/02/2006 3:04 PM", want.Start[i])
		}
		same(t, "start", []any{e.Date, e.Start, nil}, []any{at.Format(time.DateOnly), at.Hour()*60 + at.Minute(), err})
		same(t, "project, client", []string{e.Project, e.Client}, want.Pairs[i])
		task := ""
		if want.Tasks[i] != nil {
			task = *want.Tasks[i]
		}
		same(t, "task", e.Task, task)
	}
}
