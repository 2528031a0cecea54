package importers

import (
	"encoding/json"
	"io"
	"slices"
)

// ReadTrello reads a board that Trello exported as JSON. The file is refused as
// a whole with a *BadFile; an error of another type comes from r. progress may
// be nil; it is told now and then how many bytes have been read.
func ReadTrello(r io.Reader, progress func(read int64)) (*Plan, error) {
	file := &gate{source: r, progress: progress}
	decoder, err := file.open()
	if err != nil {
		return nil, err
	}
	board := &trelloBoard{
		plan:     &Plan{Source: "trello"},
		shapes:   map[string]shape{"": {}},
		cards:    map[string]*trelloCard{},
		member:   map[string]bool{},
		people:   map[string]trelloMember{},
		fields:   map[string]trelloField{},
		comments: map[string][]trelloAction{},
		lists:    map[string]bool{},
	}
	if err := board.read(decoder); err != nil {
		return nil, file.explain(decoder, err)
	}
	return board.finish(), nil
}

// A trelloBoard is what has been read so far. The file's parts stand in any
// order, comments before their cards, so they are put together at the end.
type trelloBoard struct {
	plan   *Plan
	shapes map[string]shape // what else was in the file: see otherTools

	columns    []trelloList
	lists      map[string]bool // seen list ids
	order      []*trelloCard
	cards      map[string]*trelloCard  // by id
	labels     trelloLabels            // the board's own list
	copies     trelloLabels            // as cards carry them
	member     map[string]bool         // who is in plan.People, by id
	people     map[string]trelloMember // everybody named anywhere, by id
	checklists []trelloChecklist
	fields     map[string]trelloField
	comments   map[string][]trelloAction // by card, newest first

	items      int // see maxItems
	history    int // actions that are no comments
	unreadable int
	mentions   bool // a card or list says that it belongs to a Trello list or board
	hasLists   bool
	hasCards   bool
}

// trelloParts reads each part of a board that is used. What is not named here is
// never read, above all the secret addresses by which mail becomes cards.
var trelloParts = map[string]func(*trelloBoard, *json.Decoder) error{
	"id": func(b *trelloBoard, d *json.Decoder) error { return word(d, &b.plan.SourceID) },
	"name": func(b *trelloBoard, d *json.Decoder) error {
		err := word(d, &b.plan.Name)
		b.plan.Name = shorten(b.plan.Name, maxProject)
		return err
	},
	"desc": func(b *trelloBoard, d *json.Decoder) error {
		err := word(d, &b.plan.Description)
		b.plan.Description = b.prose(b.plan.Description, maxProjectText, "")
		return err
	},
	"lists": func(b *trelloBoard, d *json.Decoder) (err error) {
		b.hasLists, err = each(d, maxColumns, bad(badTooMany), b.addList)
		return err
	},
	"cards": func(b *trelloBoard, d *json.Decoder) (err error) {
		b.hasCards, err = each(d, MaxCards, bad(badManyCards, "Max", MaxCards), b.addCard)
		return err
	},
	"labels": func(b *trelloBoard, d *json.Decoder) error {
		_, err := each(d, maxNamed, bad(badTooMany), func(l *trelloLabel) error { return b.labels.add(*l) })
		return err
	},
	"members": func(b *trelloBoard, d *json.Decoder) error {
		_, err := each(d, maxNamed, bad(badTooMany), b.addMember)
		return err
	},
	"customFields": func(b *trelloBoard, d *json.Decoder) error {
		_, err := each(d, maxNamed, bad(badTooMany), b.addField)
		return err
	},
	"checklists": func(b *trelloBoard, d *json.Decoder) error {
		_, err := each(d, maxItems, bad(badTooMany), b.addChecklist)
		return err
	},
	"actions": func(b *trelloBoard, d *json.Decoder) error {
		_, err := each(d, maxActions, bad(badTooMany), b.addAction)
		return err
	},
}

// word reads a string, or "" for anything else.
func word(decoder *json.Decoder, to *string) error {
	var value text
	err := decoder.Decode(&value)
	*to = string(value)
	return err
}

// read reads the whole file, and says when it is none of a Trello board.
func (b *trelloBoard) read(decoder *json.Decoder) error {
	token, err := decoder.Token()
	if err != nil {
		return err
	}
	if token == json.Delim('[') {
		return b.readArray(decoder)
	}
	for n := 0; decoder.More(); n++ {
		key, err := decoder.Token()
		if err != nil {
			return err
		}
		if n == maxNamed {
			return bad(badTooMany)
		}
		if err := b.readPart(decoder, key.(string)); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		if err == nil {
			err = bad(badBroken, "Byte", decoder.InputOffset())
		}
		return err
	}
	return b.judge()
}

func (b *trelloBoard) readPart(decoder *json.Decoder, key string) error {
	if len(b.shapes[""]) < maxShape && len(key) < maxName {
		b.shapes[""][key] = true
	}
	if part, known := trelloParts[key]; known {
		return part(b, decoder)
	}
	if !telling[key] {
		return decoder.Decode(&skip{})
	}
	var keys shape
	err := decoder.Decode(&keys)
	b.shapes[key] = keys
	return err
}

// readArray reads the first element only: a board is no array.
func (b *trelloBoard) readArray(decoder *json.Decoder) error {
	if decoder.More() {
		var first ownKeys
		if err := decoder.Decode(&first); err != nil {
			return err
		}
		for _, key := range first {
			b.shapes[""][key] = true
		}
	}
	if name := otherTool(b.shapes); name != "" {
		return bad(badOtherTool, "Name", name)
	}
	return bad(badNotObject)
}

// judge accepts a board with lists and cards, or with one of them where
// something else speaks for Trello.
func (b *trelloBoard) judge() error {
	trello := b.mentions || b.shapes[""]["prefs"] || b.shapes[""]["idOrganization"] || b.shapes[""]["actions"]
	if b.hasLists && (b.hasCards || trello) || b.hasCards && trello {
		if !b.shapes[""]["swimlanes"] || b.mentions {
			return nil
		}
	}
	if name := otherTool(b.shapes); name != "" {
		return bad(badOtherTool, "Name", name)
	}
	return bad(badNotBoard)
}

// spend counts small elements against maxItems.
func (b *trelloBoard) spend(items int, over ...bool) error {
	if b.items += items; b.items > maxItems || slices.Contains(over, true) {
		return bad(badTooMany)
	}
	return nil
}

// prose cleans a text and lists it when it had to be cut.
func (b *trelloBoard) prose(raw string, max int, of string) string {
	clean, over := prose(raw, max)
	if over {
		b.plan.leave(leftTexts, 1, of)
	}
	return clean
}
