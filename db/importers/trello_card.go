package importers

import (
	"strconv"
	"strings"
	"time"
)

// A trelloFileCard is a card as it stands in the file. Its secret mail address
// (email) is not here: it is never read.
type trelloFileCard struct {
	ID          text                  `json:"id"`
	List        text                  `json:"idList"`
	Board       text                  `json:"idBoard"`
	Name        text                  `json:"name"`
	Desc        text                  `json:"desc"`
	Closed      flag                  `json:"closed"`
	Pos         place                 `json:"pos"`
	Due         text                  `json:"due"`
	Start       text                  `json:"start"`
	DueComplete flag                  `json:"dueComplete"`
	CompletedAt text                  `json:"dateCompleted"`
	Members     few[text]             `json:"idMembers"`
	LabelIDs    few[text]             `json:"idLabels"`
	Labels      few[trelloLabel]      `json:"labels"`
	Attachments few[trelloAttachment] `json:"attachments"`
	Fields      few[trelloFieldItem]  `json:"customFieldItems"`
	Voters      few[skip]             `json:"idMembersVoted"`
	PowerUps    few[skip]             `json:"pluginData"`
	Template    flag                  `json:"isTemplate"`
	Location    text                  `json:"locationName"`
	Address     text                  `json:"address"`
	ShortURL    text                  `json:"shortUrl"`
	ShortLink   text                  `json:"shortLink"`
	Cover       struct {
		Color text `json:"color"`
	} `json:"cover"`
	Badges struct {
		Comments number `json:"comments"`
		Votes    number `json:"votes"`
	} `json:"badges"`
}

// A trelloCard is a task on its way: what it refers to may not be read yet.
type trelloCard struct {
	task         Task
	place        place
	labels       []string // ids
	fields       []trelloFieldItem
	saidComments int
	room         int // runes of Extra that are left
}

func (b *trelloBoard) addCard(c *trelloFileCard) error {
	id := sourceID(string(c.ID))
	if id == "" && c.Name == "" && c.List == "" {
		b.unreadable++
		return nil
	}
	if id != "" && b.cards[id] != nil {
		b.plan.leave(leftDuplicates, 1, string(c.Name))
		return nil
	}
	err := b.spend(len(c.Members.list)+len(c.LabelIDs.list)+len(c.Labels.list)+len(c.Attachments.list)+len(c.Fields.list),
		c.Members.over, c.LabelIDs.over, c.Labels.over, c.Attachments.over, c.Fields.over)
	if err != nil {
		return err
	}
	b.mentions = b.mentions || c.List != "" || c.Board != ""
	card := &trelloCard{place: c.Pos, fields: c.Fields.list, saidComments: c.Badges.Comments.count(), room: maxExtra}
	card.task = Task{
		SourceID:       id,
		ColumnSourceID: sourceID(string(c.List)),
		Done:           bool(c.DueComplete),
		Archived:       bool(c.Closed),
		CreatedAt:      createdAt(id),
		SourceURL:      c.address(),
	}
	b.takeTitle(card, c)
	t := &card.task
	t.Description = b.prose(string(c.Desc), maxDescription, t.Title)
	t.Due, t.DueDateOnly = b.date(c.Due, t.Title)
	t.Start, t.StartDateOnly = b.date(c.Start, t.Title)
	if t.Done {
		t.DoneAt, _ = b.date(c.CompletedAt, t.Title)
	}
	for _, member := range c.Members.list {
		t.Assignees = append(t.Assignees, string(member)) // names come later: finishPeople
	}
	if err := b.takeLabels(card, c); err != nil {
		return err
	}
	b.takeAttachments(card, c)
	b.takeRemarks(card, c)
	b.order = append(b.order, card)
	if id != "" {
		b.cards[id] = card
	}
	return nil
}

// takeTitle gives every task a title: a long one is continued in the details, a
// missing one is the description's first line.
func (b *trelloBoard) takeTitle(card *trelloCard, c *trelloFileCard) {
	title, rest := line(string(c.Name), MaxTitle)
	if title == "" {
		head, _, _ := strings.Cut(strings.TrimSpace(string(c.Desc)), "\n")
		if title = shorten(head, 80); title == "" {
			title = "Untitled card"
		}
		b.plan.leave(leftUntitled, 1, title)
	}
	card.task.Title = title
	if rest != "" {
		b.plan.leave(leftTitles, 1, title)
		b.remark(card, "Title, continued", rest)
	}
}

// takeRemarks keeps what has no field here as lines.
func (b *trelloBoard) takeRemarks(card *trelloCard, c *trelloFileCard) {
	votes := max(c.Badges.Votes.count(), len(c.Voters.list))
	if votes > 0 {
		b.remark(card, "Votes", strconv.Itoa(votes))
		b.plan.leave(leftVotes, votes, "")
	}
	b.remark(card, "Cover", string(c.Cover.Color)) // a picture as cover is among the attachments
	b.remark(card, "Location", strings.TrimSpace(string(c.Location)+" "+string(c.Address)))
	if c.Template {
		b.remark(card, "Template card", "yes")
		b.plan.leave(leftTemplates, 1, card.task.Title)
	}
	b.plan.leave(leftPowerUps, len(c.PowerUps.list), card.task.Title)
}

// date reads one of a card's dates and lists it when it cannot be read.
func (b *trelloBoard) date(raw text, of string) (at time.Time, dateOnly bool) {
	at, dateOnly, ok := moment(string(raw))
	if !ok && raw != "" {
		b.plan.leave(leftDates, 1, of+": "+string(raw))
	}
	return at, dateOnly
}

// address is where the card can be seen in Trello.
func (c *trelloFileCard) address() string {
	if found, ok := address(string(c.ShortURL)); ok {
		return found
	}
	if link := sourceID(string(c.ShortLink)); link != "" {
		return "https://trello.com/c/" + link
	}
	return ""
}
