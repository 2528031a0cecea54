package importers

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

type trelloList struct {
	ID     text  `json:"id"`
	Name   text  `json:"name"`
	Closed flag  `json:"closed"`
	Board  text  `json:"idBoard"`
	Pos    place `json:"pos"`
}

func (b *trelloBoard) addList(l *trelloList) error {
	if l.ID == "" && l.Name == "" {
		b.unreadable++
		return nil
	}
	b.mentions = b.mentions || l.Board != ""
	id := sourceID(string(l.ID))
	if id == "" {
		id = "list:" + strconv.Itoa(len(b.columns)+1)
	}
	if b.lists[id] {
		b.plan.leave(leftDuplicates, 1, string(l.Name))
		return nil
	}
	b.lists[id], l.ID = true, text(id)
	b.columns = append(b.columns, *l)
	return nil
}

// finishColumns makes the columns, and answers which of them are archived.
func (b *trelloBoard) finishColumns() map[string]bool {
	slices.SortStableFunc(b.columns, func(x, y trelloList) int { return x.Pos.compare(y.Pos) })
	archived := map[string]bool{}
	for i, l := range b.columns {
		name, rest := line(string(l.Name), maxName)
		if rest != "" {
			b.plan.leave(leftTexts, 1, name)
		}
		if name == "" {
			name = "List " + strconv.Itoa(i+1)
		}
		b.plan.Columns = append(b.plan.Columns, Column{SourceID: string(l.ID), Name: name, Archived: bool(l.Closed)})
		archived[string(l.ID)] = bool(l.Closed)
	}
	guessKinds(b.plan.Columns)
	b.plan.Columns = completeKinds(b.plan.Columns)
	return archived
}

// sourceID keeps an id only when it is one: short, and nothing but letters,
// digits and few signs.
func sourceID(raw string) string {
	if len(raw) > 64 || strings.Trim(raw, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != "" {
		return ""
	}
	return raw
}

// createdAt reads the time in which Trello made an id: its first 8 hexadecimal
// digits are Unix seconds.
func createdAt(id string) time.Time {
	if len(id) != 24 {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil || seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
