package handlers

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"vitrine/db"
	"vitrine/db/bill"
)

// The objects of the matrix: "own" is a visible thing of Website Redesign,
// "private" and "archived" tasks of it, "foreign" a thing of another company's
// project, "never" what does not exist. In routes with two nouns "swapped" is
// a foreign child under the own project and "parent" an own child under a foreign one.

var parameter = regexp.MustCompile(`:[a-z]+|\{id\}|\*`)

// fill puts ids into a route.
func (w *world) fill(route, object string) string {
	parent, child := object, object
	switch object {
	case "swapped":
		parent, child = "own", "foreign"
	case "parent":
		parent, child = "foreign", "own"
	}
	return parameter.ReplaceAllStringFunc(route, func(name string) string {
		switch name {
		case "*":
			return "nothing"
		case ":token":
			return strings.Repeat("x", 43)
		case ":person":
			return w.pick(child, w.people["viewer"].ID, w.people["outsider"].ID)
		case ":column", ":label", ":milestone":
			return w.pick(child, w.parts[name], w.parts["foreign "+name])
		}
		switch {
		case strings.Contains(route, "/replies/:id"): // "held" was written by the member
			if object == "held" {
				return w.parts["held"].String()
			}
			if object == "mine" { // eleni's own
				return w.parts["reply of eleni"].String()
			}
			return w.pick(object, w.parts["reply"], w.parts["foreign reply"])
		case strings.Contains(route, "/meetings/:"):
			id := w.pick(object, w.parts["meeting"], w.parts["foreign meeting"])
			return id + map[bool]string{true: ".ics"}[name == ":file"]
		case strings.HasPrefix(route, "/templates/:id"):
			return w.pick(object, w.parts["template"], w.parts["foreign template"])
		case strings.HasPrefix(route, "/updates/:id"):
			return w.pick(object, w.parts["update"], w.parts["foreign update"])
		case strings.Contains(route, "/invoices/:id"):
			switch {
			case object == "draft":
				return w.parts["draft bill"].String()
			case strings.HasSuffix(route, "/void"):
				return w.pick(object, w.parts["fresh bill"], w.parts["foreign fresh bill"])
			}
			return w.pick(object, w.parts["bill"], w.parts["foreign bill"])
		case strings.Contains(route, "/budgets/:id"), strings.Contains(route, "budget&id="):
			switch {
			case object == "private":
				return w.parts["shut budget"].String()
			case strings.HasSuffix(route, "/delete"):
				return w.pick(object, w.parts["spare budget"], w.parts["foreign spare budget"])
			}
			return w.pick(object, w.parts["budget"], w.parts["foreign budget"])
		case strings.HasPrefix(route, "/services/:id"):
			return w.pick(object, w.parts["spare service"], w.parts["foreign spare service"])
		case strings.HasPrefix(route, "/time/:id"):
			return w.pick(object, w.parts["entry"], w.parts["foreign entry"])
		case strings.HasPrefix(route, "/expenses/:id"):
			return w.pick(object, w.parts["expense"], w.parts["foreign expense"])
		case strings.HasPrefix(route, "/payments/:id"):
			return w.pick(object, w.parts["payment"], w.parts["foreign payment"])
		case strings.Contains(route, "/notes/:id"):
			return w.pick(object, w.parts["note"], w.parts["foreign note"])
		case strings.Contains(route, "/signoffs/:id"): // "hidden": its decision is gone
			if id := w.parts["signoff "+object]; id != 0 {
				return id.String()
			}
			return db.NewID().String()
		case strings.Contains(route, "/deliverables/:id"), strings.Contains(route, "-deliverable&id="), strings.Contains(route, "page=deliverable"):
			if object == "draft" {
				return w.parts["draft deliverable"].String()
			}
			return w.pick(object, w.parts["deliverable"], w.parts["foreign deliverable"])
		case strings.Contains(route, "/budgets/:id"), strings.Contains(route, "page=budget"), strings.Contains(route, "-budget&id="):
			if object == "shut" {
				return w.parts["shut budget"].String()
			}
			return w.pick(object, w.parts["budget"], w.parts["foreign budget"])
		case strings.Contains(route, "/decisions/:id"), strings.Contains(route, "-decision&id="), strings.Contains(route, "page=decision"):
			if id := w.parts[decisionPart(object)]; id != 0 {
				return id.String()
			}
			return db.NewID().String()
		case strings.Contains(route, "/files/:id"):
			if id := w.parts["file "+object]; id != 0 {
				return id.String()
			}
			return db.NewID().String()
		case strings.Contains(route, "/threads/:id") && !strings.HasSuffix(route, "/handled") && !strings.HasSuffix(route, "/snooze"):
			return w.pick(object, w.tasks["gallery"], w.tasks["foreign"])
		case strings.Contains(route, "/milestones/:id"):
			return w.pick(object, w.parts[":milestone"], w.parts["foreign :milestone"])
		case strings.HasPrefix(route, "/companies/:id"):
			return w.pick(parent, w.parts["company"], w.parts["foreign company"])
		case strings.Contains(route, "/tasks/:id"), strings.Contains(route, "/inbox?undo"), strings.Contains(route, "/threads/:id/handled"), strings.Contains(route, "/threads/:id/snooze"), strings.Contains(route, "page=task"), strings.Contains(route, "page=team-task"):
			if object == "private" || object == "archived" {
				return w.tasks[object].String()
			}
			return w.pick(object, w.tasks["gallery"], w.tasks["foreign"])
		case strings.Contains(route, "/items/"):
			return w.pick(object, w.parts["item"], w.parts["foreign item"])
		case strings.Contains(route, "/settings/roles/"):
			return w.pick(object, w.parts["role"], 0)
		case strings.Contains(route, "/companies/"):
			return w.pick(parent, w.parts["company"], w.parts["foreign company"])
		case strings.Contains(route, "company={id}"):
			return w.pick(object, w.parts["company"], w.parts["foreign company"])
		case strings.Contains(route, "/avatars/"):
			return w.pick(object, w.parts["avatar"], w.parts["foreign avatar"])
		case strings.Contains(route, "/invitations/"):
			return w.pick(object, w.parts["invitation"], w.parts["foreign invitation"])
		case strings.Contains(route, "/tokens/"):
			return w.pick("never", 0, 0)
		case strings.HasSuffix(route, "/connect"): // "own" belongs to a company, "foreign" to none
			return w.pick(object, w.people["eleni"].ID, w.people["stranger"].ID)
		case strings.HasPrefix(route, "/people/"):
			return w.pick(object, w.people["member"].ID, w.people["elsewhere"].ID)
		case strings.Contains(route, "/sessions/"):
			return w.pick("never", 0, 0)
		}
		if strings.HasPrefix(route, "/companies/:id") {
			return w.pick(parent, w.company(w.project), w.company(w.other))
		}
		return w.pick(parent, w.project, w.other)
	})
}

