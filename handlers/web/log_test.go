package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// decisionKinds are the kinds of events about decisions and deliverables that the store
// knows.
func decisionKinds(t *testing.T) (kinds []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../db/event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if text, ok := node.(*ast.BasicLit); ok && text.Kind == token.STRING {
			if kind, err := strconv.Unquote(text.Value); err == nil && !strings.Contains(kind, " ") && (strings.HasPrefix(kind, "decision.") || strings.HasPrefix(kind, "deliverable.")) {
				kinds = append(kinds, kind)
			}
		}
		return true
	})
	return kinds
}

// Whatever happens to a decision or a deliverable has words in both languages, which say
// what it is about.
func TestDecisionEventsHaveWords(t *testing.T) {
	kinds := decisionKinds(t)
	if len(kinds) < 14 {
		t.Fatal("only", kinds)
	}
	link := views.Anchor("/portal/decisions/x", "Which <one>?")
	for _, language := range []string{"en", "el"} {
		w := views.For(language, "UTC", time.Now())
		for _, kind := range append(kinds, db.EventReply, db.EventNote) {
			for _, outcome := range []string{"", db.Approve, db.Choose, db.Free, db.Changes, db.Decline} {
				lines := Lines(w, []Happening{{Kind: kind, Who: "Katerina", What: link, Number: 3, Outcome: outcome, Choice: "The <red> one", Milestone: "Design", LateDays: 4}}, false)
				if len(lines) != 1 {
					t.Errorf("%s: %s %s has no words", language, kind, outcome)
					continue
				}
				text := string(lines[0].Text)
				if !strings.Contains(text, string(link)) || strings.Contains(text, "<red>") || strings.Contains(text, "⟦") || !strings.Contains(text, "4 ") {
					t.Errorf("%s: %s %s: %s", language, kind, outcome, text)
				}
			}
		}
	}
}

func TestWordsOfDecisionEvents(t *testing.T) {
	w, what := views.For("en", "UTC", time.Now()), template.HTML("X")
	for _, c := range []struct {
		Happening
		text, class string
	}{
		{Happening{Kind: db.EventAskedAnew, Number: 2, Asks: true}, "Katerina changed a question, version 2 now: X", "call"},
		{Happening{Kind: db.EventAskedAnew, Number: 2}, "Katerina changed a question, version 2 now: X", ""},
		{Happening{Kind: db.EventDelivered, Number: 3, Asks: true}, "Katerina delivered X, version 3", "call"},
		{Happening{Kind: db.EventApproved, Number: 3, Outcome: db.Approve}, "Katerina approved X, version 3", "key"},
		{Happening{Kind: db.EventDecided, Outcome: db.Choose, Choice: "Red"}, "Katerina chose “Red” in X", "key"},
		{Happening{Kind: db.EventDecided, Outcome: db.Free, LateDays: 1}, "Katerina answered X, 1 working day after the day it was needed", "key"},
		{Happening{Kind: db.EventDeclined, Outcome: db.Decline, LateDays: 4}, "Katerina declined X, 4 working days after the day it was needed", ""},
		{Happening{Kind: db.EventDisagreed, Outcome: db.Choose}, "They chose differently in X", ""},
		{Happening{Kind: db.EventReply}, "Katerina replied on X", ""},
	} {
		c.Who, c.What = "Katerina", what
		line := Lines(w, []Happening{c.Happening}, false)[0]
		if string(line.Text) != c.text || line.Class != c.class {
			t.Errorf("%q %q, not %q %q", line.Text, line.Class, c.text, c.class)
		}
	}
}
