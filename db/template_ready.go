package db

import (
	"embed"
	"encoding/json"
	"io/fs"
)

//go:embed templates/*.json
var readyFiles embed.FS

// ReadyNames are the moulds that come with the program.
var ReadyNames = []string{"agency", "engineering", "consulting", "service"}

// ReadyMould is one of them in a language, English where it is not known; ok is false
// for another name.
func ReadyMould(name, language string) (mould Mould, ok bool) {
	ready, ok := readyMoulds[name]
	if !ok {
		return Mould{}, false
	}
	return ready.in(language), true
}

var readyMoulds = readReady()

// both is a text in English and in Greek.
type both [2]string

func (b both) in(language string) string {
	if language == "el" {
		return b[1]
	}
	return b[0]
}

// readyMould is a mould as its file has it: the same work in both languages. All of it
// is in the first column.
type readyMould struct {
	Name, Description both
	Ends              int
	Columns           []struct {
		Kind        string
		Name, Label both
	}
	Labels []struct {
		Name  both
		Color string
		Shown bool
	}
	Milestones []struct {
		Name        both
		Starts, Due int
		Gate        bool
	}
	Tasks []readyTask
}

// readyTask has the shown text, what "done" means, and what is inside for the team.
type readyTask struct {
	Title, Client, Text, Done, Inside both
	Private                           bool
	Priority, Size                    string
	Minutes                           int64
	Starts, Due, Phase                int
	Labels, Needs                     []int
	Items                             []both
}

// readReady reads the files; they are part of the program, so a broken one is a mistake
// in it, found by the first test.
func readReady() map[string]readyMould {
	all := map[string]readyMould{}
	for _, name := range ReadyNames {
		text, err := fs.ReadFile(readyFiles, "templates/"+name+".json")
		var ready readyMould
		if err == nil {
			err = json.Unmarshal(text, &ready)
		}
		if err != nil {
			panic("the template " + name + ": " + err.Error())
		}
		all[name] = ready
	}
	return all
}

func (r readyMould) in(language string) Mould {
	m := Mould{Name: r.Name.in(language), Description: r.Description.in(language), TeamShown: "first", Ends: &r.Ends}
	for _, c := range r.Columns {
		m.Columns = append(m.Columns, MouldColumn{c.Name.in(language), c.Kind, c.Label.in(language)})
	}
	for _, l := range r.Labels {
		m.Labels = append(m.Labels, MouldLabel{l.Name.in(language), l.Color, l.Shown})
	}
	for _, s := range r.Milestones {
		m.Milestones = append(m.Milestones, MouldMilestone{s.Name.in(language), &s.Starts, &s.Due, s.Gate})
	}
	for _, t := range r.Tasks {
		m.Tasks = append(m.Tasks, t.in(language))
	}
	return m
}

func (t readyTask) in(language string) MouldTask {
	task := MouldTask{Title: t.Title.in(language), ClientTitle: t.Client.in(language), Description: t.Text.in(language), Internal: t.Inside.in(language), Acceptance: t.Done.in(language),
		Priority: t.Priority, Size: t.Size, Private: t.Private, Estimate: t.Minutes, Starts: &t.Starts, Due: &t.Due, Milestone: &t.Phase, Labels: t.Labels, Needs: t.Needs}
	if task.Priority == "" {
		task.Priority = "normal"
	}
	for _, item := range t.Items {
		task.Items = append(task.Items, MouldItem{Text: item.in(language)})
	}
	return task
}
