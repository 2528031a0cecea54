package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// content is what the shell of a page shows: its title and the template's data.
type content struct {
	Title string
	Data  any
}

// live answers with a live page; body reads what its shell needs.
func (t *Team) live(c *fiber.Ctx, key live.PageKey, template string, body func(sight) (content, error)) error {
	return t.liveAt(c, "projects", key, template, body)
}

// liveAt is live for a page of another entry of the menu.
func (t *Team) liveAt(c *fiber.Ctx, nav string, key live.PageKey, template string, body func(sight) (content, error)) error {
	return t.Live(c, func() (web.Shell, error) {
		var shell web.Shell
		var shown content
		settings := t.Workspace().Version
		err := t.look(c, func(s sight) (err error) {
			if shown, err = body(s); err != nil {
				return err
			}
			shell.Drawing, err = t.draw(s, key, settings, "")
			return err
		})
		if err != nil {
			return shell, err
		}
		page := t.Page(c, shown.Title, nav, shown.Data)
		page.Notice, page.Leads = t.notice(c), leads(shown.Data)
		page.Live = &views.Live{Socket: "/live?page=" + key.Kind + "&id=" + key.Noun.String(), Version: shell.Drawing.Version}
		shell.Template, shell.Page = template, page
		return shell, nil
	})
}

// still answers with a page that does not live: those of settings, and live ones
// that carry a refused form. regions may be nil.
func (t *Team) still(c *fiber.Ctx, status int, template string, body func(sight) (content, []live.Region, error)) error {
	return t.stillAt(c, "projects", status, template, body)
}

// stillAt is still for a page of another entry of the menu.
func (t *Team) stillAt(c *fiber.Ctx, nav string, status int, template string, body func(sight) (content, []live.Region, error)) error {
	var shown content
	var regions []live.Region
	if err := t.look(c, func(s sight) (err error) { shown, regions, err = body(s); return err }); err != nil {
		return err
	}
	page := t.Page(c, shown.Title, nav, shown.Data)
	page.Notice, page.Leads, page.Regions = t.notice(c), leads(shown.Data), web.RegionMap(regions)
	return t.Send(c, status, template, page)
}

// notices are what a form's page may be led to with ?said=, and their words.
var notices = map[string]string{
	"saved": "project.saved", "dates": "plan.saved", "note": "write.note-saved", "archived": "task.archived-said", "restored": "task.restored-said", "hidden": "publish.hidden",
	"invoice-drafted": "invoices.drafted", "invoice-sent": "invoices.sent", "invoice-void": "invoices.voided", "invoice-deleted": "invoices.deleted", "payment-recorded": "payment.recorded", "refund-begun": "payment.refund-begun", "billed-already": "invoices.billed-already",
	"company": "company.saved", "contact": "contact.saved",
	"saved-settings": "setting.saved", "darkened": "setting.darkened", "role-deleted": "client-role.deleted",
	"saved-deliverable": "delivery.saved", "deliverable-deleted": "delivery.deleted", "delivered": "delivery.done",
	"drafted": "team-decisions.drafted", "asked": "team-decisions.asked", "asked-anew": "team-decisions.asked-anew", "withdrawn": "team-decisions.withdrawn", "declined": "team-decisions.declined", "decision-deleted": "team-decisions.deleted",
	"held-late": "held.late", "held-theirs": "held.theirs",
	"invited": "invite.sent-said", "introduced": "invite.introduced-said", "taken-back": "invite.ended-said",
	"template-saved": "template.saved", "template-renamed": "project.saved", "template-deleted": "template.deleted",
	"person-added": "team-people.added", "person-in": "team-people.let-in", "person-out": "team-people.let-out", "person-signed-out": "team-people.signed-out", "connected": "team-people.connected",
}

// notice is the sentence about what the last form did.
func (t *Team) notice(c *fiber.Ctx) *views.Notice {
	words := t.Words(c)
	if count := c.QueryInt("shown"); count > 0 && count <= maxShown {
		return &views.Notice{Kind: "good", Text: words.N("publish.done", count)}
	}
	if key, ok := notices[c.Query("said")]; ok {
		return &views.Notice{Kind: "good", Text: words.T(key)}
	}
	return nil
}

const maxShown = 20000

// head is what all pages of a project begin with.
type head struct {
	Project db.Project
	Tab     string
	Clients []db.RosterLine // through whom the viewer may look
}

// Open says that the project's work may be changed.
func (h head) Open() bool { return h.Project.ArchivedAt.IsZero() }

// head reads it; what is not the viewer's project is not found.
func (s sight) head(id db.ID, tab string) (head, error) {
	project, err := s.Project(id)
	if err != nil {
		return head{}, err
	}
	roster, err := s.Roster(id)
	if err != nil {
		return head{}, err
	}
	return newHead(project, roster, tab), nil
}

// Leads says that the viewer leads the project.
func (h head) Leads() bool { return h.Project.Leads }

// leads asks the body of a page of a project.
func leads(body any) bool {
	of, ok := body.(interface{ Leads() bool })
	return ok && of.Leads()
}

func newHead(project db.Project, roster []db.RosterLine, tab string) head {
	h := head{Project: project, Tab: tab}
	for _, line := range roster {
		if project.Leads && line.MemberRole == db.Client && line.Sees {
			h.Clients = append(h.Clients, line)
		}
	}
	return h
}

// inProject reads the id of the path and checks that the project is the viewer's,
// before a form of it is judged.
func (t *Team) inProject(c *fiber.Ctx) (db.ID, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, t.look(c, func(s sight) error {
		_, err := s.Project(id)
		return err
	})
}

// withPerson reads the two ids of a path such as /companies/:id/contacts/:person.
func withPerson(c *fiber.Ctx) (id, person db.ID, err error) {
	if id, err = web.ParamID(c, "id"); err == nil {
		person, err = web.ParamID(c, "person")
	}
	return id, person, err
}

func projectURL(id db.ID) string { return "/projects/" + id.String() }
func taskURL(id db.ID) string    { return "/tasks/" + id.String() }
