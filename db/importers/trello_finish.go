package importers

import (
	"slices"
	"strconv"
)

// Kinds of Left.
const (
	leftOlderComments = "oldercomments" // Detail: comments in the file / comments there are
	leftLostComments  = "lostcomments"  // their card is not in the file
	leftUploads       = "uploads"       // kept as links
	leftLinks         = "links"         // addresses that are not safe to link, kept as text
	leftFields        = "fields"        // custom field values, kept as lines of the details
	leftVotes         = "votes"         // same
	leftItemFacts     = "itemfacts"     // dates and people of checklist items, same
	leftLists         = "lists"         // cards whose list is not in the file
	leftTitles        = "titles"        // cut, the rest kept in the details
	leftUntitled      = "untitled"      // cards without a title
	leftTexts         = "texts"         // cut
	leftChecklists    = "checklists"    // their card is not in the file
	leftPeople        = "people"        // assigned, and named nowhere in the file
	leftLabels        = "labels"        // unused labels without a name
	leftUnknownLabels = "unknownlabels" // on cards, and described nowhere in the file
	leftTemplates     = "templates"     // template cards, taken over as tasks
	leftPowerUps      = "powerups"      // what power-ups keep on cards
	leftHistory       = "history"       // what Trello logged
	leftDates         = "dates"         // that could not be read
	leftDuplicates    = "duplicates"    // a second card or list with the same id
	leftUnreadable    = "unreadable"    // not a card, list, comment at all
)

// finish puts the parts together.
func (b *trelloBoard) finish() *Plan {
	p := b.plan
	p.SourceID = sourceID(p.SourceID)
	archived := b.finishColumns()
	b.finishPeople()
	b.finishChecklists()
	b.finishTasks(archived)
	b.finishLabels()
	b.finishComments()
	p.leave(leftHistory, b.history, "")
	p.leave(leftUnreadable, b.unreadable, "")
	return p
}

// finishTasks brings the cards into the order of their columns, then of their
// place; those that no column holds go to the first one to do.
func (b *trelloBoard) finishTasks(archived map[string]bool) {
	p := b.plan
	column := map[string]int{}
	first := ""
	for i, c := range p.Columns {
		column[c.SourceID] = i
		if first == "" && c.Kind == Todo && !c.Archived {
			first = c.SourceID
		}
	}
	for _, card := range b.order {
		if _, known := column[card.task.ColumnSourceID]; !known {
			card.task.ColumnSourceID = first
			p.leave(leftLists, 1, card.task.Title)
		}
		if archived[card.task.ColumnSourceID] {
			card.task.Archived = true
		}
		b.takeFields(card)
	}
	slices.SortStableFunc(b.order, func(x, y *trelloCard) int {
		if by := column[x.task.ColumnSourceID] - column[y.task.ColumnSourceID]; by != 0 {
			return by
		}
		return x.place.compare(y.place)
	})
	p.Tasks = make([]Task, len(b.order))
	for i, card := range b.order {
		if i > 0 && p.Tasks[i-1].ColumnSourceID == card.task.ColumnSourceID {
			card.task.Position = p.Tasks[i-1].Position + 1
		}
		p.Tasks[i] = card.task
	}
}

// finishComments gives the cards their notes, oldest first, and says how many
// comments there are that the file does not hold.
func (b *trelloBoard) finishComments() {
	p := b.plan
	said, present := 0, 0
	for i := range p.Tasks {
		t := &p.Tasks[i]
		card := b.order[i]
		if t.SourceID != "" {
			b.addNotes(t)
		}
		present += len(t.Notes)
		said += max(len(t.Notes), card.saidComments)
	}
	for _, lost := range b.comments {
		p.leave(leftLostComments, len(lost), "")
	}
	p.leave(leftOlderComments, said-present, strconv.Itoa(present)+" / "+strconv.Itoa(said))
}
