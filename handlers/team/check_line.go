package team

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// States of a line: it is as it should be, it needs a look, or only somebody who
// knows the client can tell.
const (
	goodLine = "good"
	lookLine = "look"
	yourLine = "yours"
)

// checkLine is one question about a contact with its answer.
type checkLine struct {
	Name  string // the end of its key, and its place on the page
	State string
	Text  template.HTML
	Big   string   // an address or name to be read letter by letter
	Facts []fact   // what the answer is made of
	Cures []remedy // ways to put it right, or to see for oneself
}

// fact is a further line under an answer.
type fact struct {
	Text   template.HTML
	Amiss  bool
	Remedy *remedy
}

// remedy is a link, or a form when it has fields.
type remedy struct {
	Text, URL string
	Send      bool // it posts
	Names     []namedValue
}

type namedValue struct{ Name, Value string }

// answered makes a line of a state and its sentence.
func answered(name string, good bool, text template.HTML, cures ...remedy) checkLine {
	line := checkLine{Name: name, State: goodLine, Text: text}
	if !good {
		line.State = lookLine
	}
	for _, cure := range cures {
		if cure.URL != "" {
			line.Cures = append(line.Cures, cure)
		}
	}
	return line
}

// asks is a contact under inquiry: what the store knows, and what their own glass holds.
type asks struct {
	*views.Words
	db.Trouble
	theirs db.ClientContents
	admin  bool
	at     string // the contact's page
}

// asksAbout reads the ids of the path, then what read finds, then the contact's glass.
func (t *Team) asksAbout(c *fiber.Ctx, read func(company, person db.ID) (db.Trouble, error)) (asks, error) {
	q := asks{Words: t.Words(c), admin: t.Actor(c).Admins()}
	company, person, err := withPerson(c)
	if err != nil {
		return q, err
	}
	q.at = contactURL(company, person)
	if q.Trouble, err = read(company, person); err != nil {
		return q, err
	}
	err = t.Store.Glass(person, func(g *db.Glass) (err error) { q.theirs, err = g.Contents(); return err })
	return q, err
}

// checked answers with a page of lines.
func (t *Team) checked(c *fiber.Ctx, template, key string, q asks, lines []checkLine) error {
	count := 0
	for _, line := range lines {
		if line.State == lookLine {
			count++
		}
	}
	body := map[string]any{"Contact": q.Trouble, "At": q.at, "Lines": lines, "Amiss": count}
	return t.Send(c, fiber.StatusOK, template, t.Page(c, q.T(key, "name", q.Name), "companies", body))
}

// to is a link that mends something; none where it is not the actor's to mend.
func (q asks) to(may bool, key, url string) remedy {
	if !may {
		return remedy{}
	}
	return remedy{Text: q.T(key), URL: url}
}

// send is a form of one press.
func (q asks) send(may bool, key, url string, pairs ...string) remedy {
	r := q.to(may, key, url)
	r.Send = may
	for i := 0; i+1 < len(pairs); i += 2 {
		r.Names = append(r.Names, namedValue{pairs[i], pairs[i+1]})
	}
	return r
}

// look begins a look through the contact.
func (q asks) look() remedy {
	return q.send(q.Previews, "trouble.cure-look", "/preview/start", "person", q.ID.String(), "next", "/portal")
}

// role is the contact's role in words.
func (q asks) role() string { return web.RoleName(q.Words, q.RoleKey, q.RoleName) }

// may says whether the role has a right, whatever is switched off.
func (q asks) may(right string) bool {
	for _, one := range q.Rights {
		if one.Name == right {
			return true
		}
	}
	return false
}

// access words the role's rights as the roster does.
func (q asks) access() string {
	var rights db.Rights
	for _, one := range q.Rights {
		rights = append(rights, one.Name)
	}
	return web.RoleAccess(q.Words, rights)
}

// counted is how much of the actor's projects of this company the contact's glass holds.
func (q asks) counted() (projects, tasks, replies int) {
	known := map[db.ID]bool{}
	for _, project := range q.Projects {
		known[project.ID] = true
	}
	for _, project := range q.theirs.Projects {
		if known[project.ID] {
			projects++
		}
	}
	for _, task := range q.theirs.Tasks {
		if known[task.ProjectID] {
			tasks++
		}
	}
	for _, reply := range q.theirs.Replies {
		if known[reply.ProjectID] {
			replies++
		}
	}
	return projects, tasks, replies
}
