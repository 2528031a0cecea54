package db

import (
	"cmp"
	"time"
)

// Mould is what a project begins as: a value that knows nobody, no company and no day.
// Days are counted from the day on which the work starts, nil is none; places in
// Columns, Labels, Milestones and Tasks count from 0.
type Mould struct {
	Name, Description, Internal, TeamShown string
	NewTasksPrivate                        bool
	Ends                                   *int
	Columns                                []MouldColumn
	Labels                                 []MouldLabel
	Milestones                             []MouldMilestone
	Tasks                                  []MouldTask
	Switches                               []MouldSwitch
}

// MouldColumn is a stage of the board.
type MouldColumn struct{ Name, Kind, ClientLabel string }

// MouldLabel is a label that tasks may carry.
type MouldLabel struct {
	Name, Color   string
	ClientVisible bool
}

// MouldMilestone is a phase. Gate says that it has to be approved.
type MouldMilestone struct {
	Name        string
	Starts, Due *int
	Gate        bool
}

// MouldTask is a card. Milestone is nil for none; Needs are the tasks it waits for.
type MouldTask struct {
	Title, ClientTitle, Description, Internal, Acceptance, Priority, Size string
	Private                                                               bool
	Estimate                                                              int64 // minutes, 0 for none
	Starts, Due                                                           *int
	Column                                                                int
	Milestone                                                             *int
	Labels, Needs                                                         []int
	Items                                                                 []MouldItem
}

// MouldItem is a step of a task, under the heading of its list.
type MouldItem struct{ Heading, Text string }

// MouldSwitch is a feature that is switched for the project itself.
type MouldSwitch struct {
	Name string
	On   bool
}

// Dated says whether anything in it stands on a day.
func (m Mould) Dated() bool { return m.Days() > 0 || m.first() != nil }

// Days is how long it takes from the start to the last of its days, 0 without days.
func (m Mould) Days() int {
	last := 0
	for _, day := range m.days() {
		if day != nil {
			last = max(last, *day)
		}
	}
	return last
}

// Shown is how many of its tasks clients will see.
func (m Mould) Shown() (shown int) {
	for _, task := range m.Tasks {
		if !task.Private {
			shown++
		}
	}
	return shown
}

// clientTexts are the words in it that clients will read.
func (m Mould) clientTexts() []string {
	texts := []string{m.Description}
	for _, column := range m.Columns {
		texts = append(texts, column.ClientLabel)
	}
	for _, label := range m.Labels {
		if label.ClientVisible {
			texts = append(texts, label.Name)
		}
	}
	for _, milestone := range m.Milestones {
		texts = append(texts, milestone.Name)
	}
	for _, task := range m.Tasks {
		if task.Private {
			continue
		}
		texts = append(texts, cmp.Or(task.ClientTitle, task.Title), task.Description, task.Acceptance)
		for _, item := range task.Items {
			texts = append(texts, item.Heading, item.Text)
		}
	}
	return texts
}

// days are all of them, with nil for those that are not set.
func (m Mould) days() []*int {
	days := []*int{m.Ends}
	for _, milestone := range m.Milestones {
		days = append(days, milestone.Starts, milestone.Due)
	}
	for _, task := range m.Tasks {
		days = append(days, task.Starts, task.Due)
	}
	return days
}

func (m Mould) first() (first *int) {
	for _, day := range m.days() {
		if day != nil && (first == nil || *day < *first) {
			first = day
		}
	}
	return first
}

// since is how many days d is after start; nil where either is none.
func (d Date) since(start Date) *int {
	from, known := start.Midnight()
	to, set := d.Midnight()
	if !known || !set {
		return nil
	}
	days := int((to.Unix() - from.Unix()) / (24 * 60 * 60)) // a Duration ends after 292 years
	return &days
}

// after is the day so many days after d, "" for none; ok is false where no date can
// be so far away.
func (d Date) after(days *int) (day Date, ok bool) {
	start, known := d.Midnight()
	if days == nil || !known {
		return "", true
	}
	return ParseDate(start.AddDate(0, 0, *days).Format(time.DateOnly))
}
