package team

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// builtCard is a card in the form: At counts from 1.
type builtCard struct {
	db.HomeCard
	At          int
	First, Last bool
}

// builtWidget is a widget in the form, on or off.
type builtWidget struct {
	Name            string
	On, First, Last bool
}

// BuildHome is build mode: the clients' first page, with what they see beside it.
func (t *Team) BuildHome(c *fiber.Ctx) error {
	company, err := t.builtFor(c)
	if err != nil {
		return err
	}
	home, err := t.Store.HomeFor(t.Actor(c), company)
	if err != nil {
		return err
	}
	return t.building(c, fiber.StatusOK, company, home, web.Form{})
}

// builtFor is the company of the address, 0 for all that have no home of their own.
func (t *Team) builtFor(c *fiber.Ctx) (db.ID, error) {
	text := c.Query("company", c.FormValue("company"))
	if text == "" {
		return 0, nil
	}
	id, err := db.ParseID(text)
	if err != nil {
		return 0, db.ErrNotFound
	}
	return id, nil
}

func (t *Team) building(c *fiber.Ctx, status int, company db.ID, home db.HomeEdition, form web.Form) error {
	return t.look(c, func(s sight) error {
		companies, err := s.Companies()
		if err != nil {
			return err
		}
		var name string
		for _, one := range companies {
			if one.ID == company {
				name = one.Name
			}
		}
		page := t.Page(c, s.T("home.build"), "settings", map[string]any{"Company": company, "Name": name, "Companies": companies, "Home": home, "Form": form,
			"Cards": builtCards(home.Cards), "Widgets": builtWidgets(home.Widgets), "Languages": views.Languages, "Kinds": db.HomeKinds, "Addable": addable(home.Cards)})
		page.Notice = t.notice(c)
		return t.Send(c, status, "team/home", page)
	})
}

func builtCards(cards []db.HomeCard) []builtCard {
	cards = slices.DeleteFunc(slices.Clone(cards), func(card db.HomeCard) bool { return !slices.Contains(db.CardKinds, card.Kind) })
	list := make([]builtCard, len(cards))
	for i, card := range cards {
		list[i] = builtCard{card, i + 1, i == 0, i == len(cards)-1}
	}
	return list
}

// addable are the kinds of cards that can still be added: built-in ones stand there once.
func addable(cards []db.HomeCard) []string {
	return slices.DeleteFunc([]string{db.CardProjects, db.CardMeeting, db.CardBills, db.CardOwn}, func(kind string) bool {
		return kind != db.CardOwn && slices.ContainsFunc(cards, func(card db.HomeCard) bool { return card.Kind == kind })
	})
}

// builtWidgets are those that are on, in order, and then the others.
func builtWidgets(on []string) []builtWidget {
	var list []builtWidget
	on = slices.DeleteFunc(slices.Clone(on), func(name string) bool { return !slices.Contains(db.HomeWidgets, name) })
	for i, name := range on {
		list = append(list, builtWidget{name, true, i == 0, i == len(on)-1})
	}
	for _, name := range db.HomeWidgets {
		if !slices.Contains(on, name) {
			list = append(list, builtWidget{Name: name})
		}
	}
	return list
}

