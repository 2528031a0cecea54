package importers

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// board is a small Trello board in the shape of an export.
const board = `{
 "id": "5f0000000000000000000001", "name": "Website relaunch", "desc": "For the **spring** fair", "closed": false,
 "prefs": {"permissionLevel": "private"},
 "actions": [
  {"id": "600000030000000000000003", "type": "commentCard", "date": "2021-03-03T09:00:00.000Z", "idMemberCreator": "m9",
   "data": {"text": "Third, by one who left", "card": {"id": "5f0000110000000000000011"}}, "memberCreator": {"id": "m9", "fullName": "Nikos Gone", "username": "nikos"}},
  {"id": "600000020000000000000002", "type": "updateCard", "data": {"card": {"id": "5f0000110000000000000011"}}},
  {"id": "600000010000000000000002", "type": "copyCommentCard", "date": "2021-03-02T09:00:00.000Z", "idMemberCreator": "m2",
   "data": {"text": "Second, copied by Ben", "idOriginalCommenter": "m1", "card": {"id": "5f0000110000000000000011"}}, "memberCreator": {"id": "m2"}},
  {"id": "600000000000000000000001", "type": "commentCard", "date": "2021-03-01T09:00:00.000Z", "idMemberCreator": "m1",
   "data": {"text": "First", "card": {"id": "5f0000110000000000000011"}}},
  {"id": "600000000000000000000009", "type": "commentCard", "date": "2021-02-01T09:00:00.000Z", "idMemberCreator": "m1",
   "data": {"text": "On a card that was deleted", "card": {"id": "5f00009900000000000000ff"}}}
 ],
 "cards": [
  {"id": "5f0000120000000000000012", "idList": "l1", "name": "Last of the first list", "pos": "bottom", "email": "secret+one@boards.trello.com"},
  {"id": "5f0000110000000000000011", "idList": "l1", "name": "  Draw\u0000 the  sketch ", "desc": "# Why\r\nBecause", "pos": 200.5, "email": "secret+two@boards.trello.com",
   "due": "2021-04-01T00:00:00.000Z", "start": "2021-03-30T22:30:00.000Z", "dueComplete": true, "dateCompleted": "2021-03-31T10:00:00.000Z",
   "idMembers": ["m1", "m1", "m9", "m404"], "idLabels": ["la", "lb", "l404"], "labels": [{"id": "la", "name": "Old name", "color": "red"}],
   "idMembersVoted": ["m1", "m2"], "badges": {"comments": 5, "votes": 2}, "cover": {"color": "purple"}, "shortLink": "AbCd1234", "isTemplate": true,
   "attachments": [
    {"id": "a1", "name": "plan.pdf", "url": "https://trello.com/1/cards/x/attachments/a1/download/plan.pdf", "bytes": 1234, "isUpload": true},
    {"id": "a2", "name": "", "url": "https://example.org/page", "bytes": null, "isUpload": false},
    {"id": "a3", "name": "click me", "url": "javascript:alert(1)", "isUpload": false}],
   "customFieldItems": [
    {"idCustomField": "f2", "idValue": "o2", "value": null}, {"idCustomField": "f1", "value": {"number": "100.32"}},
    {"idCustomField": "f3", "value": {"checked": "true"}}, {"idCustomField": "f4", "value": {"date": "2021-05-01T10:00:00.000Z"}}]},
  {"id": "5f0000100000000000000010", "idList": "l1", "name": "First of the first list", "pos": 100},
  {"id": "5f0000130000000000000013", "idList": "l2", "name": "In an archived list", "closed": false, "pos": 1},
  {"id": "5f0000140000000000000014", "idList": "l3", "name": "Archived itself", "closed": true, "pos": 1},
  {"id": "5f0000150000000000000015", "idList": "nowhere", "name": "", "desc": "Only a text\nof two lines", "pos": 1},
  {"id": "5f0000100000000000000010", "idList": "l3", "name": "The same id again", "pos": 1}
 ],
 "labels": [{"id": "la", "name": "Design", "color": "red_dark"}, {"id": "lb", "name": "", "color": "blue_light"}, {"id": "lc", "name": "", "color": "lime"}, {"id": "ld", "name": "Unused", "color": null}],
 "lists": [
  {"id": "l3", "name": "Backlog", "closed": false, "pos": 30000.25}, {"id": "l2", "name": "Backlog", "closed": true, "pos": 20000},
  {"id": "l1", "name": "Λίστα", "closed": false, "pos": 10000}],
 "members": [{"id": "m1", "fullName": "Anna Alm", "username": "anna", "email": "anna@example.org"}, {"id": "m2", "fullName": "", "username": "ben"}],
 "checklists": [
  {"id": "c2", "idCard": "5f0000110000000000000011", "name": "After", "pos": 2, "checkItems": [{"name": "tidy up", "state": "incomplete", "pos": 1}]},
  {"id": "c1", "idCard": "5f0000110000000000000011", "name": "Before", "pos": 1, "checkItems": [
   {"name": "colours", "state": "complete", "pos": 2}, {"name": "paper", "state": "incomplete", "pos": 1, "due": "2021-03-29T00:00:00.000Z", "idMember": "m1"}]},
  {"id": "c3", "idCard": "5f0000140000000000000014", "name": "Checklist", "pos": 1, "checkItems": [{"name": "alone", "state": "complete"}]},
  {"id": "c4", "idCard": "gone", "name": "Lost", "checkItems": [{"name": "x"}]}],
 "customFields": [
  {"id": "f1", "name": "Hours", "pos": 1, "type": "number"}, {"id": "f2", "name": "Priority", "pos": 2, "type": "list", "options": [{"id": "o1", "value": {"text": "Low"}}, {"id": "o2", "value": {"text": "High"}}]},
  {"id": "f3", "name": "Approved", "pos": 3, "type": "checkbox"}, {"id": "f4", "name": "Print", "pos": 4, "type": "date"}]
}`

