package importers

import (
	"slices"
	"time"
)

// A trelloAction is an entry of the board's log; comments are kept there only.
type trelloAction struct {
	ID      text         `json:"id"`
	Type    text         `json:"type"`
	Date    text         `json:"date"`
	By      text         `json:"idMemberCreator"`
	Creator trelloMember `json:"memberCreator"`
	Member  trelloMember `json:"member"` // whom it is about: assigned, added, taken off
	Content struct {
		Text   text `json:"text"`
		Author text `json:"idOriginalCommenter"` // of a comment that came with a copied card
		Card   struct {
			ID text `json:"id"`
		} `json:"card"`
	} `json:"data"`
}

func (b *trelloBoard) addAction(a *trelloAction) error {
	b.meet(&a.Creator)
	b.meet(&a.Member)
	switch a.Type {
	case "commentCard", "copyCommentCard":
	case "":
		b.unreadable++
		return nil
	default:
		b.history++
		return nil
	}
	if a.Content.Text == "" {
		return nil
	}
	card := sourceID(string(a.Content.Card.ID))
	b.comments[card] = append(b.comments[card], *a)
	return b.spend(1)
}

// addNotes turns the comments of a card into notes, oldest first. What remains
// in b.comments at the end belongs to no card.
func (b *trelloBoard) addNotes(t *Task) {
	actions := b.comments[t.SourceID]
	delete(b.comments, t.SourceID)
	slices.Reverse(actions)
	seen := map[string]bool{}
	for i := range actions {
		a := &actions[i]
		id := sourceID(string(a.ID))
		body := b.prose(string(a.Content.Text), maxComment, t.Title)
		if id != "" && seen[id] || body == "" {
			continue
		}
		seen[id] = true
		n := Note{SourceID: id, At: a.at(), Body: body}
		n.Author, n.AuthorSourceID = b.author(a)
		t.Notes = append(t.Notes, n)
	}
	slices.SortStableFunc(t.Notes, func(x, y Note) int { return x.At.Compare(y.At) })
}

// author is who wrote a comment. Whoever copied a card did not write what was
// said on it.
func (b *trelloBoard) author(a *trelloAction) (name, id string) {
	for _, raw := range []text{a.Content.Author, a.By, a.Creator.ID} {
		if id = sourceID(string(raw)); id != "" && b.bring(id) {
			m := b.people[id]
			return m.person(id).Name, id
		}
	}
	return a.Creator.person("").Name, ""
}

func (a *trelloAction) at() time.Time {
	if at, _, ok := moment(string(a.Date)); ok {
		return at
	}
	return createdAt(string(a.ID))
}
