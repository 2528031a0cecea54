package importers

import (
	"slices"
	"strings"
)

type trelloChecklist struct {
	Card  text                 `json:"idCard"`
	Name  text                 `json:"name"`
	Pos   place                `json:"pos"`
	Items few[trelloCheckItem] `json:"checkItems"`
}

type trelloCheckItem struct {
	Name   text  `json:"name"`
	State  text  `json:"state"`
	Pos    place `json:"pos"`
	Due    text  `json:"due"`
	Member text  `json:"idMember"`
}

func (b *trelloBoard) addChecklist(c *trelloChecklist) error {
	b.checklists = append(b.checklists, *c)
	return b.spend(1+len(c.Items.list), c.Items.over)
}

// finishChecklists gives the cards their checklists, one after the other.
func (b *trelloBoard) finishChecklists() {
	slices.SortStableFunc(b.checklists, func(x, y trelloChecklist) int { return x.Pos.compare(y.Pos) })
	perCard := map[text]int{}
	for i := range b.checklists {
		perCard[b.checklists[i].Card]++
	}
	for i := range b.checklists {
		c := &b.checklists[i]
		heading := shorten(string(c.Name), maxItemText)
		card := b.cards[sourceID(string(c.Card))]
		if card == nil {
			b.plan.leave(leftChecklists, 1, heading)
			continue
		}
		// "Checklist" is what Trello calls one that nobody named.
		if perCard[c.Card] == 1 && heading == "Checklist" {
			heading = ""
		}
		slices.SortStableFunc(c.Items.list, func(x, y trelloCheckItem) int { return x.Pos.compare(y.Pos) })
		for _, item := range c.Items.list {
			b.addItem(card, heading, &item)
		}
	}
}

func (b *trelloBoard) addItem(card *trelloCard, heading string, item *trelloCheckItem) {
	name, rest := line(string(item.Name), maxItemText)
	if name == "" {
		return
	}
	if rest != "" {
		b.plan.leave(leftTexts, 1, card.task.Title)
		b.remark(card, "Checklist item, continued", rest)
	}
	card.task.Checklist = append(card.task.Checklist, ChecklistItem{heading, name, strings.EqualFold(string(item.State), "complete")})
	var facts []string
	if at, dateOnly := b.date(item.Due, card.task.Title); !at.IsZero() {
		facts = append(facts, "due "+written(at, dateOnly))
	}
	if m, named := b.people[sourceID(string(item.Member))]; named {
		facts = append(facts, m.person("").Name)
	}
	if len(facts) > 0 {
		b.plan.leave(leftItemFacts, 1, card.task.Title)
		b.remark(card, `Checklist item "`+shorten(name, 80)+`"`, strings.Join(facts, ", "))
	}
}