// SetHome takes the whole form, and then does what its button says: adds, moves or
// takes away a card, moves a widget, or only saves.
func (t *Team) SetHome(c *fiber.Ctx) error {
	company, err := t.builtFor(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, homeFields()...)
	home := readHome(form)
	at := t.act(&home, form.Value("do"))
	base, err := db.ParseID(form.Value("base"))
	if err != nil {
		base = 0
	}
	err = t.Store.SetHome(t.Actor(c), company, base, home)
	if conflictOf(err) != nil {
		return t.rebuild(c, fiber.StatusConflict, company, home, web.Form{Mistakes: web.Mistakes{"base": t.Words(c).T("home.changed")}})
	}
	if form.Refused(t.Words(c), err) {
		return t.rebuild(c, fiber.StatusUnprocessableEntity, company, home, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, homeURL(company, "saved")+at)
}

// rebuild shows what was typed again, on the edition that counts now.
func (t *Team) rebuild(c *fiber.Ctx, status int, company db.ID, typed db.Home, form web.Form) error {
	now, err := t.Store.HomeFor(t.Actor(c), company)
	if err != nil {
		return err
	}
	now.Home = typed
	return t.building(c, status, company, now, form)
}

func homeURL(company db.ID, said string) string {
	url := "/settings/home?said=" + said
	if company != 0 {
		url += "&company=" + company.String()
	}
	return url
}

// UndoHome goes back to the edition before.
func (t *Team) UndoHome(c *fiber.Ctx) error { return t.turnHome(c, t.Store.UndoHome) }

// ResetHome leaves all editions aside.
func (t *Team) ResetHome(c *fiber.Ctx) error { return t.turnHome(c, t.Store.ResetHome) }

func (t *Team) turnHome(c *fiber.Ctx, turn func(db.Actor, db.ID) error) error {
	company, err := t.builtFor(c)
	if err == nil {
		err = turn(t.Actor(c), company)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, homeURL(company, "saved"))
}

// builtCardsAtMost is how many cards the form can hold: more are refused when saved.
const builtCardsAtMost = 14

func homeFields() []string {
	fields := []string{"company", "base", "do", "order", "widget", "kind"}
	for _, language := range views.Languages {
		fields = append(fields, "welcome_"+language.Code)
	}
	for i := 1; i <= builtCardsAtMost; i++ {
		at := strconv.Itoa(i)
		fields = append(fields, "card_kind_"+at, "card_url_"+at)
		for _, language := range views.Languages {
			fields = append(fields, "card_label_"+language.Code+"_"+at, "card_text_"+language.Code+"_"+at)
		}
	}
	return fields
}

func readHome(form web.Form) db.Home {
	home := db.Home{Welcome: map[string]string{}, Kinds: form.Lists["kind"]}
	for _, language := range views.Languages {
		home.Welcome[language.Code] = form.Value("welcome_" + language.Code)
	}
	for i := 1; i <= builtCardsAtMost; i++ {
		at := strconv.Itoa(i)
		if form.Value("card_kind_"+at) == "" {
			continue
		}
		card := db.HomeCard{Kind: form.Value("card_kind_" + at), URL: form.Value("card_url_" + at), Texts: map[string]db.CardText{}}
		for _, language := range views.Languages {
			card.Texts[language.Code] = db.CardText{Label: form.Value("card_label_" + language.Code + "_" + at), Text: form.Value("card_text_" + language.Code + "_" + at)}
		}
		home.Cards = append(home.Cards, card)
	}
	for _, name := range strings.Fields(form.Value("order")) {
		if form.Holds("widget", name) {
			home.Widgets = append(home.Widgets, name)
		}
	}
	return home
}

// act does what a button says and answers where on the page that was.
func (t *Team) act(home *db.Home, do string) string {
	verb, what, _ := strings.Cut(do, ":")
	at, _ := strconv.Atoi(what)
	switch at--; {
	case verb == "drop" && at >= 0 && at < len(home.Cards):
		home.Cards = slices.Delete(home.Cards, at, at+1)
		return "#cards"
	case verb == "up" && at > 0 && at < len(home.Cards):
		home.Cards[at-1], home.Cards[at] = home.Cards[at], home.Cards[at-1]
		return "#cards"
	case verb == "down" && at >= 0 && at < len(home.Cards)-1:
		home.Cards[at+1], home.Cards[at] = home.Cards[at], home.Cards[at+1]
		return "#cards"
	case verb == "add":
		home.Cards = append(home.Cards, t.newCard(what))
		return "#cards"
	}
	if i := slices.Index(home.Widgets, what); i >= 0 && (verb == "widget-up" && i > 0 || verb == "widget-down" && i < len(home.Widgets)-1) {
		j := i + 1
		if verb == "widget-up" {
			j = i - 1
		}
		home.Widgets[i], home.Widgets[j] = home.Widgets[j], home.Widgets[i]
		return "#widgets"
	}
	return ""
}

// newCard is a card as it begins. One of the team's own has a link and words; a booking
// page is on no page before it has a link.
func (t *Team) newCard(kind string) db.HomeCard {
	card := db.HomeCard{Kind: kind, Texts: map[string]db.CardText{}}
	if kind == db.CardOwn {
		card.URL = "/portal/projects"
		for _, language := range views.Languages {
			card.Texts[language.Code] = db.CardText{Label: t.WordsFor(language.Code, "UTC").T("home.card-new")}
		}
	}
	return card
}
