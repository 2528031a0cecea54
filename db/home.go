package db

import (
	"net/url"
	"slices"
	"strings"
)

// Home is what build mode decides about the clients' first page. Texts are by language,
// Widgets in order, and Kinds are the kinds of columns whose tasks count as ongoing.
type Home struct {
	Welcome map[string]string // Markdown
	Cards   []HomeCard
	Widgets []string
	Kinds   []string
}

// HomeCard is a card on the first page: a built-in one, or one of the team's own with a
// link. A built-in one without words has the usual ones.
type HomeCard struct {
	Kind, URL string
	Texts     map[string]CardText
}

// CardText is what a card says in a language.
type CardText struct{ Label, Text string }

// Kinds of cards.
const (
	CardProjects = "projects"
	CardMeeting  = "meeting" // a booking page
	CardBills    = "bills"
	CardOwn      = "own"
)

var (
	CardKinds   = []string{CardProjects, CardMeeting, CardBills, CardOwn}
	HomeWidgets = []string{"news", "meetings", "updates", "files", "activity"} // in their usual order
	HomeKinds   = []string{Todo, Doing, Review}
)

const (
	maxCards     = 12
	maxWelcome   = 4000
	maxCardLabel = 80
	maxCardText  = 200
)

// DefaultHome is the first page before anybody has changed it.
func DefaultHome() Home {
	return Home{Welcome: map[string]string{}, Cards: []HomeCard{{Kind: CardProjects, Texts: map[string]CardText{}}, {Kind: CardBills, Texts: map[string]CardText{}}}, Widgets: slices.Clone(HomeWidgets), Kinds: []string{Doing, Review}}
}

// Home is the first page of the viewer's company, or (0) of somebody without one.
func (g *Glass) Home(company ID) (Home, error) {
	return readHome(g, func(table string) string { return "client_home_" + table + " h WHERE h.company_id IS ?" }, company)
}

// readHome reads the four tables of a home; without a text in any language there is none.
func readHome(r source, from func(table string) string, which any) (Home, error) {
	type line struct {
		position             int
		kind, url, lang      string
		welcome, label, text string
	}
	texts, err := all(r, func(l *line) []any { return []any{&l.lang, &l.welcome} }, "SELECT h.language, h.welcome FROM "+from("text"), which)
	if err != nil || len(texts) == 0 {
		return DefaultHome(), err
	}
	home := Home{Welcome: map[string]string{}}
	for _, l := range texts {
		home.Welcome[l.lang] = l.welcome
	}
	cards, err := all(r, func(l *line) []any { return []any{&l.position, &l.kind, &l.url, &l.lang, &l.label, &l.text} },
		"SELECT h.position, h.kind, h.url, coalesce(h.language, ''), coalesce(h.label, ''), coalesce(h.text, '') FROM "+from("card")+" ORDER BY h.position, h.language", which)
	if err != nil {
		return home, err
	}
	last := -1
	for _, l := range cards {
		if l.position != last {
			home.Cards, last = append(home.Cards, HomeCard{Kind: l.kind, URL: l.url, Texts: map[string]CardText{}}), l.position
		}
		if l.lang != "" {
			home.Cards[len(home.Cards)-1].Texts[l.lang] = CardText{l.label, l.text}
		}
	}
	if home.Widgets, err = all(r, itself[string], "SELECT h.name FROM "+from("widget")+" ORDER BY h.position", which); err != nil {
		return home, err
	}
	home.Kinds, err = all(r, itself[string], "SELECT h.kind FROM "+from("kind")+" ORDER BY h.kind", which)
	return home, err
}

// clean checks a home as it was filled in. Built-in cards stand on it at most once.
func (h *Home) clean() (err error) {
	if len(h.Cards) > maxCards {
		return invalid("cards", "home.too-many-cards", "Max", maxCards)
	}
	for language, text := range h.Welcome {
		if h.Welcome[language], err = cleanText("welcome_"+language, text, maxWelcome); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for i := range h.Cards {
		if err := h.Cards[i].clean(); err != nil {
			return err
		}
		if kind := h.Cards[i].Kind; kind != CardOwn && seen[kind] {
			return invalid("cards", "home.card-twice")
		}
		seen[h.Cards[i].Kind] = true
	}
	if !distinct(h.Widgets, HomeWidgets) || !distinct(h.Kinds, HomeKinds) {
		return invalid("widgets", "choice.unknown")
	}
	return nil
}

// distinct says whether all of list are in known, each once.
func distinct(list, known []string) bool {
	for i, one := range list {
		if !slices.Contains(known, one) || slices.Contains(list[:i], one) {
			return false
		}
	}
	return true
}

func (c *HomeCard) clean() (err error) {
	if !slices.Contains(CardKinds, c.Kind) {
		return invalid("cards", "choice.unknown")
	}
	if c.URL, err = cleanLine("cards", c.URL, 500); err != nil {
		return err
	}
	if (c.Kind == CardOwn || c.Kind == CardMeeting && c.URL != "") && !leadsSomewhere(c.URL) {
		return invalid("cards", "home.card-link")
	}
	named := false
	for language, text := range c.Texts {
		if text.Label, err = cleanLine("cards", text.Label, maxCardLabel); err != nil {
			return err
		}
		if text.Text, err = cleanLine("cards", text.Text, maxCardText); err != nil {
			return err
		}
		c.Texts[language], named = text, named || text.Label != ""
	}
	if c.Kind == CardOwn && !named {
		return invalid("cards", "home.card-label")
	}
	return nil
}

// leadsSomewhere says whether an address is a web page or a page of the portal.
func leadsSomewhere(address string) bool {
	at, err := url.Parse(address)
	if err != nil {
		return false
	}
	if at.Scheme == "https" || at.Scheme == "http" {
		return at.Host != "" && at.User == nil
	}
	return at.Scheme == "" && at.Host == "" && (at.Path == "/portal" || strings.HasPrefix(at.Path, "/portal/")) && !strings.Contains(address, "\\")
}
