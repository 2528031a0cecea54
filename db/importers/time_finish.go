package importers

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
)

// sign gives every entry its key. Equal entries, such as two phone calls of one
// day in Harvest, are told apart by their place among each other.
func (p *TimePlan) sign() {
	if p.Doubt != nil {
		for _, entries := range [][]TimeEntry{p.Entries, p.Left} {
			for i := range entries {
				entries[i].Date, entries[i].EndDate = "", ""
			}
		}
		return
	}
	equal := map[[sha256.Size]byte]int{}
	for i := range p.Entries {
		e := &p.Entries[i]
		same := e.identity(p.Tool)
		e.Key = hex.EncodeToString(same[:16])
		if n := equal[same]; n > 0 {
			e.Key += "-" + strconv.Itoa(n+1)
		}
		equal[same]++
	}
}

// identity is what an entry says, in short. Seconds are no part of it, since an
// account can change whether its reports show them; nor is what happens to an
// entry later: billed, tagged, priced. The client is one, since two clients may
// have a project of the same name. Text that somebody edits there makes another
// entry: nothing in the report tells that it is the same.
func (e *TimeEntry) identity(tool string) [sha256.Size]byte {
	var said []byte
	for _, part := range []string{tool, e.Person, e.Client, e.Project, e.Task, e.Text, e.Date, e.EndDate} {
		said = strconv.AppendQuote(said, part)
	}
	for _, number := range []int{e.Start, e.End, e.Minutes} {
		said = strconv.AppendInt(append(said, ' '), int64(number), 10)
	}
	return sha256.Sum256(said)
}

// list says whom and what the entries name.
func (p *TimePlan) list() {
	people, projects, tasks := map[string]*TimePerson{}, map[TimeProject]*TimeProject{}, map[TimeTask]*TimeTask{}
	for i := range p.Entries {
		e := &p.Entries[i]
		who := cmp.Or(e.Mail, " "+e.Person) // no address begins with a blank
		if people[who] == nil {
			people[who] = &TimePerson{Name: e.Person, Mail: e.Mail}
		}
		people[who].Entries++
		people[who].Seconds += e.Seconds

		project := TimeProject{Name: e.Project, Client: e.Client}
		if projects[project] == nil {
			projects[project] = &TimeProject{Name: e.Project, Client: e.Client}
		}
		projects[project].Entries++
		projects[project].Seconds += e.Seconds

		task := TimeTask{Name: e.Task, Project: e.Project, Client: e.Client}
		if e.Task == "" {
			continue
		}
		if tasks[task] == nil {
			tasks[task] = &TimeTask{Name: e.Task, Project: e.Project, Client: e.Client}
		}
		tasks[task].Entries++
		tasks[task].Seconds += e.Seconds
	}
	p.People = ordered(people, func(a, b TimePerson) int {
		return cmp.Or(b.Entries-a.Entries, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Mail, b.Mail))
	})
	p.Projects = ordered(projects, func(a, b TimeProject) int {
		return cmp.Or(b.Entries-a.Entries, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Client, b.Client))
	})
	p.Tasks = ordered(tasks, func(a, b TimeTask) int {
		return cmp.Or(b.Entries-a.Entries, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Project, b.Project), cmp.Compare(a.Client, b.Client))
	})
}

func ordered[K comparable, T any](all map[K]*T, compare func(a, b T) int) []T {
	list := make([]T, 0, len(all))
	for _, one := range all {
		list = append(list, *one)
	}
	slices.SortFunc(list, compare)
	return list
}

// TimeCounts sums a report up.
type TimeCounts struct {
	Rows, Entries, Left      int // Left: rows that are not among the entries
	Billable, Invoiced       int // entries
	Seconds, BillableSeconds int64
	Minutes                  int    // of the entries, each rounded by itself
	First, Last              string // days; "" while the dates are in doubt
}

// Counts counts what the plan holds.
func (p *TimePlan) Counts() TimeCounts {
	n := TimeCounts{Rows: p.Rows, Entries: len(p.Entries), Left: p.Rows - len(p.Entries)}
	for i := range p.Entries {
		e := &p.Entries[i]
		n.Seconds += e.Seconds
		n.Minutes += e.Minutes
		if e.Billable {
			n.Billable++
			n.BillableSeconds += e.Seconds
		}
		if e.Invoiced {
			n.Invoiced++
		}
		if n.First == "" || e.Date < n.First {
			n.First = e.Date
		}
		n.Last = max(n.Last, e.Date)
	}
	return n
}
