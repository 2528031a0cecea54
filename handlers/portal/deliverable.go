package portal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

func deliverableURL(id db.ID) string { return "/portal/deliverables/" + id.String() }

// deliverablePage is the shell of a deliverable's page: the version that the viewer
// looks at stays where it is when another one comes.
type deliverablePage struct {
	Project     db.ClientProject
	Deliverable db.ClientDeliverable
	Version     versionView
	Answer      answering
	Reply       replyForm
}

// versionView is a version with what came of it.
type versionView struct {
	W *views.Words
	db.ClientVersion
	At       string // the deliverable's page
	Replaced int    // the number of the version after it, 0 while it is the newest
	Mine     bool   // the viewer has to answer it now
	Signoffs []db.Signoff
	Shown    string // the hash of what is on screen of it
}

// Opened says that the viewer has opened all that has to be opened before approving.
func (v versionView) Opened() bool {
	return !slices.ContainsFunc(v.Files, func(f db.ClientFile) bool { return (v.MustOpen || f.Required) && !f.Opened })
}

// Deliverable is the page of one, live: its newest version, an older one when the
// address asks for it, or two of them side by side.
func (p *Portal) Deliverable(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	switch number := c.QueryInt("version"); {
	case c.Query("with") != "":
		return p.compare(c, id)
	case c.Query("part") != "":
		return p.openedPart(c, id, number)
	default:
		return p.page(c, live.PageKey{Kind: handedPage, Noun: id}, "projects", "portal/deliverable", func(s sight) (string, any, error) {
			body, err := s.deliverableBody(id, number, answering{})
			return body.Deliverable.Name, body, err
		})
	}
}

// deliverableBody reads the shell; number 0 is the newest version.
func (s sight) deliverableBody(id db.ID, number int, answer answering) (page deliverablePage, err error) {
	if page.Deliverable, err = s.Glass.Deliverable(id); err != nil {
		return page, err
	}
	if page.Project, err = s.Project(page.Deliverable.ProjectID); err != nil {
		return page, err
	}
	versions, err := s.versions(page.Project, page.Deliverable)
	if err != nil {
		return page, err
	}
	at := slices.IndexFunc(versions, func(v versionView) bool { return v.Number == number || number == 0 && v.Newest })
	if at < 0 {
		return page, db.ErrNotFound
	}
	page.Version = versions[at]
	if page.Answer, err = s.answering(page, answer); err != nil {
		return page, err
	}
	page.Reply, err = s.replyBox(id, "", "")
	return page, err
}

// versions adds what came of them to the versions of a deliverable.
func (s sight) versions(project db.ClientProject, d db.ClientDeliverable) ([]versionView, error) {
	signoffs, err := s.DeliverableSignoffs(d.ID)
	return s.versionsOf(project, d, signoffs), err
}

func (s sight) versionsOf(project db.ClientProject, d db.ClientDeliverable, signoffs []db.Signoff) []versionView {
	list, after := make([]versionView, len(d.Versions)), 0
	for i, version := range d.Versions {
		if version.DeliveredBy == "" {
			version.DeliveredBy = s.space.Name
		}
		list[i] = versionView{W: s.Words, ClientVersion: version, At: deliverableURL(d.ID), Replaced: after, Mine: lies(project, version.DecisionID), Shown: d.Shown(version).Hash()}
		for _, signoff := range signoffs {
			if signoff.DecisionID == version.DecisionID {
				list[i].Signoffs = append(list[i].Signoffs, signoff)
			}
		}
		after = version.Number
	}
	return list
}

// lies says that the viewer has to answer a decision of a project now. All of an
// audience have to answer the same.
func lies(project db.ClientProject, decision db.ID) bool {
	return decision != 0 && slices.Contains(strings.Fields(project.Asks), strconv.FormatInt(int64(decision), 10))
}

func (s sight) deliverableRegions(id db.ID) ([]live.Region, error) {
	d, err := s.Glass.Deliverable(id)
	if err != nil {
		return nil, err
	}
	project, err := s.Project(d.ProjectID)
	if err != nil {
		return nil, err
	}
	versions, err := s.versions(project, d)
	if err != nil {
		return nil, err
	}
	newest := versions[0]
	decision, err := s.Decision(newest.DecisionID)
	if err != nil {
		return nil, err
	}
	return drawAll(
		s.drawer("deliverable", map[string]any{"W": s.Words, "D": d}),
		func() (live.Region, error) {
			html, err := views.Draw("fragments/client_version_ask", map[string]any{"W": s.Words, "V": newest, "DueOn": decision.Now.DueOn, "Deciders": decision.Deciders})
			return live.Region{Name: "ask", HTML: html}, err
		},
		s.drawer("versions", map[string]any{"W": s.Words, "Versions": versions}),
		s.drawer("linked", map[string]any{"W": s.Words, "Tasks": d.Tasks}),
		func() (live.Region, error) { return s.thread(id) },
		func() (live.Region, error) { return s.clock(id) },
		func() (live.Region, error) { return s.may(id) })
}

// handed is a deliverable on its project's page.
type handed struct {
	db.ClientDeliverable
	Newest versionView
}

// handed is the region with what was handed over in a project, what waits for the
// viewer first.
func (s sight) handed(project db.ClientProject) (live.Region, error) {
	list, err := s.Deliverables(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	signoffs, err := s.ApprovalSignoffs(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	rows, waits := make([]handed, len(list)), 0
	for i, d := range list {
		rows[i] = handed{d, s.versionsOf(project, d, signoffs)[0]}
		if rows[i].Newest.Mine {
			waits++
		}
	}
	slices.SortStableFunc(rows, func(a, b handed) int {
		switch {
		case a.Newest.Mine == b.Newest.Mine:
			return 0
		case a.Newest.Mine:
			return -1
		}
		return 1
	})
	features, err := s.ProjectFeatures(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	return s.region("deliverables", map[string]any{"W": s.Words, "List": rows, "Waits": waits, "On": slices.Contains(features, "deliverables")})
}

// handedBody is the shell around a reply that was not taken.
func (s sight) handedBody(box replyForm) (string, any, error) {
	body, err := s.deliverableBody(box.Thread.DeliverableID, 0, answering{})
	body.Reply = box
	return body.Deliverable.Name, body, err
}
