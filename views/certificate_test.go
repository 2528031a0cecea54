package views

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// sealed is a record as it lies in the ledger, but for its hash.
func sealed(t *testing.T, r db.Record) db.Signoff {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return db.Signoff{ID: r.ID, At: r.At, Record: string(text), Hash: strings.Repeat("ab", 32)}
}

// said is all that a certificate says, on lines.
func said(c Certificate) string {
	lines := []string{c.Workspace, c.Question, c.Says, c.Warning}
	fact := func(facts []CertificateFact) {
		for _, f := range facts {
			lines = append(lines, f.Name+": "+f.Text)
		}
	}
	for _, part := range c.Parts {
		lines = append(lines, part.Title)
		fact(part.Facts)
		for _, entry := range part.Entries {
			lines = append(lines, entry.Title)
			for _, mark := range entry.Marks {
				lines = append(lines, mark.Text)
			}
			fact(entry.Facts)
			lines = append(lines, entry.Text)
		}
		lines = append(lines, part.Note)
	}
	return strings.Join(lines, "\n")
}

func recordOf(kind, outcome string) db.Record {
	cost, free, off := int64(math.MaxInt64), int64(0), int64(-8001)
	later, sooner := int64(1), int64(-3650)
	at := db.At(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)) // the hour that Athens has twice
	chosen := db.ID(7)
	r := db.Record{Format: db.RecordFormat, ID: 99, Workspace: "Ormos", Company: db.Named{ID: 1, Name: "Kyma"}, Project: db.Named{ID: 2, Name: "Shop"}, At: at,
		Decision: db.RecordDecision{ID: 3, Kind: kind, Edition: 3, Question: "Which colour?", Context: "Not ~~red~~ but\n\n- blue", IfSilent: "Blue.", FreeAnswer: true, Mode: db.InOrder, DueOn: "2026-10-20", Closes: true,
			Currency: "EUR", Price: &off, Days: &sooner, AskedBy: "Katerina", AskedAt: at, Milestone: "Design", NewTasks: []string{"Paint it"}, Tasks: []string{"Print"}, Deciders: []db.Named{{ID: 4, Name: "Eleni"}, {ID: 5, Name: "Stavros"}},
			Options: []db.RecordOption{{ID: 7, Title: "Blue", Cost: &cost, Days: &later, Recommended: true}, {ID: 8, Title: "Red", Cost: &free, Days: &free}}},
		Deliverable: &db.RecordDeliverable{ID: 6, Name: "Design", Version: 2, Note: "Larger", SHA256: "feed"}, Files: []db.RecordFile{{ID: 9, Name: "a.pdf", Size: 5 << 20, SHA256: "cafe", Required: true}},
		Answer: db.RecordAnswer{Outcome: outcome, Comment: "As *agreed*.", LateDays: 3}, Person: db.RecordPerson{ID: 4, Name: "Eleni", Role: "Client"}, SignedIn: db.RecordSession{Method: "pin", At: at, Passkey: true}}
	if outcome == db.Choose {
		r.Answer.Option, r.Answer.OptionTitle = &chosen, "Blue"
	}
	return r
}

