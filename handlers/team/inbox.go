package team

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// inboxShows are the kinds of the inbox's pages, and what each shows. An inbox is
// its owner's alone: they are the Noun of its key.
var inboxShows = map[string]string{"inbox": "mine", "inbox-all": "all"}

// IsInbox says whether a page is the person's own inbox.
func IsInbox(page live.PageKey, person db.ID) bool {
	_, ok := inboxShows[page.Kind]
	return ok && page.Noun == person
}

// inboxRow is a thread that waits, in words. Mistake is what was wrong with the
// day until which it was to be put aside.
type inboxRow struct {
	db.Waiting
	W       *views.Words
	URL     string
	Line    string // the first words
	Back    string
	Day     string // what was typed as the day
	Mistake string
}

// inboxList is the list, as a region or as what was searched for.
type inboxList struct {
	W           *views.Words
	ID          string // of the element
	Show        string
	List        web.List
	Rows, Aside []inboxRow
	All         int // that wait, whosever they are
}

// inboxPage is the shell around it.
type inboxPage struct {
	Show    string
	Asked   web.Asked
	Address string
	Found   inboxList // as it was asked for
	Undo    db.Thread // what was marked as handled a moment ago
	Heard   []heardRow
	Days    web.List
}

// Set says that the list was asked for in some way: then it is no region.
func (p inboxPage) Set() bool { return p.Asked.Query != "" || p.Asked.Sort != "" || p.Asked.Page > 0 }

// Inbox is what waits for the team: the viewer's own, with show=all everything,
// with show=day what clients said since this time yesterday.
func (t *Team) Inbox(c *fiber.Ctx) error {
	if c.Query("show") == "day" {
		return t.day(c)
	}
	key := live.PageKey{Team: true, Kind: "inbox", Noun: t.Actor(c).ID}
	if c.Query("show") == "all" {
		key.Kind = "inbox-all"
	}
	asked, undo := web.ReadList(c, inboxURL(inboxShows[key.Kind]), ""), c.Query("undo")
	return t.liveAt(c, "inbox", key, "team/inbox", func(s sight) (content, error) { return s.inboxBody(inboxShows[key.Kind], asked, undo) })
}

func inboxURL(show string) string {
	if show == "mine" {
		return "/inbox"
	}
	return "/inbox?show=" + show
}

func (s sight) inboxBody(show string, asked web.Asked, undo string) (content, error) {
	page := inboxPage{Show: show, Asked: asked}
	var err error
	if page.Found, err = s.inbox(show, asked, "found", nil); err != nil {
		return content{}, err
	}
	page.Address = page.Found.List.Here()
	if id, wrong := db.ParseID(undo); wrong == nil {
		if thread, err := s.Thread(id); err == nil && thread.LiesWith == "" && thread.MayNote {
			page.Undo = thread
		}
	}
	return content{s.T("inbox.title"), page}, nil
}

// inbox is the list; refused is a row whose form is shown again.
func (s sight) inbox(show string, asked web.Asked, element string, refused *inboxRow) (inboxList, error) {
	threads, err := s.Viewer.Inbox()
	list := inboxList{W: s.Words, ID: element, Show: show, All: len(threads)}
	if err != nil {
		return list, err
	}
	ids := make([]db.ID, len(threads))
	for i, thread := range threads {
		ids[i] = thread.ID
	}
	names, err := s.saidNames(ids)
	var rows []inboxRow
	for _, thread := range threads {
		thread.Words = views.CommentLine(thread.Words, names)
		row := inboxRow{Waiting: thread, W: s.Words, URL: threadURL(thread.Thread), Line: views.Shortened(thread.Words), Back: inboxURL(show)}
		if refused != nil && refused.ID == thread.ID {
			row.Day, row.Mistake = refused.Day, refused.Mistake
		}
		switch {
		case show == "mine" && !thread.Mine:
		case !thread.AsideUntil.IsZero():
			list.Aside = append(list.Aside, row)
		default:
			rows = append(rows, row)
		}
	}
	list.Rows, list.List = web.Pick(s.Words, asked, rows, inboxRow.words,
		web.Column[inboxRow]{Name: "since", Key: "inbox.since", Order: func(a, b inboxRow) int { return a.Since.Compare(b.Since.Time) }},
		web.Column[inboxRow]{Name: "company", Key: "project.company", Text: func(r inboxRow) string { return r.Company }},
		web.Column[inboxRow]{Name: "project", Key: "project.name", Text: func(r inboxRow) string { return r.Project }})
	return list, err
}

