package importers

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words by which a column's kind is known, in English, Greek, German and French,
// folded as fold does. They are tried in this order: what says that work has
// not begun first ("to be done"), then review before done, since showing work
// as done that is not is the worse mistake.
var kindWords = []struct {
	kind  string
	words []string
}{
	{Todo, []string{
		"to do", "todo", "to dos", "todos", "to be done", "not done", "not started", "undone", "ready for dev", "ready for development", "ready to start",
		"zu erledigen", "zu tun", "a faire", "pas commence", "non commence",
		"να γινει", "να γινουν", "προσ υλοποιηση", "προσ εκτελεση", "δεν ξεκινησε", "δεν ξεκινησαν",
	}},
	{Review, []string{
		"review", "reviewing", "in review", "testing", "test", "tests", "qa", "verify", "verification", "validation",
		"approval", "to approve", "feedback", "staging", "acceptance", "proofreading", "proof", "uat",
		"prufung", "prufen", "in prufung", "uberprufung", "abnahme", "freigabe", "kontrolle", "testen", "korrektur",
		"a valider", "a verifier", "verifier", "valider", "revue", "relecture", "recette", "controle", "approbation",
		"ελεγχοσ", "ελεγχο", "ελεγχου", "ελεγχεται", "εγκριση", "αναθεωρηση", "δοκιμη", "δοκιμεσ", "δοκιμαζεται", "επισκοπηση", "αξιολογηση", "διορθωση",
	}},
	{Done, []string{
		"done", "complete", "completed", "finished", "closed", "resolved", "fixed", "shipped", "released", "deployed", "live",
		"delivered", "launched", "published", "approved", "accepted", "archive", "archived",
		"rejected", "denied", "declined", "cancelled", "canceled", "abandoned", "won t do", "wont do", "won t fix", "wontfix",
		"erledigt", "fertig", "abgeschlossen", "geschlossen", "beendet", "geliefert", "veroffentlicht", "abgenommen", "abgelehnt", "abgebrochen", "archiv",
		"fait", "faits", "faite", "faites", "termine", "terminee", "termines", "terminees", "fini", "finis", "livre", "livres", "clos", "ferme", "acheve", "publie", "valide", "annule", "refuse", "archives",
		"ολοκληρωμενα", "ολοκληρωμενο", "ολοκληρωμενεσ", "ολοκληρωθηκε", "ολοκληρωθηκαν", "ετοιμα", "ετοιμο", "ετοιμεσ", "τελειωσε", "τελειωσαν", "τελειωμενα",
		"εγινε", "εγιναν", "κλειστα", "κλειστο", "εκλεισαν", "παραδοθηκε", "παραδοθηκαν", "εγκριθηκε", "εγκριθηκαν", "ακυρωμενα", "ακυρωθηκαν", "απορριφθηκαν", "αρχειο",
	}},
	{Doing, []string{
		"doing", "progress", "wip", "working", "ongoing", "active", "current", "started", "development", "developing",
		"implementation", "implementing", "building", "in work",
		"in arbeit", "in bearbeitung", "in umsetzung", "umsetzung", "lauft", "laufend", "aktuell", "begonnen", "angefangen", "entwicklung",
		"en cours", "en traitement", "en developpement", "developpement", "commence", "encours",
		"σε εξελιξη", "σε προοδο", "εν εξελιξει", "γινεται", "γινονται", "τρεχοντα", "τρεχουσεσ", "σε επεξεργασια", "υπο επεξεργασια", "σε υλοποιηση", "υλοποιηση", "υλοποιειται", "δουλευουμε", "ξεκινησε", "ξεκινησαν",
	}},
	{Todo, []string{
		"backlog", "idea", "ideas", "inbox", "planned", "planning", "next", "queue", "queued", "icebox", "later", "someday", "ready", "open", "new", "upcoming",
		"suggestion", "suggestions", "request", "requests", "brainstorm", "brainstorming", "bugs", "issues", "wishlist", "proposed", "proposals", "scheduled", "pending",
		"offen", "geplant", "idee", "ideen", "neu", "eingang", "anstehend", "demnachst", "spater", "bereit", "vorgeschlagen", "wunsche",
		"idees", "pret", "prevu", "planifie", "nouveau", "nouveaux", "ouvert", "prochain", "prochains", "plus tard", "boite de reception",
		"εκκρεμει", "εκκρεμουν", "εκκρεμη", "εκκρεμοτητεσ", "ιδεα", "ιδεεσ", "νεα", "νεο", "νεεσ", "επομενα", "επομενο", "προσεχωσ", "προγραμματισμενα", "ανοιχτα", "ανοικτα", "αργοτερα", "προτασεισ", "αιτηματα", "εισερχομενα",
	}},
}

// fold makes names comparable: lower case, no accents, ς as σ, and nothing but
// letters and digits with single spaces between and around words.
func fold(name string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ς':
			return 'σ'
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		}
		return ' '
	}, norm.NFD.String(strings.ToLower(name)))
	return " " + strings.Join(strings.Fields(folded), " ") + " "
}

// kindByName guesses what a column is from its name, or answers "".
func kindByName(name string) string {
	name = fold(name)
	for _, guess := range kindWords {
		for _, word := range guess.words {
			if strings.Contains(name, " "+word+" ") {
				return guess.kind
			}
		}
	}
	return ""
}

// guessKinds gives every column a kind: by its name, else by its place. The
// first open column is work to come, and so is what stands before the last
// column that says so by name while no work has begun; everything else is being
// done, since only a name can say that work is finished.
func guessKinds(columns []Column) {
	first, waiting := true, 0 // waiting: columns before this index stand before work began
	for i := range columns {
		c := &columns[i]
		if c.Kind = kindByName(c.Name); c.Archived {
			continue
		}
		if c.Kind != "" && c.Kind != Todo {
			break
		}
		if c.Kind == Todo {
			waiting = i
		}
	}
	for i := range columns {
		c := &columns[i]
		if c.Kind == "" {
			c.Kind = kindByName(c.Name)
		}
		if c.Kind == "" {
			c.Kind = Doing
			if !c.Archived && (first || i < waiting) {
				c.Kind = Todo
			}
		}
		first = first && c.Archived
	}
}

// completeKinds adds the columns that a board cannot be without, each where one
// looks for it: to do first, done last, and doing after what is to do.
func completeKinds(columns []Column) []Column {
	has := map[string]bool{}
	for _, c := range columns {
		if !c.Archived {
			has[c.Kind] = true
		}
	}
	if !has[Todo] {
		columns = append([]Column{{SourceID: "added:todo", Name: "To do", Kind: Todo, Added: true}}, columns...)
	}
	if !has[Doing] {
		at := 0
		for i, c := range columns {
			if c.Kind == Todo && !c.Archived {
				at = i + 1
			}
		}
		added := Column{SourceID: "added:doing", Name: "In progress", Kind: Doing, Added: true}
		columns = append(columns[:at:at], append([]Column{added}, columns[at:]...)...)
	}
	if !has[Done] {
		columns = append(columns, Column{SourceID: "added:done", Name: "Done", Kind: Done, Added: true})
	}
	return columns
}
