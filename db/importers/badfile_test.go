package importers

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestBadFiles(t *testing.T) {
	cards := `{"lists":[],"cards":[` + strings.Repeat(`{"idList":"l","name":"x"},`, MaxCards) + `{}]}`
	for name, c := range map[string]struct{ file, key, says string }{
		"nothing":          {"", badEmpty, "is empty"},
		"white space":      {"\uFEFF \r\n\t ", badEmpty, "is empty"},
		"text":             {"Dear all,", badNotJSON, "not JSON"},
		"csv":              {`"Task ID","Name"` + "\n1,2", badNotJSON, "not CSV"},
		"utf-16":           {"\xff\xfe{\x00", badNotJSON, "not JSON"},
		"xml":              {"<?xml version='1.0'?><a/>", badNotJSON, "not JSON"},
		"html":             {"\n<!DOCTYPE html><title>Log in</title>", badHTML, "web page"},
		"zip":              {"PK\x03\x04abc", badZip, "compressed"},
		"gzip":             {"\x1f\x8b\x08", badZip, "compressed"},
		"number":           {"42", badNotObject, "one JSON object"},
		"null":             {"null", badNotObject, "one JSON object"},
		"array":            {"[1, 2]", badNotObject, "one JSON object"},
		"empty array":      {"[]", badNotObject, "one JSON object"},
		"object":           {"{}", badNotBoard, "not a Trello board"},
		"something else":   {`{"lists":3,"cards":null,"name":"x"}`, badNotBoard, "not a Trello board"},
		"huge numbers":     {`{"lists":1e999,"cards":{"a":[1e999]},"x":-1e999}`, badNotBoard, "not a Trello board"},
		"one card":         {`{"id":"x","idList":"y","name":"z","actions":[]}`, badNotBoard, "whole board"},
		"broken":           {`{"id":"x","lists":[}`, badBroken, "after byte 19."},
		"text behind":      {board + "x", badBroken, "damaged"},
		"another behind":   {board + board, badBroken, "damaged"},
		"deep":             {`{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "}", badDeep, "more than 64 levels"},
		"bomb":             {strings.Repeat(`{"a":`, 1<<20), badDeep, "more than 64 levels"},
		"many cards":       {cards, badManyCards, "more than 20000 cards"},
		"many members":     {`{"lists":[],"cards":[{"idList":"l","idMembers":[` + strings.Repeat(`0,`, maxPerCard) + `0]}]}`, badTooMany, "more of something"},
		"many keys":        {`{` + strings.Repeat(`"a":0,`, maxNamed+1) + `"b":0}`, badTooMany, "more of something"},
		"Jira search":      {`{"startAt":0,"maxResults":50,"total":1,"issues":[{"key":"A-1","fields":{"summary":"x"}}]}`, badOtherTool, "from Jira,"},
		"Jira comments":    {`{"comments":[{"body":"x"}],"startAt":0,"total":1}`, badOtherTool, "from Jira,"},
		"Asana":            {`{"data":[{"gid":"1","name":"x"}]}`, badOtherTool, "from Asana,"},
		"GitHub project":   {`{"items":[{"content":{"number":1},"id":"x","status":"Done"}],"totalCount":1}`, badOtherTool, "from GitHub,"},
		"GitHub issues":    {`[{"number":1,"title":"x","state":"open","body":null}]`, badOtherTool, "from GitHub,"},
		"Planka":           {`{"item":{"id":"1"},"included":{"lists":[],"cards":[]}}`, badOtherTool, "from Planka,"},
		"Nextcloud Deck":   {`{"version":"1","boards":{"7":{"id":7,"stacks":{"1":{"cards":[]}}}}}`, badOtherTool, "from Nextcloud Deck,"},
		"Vikunja":          {`[{"id":1,"title":"Inbox","hex_color":"","tasks":[]}]`, badOtherTool, "from Vikunja,"},
		"WeKan":            {`{"_format":"wekan-board-1.0.0","_id":"a","title":"x","lists":[{"_id":"l"}],"cards":[{"listId":"l"}],"swimlanes":[]}`, badOtherTool, "from WeKan,"},
		"an empty GitHub":  {`{"items":[],"totalCount":0}`, badNotBoard, "not a Trello board"},
		"control in a key": {"{\"a\nb\":1}", badBroken, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := ReadTrello(strings.NewReader(c.file), nil)
			var refused *BadFile
			if plan != nil || !errors.As(err, &refused) {
				t.Fatalf("got %v, %v", plan, err)
			}
			if refused.Key != c.key || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %s: %s", refused.Key, err)
			}
			if strings.ContainsAny(err.Error(), "{}") {
				t.Errorf("a place was not filled: %s", err)
			}
		})
	}
}

// Wherever an upload breaks off, the sentence is the same.
func TestCutFiles(t *testing.T) {
	for end := 1; end < len(board)-1; end += 7 {
		_, err := ReadTrello(strings.NewReader(board[:end]), nil)
		var refused *BadFile
		if !errors.As(err, &refused) || refused.Key != badCut {
			t.Fatalf("cut after %d bytes, at …%q: %v", end, board[max(0, end-20):end], err)
		}
	}
}

// endless never ends; it counts what was taken from it.
type endless struct {
	start string
	fill  byte
	taken int64
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.fill
	}
	if e.taken < int64(len(e.start)) {
		copy(p, e.start[e.taken:])
	}
	e.taken += int64(len(p))
	return len(p), nil
}

func TestTooBigFilesAreNotReadToTheEnd(t *testing.T) {
	for name, file := range map[string]*endless{
		"spaces": {fill: ' '},
		"string": {start: `{"lists":[],"cards":[],"x":"`, fill: 'x'},
		"number": {start: `7`, fill: '7'},
	} {
		_, err := ReadTrello(file, nil)
		var refused *BadFile
		if !errors.As(err, &refused) || refused.Key != badTooBig || !strings.Contains(err.Error(), "64 MiB") {
			t.Errorf("%s: %v", name, err)
		}
		if file.taken > MaxBytes+1 {
			t.Errorf("%s: %d bytes were read", name, file.taken)
		}
	}
}

func TestAnUploadThatBreaksOffIsCut(t *testing.T) {
	_, err := ReadTrello(io.MultiReader(strings.NewReader(`{"lists":[`), broken{}), nil)
	var refused *BadFile
	if !errors.As(err, &refused) || refused.Key != badCut {
		t.Errorf("got %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestEveryKeyHasASentence(t *testing.T) {
	for _, key := range []string{badEmpty, badNotJSON, badHTML, badZip, badCut, badBroken, badTooBig, badDeep, badNotObject, badOtherTool, badNotBoard, badManyCards, badTooMany} {
		if sentences[key] == "" {
			t.Errorf("%s has no sentence", key)
		}
	}
}
