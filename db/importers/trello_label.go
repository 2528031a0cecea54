package importers

import (
	"slices"
	"strings"
)

type trelloLabel struct {
	ID    text `json:"id"`
	Name  text `json:"name"`
	Color text `json:"color"`
}

// trelloLabels are labels by key, in the order of the file.
type trelloLabels struct {
	byKey map[string]trelloLabel
	order []string
}

func (l *trelloLabels) add(label trelloLabel) error {
	key := label.key()
	if _, known := l.byKey[key]; known || label == (trelloLabel{}) {
		return nil
	}
	if len(l.order) == maxNamed {
		return bad(badTooMany)
	}
	if l.byKey == nil {
		l.byKey = map[string]trelloLabel{}
	}
	l.byKey[key] = label
	l.order = append(l.order, key)
	return nil
}

// key is what a label is known by. Before about 2015 labels had no id.
func (l *trelloLabel) key() string {
	if id := sourceID(string(l.ID)); id != "" {
		return id
	}
	return "label:" + shorten(string(l.Color), maxLabel) + ":" + shorten(string(l.Name), maxLabel)
}

// takeLabels collects the keys of a card's labels, from the copies that it
// carries and the ids it refers to. The copies describe labels where the board
// has no list of them.
func (b *trelloBoard) takeLabels(card *trelloCard, c *trelloFileCard) error {
	for _, label := range c.Labels.list {
		if label == (trelloLabel{}) {
			continue
		}
		if err := b.copies.add(label); err != nil {
			return err
		}
		card.labels = append(card.labels, label.key())
	}
	for _, id := range c.LabelIDs.list {
		if id := string(id); !slices.Contains(card.labels, id) {
			card.labels = append(card.labels, id)
		}
	}
	return nil
}

// finishLabels makes the labels: the board's own, then those that only cards
// know. Trello gives every board six labels without a name; those that nobody
// ever used are left out.
func (b *trelloBoard) finishLabels() {
	p := b.plan
	for _, key := range b.copies.order {
		if len(b.labels.order) < maxNamed {
			_ = b.labels.add(b.copies.byKey[key])
		}
	}
	uses := map[string]int{}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		for _, key := range b.order[i].labels {
			if _, known := b.labels.byKey[key]; !known {
				p.leave(leftUnknownLabels, 1, t.Title)
			} else if !slices.Contains(t.Labels, key) {
				t.Labels = append(t.Labels, key)
				uses[key]++
			}
		}
	}
	for _, key := range b.labels.order {
		label := b.labels.byKey[key]
		name, rest := line(string(label.Name), maxLabel)
		if rest != "" {
			p.leave(leftTexts, 1, name)
		}
		shade := shorten(strings.ReplaceAll(string(label.Color), "_", " "), maxLabel)
		if name == "" && uses[key] == 0 {
			p.leave(leftLabels, 1, shade)
			continue
		}
		color := labelColor(string(label.Color))
		if name == "" {
			name = shade
		}
		if name == "" {
			name = color
		}
		p.Labels = append(p.Labels, Label{SourceID: key, Name: name, Color: color})
	}
}

// labelColor takes Trello's colour without its shade (blue_dark is blue).
func labelColor(raw string) string {
	base, _, _ := strings.Cut(strings.ToLower(raw), "_")
	switch base {
	case "green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black":
		return base
	}
	return "grey"
}
