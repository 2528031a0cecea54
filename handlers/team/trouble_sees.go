package team

import (
	"vitrine/db"
	"vitrine/views"
)

// The second half of the page: what they see, once they are in.

func (q asks) roleLine() checkLine {
	cures := []remedy{q.to(true, "trouble.cure-role", q.at), q.to(q.admin, "trouble.cure-rights", "/settings/roles/"+q.RoleID.String())}
	if !q.may("projects") {
		return answered("role", false, q.H("trouble.role-blind", "role", q.role(), "access", q.access()), cures...)
	}
	return answered("role", true, q.H("trouble.role-good", "role", q.role(), "access", q.access()), cures...)
}

// linked says on which of the company's projects they are.
func (q asks) linked() checkLine {
	on, empty := 0, 0
	var facts []fact
	for _, project := range q.Projects {
		facts = append(facts, q.project(project))
		if project.On {
			on++
			if project.Shown == 0 && !project.Archived {
				empty++
			}
		}
	}
	text := q.HN("trouble.linked-on", on, "total", len(q.Projects))
	switch {
	case len(q.Projects) == 0:
		text = q.H("trouble.linked-none", "company", q.Company)
	case on == 0:
		text = q.H("trouble.linked-off", "company", q.Company)
	}
	line := answered("linked", on > 0 && empty == 0, text, q.to(len(q.Projects) == 0, "trouble.cure-projects", "/companies/"+q.CompanyID.String()))
	line.Facts = facts
	return line
}

func (q asks) project(p db.LinkedProject) fact {
	name := views.Anchor(projectURL(p.ID), p.Name)
	switch {
	case !p.On:
		f := fact{Text: q.H("trouble.project-off", "project", name)}
		if p.Leads {
			r := q.send(true, "trouble.cure-connect", q.at+"/projects", "project", p.ID.String(), "on", "1")
			f.Remedy = &r
		}
		return f
	case p.Archived:
		return fact{Text: q.H("trouble.project-archived", "project", name, "shown", p.Shown)}
	case p.Shown == 0:
		r := q.to(true, "trouble.cure-publish", projectURL(p.ID)+"/publish")
		return fact{Text: q.HN("trouble.project-empty", p.Private, "project", name), Amiss: true, Remedy: &r}
	}
	return fact{Text: q.H("trouble.project-on", "project", name, "shown", p.Shown, "private", p.Private)}
}

// comments asks for what an answer needs: the right, a role that is not silent there,
// and a project that is not put aside.
func (q asks) comments() checkLine {
	may, on := 0, 0
	for _, project := range q.Projects {
		if project.On {
			on++
		}
		if project.Replies {
			may++
		}
	}
	cures := []remedy{q.to(true, "trouble.cure-role", q.at), q.to(q.admin, "trouble.cure-rights", "/settings/roles/"+q.RoleID.String())}
	silent := silentInWords(q.Words, q.Silent)
	switch {
	case !q.may("comment"):
		return answered("comments", false, q.H("trouble.comments-right", "role", q.role()), cures...)
	case on == 0:
		return answered("comments", false, q.H("trouble.comments-none"))
	case len(q.Silent) == len(db.ReplyNouns):
		return answered("comments", false, q.H("trouble.comments-silent", "role", q.role(), "nouns", silent), cures...)
	case may == 0 && q.SignsIn && q.may("projects"):
		return answered("comments", false, q.H("trouble.comments-record"))
	case may == 0:
		return answered("comments", false, q.H("trouble.comments-first"))
	case len(q.Silent) > 0:
		return answered("comments", false, q.HN("trouble.comments-some", may, "total", on, "role", q.role(), "nouns", silent), cures...)
	}
	return answered("comments", true, q.HN("trouble.comments-good", may, "total", on))
}

// features names the rights that their role has and a switch takes away.
func (q asks) features() checkLine {
	var facts []fact
	company := q.to(q.admin, "trouble.cure-features", "/companies/"+q.CompanyID.String()+"/features")
	for _, right := range q.Rights {
		if !right.On {
			facts = append(facts, fact{Text: q.H("trouble.features-right", "right", q.T("members.right-"+right.Name), "company", q.Company), Amiss: true})
		}
	}
	atCompany := len(facts)
	for _, project := range q.Projects {
		if project.On && project.RightsOff > 0 {
			f := fact{Text: q.HN("trouble.features-project", project.RightsOff, "project", project.Name), Amiss: true}
			if q.admin {
				r := q.to(true, "trouble.cure-features", projectURL(project.ID)+"/features")
				f.Remedy = &r
			}
			facts = append(facts, f)
		}
	}
	if len(facts) == 0 {
		return answered("features", true, q.H("trouble.features-good"))
	}
	line := answered("features", false, q.H("trouble.features-off"))
	if line.Facts = facts; atCompany > 0 && company.URL != "" {
		line.Cures = append(line.Cures, company)
	}
	return line
}

// sees counts what their own glass holds at this moment.
func (q asks) sees() checkLine {
	projects, tasks, replies := q.counted()
	if projects == 0 {
		return answered("sees", false, q.H("trouble.sees-nothing"), q.look())
	}
	return answered("sees", true, q.H("trouble.sees-all", "projects", q.N("trouble.sees-projects", projects), "tasks", q.N("trouble.sees-tasks", tasks), "replies", q.N("trouble.sees-replies", replies)), q.look())
}
