package team

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

func deliverableURL(id db.ID) string { return "/deliverables/" + id.String() }

// deliverablePage is what the shell of a deliverable's page shows beside its regions.
type deliverablePage struct {
	head
	Box         composers
	Deliverable db.Deliverable
	Prepared    *db.DeliverableVersion // nil while none is
	Next        int                    // the number of the version that comes next
	Delivered   []db.DeliverableVersion
	Upload      web.Attach
	Deciders    []db.Person // who may be asked
	Milestones  []db.Milestone
	Tasks       []db.Task // that it may belong to
	Text        web.Form  // name, description, milestone and tasks
	Handing     web.Form  // what goes with the next version
	Theirs      map[string]string
}

// Works says that something may be prepared here.
func (p deliverablePage) Works() bool { return p.Open() && !p.Box.Closed }

// Ready says that the next version can be delivered from here: the first one needs no
// preparing.
func (p deliverablePage) Ready() bool { return p.Prepared != nil || len(p.Delivered) == 0 }

// Compares says that there are two versions to put side by side.
func (p deliverablePage) Compares() bool { return len(p.Deliverable.Versions) > 1 }

// sentDeliverable are forms of the page that were not taken.
type sentDeliverable struct {
	text, handing *web.Form
	theirs        *db.Conflict
	note, reply   writing
}

// Deliverable is the page of one, live; with two versions in its address, these two
// side by side.
func (t *Team) Deliverable(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if c.Query("with") != "" {
		return t.compare(c, id)
	}
	box := c.Query("box")
	return t.live(c, deliverableKey(id), "team/deliverable", func(s sight) (content, error) {
		reply, err := s.reopened(id, box)
		if err != nil {
			return content{}, err
		}
		return s.deliverableBody(id, sentDeliverable{reply: reply})
	})
}

func deliverableKey(id db.ID) live.PageKey {
	return live.PageKey{Team: true, Kind: handedPage, Noun: id}
}

// deliverableStill is the page with a form that was not taken.
func (t *Team) deliverableStill(c *fiber.Ctx, id db.ID, status int, sent sentDeliverable) error {
	return t.still(c, status, "team/deliverable", func(s sight) (content, []live.Region, error) {
		body, err := s.deliverableBody(id, sent)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.threadRegions(id)
		return body, regions, err
	})
}

// deliverableBody reads the shell.
func (s sight) deliverableBody(id db.ID, sent sentDeliverable) (content, error) {
	d, err := s.Viewer.Deliverable(id)
	if err != nil {
		return content{}, err
	}
	page := deliverablePage{Deliverable: d, Next: 1}
	if page.head, err = s.head(d.ProjectID, "decisions"); err != nil {
		return content{}, err
	}
	if page.Box, err = s.composers(id); err != nil {
		return content{}, err
	}
	if page.Box, err = s.filled(page.Box, sent.note, sent.reply); err != nil {
		return content{}, err
	}
	for i, version := range d.Versions {
		if version.DeliveredAt.IsZero() {
			page.Prepared = &d.Versions[i]
		} else {
			page.Delivered = append(page.Delivered, version)
		}
		page.Next = max(page.Next, version.Number+1)
	}
	if page.Prepared != nil {
		page.Next = page.Prepared.Number
	}
	page.Upload = s.versionRow(d, page.Box.Thread.MayNote)
	if err := s.choices(&page); err != nil {
		return content{}, err
	}
	page.fill(sent)
	return content{d.Name, page}, nil
}

// choices reads what the forms of the page offer.
func (s sight) choices(page *deliverablePage) (err error) {
	project := page.Deliverable.ProjectID
	if page.Deciders, err = s.MayBeAsked(project); err != nil {
		return err
	}
	if page.Milestones, err = s.Milestones(project); err != nil {
		return err
	}
	page.Tasks, err = s.linkable(project, page.Deliverable.Tasks)
	return err
}

// deliverableRegions are what everybody of the team sees alike.
func (s sight) deliverableRegions(project db.Project, id db.ID) ([]live.Region, error) {
	d, err := s.Viewer.Deliverable(id)
	if err != nil {
		return nil, err
	}
	versions, err := s.versions(d)
	if err != nil {
		return nil, err
	}
	spoken, err := s.spoken(project, id)
	if err != nil {
		return nil, err
	}
	return s.drawAll(append(spoken,
		drawing{"title", map[string]any{"Title": d.Name}},
		drawing{"deliverable", map[string]any{"W": s.Words, "D": d}},
		drawing{"versions", map[string]any{"W": s.Words, "Versions": versions}})...)
}

// versionView is a version with what came of it.
type versionView struct {
	W *views.Words
	db.DeliverableVersion
	Replaced int // the number of the version after it, 0 while it is the newest
	Deciders []db.Decider
	Signoffs []db.Signoff
	Opens    map[db.ID][]db.FileOpen // by file
}

// versions adds to the versions of a deliverable who opened and who answered what.
func (s sight) versions(d db.Deliverable) ([]versionView, error) {
	signoffs, err := s.DeliverableSignoffs(d.ID)
	if err != nil {
		return nil, err
	}
	opens, err := s.DeliverableOpens(d.ID)
	if err != nil {
		return nil, err
	}
	deciders, err := s.deciders(d)
	if err != nil {
		return nil, err
	}
	opened := map[db.ID][]db.FileOpen{}
	for _, open := range opens {
		opened[open.FileID] = append(opened[open.FileID], open)
	}
	list, after := make([]versionView, len(d.Versions)), 0
	for i, version := range d.Versions {
		list[i] = versionView{W: s.Words, DeliverableVersion: version, Replaced: after, Opens: opened}
		for _, signoff := range signoffs {
			if signoff.DecisionID == version.DecisionID {
				list[i].Signoffs = append(list[i].Signoffs, signoff)
			}
		}
		if version.Newest {
			list[i].Deciders = deciders
		}
		if !version.DeliveredAt.IsZero() {
			after = version.Number
		}
	}
	return list, nil
}

// deciders are those who were asked to approve the newest version.
func (s sight) deciders(d db.Deliverable) ([]db.Decider, error) {
	at := slices.IndexFunc(d.Versions, func(v db.DeliverableVersion) bool { return v.Newest })
	if at < 0 {
		return nil, nil
	}
	decision, err := s.Decision(d.Versions[at].DecisionID)
	return decision.Deciders, err
}