// company is whose a project is.
func (w *world) company(project db.ID) (id db.ID) {
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		found, err := v.Project(project)
		id = found.CompanyID
		return err
	}))
	return id
}

func (w *world) pick(object string, own, foreign db.ID) string {
	switch object {
	case "own":
		return own.String()
	case "foreign":
		return foreign.String()
	}
	return db.NewID().String()
}

// form is what a line's POST carries: a body that would be accepted from whoever may.
func (w *world) form(line matrixLine) []string {
	switch line.route {
	case "/projects/:id/budgets":
		return []string{"name", "More", "currency", "EUR", "kind", db.BudgetFixed}
	case "/budgets/:id/edit":
		return []string{"name", "Named", "currency", "EUR", "kind", db.BudgetCapped, "version", "2"}
	case "/settings/time":
		return []string{"own", "0"}
	case "/budgets/:id/invoice":
		return []string{"until", "2026-11-30", "group", "service", "time", "1", "services", "1", "expenses", "1", "sum", "13900"}
	case "/budgets/:id/open", "/budgets/:id/close", "/projects/:id/approves":
		return []string{"open", "0", "closed", "1", "approves", "1"}
	case "/budgets/:id/services", "/services/:id/edit":
		return []string{"name", "Build", "unit", "hour", "price", "60", "quantity", "3"}
	case "/budgets/:id/replies", "/budgets/:id/notes", "/portal/budgets/:id/replies":
		return []string{"body", "Hello"}
	case "/budgets/:id/expenses", "/expenses/:id/edit":
		return []string{"day", "2026-11-03", "amount", "5", "wording", "Fonts", "version", "1"}
	case "/projects/:id/approvals":
		return []string{"do", "approve", "entry", w.pick(line.object, w.parts["entry"], w.parts["foreign entry"])}
	case "/time", "/time/:id/edit":
		return []string{"on", "p" + w.pick(line.object, w.project, w.other), "day", "2026-11-03", "minutes", "0:30 mails", "version", "1"}
	case "/time/week":
		return []string{"week", "2026-11-02", "cell", "p" + w.pick(line.object, w.project, w.other) + "||2026-11-03|00000000000|0|0", "typed", "1:00"}
	case "/timer/start":
		return []string{"on", "p" + w.pick(line.object, w.project, w.other)}
	case "/theme":
		return []string{"theme", "dark"}
	case "/sign-in":
		return []string{"email", db.NewID().String() + "@nowhere.example"} // a limit counts by address
	case "/sign-in/password":
		return []string{"email", db.NewID().String() + "@nowhere.example", "password", "slow boats carry lemons"}
	case "/account/password", "/portal/account/password":
		return []string{"password", "slow boats carry lemons"}
	case "/account/passkeys/:id/name", "/portal/account/passkeys/:id/name":
		return []string{"name", "Another"}
	case "/portal/tasks/:id/replies", "/tasks/:id/replies", "/tasks/:id/notes", "/portal/milestones/:id/replies", "/milestones/:id/replies", "/milestones/:id/notes",
		"/portal/projects/:id/replies", "/projects/:id/replies", "/projects/:id/notes":
		return []string{"body", "Hello"}
	case "/threads/:id/drafts/note", "/threads/:id/drafts/reply", "/portal/threads/:id/draft", "/words", "/portal/words":
		return []string{"body", "Half a thought"}
	case "/replies/:id/edit", "/notes/:id/edit", "/portal/replies/:id/edit":
		return []string{"body", "Other words", "version", "1"}
	case "/portal/threads/:id/seen":
		return []string{"reply", w.pick(line.object, w.parts["reply"], w.parts["foreign reply"])}
	case "/meetings", "/meetings/:id":
		return []string{"with", w.pick(line.object, w.project, w.other), "title", "A look at the gallery", "day", "2026-12-10", "clock", "10:30", "minutes", "45", "version", "1"}
	case "/invoices", "/invoices/:id/edit", "/invoices/sums":
		company := w.parts["company"]
		if line.object == "foreign" {
			company = w.parts["foreign company"]
		}
		return []string{"company", company.String(), "kind", bill.Invoice, "language", "en", "currency", "EUR", "rounding", bill.PerTotal, "text", "Work", "quantity", "2", "unit", "HUR", "price", "60", "off", "", "tax", "S 24", "detail", "", "version", "2", "do", "save"}
	case "/invoices/:id/send":
		return []string{"version", "2"}
	case "/invoices/:id/void":
		return []string{"reason", "Sent twice."}
	case "/invoices/:id/quiet":
		return []string{"quiet", "yes"}
	case "/invoices/:id/repeat":
		return []string{"every", "month", "next", "2099-01-31"}
	case "/invoices/:id/replies", "/portal/invoices/:id/replies":
		return []string{"body", "Hello"}
	case "/invoices/:id/payments":
		id := w.parts["bill"]
		if line.object == "foreign" {
			id = w.parts["foreign bill"]
		}
		return []string{"amount", "1", "on", string(w.billingDay()), "way", "bank", "version", strconv.FormatInt(w.bill(id).Version, 10)}
	case "/payments/:id/refund":
		return []string{"amount", "1", "on", string(w.billingDay())}
	case "/settings/billing":
		return []string{"name", "Ormos", "country", "GR", "currency", "EUR", "days", "14", "rates", "24", "rounding", bill.PerTotal, "credits", "C", "version", w.settingsVersion()}
	case "/people/:id/bills":
		return []string{"bills", "yes"}
	case "/projects/:id/template", "/templates/:id/rename":
		return []string{"name", "How we begin", "sure", "yes", "version", "1"}
	case "/settings/home":
		return []string{"do", "save", "order", "news meetings", "widget", "news", "welcome_en", "Hello"}
	case "/projects/:id/updates", "/updates/:id/edit":
		return []string{"body", "It goes well.", "version", "1"}
	case "/threads/:id/handled":
		return []string{"on", "1"}
	case "/threads/:id/snooze":
		return []string{"until", "tomorrow"}
	case "/portal/account/profile", "/account/profile":
		return []string{"name", "New Name", "title", "", "language", "en", "time_zone", "Europe/Athens"}
	case "/welcome":
		return []string{"first_name", "New", "last_name", "Name", "language", "en", "time_zone", "Europe/Athens"}
	case "/companies/:id/contacts/:person/invite", "/companies/:id/contacts/:person/introduce":
		return []string{"letter", "Hello"}
	case "/portal/account/notifications", "/account/notifications":
		return []string{"kind", "project-added"}
	case "/portal/account/tokens", "/account/tokens":
		return []string{"name", "dashboard"}
	case "/portal/company/invite":
		return []string{"company", w.pick(line.object, w.parts["company"], w.parts["foreign company"]), "email", "new@mail.example", "role", roleViewer.String()}
	case "/preview/start":
		return []string{"person", w.people["eleni"].ID.String()}
	case "/companies":
		return []string{"name", "New company"}
	case "/companies/:id":
		return []string{"name", "Renamed company " + line.object, "version", "3"}
	case "/companies/:id/status":
		return []string{"status", "inactive"}
	case "/companies/:id/joins":
		return []string{"on", "1"}
	case "/companies/:id/contacts":
		return []string{"name", "New", "email", "new@contact.example"}
	case "/companies/:id/contacts/:person":
		who := w.people[map[bool]string{true: "outsider", false: "viewer"}[line.object == "foreign" || line.object == "swapped"]]
		return []string{"name", who.Name, "email", who.Email, "phone", "123", "version", "2"}
	case "/companies/:id/contacts/:person/role":
		return []string{"role", db.ID(1).String()}
	case "/companies/:id/contacts/:person/active":
		return []string{"active", "0"}
	case "/companies/:id/contacts/:person/projects":
		object := map[string]string{"swapped": "own", "parent": "foreign"}[line.object]
		return []string{"project", w.pick(cmp.Or(object, line.object), w.project, w.other), "on", "1"}
	case "/people":
		return []string{"email", "new@cnry-team.example", "name", "New", "role", "member", "language", "en"}
	case "/people/:id":
		return []string{"name", "Renamed", "title", "Tester", "role", "admin", "version", "1"}
	case "/people/:id/active":
		return []string{"active", "0"}
	case "/people/:id/connect":
		return []string{"company", w.parts["company"].String(), "role", db.ID(1).String()}
	case "/projects":
		return []string{"name", "New project", "status", "active", "team_shown", "first", "todo", "To do", "doing", "In progress", "done", "Done"}
	case "/projects/:id/settings":
		return []string{"name", "Renamed", "company", "Papadopoulos Ceramics", "status", "active", "team_shown", "first", "version", "1"}
	case "/projects/:id/archive":
		return []string{"archive", "1"}
	case "/projects/:id/members":
		return []string{"email", "new@papadopoulos.example", "name", "New", "role", "client"}
	case "/projects/:id/members/:person/role":
		return []string{"role", "client"}
	case "/projects/:id/columns", "/projects/:id/columns/:column":
		return []string{"name", "Another", "kind", "doing", "client_label", ""}
	case "/projects/:id/columns/:column/delete":
		return []string{"to", w.parts["last column"].String()}
	case "/projects/:id/labels", "/projects/:id/labels/:label":
		return []string{"name", "Another", "color", "blue"}
	case "/projects/:id/milestones", "/projects/:id/milestones/:milestone":
		return []string{"name", "Another", "due_on", "2026-12-01", "version", "1"}
	case "/projects/:id/publish":
		return []string{"task", w.tasks["private"].String()}
	case "/projects/:id/hide":
		return []string{"task", w.tasks["shipping"].String()}
	case "/projects/:id/tasks":
		return []string{"title", "Another", "column", "todo", "shown", "private"}
	case "/tasks/:id/dates":
		return []string{"due_on", "2026-12-01", "version", "2"}
	case "/milestones/:id/dates":
		return []string{"due_on", "2026-12-01", "version", "1"}
	case "/tasks/:id/edit":
		return []string{"title", "Another", "priority", "normal", "version", "2"}
	case "/tasks/:id/move":
		return []string{"column", "done"}
	case "/tasks/:id/archive":
		return []string{"archive", "1"}
	case "/tasks/:id/items":
		return []string{"text", "Another"}
	case "/projects/:id/deliverables":
		return []string{"name", "Another"}
	case "/deliverables/:id":
		return []string{"name", "Renamed", "version", "1"}
	case "/deliverables/:id/deliver":
		part, decider := "deliverable", "eleni"
		if line.object != "own" {
			part, decider = line.object+" deliverable", map[string]string{"draft": "eleni", "foreign": "outsider"}[line.object]
		}
		return w.delivering(w.parts[part], decider, "The next one.")
	case "/portal/deliverables/:id/answer":
		if part := map[string]string{"own": "deliverable", "foreign": "foreign deliverable"}[line.object]; part != "" {
			return w.versionAnswer(part, 0, db.Changes, "Other colours.")
		}
		return []string{"version", "1", "outcome", db.Approve}
	case "/projects/:id/decisions":
		return []string{"kind", db.KindQuestion, "question", "Another?", "free_answer", "yes", "mode", db.AnyOne}
	case "/decisions/:id/edit":
		return []string{"question", "Another?", "body", "", "free_answer", "yes", "mode", db.AnyOne, "deciders", w.people[map[bool]string{true: "outsider", false: "eleni"}[line.object == "foreign"]].ID.String(), "version", w.decisionVersion(line.object)}
	case "/decisions/:id/ask":
		return []string{"version", w.decisionVersion(line.object)}
	case "/decisions/:id/withdraw", "/decisions/:id/decline":
		return []string{"reason", "It is settled."}
	case "/files/:id/required":
		return []string{"required", "yes"}
	case "/portal/decisions/:id/answer":
		return []string{"edition", "1", "shown", w.shown(w.parts[decisionPart(line.object)]), "outcome", db.Choose, "option", "own", "comment", "Clay, but darker."}
	case "/portal/projects/:id/changes":
		return []string{"question", "A shop in the back", "context", "For tiles."}
	case "/decisions/:id/replies", "/decisions/:id/notes", "/portal/decisions/:id/replies",
		"/deliverables/:id/replies", "/deliverables/:id/notes", "/portal/deliverables/:id/replies":
		return []string{"body", "Hello"}
	case "/settings/workspace":
		return []string{"name", "Other", "address", "", "brand", "#123456", "language", "en", "time_zone", "UTC", "version", w.settingsVersion()}
	case answersPath:
		return w.answersForm("urgent", "+30 210 555 0123")
	case "/settings/security":
		return []string{"passkey", "0"}
	case "/settings/roles", "/settings/roles/:id":
		return []string{"name", "Another", "right", "projects", "version", "1"}
	case "/settings/features", "/companies/:id/features", "/projects/:id/features":
		return []string{"name", "files", "state", "off"}
	case "/items/:id/tick":
		return []string{"done", "1"}
	}
	return nil
}

// settingsVersion is the version at which a form about the workspace would be opened now.
func (w *world) settingsVersion() string {
	space, err := w.store.Workspace()
	w.ok(err)
	return space.Version
}
