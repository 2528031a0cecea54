package db

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// look is everything that the Glass tells one person, as JSON. Every method
// of Glass has its line here: TestLookIsComplete fails for a new one.
func (w *world) look(viewer ID) string {
	w.t.Helper()
	said := map[string]any{}
	err := w.Glass(viewer, func(g *Glass) error {
		for _, l := range glassLooks {
			seen, err := l.see(g, w)
			said[l.method] = seen
			if err != nil {
				said[l.method+" error"] = err.Error()
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	text, err := json.MarshalIndent(said, "", " ")
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

type glassLook struct {
	method string
	see    func(g *Glass, w *world) (any, error)
}

// each asks a method about every thing there is, by its short name.
func each[T any](w *world, things []string, ask func(ID) (T, error)) (any, error) {
	said := map[string]any{}
	for _, thing := range things {
		found, err := ask(w.ids[thing])
		said[thing] = found
		if err != nil {
			said[thing] = err.Error()
		}
	}
	return said, nil
}

var (
	companyNames = []string{"Acme", "Beta"}
	projectNames = []string{"site", "brand", "old", "beta", "inhouse", "closed"}
	threadNames  = slices.Concat(projectNames, taskNames, []string{"launch", "care", "print"}, deliverableNames, decisionNames[:19], budgetNames)

	deliverableNames = []string{"guide", "sitemap", "labels", "scroll"}
	decisionNames    = []string{"wording", "colour", "phase", "extra", "hurry", "wish", "print run", "bygone", "cost", "bigger", "again", "gate", "no wish", "missed", "plan", "paper", "ink tone", "scope", "ancient", "dust", "approval of guide 1", "approval of guide 2", "approval of labels 1"}
	signoffNames     = []string{"phase by nikos", "extra by nikos", "cost by eleni", "bigger by eleni", "again by nikos", "gate by nikos", "ink tone by bea"}
	invoiceNames     = []string{"bill of Acme", "bill on old", "void of Acme", "draft for Acme", "bill of Beta", "credit of Acme"}
	budgetNames      = []string{"hours", "house plan", "spare plan", "care plan", "beta hours"}
	taskNames        = []string{"home", "form", "logo", "copy", "secret", "shelf", "poster", "relic", "gamma", "chore", "dusty"}
)

var glassLooks = []glassLook{
	{"Projects", func(g *Glass, w *world) (any, error) { return g.Projects() }},
	{"Project", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Project) }},
	{"Me", func(g *Glass, w *world) (any, error) { return g.Me() }},
	{"Talk", func(g *Glass, w *world) (any, error) {
		urgent, limit, err := g.Talk()
		return []any{urgent, limit}, err
	}},
	{"Threads", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Threads) }},
	{"Conversation", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.Conversation) }},
	{"Reply", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"reply on home", "words of mark", "taken back", "held back", "reply on secret", "reply on launch", "reply on poster"}, g.Reply)
	}},
	{"MentionNames", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.MentionNames) }},
	{"Quoted", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"words of mark", "held back", "taken back", "reply on secret", "reply on poster"}, func(id ID) (*Quoted, error) { return g.Quoted(w.id("home"), id) })
	}},
	{"Told", func(g *Glass, w *world) (any, error) {
		every := []ID{w.id("words of mark"), w.id("held back"), w.id("taken back"), w.id("reply on secret"), w.id("reply on poster"), w.id("note on home")}
		return each(w, threadNames, func(id ID) (Told, error) { return g.Told(id, Time{}, every) })
	}},
	{"Draft", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.Draft) }},
	{"DraftFiles", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.DraftFiles) }},
	{"Blob", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"file on home", "file on words of mark", "file on held back", "file on taken back", "file on note on home", "file on draft of mark", "file on draft of eleni", "file on guide 1", "file on guide 3", "file on sitemap 1", "file on colour", "file on plan", "file on paper"}, g.Blob)
	}},
	{"Viewer", func(g *Glass, w *world) (any, error) { return g.Viewer(), nil }},
	{"Workspace", func(g *Glass, w *world) (any, error) { return g.Workspace() }},
	{"Tasks", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Tasks) }},
	{"Task", func(g *Glass, w *world) (any, error) { return each(w, taskNames, g.Task) }},
	{"Ongoing", func(g *Glass, w *world) (any, error) { return g.Ongoing(0, HomeKinds, 100) }},
	{"Checklist", func(g *Glass, w *world) (any, error) { return each(w, taskNames, g.Checklist) }},
	{"Milestones", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Milestones) }},
	{"Progress", func(g *Glass, w *world) (any, error) {
		progress, err := g.Progress()
		byName := map[string]any{}
		for id, p := range progress {
			byName[id.String()] = p
		}
		return byName, err
	}},
	{"Since", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) ([]ClientEvent, error) { return g.Since(0, id, At(w.Now().AddDate(0, -3, 0))) })
	}},
	{"Updates", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) ([]StatusUpdate, error) { return g.Updates(id, 100) })
	}},
	{"Home", func(g *Glass, w *world) (any, error) { return each(w, append([]string{""}, companyNames...), g.Home) }},
	{"Meetings", func(g *Glass, w *world) (any, error) { return g.Meetings(0, w.Now().AddDate(-1, 0, 0), 100) }},
	{"Meeting", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"meeting with Acme", "meeting on site", "meeting on brand", "meeting with Beta", "meeting inhouse"}, g.Meeting)
	}},
	{"Invoices", func(g *Glass, w *world) (any, error) { return g.Invoices(0) }},
	{"Bills", func(g *Glass, w *world) (any, error) {
		return g.Bills(0)
	}},
	{"Invoice", func(g *Glass, w *world) (any, error) { return each(w, invoiceNames, g.Invoice) }},
	{"CreditNotes", func(g *Glass, w *world) (any, error) { return each(w, invoiceNames, g.CreditNotes) }},
	{"InvoiceFile", func(g *Glass, w *world) (any, error) {
		return each(w, invoiceNames, func(id ID) (any, error) {
			pdf, err := g.InvoiceFile(id, "pdf")
			xml, _ := g.InvoiceFile(id, "xml")
			return []string{string(pdf.Body), string(xml.Body), pdf.Number}, err
		})
	}},
	{"Payments", func(g *Glass, w *world) (any, error) {
		return each(w, append([]string{""}, invoiceNames...), g.Payments)
	}},
	{"InvoiceReplies", func(g *Glass, w *world) (any, error) { return each(w, invoiceNames, g.InvoiceReplies) }},
	{"PayConsent", func(g *Glass, w *world) (any, error) { return g.PayConsent("en") }},
	{"RecentFiles", func(g *Glass, w *world) (any, error) { return g.RecentFiles(0, 0, 1000) }},
	{"RecentUpdates", func(g *Glass, w *world) (any, error) { return g.RecentUpdates(0, 1000) }},
	{"FindTasks", func(g *Glass, w *world) (any, error) {
		tasks, more, err := g.FindTasks(0, TaskFilter{Text: "E"})
		return []any{tasks, more}, err
	}},
	{"Given", func(g *Glass, w *world) (any, error) { return g.Given(0) }},
	{"LogPage", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) (any, error) {
			events, more, err := g.LogPage(id, LogFilter{}, 5)
			return []any{events, more}, err
		})
	}},
	{"Visit", func(g *Glass, w *world) (any, error) { return g.Visit() }},
	{"PlanTasks", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.PlanTasks) }},
	{"Undated", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Undated) }},
	{"Needs", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Needs) }},
	{"NeededBy", func(g *Glass, w *world) (any, error) { return each(w, taskNames, g.NeededBy) }},
	{"Slips", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) ([]Slip, error) { return g.Slips(id, 1000) })
	}},
	{"Forecast", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) (Forecast, error) { return g.Forecast(id, "2026-06-01", time.UTC, 7) })
	}},
	{"People", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.People) }},
	{"Clock", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.Clock) }},
	{"Waiting", func(g *Glass, w *world) (any, error) {
		return each(w, companyNames, func(company ID) ([]ClientWaiting, error) { return g.Waiting(company, 1000) })
	}},
	{"Thread", func(g *Glass, w *world) (any, error) { return each(w, threadNames, g.Thread) }},
	{"Log", func(g *Glass, w *world) (any, error) {
		return each(w, projectNames, func(id ID) ([]ClientEvent, error) { return g.Log(id, 1000) })
	}},
	{"TaskLog", func(g *Glass, w *world) (any, error) {
		return each(w, taskNames, func(id ID) ([]ClientEvent, error) { return g.TaskLog(id, 1000) })
	}},
	{"Features", func(g *Glass, w *world) (any, error) { return g.Features() }},
	{"CompanyFeatures", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"Acme", "Beta", "Closed"}, g.CompanyFeatures)
	}},
	{"ProjectFeatures", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.ProjectFeatures) }},
	{"Contents", func(g *Glass, w *world) (any, error) { return g.Contents() }},
	{"Topics", func(g *Glass, w *world) (any, error) { return g.Topics() }},
	{"Activity", func(g *Glass, w *world) (any, error) { return g.Activity(0, 1000) }},
	{"Companies", func(g *Glass, w *world) (any, error) { return g.Companies() }},
	{"MayAtCompany", func(g *Glass, w *world) (any, error) {
		return each(w, companyNames, func(id ID) (bool, error) { return g.MayAtCompany(id, "company") })
	}},
	{"MayAnywhere", func(g *Glass, w *world) (any, error) { return g.MayAnywhere("upload") }},
	{"Colleagues", func(g *Glass, w *world) (any, error) { return each(w, companyNames, g.Colleagues) }},
	{"Invitations", func(g *Glass, w *world) (any, error) { return each(w, companyNames, g.Invitations) }},
	{"GivableRoles", func(g *Glass, w *world) (any, error) { return each(w, companyNames, g.GivableRoles) }},
	{"Avatar", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"avatar of eleni", "avatar of mark"}, g.Avatar)
	}},
	{"Deliverables", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Deliverables) }},
	{"Deliverable", func(g *Glass, w *world) (any, error) { return each(w, deliverableNames, g.Deliverable) }},
	{"DecisionFiles", func(g *Glass, w *world) (any, error) {
		return each(w, decisionNames, g.DecisionFiles)
	}},
	{"Decisions", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Decisions) }},
	{"Asks", func(g *Glass, w *world) (any, error) { return each(w, companyNames, g.Asks) }},
	{"Decision", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.Decision) }},
	{"Options", func(g *Glass, w *world) (any, error) {
		return each(w, decisionNames, func(id ID) ([]Option, error) { return g.Options(id, 1) })
	}},
	{"Editions", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.Editions) }},
	{"WaitingTasks", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.WaitingTasks) }},
	{"Signoffs", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.Signoffs) }},
	{"Signoff", func(g *Glass, w *world) (any, error) { return each(w, signoffNames, g.Signoff) }},
	{"DeliverableSignoffs", func(g *Glass, w *world) (any, error) { return each(w, deliverableNames, g.DeliverableSignoffs) }},
	{"ApprovalSignoffs", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.ApprovalSignoffs) }},
	{"VersionBlobs", func(g *Glass, w *world) (any, error) {
		return each(w, []string{"guide 1", "guide 2", "guide 3", "sitemap 1", "labels 1"}, func(id ID) (any, error) {
			blobs, err := g.VersionBlobs(id)
			return fmt.Sprint(blobs), err
		})
	}},
	{"Ask", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.Ask) }},
	{"Holds", func(g *Glass, w *world) (any, error) { return each(w, append([]string{""}, projectNames...), g.Holds) }},
	{"StillToAnswer", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.StillToAnswer) }},
	{"HeldUp", func(g *Glass, w *world) (any, error) { return each(w, append([]string{""}, companyNames...), g.HeldUp) }},
	{"HeldBy", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.HeldBy) }},
	{"Waits", func(g *Glass, w *world) (any, error) { return each(w, append([]string{""}, companyNames...), g.Waits) }},
	{"Answers", func(g *Glass, w *world) (any, error) { return each(w, projectNames, g.Answers) }},
	{"Wordings", func(g *Glass, w *world) (any, error) { return each(w, decisionNames, g.Wordings) }},
	{"Budgets", func(g *Glass, w *world) (any, error) {
		return each(w, append([]string{""}, projectNames...), func(id ID) ([]ClientBudget, error) { return g.Budgets(id, "2026-05-20") })
	}},
	{"Budget", func(g *Glass, w *world) (any, error) {
		return each(w, budgetNames, func(id ID) (ClientBudget, error) { return g.Budget(id, "2026-05-20") })
	}},
	{"TimeEntries", func(g *Glass, w *world) (any, error) {
		return each(w, budgetNames, func(id ID) ([]ClientTimeEntry, error) { return g.TimeEntries(id, 0, "", "") })
	}},
	{"Expenses", func(g *Glass, w *world) (any, error) { return each(w, budgetNames, g.Expenses) }},
	{"BudgetLine", func(g *Glass, w *world) (any, error) {
		return each(w, budgetNames, func(budget ID) (any, error) {
			return each(w, []string{"gallery", "hidden task's", "free work", "returned", "house work", "approved", "waiting", "beta work", "fonts", "pizza", "refused", "lamp", "paper stock", "toner"}, func(id ID) (BudgetLine, error) {
				return g.BudgetLine(budget, id)
			})
		})
	}},
	{"Months", func(g *Glass, w *world) (any, error) {
		return each(w, budgetNames, func(id ID) (any, error) {
			return g.Months(ClientBudget{ID: id, Kind: BudgetRetainer, StartsOn: "2026-05-01"}, "2026-05-20")
		})
	}},
	{"Pace", func(g *Glass, w *world) (any, error) {
		return each(w, budgetNames, func(id ID) ([]int, error) { return g.Pace(id, "2026-05-20") })
	}},
	{"OwnAvatar", func(g *Glass, w *world) (any, error) { return g.OwnAvatar() }},
}
