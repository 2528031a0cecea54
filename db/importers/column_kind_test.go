package importers

import (
	"strings"
	"testing"
)

func TestKindByName(t *testing.T) {
	for kind, names := range map[string][]string{
		Todo: {"To Do", "TODO 📚", "to-do", "Backlog", "Ideas 💡", "Next up", "To be done", "Not started", "Ready for dev", "Sprint backlog", "Inbox", "Feature requests",
			"Zu erledigen", "Offen", "Ideen", "Geplant", "À faire", "Idées", "A FAIRE", "Εκκρεμή", "ΕΚΚΡΕΜΟΤΗΤΕΣ", "Να γίνουν", "Προς υλοποίηση", "Ιδέες"},
		Doing: {"Doing", "In Progress", "WIP", "DOING ⚙️", "Work in progress", "In development", "In Arbeit", "In Bearbeitung", "Läuft", "En cours", "EN COURS 🚧",
			"Σε εξέλιξη", "ΣΕ ΕΞΕΛΙΞΗ", "Γίνεται", "Υπό επεξεργασία"},
		Review: {"Review", "Code Review", "Ready for review", "Testing", "QA", "Waiting for approval", "Done, waiting for review", "Prüfung", "In Prüfung", "Zur Freigabe", "Abnahme",
			"À valider", "Relecture", "En cours de validation", "Έλεγχος", "Προς έλεγχο", "Για έγκριση", "Έτοιμα για έλεγχο"},
		Done: {"Done", "DONE! 🙌🏽", "Done 🎉", "Completed", "Closed", "Shipped", "Released in May", "Erledigt", "Fertig", "Abgeschlossen", "Fait", "Terminé", "TERMINÉE", "Livré",
			"Ολοκληρωμένα", "ΟΛΟΚΛΗΡΩΘΗΚΑΝ", "Έτοιμα", "Έγιναν", "Won't do", "Ακυρωμένα"},
		"": {"Team Info", "Key", "Design", "Λίστα", "Abandonment rate", "Donegal", "Doingness", "", "🎉"},
	} {
		for _, name := range names {
			if got := kindByName(name); got != kind {
				t.Errorf("%q is %q, want %q", name, got, kind)
			}
		}
	}
}

// Words are compared folded: one that is not could never match.
func TestKindWordsAreFolded(t *testing.T) {
	for _, guess := range kindWords {
		for _, word := range guess.words {
			if fold(word) != " "+word+" " {
				t.Errorf("%q should be written %q", word, fold(word))
			}
		}
	}
}

func TestKindsByPlace(t *testing.T) {
	for names, want := range map[string]string{
		"A | B | C":       "todo doing doing +done",
		"A":               "todo +doing +done",
		"":                "+todo +doing +done",
		"Done":            "+todo +doing done",
		"A | Done | B":    "todo done doing",
		"Doing | Done":    "+todo doing done",
		"Review | Done":   "+todo +doing review done",
		"Ideas | Backlog": "todo todo +doing +done",
		"Team Info | To Do | Design | Doing | Done":           "todo todo doing doing done",
		"Key | Suggestions | Backlog | Bugs | WIP | QA | End": "todo todo todo todo doing review doing +done",
		"To Do | Design | Done | Ideas | Links":               "todo doing done todo doing",
		"-Backlog | Design | Done":                            "todo todo +doing done",
		"-Done | -Rest | To Do":                               "done doing todo +doing +done",
	} {
		var columns []Column
		for _, name := range strings.Split(names, " | ") {
			if name != "" {
				columns = append(columns, Column{Name: strings.TrimPrefix(name, "-"), Archived: strings.HasPrefix(name, "-")})
			}
		}
		guessKinds(columns)
		var got []string
		for _, c := range completeKinds(columns) {
			if c.Added {
				c.Kind = "+" + c.Kind
			}
			got = append(got, c.Kind)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\n got %v\nwant %s", names, got, want)
		}
	}
}
