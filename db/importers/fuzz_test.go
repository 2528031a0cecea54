package importers

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Whatever the file, it is either refused in words or becomes a plan that the
// store can write.
func FuzzReadTrello(f *testing.F) {
	for _, seed := range []string{board, "", "{}", "[]", "\uFEFF{", "<html>", "PK\x03\x04", `{"lists":[],"cards":[]}`, `{"lists":[{}],"cards":[{},{"idList":""}]}`,
		`{"lists":[{"id":"l","pos":"top"},{"id":"l"}],"cards":[{"id":"c","idList":"l","name":"e\u0301\ud800","attachments":[{"url":"mailto:a@b.c"}]}],"actions":[{"type":"commentCard"}]}`,
		`{"cards":[{"idList":"x","due":"0001-01-01T00:00:00Z","pos":1e999}],"items":[{"content":{}}]}`, `{"lists":1e999,"cards":{"a":[1e999]}}`, strings.Repeat("[", 70)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		plan, err := ReadTrello(strings.NewReader(string(file)), nil)
		if err != nil {
			var refused *BadFile
			if !errors.As(err, &refused) || sentences[refused.Key] == "" || plan != nil {
				t.Fatalf("refused without words: %v", err)
			}
			return
		}
		sound(t, plan)
	})
}

// sound tells whether a plan holds what its types promise.
func sound(t *testing.T, p *Plan) {
	columns, people, labels, kinds := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	once := func(seen map[string]bool, id string) {
		if id == "" || seen[id] {
			t.Errorf("id %q is empty or there twice", id)
		}
		seen[id] = true
	}
	clean := func(text string, max int) {
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || strings.ContainsAny(text, "\x00\r\x1b\u202e") || utf8.RuneCountInString(text) > max {
			t.Errorf("not clean: %.200q", text)
		}
	}
	required := func(text string, max int) {
		clean(text, max)
		if strings.TrimSpace(text) == "" {
			t.Error("an empty text")
		}
	}
	for _, c := range p.Columns {
		once(columns, c.SourceID)
		required(c.Name, maxName)
		kinds[c.Kind] = kinds[c.Kind] || !c.Archived
	}
	if !kinds[Todo] || !kinds[Doing] || !kinds[Done] {
		t.Errorf("kinds %v", kinds)
	}
	for _, l := range p.Labels {
		once(labels, l.SourceID)
		required(l.Name, maxLabel)
	}
	for _, person := range p.People {
		once(people, person.SourceID)
		clean(person.Name, maxPerson)
	}
	for _, task := range p.Tasks {
		if !columns[task.ColumnSourceID] {
			t.Errorf("column %q does not exist", task.ColumnSourceID)
		}
		required(task.Title, MaxTitle)
		clean(task.Description+"\n"+strings.Join(task.Extra, "\n"), maxDescription+maxExtra+1)
		for _, id := range task.Labels {
			if !labels[id] {
				t.Errorf("label %q does not exist", id)
			}
		}
		for _, id := range task.Assignees {
			if !people[id] {
				t.Errorf("person %q does not exist", id)
			}
		}
		for _, item := range task.Checklist {
			required(item.Text, maxItemText)
		}
		for _, note := range task.Notes {
			required(note.Body, maxComment)
			if note.AuthorSourceID != "" && !people[note.AuthorSourceID] {
				t.Errorf("author %q does not exist", note.AuthorSourceID)
			}
		}
		for _, link := range task.Links {
			required(link.Name, maxLinkName)
			if !strings.HasPrefix(link.URL, "http") && !strings.HasPrefix(link.URL, "mailto:") || link.Size < 0 {
				t.Errorf("link %+v", link)
			}
		}
	}
}
