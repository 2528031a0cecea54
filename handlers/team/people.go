package team

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// everybody is the page of all people: the team, or on its second tab the clients.
type everybody struct {
	Side        string
	List        web.List
	Rows        []personRow
	Unconnected []personRow // clients of no company, whatever is searched for
	Form        web.Form
	Roles       []string // that the viewer may give
	Languages   []views.Language
}

// personRow is a line of the list in words.
type personRow struct {
	db.PersonLine
	W        *views.Words
	RoleName string
	StateKey string
	You      bool
}

// personFields are what the form for somebody new sends.
var personFields = []string{"email", "name", "role", "title", "language"}

// People lists them; owner and admins only, as for all of these pages.
func (t *Team) People(c *fiber.Ctx) error {
	return t.people(c, fiber.StatusOK, web.FormOf(map[string]string{"role": db.Member, "language": t.Workspace().Language}))
}

func (t *Team) people(c *fiber.Ctx, status int, form web.Form) error {
	words, actor := t.Words(c), t.Actor(c)
	page := everybody{Side: db.Team, Form: form, Roles: rolesFor(actor.Person), Languages: views.Languages}
	path := "/people"
	if c.Query("side") == db.Client {
		page.Side, path = db.Client, "/people?side=client"
	}
	lines, err := t.Store.People(actor, page.Side)
	if err != nil {
		return err
	}
	rows := make([]personRow, len(lines))
	for i, line := range lines {
		rows[i] = personRow{line, words, "", stateKey(line), line.ID == actor.ID}
		if line.Side == db.Team {
			rows[i].RoleName = words.T("role." + line.Role)
		} else if rows[i].StateKey == "unconnected" {
			page.Unconnected = append(page.Unconnected, rows[i])
		}
	}
	page.Rows, page.List = web.Pick(words, web.ReadList(c, path, ""), rows, personRow.words, peopleColumns(page.Side)...)
	shown := t.Page(c, words.T("team-people.title"), "people", page)
	shown.Notice = t.notice(c)
	return t.Send(c, status, "team/people", shown)
}

// stateKey names how somebody stands.
func stateKey(line db.PersonLine) string {
	switch {
	case !line.Active:
		return "inactive"
	case line.Side == db.Client && line.Companies == "":
		return "unconnected"
	case !line.MayEnter:
		return "shut-out"
	case !line.Joined:
		return "not-joined"
	}
	return "active"
}

// words are what somebody is found by.
func (r personRow) words() string {
	return strings.Join([]string{r.Name, r.Email, r.Title, r.Companies, r.RoleName, r.W.T("team-people." + r.StateKey)}, " ")
}

// peopleColumns are those of a side's list.
func peopleColumns(side string) []web.Column[personRow] {
	name := web.Column[personRow]{Name: "name", Key: "person.name", Text: func(r personRow) string { return r.Name }}
	second := web.Column[personRow]{Name: "company", Key: "team-people.company", Text: func(r personRow) string { return r.Companies }}
	if side == db.Team {
		rank := []string{db.Owner, db.Admin, db.Member}
		second = web.Column[personRow]{Name: "role", Key: "role.name", Order: func(a, b personRow) int { return slices.Index(rank, a.Role) - slices.Index(rank, b.Role) }}
	}
	return []web.Column[personRow]{name, second,
		{Name: "projects", Key: "projects.title", Order: func(a, b personRow) int { return b.Projects - a.Projects }},
		{Name: "last", Key: "team-people.last", Order: func(a, b personRow) int { return b.LastSignIn.Compare(a.LastSignIn.Time) }},
		{Name: "state", Key: "team-people.state", Order: func(a, b personRow) int { return strings.Compare(a.StateKey, b.StateKey) }}}
}

// rolesFor are the roles that somebody may give: only owners make owners.
func rolesFor(boss db.Person) []string {
	if boss.Role == db.Owner {
		return []string{db.Member, db.Admin, db.Owner}
	}
	return []string{db.Member, db.Admin}
}

// AddPerson adds somebody to the team.
func (t *Team) AddPerson(c *fiber.Ctx) error {
	form := web.ReadForm(c, personFields...)
	added, err := t.Store.AddTeamPerson(t.Actor(c), db.NewPerson{Email: form.Value("email"), Name: form.Value("name"), Role: form.Value("role"),
		Title: form.Value("title"), Language: form.Value("language")})
	if form.Refused(t.Words(c), err) {
		return t.people(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, personURL(added.ID)+"?said=person-added")
}

func personURL(id db.ID) string { return "/people/" + id.String() }