// words are what a row is found by.
func (r inboxRow) words() string {
	return strings.Join([]string{r.Title, r.Project, r.Company, r.Clients, r.Waiting.Words}, " ")
}

// saidNames says how those are called whom excerpts of conversations mention.
func (s sight) saidNames(threads []db.ID) (func(id string) (string, bool), error) {
	names, err := s.MentionNames(threads)
	return s.names(names), err
}

// drawInbox answers the kept regions of an inbox or draws them.
func (t *Team) drawInbox(s sight, page live.PageKey, settings, expected string) (live.Drawing, error) {
	if !IsInbox(page, s.ID) {
		return live.Drawing{}, db.ErrNotFound
	}
	projects, versions, err := s.TeamVersions()
	if err != nil {
		return live.Drawing{}, err
	}
	audience := web.AudienceOf(s.ID, db.Standing{Side: s.Side, Language: s.Person.Language, TimeZone: s.TimeZone, Projects: projects})
	if expected != "" && audience.Key != expected {
		return live.Drawing{}, db.ErrNotFound // this person sees other projects by now
	}
	version := live.Stamp(audience, page, versions, settings, s.Today())
	return t.Kept.Drawing(live.Key{Audience: audience.Key, Page: page, Version: version}, func() (live.Drawing, error) {
		regions, err := s.inboxRegions(inboxShows[page.Kind], nil)
		return live.Drawing{Version: version, Regions: regions}, err
	})
}

func (s sight) inboxRegions(show string, refused *inboxRow) ([]live.Region, error) {
	list, err := s.inbox(show, web.Asked{Path: inboxURL(show)}, "region-inbox", refused)
	if err != nil {
		return nil, err
	}
	count, err := s.WaitsForMe()
	if err != nil {
		return nil, err
	}
	answers, err := s.answers(show)
	if err != nil {
		return nil, err
	}
	return s.drawAll(drawing{"inbox", list}, drawing{"answers", answers}, drawing{"waits", map[string]any{"W": s.Words, "Count": count}})
}

// heardRow is something that a client said, in words.
type heardRow struct {
	db.Heard
	W         *views.Words
	URL, Line string
}

// heardAtMost bounds the list of a day.
const heardAtMost = 500

// day lists what clients said since this time yesterday.
func (t *Team) day(c *fiber.Ctx) error {
	asked, since := web.ReadList(c, inboxURL("day"), ""), t.Store.Now().Add(-24*time.Hour)
	return t.stillAt(c, "inbox", fiber.StatusOK, "team/inbox", func(s sight) (content, []live.Region, error) {
		heard, err := s.Heard(heardAtMost)
		if err != nil {
			return content{}, nil, err
		}
		heard = slices.DeleteFunc(heard, func(one db.Heard) bool { return one.At.Before(since) })
		ids := make([]db.ID, len(heard))
		for i, one := range heard {
			ids[i] = one.Thread.ID
		}
		names, err := s.saidNames(ids)
		rows := make([]heardRow, len(heard))
		for i, one := range heard {
			one.Words = views.CommentLine(one.Words, names)
			rows[i] = heardRow{one, s.Words, threadURL(one.Thread) + "#reply-" + one.Reply.String(), views.Shortened(one.Words)}
		}
		page := inboxPage{Show: "day"}
		page.Heard, page.Days = web.Pick(s.Words, asked, rows, func(r heardRow) string {
			return strings.Join([]string{r.Title, r.Project, r.Company, r.Client, r.Words}, " ")
		})
		return content{s.T("inbox.title"), page}, nil, err
	})
}
