package team

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// decisionEdit is the page with all fields of a question.
type decisionEdit struct {
	head
	W          *views.Words
	Decision   db.Decision // none while it is new
	Kind       string
	Form       web.Form
	Slots      []slot
	Deciders   []db.Person // who may be asked
	Tasks      []db.Task
	Milestones []db.Milestone
	Stored     map[string]string // where somebody was quicker: what is stored now, by field
	Denied     bool              // the viewer may not save this, or not any more
}

// New says that nothing is stored yet.
func (p decisionEdit) New() bool { return p.Decision.ID == 0 }

// Anew says that the client has seen it: saving asks.
func (p decisionEdit) Anew() bool { return !p.New() && p.Decision.State != db.Drafted }

// Next is the number of the version that saving asks.
func (p decisionEdit) Next() int { return p.Decision.Now.Number + 1 }

// Plain says that it is answered by choosing an option or in words.
func (p decisionEdit) Plain() bool {
	return slices.Contains([]string{db.KindQuestion, db.KindBudget, db.KindDirection}, p.Kind)
}

// At is where the form goes, Back where it leads away from.
func (p decisionEdit) At() string {
	if p.New() {
		return projectURL(p.Project.ID) + "/decisions"
	}
	return decisionURL(p.Decision.ID) + "/edit"
}

// Back is the page that the form was opened from.
func (p decisionEdit) Back() string {
	if p.New() {
		return projectURL(p.Project.ID) + "/decisions"
	}
	return decisionURL(p.Decision.ID)
}

// Place is the number that stands beside a decider.
func (p decisionEdit) Place(id db.ID) string {
	if place := p.Form.Value("place-" + id.String()); place != "" {
		return place
	}
	at := slices.IndexFunc(p.Deciders, func(one db.Person) bool { return one.ID == id })
	return strconv.Itoa(len(p.Form.Lists["deciders"]) + at + 1)
}

// slot is the place of an option in the form. Open ones stand there; the others are
// folded away.
type slot struct {
	W    *views.Words
	Form web.Form
	N    int
	db.OptionForm
	Open   bool
	Kind   string
	Stored map[string]string
}

// fewest is how many slots stand open in a form without options.
const fewest = 2

func (p *decisionEdit) fillSlots() {
	if !p.Plain() {
		return
	}
	for i := range max(db.MaxOptions, len(p.Form.Lists["option_title"])) {
		o := optionAt(p.Form, i)
		p.Slots = append(p.Slots, slot{p.W, p.Form, i + 1, o, i < fewest || o != db.OptionForm{}, p.Kind, p.Stored})
	}
}

// NewDecision shows an empty form of a kind.
func (t *Team) NewDecision(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	return t.asking(c, fiber.StatusOK, project, 0, nil)
}

// EditDecisionForm shows a question as it stands.
func (t *Team) EditDecisionForm(c *fiber.Ctx) error {
	id, err := t.decision(c)
	if err != nil {
		return err
	}
	return t.asking(c, fiber.StatusOK, 0, id, nil)
}

// asking draws the form: new or as stored, or as it was sent and refused.
func (t *Team) asking(c *fiber.Ctx, status int, project, id db.ID, sent *web.Form) error {
	return t.still(c, status, "team/decision_edit", func(s sight) (content, []live.Region, error) {
		page, err := s.decisionEdit(project, id, begunWith(c))
		if err != nil {
			return content{}, nil, err
		}
		if sent == nil && page.Denied {
			return content{}, nil, db.ErrDenied
		}
		if sent != nil {
			page.Form = *sent
			if page.New() && kindKnown(sent.Value("kind")) {
				page.Kind = sent.Value("kind")
			}
		}
		page.fillSlots()
		return content{page.title(), page}, nil, nil
	})
}

// askingLate draws the form as it was sent, and beside it what somebody else stored.
func (t *Team) askingLate(c *fiber.Ctx, id db.ID, sent *web.Form) error {
	return t.still(c, fiber.StatusConflict, "team/decision_edit", func(s sight) (content, []live.Region, error) {
		page, err := s.decisionEdit(0, id, db.DecisionForm{})
		if err != nil {
			return content{}, nil, err
		}
		stored := page.Form
		page.Stored = decisionDiffers(s.Words, page, *sent, stored)
		page.Form = *sent
		page.Form.Values["version"] = stored.Value("version")
		page.fillSlots()
		return content{page.title(), page}, nil, nil
	})
}

func (p decisionEdit) title() string {
	if p.New() {
		return p.W.T("team-asking.title-" + p.Kind)
	}
	return p.Decision.Now.Question
}

func kindKnown(kind string) bool {
	return slices.Contains([]string{db.KindQuestion, db.KindBudget, db.KindDirection, db.KindMilestone, db.KindChange}, kind)
}

// begunWith is what the address of a new form says: a kind, a milestone, tasks.
func begunWith(c *fiber.Ctx) db.DecisionForm {
	begun := db.DecisionForm{Kind: c.Query("kind"), Milestone: c.Query("milestone")}
	if !kindKnown(begun.Kind) {
		begun.Kind = db.KindQuestion
	}
	if task := c.Query("task"); task != "" {
		begun.Tasks = []string{task}
	}
	return begun
}

// decisionEdit reads the page with the form as it is stored, or as it begins.
func (s sight) decisionEdit(project, id db.ID, begun db.DecisionForm) (page decisionEdit, err error) {
	if id != 0 {
		if page.Decision, err = s.Viewer.Decision(id); err != nil {
			return page, err
		}
		project, begun = page.Decision.ProjectID, page.Decision.Form()
	}
	page.W, page.Kind = s.Words, begun.Kind
	if page.head, err = s.head(project, "decisions"); err != nil {
		return page, err
	}
	page.Denied = !page.Open() || page.Anew() && !page.Project.Leads
	if page.Deciders, err = s.MayBeAsked(project); err != nil {
		return page, err
	}
	if page.Milestones, err = s.Milestones(project); err != nil {
		return page, err
	}
	if page.Tasks, err = s.Tasks(project); err != nil {
		return page, err
	}
	if err = s.begin(&page, &begun); err == nil {
		page.Form = shownDecision(begun)
	}
	return page, err
}

// begin fills in what can be known of a new question.
func (s sight) begin(page *decisionEdit, asked *db.DecisionForm) error {
	if len(asked.Deciders) == 0 && len(page.Deciders) == 1 {
		asked.Deciders = []string{page.Deciders[0].ID.String()}
	}
	if asked.Currency == "" && page.Project.CompanyID != 0 {
		company, err := s.Company(page.Project.CompanyID)
		if err != nil && err != db.ErrNotFound {
			return err
		}
		asked.Currency = company.Currency
	}
	for _, m := range page.Milestones {
		if page.New() && page.Kind == db.KindMilestone && m.ID.String() == asked.Milestone {
			asked.Question = s.T("team-asking.approve", "milestone", m.Name)
		}
	}
	return nil
}
