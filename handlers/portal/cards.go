package portal

import (
	"cmp"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/views"
)

// act is a card that is no project: a link with words.
type act struct {
	URL, Icon, Label, Text string
	Fact                   string      // what it comes to today
	Next                   *db.Meeting // on the card of the booking page
	Away                   bool        // it leads out of the portal
	Told                   bool        // of projects: in one card, with the team's own words
}

var cardIcons = map[string]string{db.CardProjects: "folder", db.CardMeeting: "calendar", db.CardOwn: "link"}

// acts are the cards of a home in order, that of bills only where the reader sees any.
// In the place of the projects' card stands a nil, unless the team gave it words.
func (s sight) acts(home db.Home, meetings []db.Meeting, bills db.BillCount) []*act {
	var list []*act
	for _, card := range home.Cards {
		text := s.textOf(card.Texts)
		a := &act{URL: card.URL, Icon: cardIcons[card.Kind], Label: text.Label, Text: text.Text, Away: card.URL != "" && card.URL[0] != '/'}
		switch {
		case card.Kind == db.CardMeeting && card.URL == "", card.Kind == db.CardBills && bills.All == 0:
			continue
		case card.Kind == db.CardBills:
			a.URL, a.Icon, a.Label, a.Text = "/portal/invoices", "card", cmp.Or(text.Label, s.T("home.card-bills")), cmp.Or(text.Text, s.T("home.card-bills-text"))
			if a.Fact = s.T("client-bills.all-paid"); bills.Owed > 0 {
				a.Fact = s.N("home.card-bills-owed", bills.Owed)
			}
		case card.Kind == db.CardProjects && text.Label == "":
			a = nil
		case card.Kind == db.CardProjects:
			a.URL, a.Told = "/portal/projects", true
		case card.Kind == db.CardMeeting:
			a.Label, a.Text = cmp.Or(text.Label, s.T("home.card-meeting")), cmp.Or(text.Text, s.T("home.card-meeting-text"))
			if len(meetings) > 0 {
				a.Next = &meetings[0]
			}
		}
		list = append(list, a)
	}
	return list
}

// textOf is what a card says in the reader's language, or else in another.
func (s sight) textOf(texts map[string]db.CardText) db.CardText {
	if text := texts[s.Words.Language]; text.Label != "" {
		return text
	}
	for _, language := range views.Languages {
		if text := texts[language.Code]; text.Label != "" {
			return text
		}
	}
	return texts[s.Words.Language]
}

// greeting draws the welcome text in the reader's language, or else in another.
func (s sight) greeting(home db.Home) (live.Region, error) {
	text := home.Welcome[s.Words.Language]
	for _, language := range views.Languages {
		text = cmp.Or(text, home.Welcome[language.Code])
	}
	return s.region("greeting", map[string]any{"W": s.Words, "Text": text})
}

// cards draws the cards, with the first projects where they are to stand.
func (s sight) cards(home db.Home, projects []card, meetings []db.Meeting, bills db.BillCount) (live.Region, error) {
	type slot struct {
		Act      *act
		Projects []card
	}
	var slots []slot
	for _, a := range s.acts(home, meetings, bills) {
		switch {
		case a == nil || a.Told:
			if len(projects) > 0 {
				slots = append(slots, slot{a, projects[:min(len(projects), homeCards)]})
			}
		default:
			slots = append(slots, slot{Act: a})
		}
	}
	return s.region("cards", map[string]any{"W": s.Words, "Slots": slots})
}

// widgets draws what stands at the side, in the team's order, each only when it is not
// empty. News are per person and stand in the page itself.
func (s sight) widgets(company db.ID, home db.Home, names map[db.ID]string, meetings []db.Meeting) (live.Region, error) {
	shown := make([]map[string]any, 0, len(home.Widgets))
	for _, name := range home.Widgets {
		data := map[string]any{"W": s.Words, "Name": name, "Names": names}
		var count int
		switch name { // each at most once: one query for a widget
		case "meetings":
			count, data["Meetings"] = len(meetings), meetings
		case "updates":
			posts, err := s.Glass.RecentUpdates(company, homeUpdates)
			if err != nil {
				return live.Region{}, err
			}
			count, data["Updates"] = len(posts), posts
		case "files":
			files, err := s.RecentFiles(company, 0, homeFiles)
			if err != nil {
				return live.Region{}, err
			}
			count, data["Files"] = len(files), files
		case "activity":
			events, err := s.Activity(company, homeEvents)
			if err != nil {
				return live.Region{}, err
			}
			lines := s.lines(events, false)
			count, data["Lines"] = len(lines), lines
		}
		if count > 0 {
			shown = append(shown, data)
		}
	}
	return s.region("widgets", map[string]any{"W": s.Words, "Widgets": shown})
}