func TestCertificateSaysEverything(t *testing.T) {
	c := NewCertificate(For("en", "Europe/Athens", noon), sealed(t, recordOf(db.KindBudget, db.Choose)))
	got := said(c)
	for _, want := range []string{"Eleni of Kyma chose “Blue” on Sunday 25 October 2026, 03:30:00, Europe/Athens (UTC+03:00).", "Answer: Chosen: Blue", "Comment: As *agreed*.", "Signed by: Eleni", "Role: Client", "Company: Kyma",
		"The same in UTC: 2026-10-25 00:30:00 UTC", "Late by: 3 working days", "Signed in: with a PIN, since 25 Oct 2026, 03:30\nThe sign-in was confirmed with a passkey.",
		"Kind: Question about the budget", "Context: Not ~~red~~ but\n\n- blue", "Price: −€80.01", "Dates: 3,650 days sooner", "New tasks: Paint it", "Tasks that waited: Print", "Project: Shop", "Milestone: Design", "Version of the question: 3",
		"Asked by: Katerina", "Answer by: Tuesday 20 October 2026. No answer is taken after that day", "If nobody answers: Blue.", "Who has to answer: Eleni and Stavros\nEverybody has to answer, one after the other.",
		"Blue\nChosen\nRecommended\nCost: +€92,233,720,368,547,758.07\nDates: 1 day later", "Red\nCost: €0.00\nDates: stay as they are", "An answer in own words was possible too.",
		"Deliverable: Design", "Version: 2", "Note to this version: Larger", "SHA-256: feed", "a.pdf\nTo be opened first\nSize: 5\u00a0MB (5,242,880 bytes)\nSHA-256: cafe",
		"Record: " + db.ID(99).String(), "Hash (SHA-256): abab", "none, it is the first of its project", "vitrine verify --bundle record-" + db.ID(99).String() + ".json"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in\n%s", want, got)
		}
	}
	if c.Warning == "" {
		t.Error("a record that its hash was not made of is certified")
	}
}

// Whatever a record holds is said in both languages, and so is what this version does not know.
func TestCertificateInEveryWay(t *testing.T) {
	for _, language := range Languages {
		for _, kind := range []string{db.KindQuestion, db.KindBudget, db.KindDirection, db.KindMilestone, db.KindChange, db.KindApproval, "later"} {
			for _, outcome := range []string{db.Approve, db.Choose, db.Free, db.Changes, db.Decline, "later"} {
				r := recordOf(kind, outcome)
				w := For(language.Code, "UTC", noon)
				full := said(NewCertificate(w, sealed(t, r)))
				r.Company, r.Deliverable, r.Files, r.SignedIn, r.Answer.LateDays = db.Named{ID: 1}, nil, nil, db.RecordSession{Method: "later"}, 0
				r.Decision = db.RecordDecision{ID: 3, Kind: kind, Question: "?"}
				bare := said(NewCertificate(w, sealed(t, r)))
				for _, text := range []string{full, bare} {
					if strings.ContainsAny(text, "⟦⟧") || strings.Contains(text, "{{") {
						t.Fatalf("%s of %s in %s:\n%s", outcome, kind, language.Code, text)
					}
				}
				if strings.Contains(bare, ": \n") {
					t.Errorf("a name without a fact:\n%s", bare)
				}
			}
		}
	}
}

func TestCertificateOfWhatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "null", "{", `{"format":"vitrine-signoff-2"}`, `{"format":"vitrine-signoff-1","decision":{"price":1e30}}`} {
		c := NewCertificate(For("en", "UTC", noon), db.Signoff{ID: 99, Record: text})
		if !strings.Contains(c.Says, "cannot read") || len(c.Parts) != 1 || c.Warning == "" {
			t.Errorf("%q: %+v", text, c)
		}
	}
}

func TestMomentFull(t *testing.T) {
	summer, winter := db.At(time.Date(2026, 5, 20, 15, 2, 3, 0, time.UTC)), db.At(time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC))
	for _, c := range []struct {
		language, zone, want string
		at                   db.Time
	}{
		{"en", "Europe/Athens", "Wednesday 20 May 2026, 18:02:03, Europe/Athens (UTC+03:00)", summer},
		{"el", "Europe/Athens", "Παρασκευή 1 Ιανουαρίου 2027, 01:00:00, Europe/Athens (UTC+02:00)", winter},
		{"en", "Asia/Kolkata", "Wednesday 20 May 2026, 20:32:03, Asia/Kolkata (UTC+05:30)", summer},
		{"en", "UTC", "Wednesday 20 May 2026, 15:02:03 UTC", summer},
		{"en", "UTC", "", db.Time{}},
	} {
		if got := For(c.language, c.zone, noon).MomentFull(c.at); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
