package importers

import (
	"slices"
	"time"
	"unicode/utf8"
)

// A trelloField is a custom field of the board.
type trelloField struct {
	ID      text  `json:"id"`
	Name    text  `json:"name"`
	Pos     place `json:"pos"`
	Options few[struct {
		ID    text        `json:"id"`
		Value trelloValue `json:"value"`
	}] `json:"options"`
}

// A trelloFieldItem is a card's value of a custom field: the value itself, or
// the id of one of the field's options.
type trelloFieldItem struct {
	Field  text        `json:"idCustomField"`
	Option text        `json:"idValue"`
	Value  trelloValue `json:"value"`
}

// A trelloValue has one of these.
type trelloValue struct {
	Text    text `json:"text"`
	Number  text `json:"number"`
	Date    text `json:"date"`
	Checked flag `json:"checked"`
}

func (b *trelloBoard) addField(f *trelloField) error {
	if id := sourceID(string(f.ID)); id != "" {
		b.fields[id] = *f
	}
	return b.spend(len(f.Options.list), f.Options.over)
}

// takeFields writes a card's custom field values as lines, in the board's order
// of the fields.
func (b *trelloBoard) takeFields(card *trelloCard) {
	field := func(item trelloFieldItem) trelloField { return b.fields[sourceID(string(item.Field))] }
	slices.SortStableFunc(card.fields, func(x, y trelloFieldItem) int { return field(x).Pos.compare(field(y).Pos) })
	for _, item := range card.fields {
		f := field(item)
		name := shorten(string(f.Name), maxName)
		if name == "" {
			name = "Custom field"
		}
		if value := item.written(&f); value != "" {
			b.remark(card, name, value)
			b.plan.leave(leftFields, 1, name)
		}
	}
	card.fields = nil
}

func (i *trelloFieldItem) written(f *trelloField) string {
	value := i.Value
	for _, option := range f.Options.list {
		if value == (trelloValue{}) && option.ID == i.Option && i.Option != "" {
			value = option.Value
		}
	}
	at, dateOnly, ok := moment(string(value.Date))
	switch {
	case ok:
		return written(at, dateOnly)
	case bool(value.Checked):
		return "yes"
	case value.Text != "":
		return string(value.Text)
	case value.Number != "":
		return string(value.Number)
	}
	return string(value.Date)
}

// written writes a time for people of all languages.
func written(at time.Time, dateOnly bool) string {
	if dateOnly {
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02 15:04 UTC")
}

// remark adds a line "Field: value" to a card's details while there is room.
func (b *trelloBoard) remark(card *trelloCard, field, value string) {
	value, _ = line(value, maxExtra)
	if value == "" {
		return
	}
	text := field + ": " + value
	if length := utf8.RuneCountInString(text) + 1; length <= card.room {
		card.room -= length
		card.task.Extra = append(card.task.Extra, text)
		return
	}
	b.plan.leave(leftTexts, 1, card.task.Title)
}