func readTrello(t *testing.T, file string) *Plan {
	t.Helper()
	plan, err := ReadTrello(strings.NewReader(file), nil)
	if err != nil {
		t.Fatalf("%v\n%.300s", err, file)
	}
	return plan
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestTrelloColumnsAndOrder(t *testing.T) {
	p := readTrello(t, board)
	same(t, "board", []string{p.Source, p.SourceID, p.Name, p.Description}, []string{"trello", "5f0000000000000000000001", "Website relaunch", "For the **spring** fair"})
	same(t, "columns", p.Columns, []Column{
		{SourceID: "l1", Name: "Λίστα", Kind: Todo},
		{SourceID: "l2", Name: "Backlog", Kind: Todo, Archived: true},
		{SourceID: "l3", Name: "Backlog", Kind: Todo},
		{SourceID: "added:doing", Name: "In progress", Kind: Doing, Added: true},
		{SourceID: "added:done", Name: "Done", Kind: Done, Added: true},
	})
	var tasks []string
	for _, task := range p.Tasks {
		tasks = append(tasks, fmt.Sprint(task.ColumnSourceID, " ", task.Position, " ", task.Title, " ", task.Archived))
	}
	same(t, "tasks", tasks, []string{
		"l1 0 Only a text false",
		"l1 1 First of the first list false",
		"l1 2 Draw the sketch false",
		"l1 3 Last of the first list false",
		"l2 0 In an archived list true",
		"l3 0 Archived itself true",
	})
	same(t, "counts", p.Counts(), Counts{Columns: 3, ColumnsArchived: 1, ColumnsAdded: 2, Tasks: 6, Archived: 2, ChecklistItems: 4, ChecklistItemsDone: 2,
		Comments: 3, CommentsSaid: 5, Attachments: 2, Uploads: 1, Labels: 3, People: 3})
}

func TestTrelloCard(t *testing.T) {
	p := readTrello(t, board)
	at := func(text string) time.Time {
		parsed, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	same(t, "task", p.Tasks[2], Task{
		SourceID: "5f0000110000000000000011", ColumnSourceID: "l1", Title: "Draw the sketch", Description: "# Why\nBecause",
		Due: at("2021-04-01T00:00:00Z"), DueDateOnly: true, Start: at("2021-03-30T22:30:00Z"),
		Done: true, DoneAt: at("2021-03-31T10:00:00Z"), Position: 2,
		Labels: []string{"la", "lb"}, Assignees: []string{"m1", "m9"},
		Checklist: []ChecklistItem{{"Before", "paper", false}, {"Before", "colours", true}, {"After", "tidy up", false}},
		Notes: []Note{
			{"600000000000000000000001", "Anna Alm", "m1", at("2021-03-01T09:00:00Z"), "First"},
			{"600000010000000000000002", "Anna Alm", "m1", at("2021-03-02T09:00:00Z"), "Second, copied by Ben"},
			{"600000030000000000000003", "Nikos Gone", "m9", at("2021-03-03T09:00:00Z"), "Third, by one who left"},
		},
		Links: []Link{
			{"plan.pdf", "https://trello.com/1/cards/x/attachments/a1/download/plan.pdf", 1234, true},
			{"https://example.org/page", "https://example.org/page", 0, false},
		},
		Extra: []string{"Attachment: click me javascript:alert(1)", "Votes: 2", "Cover: purple", "Template card: yes", `Checklist item "paper": due 2021-03-29, Anna Alm`,
			"Hours: 100.32", "Priority: High", "Approved: yes", "Print: 2021-05-01 10:00 UTC"},
		CreatedAt: time.Unix(0x5f000011, 0).UTC(), SourceURL: "https://trello.com/c/AbCd1234",
	})
	athens, err := time.LoadLocation("Europe/Athens")
	if err != nil {
		t.Skip("no time zones here")
	}
	same(t, "days in Athens", []string{p.Tasks[2].DueOn(athens), p.Tasks[2].StartOn(athens), p.Tasks[0].DueOn(athens)}, []string{"2021-04-01", "2021-03-31", ""})
	newYork, _ := time.LoadLocation("America/New_York")
	same(t, "days in New York", []string{p.Tasks[2].DueOn(newYork), p.Tasks[2].StartOn(newYork)}, []string{"2021-04-01", "2021-03-30"})
	same(t, "one checklist nobody named", p.Tasks[5].Checklist, []ChecklistItem{{"", "alone", true}})
}

func TestTrelloPeopleLabelsAndWhatIsLeft(t *testing.T) {
	p := readTrello(t, board)
	same(t, "people", p.People, []Person{{"m1", "Anna Alm", "anna", false}, {"m2", "ben", "ben", false}, {"m9", "Nikos Gone", "nikos", true}})
	same(t, "labels", p.Labels, []Label{{"la", "Design", "red"}, {"lb", "blue light", "blue"}, {"ld", "Unused", "grey"}})
	left := map[string]string{}
	for _, l := range p.Left {
		left[l.Kind] = fmt.Sprint(l.Count, " ", l.Detail)
	}
	same(t, "left", left, map[string]string{
		"oldercomments": "2 3 / 5", "lostcomments": "1 ", "uploads": "1 plan.pdf", "links": "1 click me", "fields": "4 Hours; Priority; Approved", "votes": "2 ",
		"itemfacts": "1 Draw the sketch", "lists": "1 Only a text", "untitled": "1 Only a text", "checklists": "1 Lost", "people": "1 Draw the sketch", "labels": "1 lime",
		"unknownlabels": "1 Draw the sketch", "templates": "1 Draw the sketch", "history": "1 ", "duplicates": "1 The same id again",
	})
}

func TestTrelloNeverReadsSecretAddresses(t *testing.T) {
	if whole := fmt.Sprintf("%+v", readTrello(t, board)); strings.Contains(whole, "secret") || strings.Contains(whole, "anna@") {
		t.Errorf("an address came through: %s", whole)
	}
}

func TestTrelloOldLabelsWithoutIDs(t *testing.T) {
	p := readTrello(t, `{"lists":[{"id":"l","name":"A","idBoard":"b"}],"cards":[
		{"id":"c1","idList":"l","name":"x","labels":[{"name":"","color":"green"},{"name":"Big","color":"green"}]},
		{"id":"c2","idList":"l","name":"y","labels":[{"color":"green"}]}]}`)
	same(t, "labels", p.Labels, []Label{{"label:green:", "green", "green"}, {"label:green:Big", "Big", "green"}})
	same(t, "on y", p.Tasks[1].Labels, []string{"label:green:"})
}

func TestTrelloWrongTypesKeepTheRest(t *testing.T) {
	p := readTrello(t, `{"id":7,"name":["x"],"labels":{"a":[1]},"members":"nobody","actions":null,"customFields":5,"checklists":[3,{"idCard":"c1","checkItems":{"0":1}}],
		"lists":[{"id":"l","name":"Todo","pos":"top"},17,null,{"name":"No id","closed":"true"}],
		"cards":["a",{"id":"c1","idList":"l","name":12,"desc":{"x":1},"due":5,"closed":"true","pos":[],"idMembers":"m","labels":[null,4],"badges":[],"cover":"red","attachments":{"a":1}},
			{"id":"c2","idList":"l","name":"fine","pos":"12.5","badges":{"comments":"2"},"idMembers":[1,null]}]}`)
	same(t, "columns", p.Columns[:3], []Column{{SourceID: "l", Name: "Todo", Kind: Todo}, {SourceID: "added:doing", Name: "In progress", Kind: Doing, Added: true},
		{SourceID: "list:2", Name: "No id", Kind: Doing, Archived: true}})
	same(t, "titles", []string{p.Tasks[0].Title, p.Tasks[1].Title}, []string{"fine", "12"})
	same(t, "archived", p.Tasks[1].Archived, true)
	same(t, "name", p.Name, "")
}

func TestTrelloLongAndBrokenTexts(t *testing.T) {
	long := strings.Repeat("α", MaxTitle) + " and more"
	p := readTrello(t, `{"lists":[{"id":"l","name":"Todo"}],"cards":[
		{"id":"c1","idList":"l","name":"`+long+`","desc":"`+strings.Repeat("d", maxDescription+5)+`"},
		{"id":"c2","idList":"l","name":"cafe\u0301 \ud83d\u202e\u0007`+"\xff"+`!"},
		{"id":"c3","idList":"l","name":"m","desc":"`+strings.Repeat("\xff", maxQuoted)+`\u00e4"}]}`)
	same(t, "title", p.Tasks[0].Title, strings.Repeat("α", MaxTitle-1)+"…")
	same(t, "rest", p.Tasks[0].Extra, []string{"Title, continued: α and more"})
	same(t, "description", len(p.Tasks[0].Description), maxDescription)
	same(t, "clean title", p.Tasks[1].Title, "café \uFFFD\uFFFD!")
	same(t, "broken description", len([]rune(p.Tasks[2].Description)), maxDescription)
	same(t, "cut", []int{p.left(leftTitles), p.left(leftTexts)}, []int{1, 2})
}

// A Reader in pieces, to see that nothing depends on where a read ends.
type pieces struct{ rest string }

func (p *pieces) Read(to []byte) (int, error) {
	if p.rest == "" {
		return 0, errors.New("the line went dead")
	}
	n := copy(to[:1], p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func TestTrelloReadErrorIsNoBadFile(t *testing.T) {
	_, err := ReadTrello(&pieces{board}, nil)
	var refused *BadFile
	if err == nil || errors.As(err, &refused) || !strings.Contains(err.Error(), "the line went dead") {
		t.Errorf("got %v", err)
	}
}

func TestTrelloProgress(t *testing.T) {
	file := "\uFEFF" + strings.Replace(board, `"prefs"`, `"junk": "`+strings.Repeat("x", 300_000)+`", "prefs"`, 1)
	var told []int64
	if _, err := ReadTrello(strings.NewReader(file), func(read int64) { told = append(told, read) }); err != nil {
		t.Fatal(err)
	}
	if len(told) < 3 || len(told) > 8 || told[len(told)-1] != int64(len(file)) {
		t.Errorf("told %v of %d", told, len(file))
	}
	for i := 1; i < len(told); i++ {
		if told[i] <= told[i-1] && i < len(told)-1 {
			t.Errorf("progress went from %d to %d", told[i-1], told[i])
		}
	}
}
