package db

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"

	"vitrine/db/importers"
)

// targets are the things that a deed is done to.
type targets struct {
	project, task, column, other, label, milestone, item, person, deliverable, decision, asked, file, update, meeting, budget, service ID
}

func (w *world) onSite() targets {
	return targets{w.id("site"), w.id("home"), w.id("site.doing"), w.id("site.todo"), w.id("ux"), w.id("launch"), w.id("home step"), w.id("mark"), w.id("sitemap"), w.id("wording"), w.id("colour"), w.id("file on colour"), w.id("post on site"), w.id("meeting on site"), w.id("spare plan"), w.id("work of spare plan")}
}

func nowhere() targets {
	return targets{NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID(), NewID()}
}

// deed is a write by somebody. rank is who may do it on their project: "work",
// "lead", a client's right (clientDeed); "" for what is about no project.
type deed struct {
	name, rank string
	do         func(w *world, by Actor, x targets) error
}

// clientDeed are the ranks that clients have by a right of theirs.
var clientDeed = map[string]bool{"comment": true, "request": true, "decide": true}

func just[T any](_ T, err error) error { return err }

var deeds = []deed{
	{"AddTask", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddTask(by, x.project, NewTask{Title: "new", Column: Todo}))
	}},
	{"MoveTask", "work", func(w *world, by Actor, x targets) error {
		return just(w.MoveTask(by, x.task, x.other.String(), 0))
	}},
	{"EditTask", "work", func(w *world, by Actor, x targets) error {
		return w.EditTask(by, x.task, TaskForm{Title: "renamed", Version: 2})
	}},
	{"SetTaskDates", "work", func(w *world, by Actor, x targets) error {
		return just(w.SetTaskDates(by, x.task, DatesForm{DueOn: "2026-09-01", Version: 2}))
	}},
	{"SetMilestoneDates", "work", func(w *world, by Actor, x targets) error {
		return just(w.SetMilestoneDates(by, x.milestone, DatesForm{DueOn: "2026-09-01", Version: 1}))
	}},
	{"ShowTasks", "work", func(w *world, by Actor, x targets) error { return w.ShowTasks(by, x.project, []ID{x.task}) }},
	{"HideTasks", "work", func(w *world, by Actor, x targets) error { return w.HideTasks(by, x.project, []ID{x.task}) }},
	{"ArchiveTask", "work", func(w *world, by Actor, x targets) error { return w.ArchiveTask(by, x.task, true) }},
	{"AddItem", "work", func(w *world, by Actor, x targets) error { return w.AddItem(by, x.task, "step") }},
	{"TickItem", "work", func(w *world, by Actor, x targets) error { return just(w.TickItem(by, x.item, false)) }},
	{"DeleteItem", "work", func(w *world, by Actor, x targets) error { return just(w.DeleteItem(by, x.item)) }},
	{"AddReply", "comment", func(w *world, by Actor, x targets) error { return just(w.AddReply(by, x.task, "words")) }},
	{"AddNote", "work", func(w *world, by Actor, x targets) error { return just(w.AddNote(by, x.task, "words")) }},
	{"AddInstead", "work", func(w *world, by Actor, x targets) error { return just(w.AddInstead(by, x.task, "words")) }},
	{"SaveDraft", "comment", func(w *world, by Actor, x targets) error {
		words := "half a thought"
		return w.SaveDraft(by, x.task, Reply, DraftForm{Body: &words})
	}},
	{"Handle", "work", func(w *world, by Actor, x targets) error { return w.Handle(by, x.task, true) }},
	{"Snooze", "work", func(w *world, by Actor, x targets) error { return w.Snooze(by, x.task, "2026-12-24") }},
	{"AddColumn", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddColumn(by, x.project, ColumnForm{Name: "new", Kind: Todo}))
	}},
	{"EditColumn", "work", func(w *world, by Actor, x targets) error {
		return w.EditColumn(by, x.column, ColumnForm{Name: "named", Kind: Doing, ClientLabel: "Busy"})
	}},
	{"MoveColumn", "work", func(w *world, by Actor, x targets) error { return w.MoveColumn(by, x.column, 0) }},
	{"DeleteColumn", "work", func(w *world, by Actor, x targets) error { return w.DeleteColumn(by, x.column, x.other) }},
	{"SetLabel", "work", func(w *world, by Actor, x targets) error {
		return w.SetLabel(by, x.project, x.label, "named", "lime", true)
	}},
	{"DeleteLabel", "work", func(w *world, by Actor, x targets) error { return w.DeleteLabel(by, x.project, x.label) }},
	{"AddMilestone", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddMilestone(by, x.project, MilestoneForm{Name: "new"}))
	}},
	{"EditMilestone", "work", func(w *world, by Actor, x targets) error {
		return w.EditMilestone(by, x.milestone, MilestoneForm{Name: "named", Version: 1})
	}},
	{"DeleteMilestone", "work", func(w *world, by Actor, x targets) error { return w.DeleteMilestone(by, x.milestone) }},
	{"SetMeeting", "work", func(w *world, by Actor, x targets) error {
		return just(w.SetMeeting(by, x.meeting, MeetingForm{With: x.project.String(), Title: "moved", Day: "2026-06-09", Clock: "10:00", Minutes: "45", Version: 1}))
	}},
	{"DeleteMeeting", "work", func(w *world, by Actor, x targets) error { return w.DeleteMeeting(by, x.meeting) }},
	{"SetBrand", "", func(w *world, by Actor, x targets) error { return w.SetBrand(by, BrandForm{Word: "Client area"}) }},
	{"SetBrandPictures", "", func(w *world, by Actor, x targets) error {
		return w.SetBrandPictures(by, []BrandPicture{{Kind: Logo, Image: []byte("png"), Width: 1, Height: 1}})
	}},
	{"SetHome", "", func(w *world, by Actor, x targets) error {
		home := DefaultHome()
		home.Welcome["en"] = "Hello"
		return w.SetHome(by, w.id("Acme"), w.id("home of Acme"), home)
	}},
	{"UndoHome", "", func(w *world, by Actor, x targets) error { return w.UndoHome(by, w.id("Acme")) }},
	{"ResetHome", "", func(w *world, by Actor, x targets) error { return w.ResetHome(by, w.id("Acme")) }},
	{"PostUpdate", "work", func(w *world, by Actor, x targets) error { return just(w.PostUpdate(by, x.project, "It goes well.")) }},
	{"EditUpdate", "lead", func(w *world, by Actor, x targets) error { return w.EditUpdate(by, x.update, "It goes on.", 1) }},
	{"DeleteUpdate", "lead", func(w *world, by Actor, x targets) error { return w.DeleteUpdate(by, x.update) }},
	{"EditProject", "lead", func(w *world, by Actor, x targets) error {
		return w.EditProject(by, x.project, ProjectForm{Name: "named", Company: "Acme", Version: 1})
	}},
	{"ArchiveProject", "lead", func(w *world, by Actor, x targets) error { return w.ArchiveProject(by, x.project, true) }},
	{"SaveTemplate", "lead", func(w *world, by Actor, x targets) error {
		return just(w.SaveTemplate(by, x.project, TemplateForm{Name: "like this", Sure: true}))
	}},
	{"EditTemplate", "", func(w *world, by Actor, x targets) error {
		return w.EditTemplate(by, w.id("mould"), TemplateForm{Name: "named", Version: 1})
	}},
	{"DeleteTemplate", "", func(w *world, by Actor, x targets) error { return w.DeleteTemplate(by, w.id("mould")) }},
	{"AddMember", "lead", func(w *world, by Actor, x targets) error {
		return just(w.AddMember(by, x.project, "nora@acme.test", "", "client"))
	}},
	{"RemoveMember", "lead", func(w *world, by Actor, x targets) error { return w.RemoveMember(by, x.project, x.person) }},
	{"SetClientRole", "lead", func(w *world, by Actor, x targets) error {
		return w.SetClientRole(by, x.project, x.person, "client-admin")
	}},
	{"AddRole", "", func(w *world, by Actor, x targets) error { return just(w.AddRole(by, RoleForm{Name: "new"})) }},
	{"EditRole", "", func(w *world, by Actor, x targets) error {
		return w.EditRole(by, x.task, RoleForm{Name: "named", Version: 1})
	}},
	{"DeleteRole", "", func(w *world, by Actor, x targets) error { return w.DeleteRole(by, x.task) }},
	{"SetFeature", "", func(w *world, by Actor, x targets) error {
		return w.SetFeature(by, ForProject, x.project, "files", "off")
	}},
	{"SetWorkspace", "", func(w *world, by Actor, x targets) error {
		return w.SetWorkspace(by, WorkspaceForm{Name: "named", Brand: "#112233", Language: "el", TimeZone: "UTC", Version: "1"})
	}},
	{"RequirePasskey", "", func(w *world, by Actor, x targets) error { return w.RequirePasskey(by, false) }},
	{"ConnectContact", "lead", func(w *world, by Actor, x targets) error {
		return w.ConnectContact(by, w.id("Acme"), w.id("nora"), x.project, true)
	}},
	{"AddCompany", "", func(w *world, by Actor, x targets) error { return just(w.AddCompany(by, CompanyForm{Name: "new"})) }},
	{"EditCompany", "", func(w *world, by Actor, x targets) error {
		return w.EditCompany(by, w.id("Acme"), CompanyForm{Name: "named", Version: 1})
	}},
	{"SetCompanyStatus", "", func(w *world, by Actor, x targets) error {
		return w.SetCompanyStatus(by, w.id("Acme"), CompanyArchived)
	}},
	{"SetJoinsAll", "", func(w *world, by Actor, x targets) error { return w.SetJoinsAll(by, w.id("Acme"), true) }},
	{"AddContact", "", func(w *world, by Actor, x targets) error {
		return just(w.AddContact(by, w.id("Acme"), ContactForm{Name: "New"}))
	}},
	{"SetContact", "", func(w *world, by Actor, x targets) error {
		return w.SetContact(by, w.id("Acme"), w.id("eleni"), ContactForm{Name: "Named", Email: "eleni@acme.test", Version: 1})
	}},
	{"SetPrimary", "", func(w *world, by Actor, x targets) error { return w.SetPrimary(by, w.id("Acme"), w.id("eleni")) }},
	{"SetContactRole", "", func(w *world, by Actor, x targets) error {
		return w.SetContactRole(by, w.id("Acme"), w.id("eleni"), 4)
	}},
	{"SetContactActive", "", func(w *world, by Actor, x targets) error {
		return w.SetContactActive(by, w.id("Acme"), w.id("eleni"), false)
	}},
	{"AddProject", "", func(w *world, by Actor, x targets) error {
		return just(w.AddProject(by, ProjectForm{Name: "new"}, threeColumns))
	}},
	{"InviteContact", "", func(w *world, by Actor, x targets) error {
		return w.InviteContact(by, w.id("Acme"), w.id("nora"), "Welcome")
	}},
	{"Introduce", "", func(w *world, by Actor, x targets) error {
		return w.Introduce(by, w.id("Acme"), w.id("eleni"), "Welcome")
	}},
	{"InviteMember", "", func(w *world, by Actor, x targets) error { return w.InviteMember(by, w.id("mark"), "Welcome") }},
	{"InviteOnProject", "lead", func(w *world, by Actor, x targets) error { return w.InviteOnProject(by, x.project, w.id("vic")) }},
	{"AddAndInvite", "lead", func(w *world, by Actor, x targets) error {
		return just(w.AddAndInvite(by, x.project, "new@acme.test", "New", "client"))
	}},
	{"EndInvitation", "", func(w *world, by Actor, x targets) error { return w.EndInvitation(by, w.id("Acme"), w.id("nora")) }},
	{"AcceptInvitation", "", func(w *world, by Actor, x targets) error {
		return just(w.AcceptInvitation(by, "a token that was never given"))
	}},
	{"BeginCeremony", "", func(w *world, by Actor, x targets) error {
		return just(w.BeginCeremony(by, CeremonyRegister, "192.0.2.0/24", "data"))
	}},
	{"TakeCeremony", "", func(w *world, by Actor, x targets) error { return just(w.TakeCeremony(by, CeremonyRegister, "cookie")) }},
	{"KnowDevice", "", func(w *world, by Actor, x targets) error { return just(w.KnowDevice(by, "cookie", "a browser")) }},
	{"AddPasskey", "", func(w *world, by Actor, x targets) error { return just(w.AddPasskey(by, Passkey{Name: "key"})) }},
	{"RenamePasskey", "", func(w *world, by Actor, x targets) error { return w.RenamePasskey(by, x.task, "key") }},
	{"RemovePasskey", "", func(w *world, by Actor, x targets) error { return w.RemovePasskey(by, x.task) }},
	{"ConfirmPasskey", "", func(w *world, by Actor, x targets) error { return just(w.ConfirmPasskey(by, Passkey{}, "")) }},
	{"SetPassword", "", func(w *world, by Actor, x targets) error { return w.SetPassword(by, "", "a long and rare phrase") }},
	{"RemovePassword", "", func(w *world, by Actor, x targets) error { return w.RemovePassword(by) }},
	{"SetProfile", "", func(w *world, by Actor, x targets) error {
		return w.SetProfile(by, Profile{Name: "named", Language: "en", TimeZone: "UTC"})
	}},
	{"StartPreview", "", func(w *world, by Actor, x targets) error { return just(w.StartPreview(by, x.person)) }},
	{"SetGhosts", "", func(w *world, by Actor, x targets) error { return w.SetGhosts(by, true) }},
	{"StopPreview", "", func(w *world, by Actor, x targets) error { return w.StopPreview(by) }},
	{"EndSession", "", func(w *world, by Actor, x targets) error { return w.EndSession(by, x.task) }},
	{"EndOtherSessions", "", func(w *world, by Actor, x targets) error { return w.EndOtherSessions(by) }},
	{"SetTalk", "", func(w *world, by Actor, x targets) error {
		settings, err := w.Talk()
		w.must(err)
		form := settings.Form()
		form.Urgent = "+30 210 555 0199"
		return w.SetTalk(by, form)
	}},
	{"AddFiles", "comment", func(w *world, by Actor, x targets) error {
		return just(w.AddFile(by, x.task, Reply, "plan.txt", strings.NewReader("a plan"), 1<<20))
	}},
	{"RemoveFile", "", func(w *world, by Actor, x targets) error {
		_, _, err := w.RemoveFile(by, w.id("file on draft of mark"), nil)
		return err
	}},
	{"AddDeliverable", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddDeliverable(by, x.project, DeliverableForm{Name: "new"}))
	}},
	{"EditDeliverable", "work", func(w *world, by Actor, x targets) error {
		return w.EditDeliverable(by, x.deliverable, DeliverableForm{Name: "named", Version: 1})
	}},
	{"DeleteDeliverable", "work", func(w *world, by Actor, x targets) error { return w.DeleteDeliverable(by, x.deliverable) }},
	{"PrepareVersion", "work", func(w *world, by Actor, x targets) error { return just(w.PrepareVersion(by, x.deliverable)) }},
	{"AddVersionFiles", "work", func(w *world, by Actor, x targets) error {
		received, err := w.Receive(strings.NewReader("a plan"), 1<<20)
		w.must(err)
		defer received.Discard()
		return just(w.AddVersionFiles(by, x.deliverable, []*Received{received}))
	}},
	{"Deliver", "work", func(w *world, by Actor, x targets) error {
		return just(w.Deliver(by, x.deliverable, DeliverForm{Note: "words", Deciders: []string{w.id("eleni").String()}}))
	}},
	{"AddDecision", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddDecision(by, x.project, DecisionForm{Kind: KindQuestion, Question: "new"}))
	}},
	{"EditDecision", "work", func(w *world, by Actor, x targets) error {
		return w.EditDecision(by, x.decision, DecisionForm{Question: "other", Version: 1})
	}},
	{"AddDecisionFiles", "work", func(w *world, by Actor, x targets) error {
		received, err := w.Receive(strings.NewReader("a plan"), 1<<20)
		w.must(err)
		defer received.Discard()
		return just(w.AddDecisionFiles(by, x.decision, []*Received{received}))
	}},
	{"RequireFile", "lead", func(w *world, by Actor, x targets) error { return just(w.RequireFile(by, x.file, false)) }},
	{"DeleteDecision", "work", func(w *world, by Actor, x targets) error { return w.DeleteDecision(by, x.decision) }},
	{"AskDecision", "lead", func(w *world, by Actor, x targets) error { return w.AskDecision(by, x.decision, 1) }},
	{"WithdrawDecision", "lead", func(w *world, by Actor, x targets) error { return w.WithdrawDecision(by, x.asked, "words") }},
	{"ProposeChange", "request", func(w *world, by Actor, x targets) error { return just(w.ProposeChange(by, x.project, "new", "")) }},
	{"Answer", "decide", func(w *world, by Actor, x targets) error {
		return just(w.Answer(by, x.asked, AnswerForm{Edition: 1, Outcome: Free, Comment: "words"}))
	}},
	{"OpenFile", "", func(w *world, by Actor, x targets) error { return w.OpenFile(by, w.id("file on guide 1")) }},
	{"SendNow", "", func(w *world, by Actor, x targets) error { return just(w.SendNow(by, w.id("held back"))) }},
	{"MakeNote", "", func(w *world, by Actor, x targets) error { return just(w.MakeNote(by, w.id("held back"))) }},
	{"AddReplyRead", "comment", func(w *world, by Actor, x targets) error { return just(w.AddReplyRead(by, x.task, "words")) }},
	{"TakeBack", "", func(w *world, by Actor, x targets) error { return just(w.TakeBack(by, w.id("held back"))) }},
	{"EditReplyRead", "", func(w *world, by Actor, x targets) error {
		return just(w.EditReplyRead(by, w.id("words of mark"), "other words", 1))
	}},
	{"EditReply", "", func(w *world, by Actor, x targets) error {
		return just(w.EditReply(by, w.id("words of mark"), "other words", 1))
	}},
	{"EditNote", "", func(w *world, by Actor, x targets) error {
		return just(w.EditNote(by, w.id("note on home"), "other words", 1))
	}},
	{"DeleteReply", "", func(w *world, by Actor, x targets) error { return just(w.DeleteReply(by, w.id("words of mark"))) }},
	{"DeleteNote", "", func(w *world, by Actor, x targets) error { return just(w.DeleteNote(by, w.id("note on home"))) }},
	{"MarkRead", "", func(w *world, by Actor, x targets) error { return w.MarkRead(by, x.task, w.id("words of mark")) }},
	{"Here", "", func(w *world, by Actor, x targets) error {
		w.Here(by)
		return nil
	}},
	{"FinishTask", "", func(w *world, by Actor, x targets) error { return w.FinishTask(by, w.id("home"), true) }},
	{"SetAvatar", "", func(w *world, by Actor, x targets) error { return w.SetAvatar(by, []byte("a picture")) }},
	{"RemoveAvatar", "", func(w *world, by Actor, x targets) error { return w.RemoveAvatar(by) }},
	{"SetNotifications", "", func(w *world, by Actor, x targets) error { return w.SetNotifications(by, nil) }},
	{"RetryMail", "", func(w *world, by Actor, x targets) error { return w.RetryMail(by, 0) }},
	{"AddToken", "", func(w *world, by Actor, x targets) error { return just(w.AddToken(by, "dashboard")) }},
	{"EndToken", "", func(w *world, by Actor, x targets) error { return w.EndToken(by, x.task) }},
	{"InviteColleague", "", func(w *world, by Actor, x targets) error {
		return just(w.InviteColleague(by, w.ids["Acme"], ColleagueForm{Email: "new@acme.test", RoleID: 1}))
	}},
	{"InviteAgain", "", func(w *world, by Actor, x targets) error { return just(w.InviteAgain(by, x.task)) }},
	{"EndColleagueInvitation", "", func(w *world, by Actor, x targets) error { return w.EndColleagueInvitation(by, x.task) }},
	{"AddTeamPerson", "", func(w *world, by Actor, x targets) error {
		return just(w.AddTeamPerson(by, NewPerson{Email: "new@ormos.test", Role: Member}))
	}},
	{"EditTeamPerson", "", func(w *world, by Actor, x targets) error {
		return w.EditTeamPerson(by, x.person, TeamPersonForm{Name: "named", Role: Admin, Version: 1})
	}},
	{"SetPersonActive", "", func(w *world, by Actor, x targets) error { return w.SetPersonActive(by, x.person, false) }},
	{"EndPersonSessions", "", func(w *world, by Actor, x targets) error { return w.EndPersonSessions(by, x.person) }},
	{"ConnectClient", "", func(w *world, by Actor, x targets) error {
		return w.ConnectClient(by, w.id("stan"), Connection{Company: w.id("Acme").String(), Role: ID(1).String()})
	}},
	{"SetPersonBills", "", func(w *world, by Actor, x targets) error { return w.SetPersonBills(by, w.id("tess"), true) }},
	{"SetBilling", "", func(w *world, by Actor, x targets) error {
		return w.SetBilling(by, BillForm{Currency: "EUR", Days: "10", Rates: "24", Rounding: "total", Credits: "C", Version: w.rows("SELECT value FROM setting WHERE key = 'settings.version'")[0]})
	}},
	{"AddInvoice", "", func(w *world, by Actor, x targets) error {
		return just(w.AddInvoice(by, InvoiceForm{Company: w.id("Acme").String(), Kind: "invoice", Language: "en", Currency: "EUR", Rounding: "total"}))
	}},
	{"EditInvoice", "", func(w *world, by Actor, x targets) error {
		return w.EditInvoice(by, w.id("draft for Acme"), InvoiceForm{Company: w.id("Acme").String(), Kind: "invoice", Language: "en", Currency: "EUR", Rounding: "total", Version: 2})
	}},
	{"DeleteInvoice", "", func(w *world, by Actor, x targets) error { return w.DeleteInvoice(by, w.id("draft for Acme")) }},
	{"CopyInvoice", "", func(w *world, by Actor, x targets) error { return just(w.CopyInvoice(by, w.id("bill of Acme"))) }},
	{"CreditInvoice", "", func(w *world, by Actor, x targets) error { return just(w.CreditInvoice(by, w.id("bill of Acme"))) }},
	{"InvoiceChange", "", func(w *world, by Actor, x targets) error {
		return just(w.InvoiceChange(by, w.id("extra"), "as agreed"))
	}},
	{"IssueInvoice", "", func(w *world, by Actor, x targets) error { return w.IssueInvoice(by, w.id("draft for Acme"), 2, drawn) }},
	{"VoidInvoice", "", func(w *world, by Actor, x targets) error { return w.VoidInvoice(by, w.id("bill of Beta"), "wrong") }},
	{"SetQuiet", "", func(w *world, by Actor, x targets) error { return w.SetQuiet(by, w.id("bill of Acme"), true) }},
	{"RepeatInvoice", "", func(w *world, by Actor, x targets) error {
		return w.RepeatInvoice(by, w.id("bill of Acme"), RepeatForm{})
	}},
	{"AskInvoice", "", func(w *world, by Actor, x targets) error {
		return just(w.AskInvoice(by, w.id("bill of Acme"), "words"))
	}},
	{"HandleInvoice", "", func(w *world, by Actor, x targets) error { return w.HandleInvoice(by, w.id("bill of Acme")) }},
	{"SeeInvoice", "", func(w *world, by Actor, x targets) error { return w.SeeInvoice(by, w.id("bill of Acme")) }},
	{"RecordPayment", "", func(w *world, by Actor, x targets) error {
		return just(w.RecordPayment(by, w.id("bill of Acme"), PaymentForm{Amount: "1", On: "2026-05-20", Way: "bank", Version: w.invoice("bill of Acme").Version}))
	}},
	{"RefundPayment", "", func(w *world, by Actor, x targets) error {
		return w.RefundPayment(by, w.id("payment of Acme"), PaymentForm{Amount: "1", On: "2026-05-20"})
	}},
	{"WithdrawPayment", "", func(w *world, by Actor, x targets) error { return w.WithdrawPayment(by, w.id("payment of Acme")) }},
	{"PaymentAtProvider", "", func(w *world, by Actor, x targets) error {
		_, _, _, _, err := w.PaymentAtProvider(by, w.id("payment of Acme"), "1")
		return err
	}},
	{"BeginCheckout", "", func(w *world, by Actor, x targets) error {
		_, _, err := w.BeginCheckout(by, w.id("bill of Acme"), "")
		return err
	}},
	{"AddBudget", "lead", func(w *world, by Actor, x targets) error {
		return just(w.AddBudget(by, x.project, BudgetForm{Name: "new", Currency: "EUR", Kind: BudgetFixed}))
	}},
	{"EditBudget", "lead", func(w *world, by Actor, x targets) error {
		return w.EditBudget(by, x.budget, BudgetForm{Name: "named", Currency: "USD", Kind: BudgetRetainer, Version: 1})
	}},
	{"OpenBudget", "lead", func(w *world, by Actor, x targets) error { return w.OpenBudget(by, x.budget, true) }},
	{"CloseBudget", "lead", func(w *world, by Actor, x targets) error { return w.CloseBudget(by, x.budget, true) }},
	{"DeleteBudget", "lead", func(w *world, by Actor, x targets) error { return w.DeleteBudget(by, x.budget) }},
	{"InvoiceBudget", "lead", func(w *world, by Actor, x targets) error {
		return just(w.InvoiceBudget(by, x.budget, BudgetBillForm{Until: "2026-05-31", Group: GroupService, Services: true, Sum: 60000}, plain))
	}},
	{"ImportTime", "", func(w *world, by Actor, x targets) error {
		plan, err := importers.ReadTime([]byte(reportOfTwo), importers.TimeReading{})
		if err != nil {
			return err
		}
		return just(w.ImportTime(by, plan, w.allOf(plan, "mark", TimePlace{Project: w.id("site")})))
	}},
	{"SetApproves", "lead", func(w *world, by Actor, x targets) error { return w.SetApproves(by, x.project, true) }},
	{"AddService", "lead", func(w *world, by Actor, x targets) error {
		return just(w.AddService(by, x.budget, ServiceForm{Name: "new", Unit: "day", Price: "400"}))
	}},
	{"EditService", "lead", func(w *world, by Actor, x targets) error {
		return w.EditService(by, x.service, ServiceForm{Name: "named", Unit: "piece", Price: "1", Pieces: "1"})
	}},
	{"DeleteService", "lead", func(w *world, by Actor, x targets) error { return w.DeleteService(by, x.service) }},
	{"AddTime", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddTime(by, TimeForm{Project: x.project.String(), Day: "2026-05-20", Minutes: "1:00 new"}))
	}},
	{"StartTimer", "work", func(w *world, by Actor, x targets) error {
		return w.StartTimer(by, TimerForm{Project: x.project.String(), Remark: "new"})
	}},
	{"AddExpense", "work", func(w *world, by Actor, x targets) error {
		return just(w.AddExpense(by, x.budget, ExpenseForm{Day: "2026-05-20", Amount: "5", Wording: "new"}, nil))
	}},
	{"SetOwnTime", "", func(w *world, by Actor, x targets) error { return w.SetOwnTime(by, false) }},
	{"SetReceipt", "", func(w *world, by Actor, x targets) error {
		receipt, err := w.Receive(strings.NewReader("another"), 1<<20)
		if err != nil {
			return err
		}
		receipt.Name = "another.txt"
		return w.SetReceipt(by, w.id("fonts"), receipt)
	}},
	{"AddChange", "", func(w *world, by Actor, x targets) error {
		return just(w.AddChange(by, w.id("spare plan"), w.id("extra")))
	}},
	{"StopTimer", "", func(w *world, by Actor, x targets) error { return just(w.StopTimer(by, StopForm{})) }},
	{"DropTimer", "", func(w *world, by Actor, x targets) error { return w.DropTimer(by) }},
	{"EditTime", "", func(w *world, by Actor, x targets) error {
		return w.EditTime(by, w.id("gallery"), TimeForm{Project: w.id("site").String(), Day: "2026-05-20", Minutes: "2:00", Version: 1})
	}},
	{"DeleteTime", "", func(w *world, by Actor, x targets) error { return w.DeleteTime(by, w.id("gallery")) }},
	{"EditExpense", "", func(w *world, by Actor, x targets) error {
		return w.EditExpense(by, w.id("fonts"), ExpenseForm{Day: "2026-05-20", Amount: "5", Wording: "new", Version: 1}, nil)
	}},
	{"DeleteExpense", "", func(w *world, by Actor, x targets) error { return w.DeleteExpense(by, w.id("fonts")) }},
	{"Judge", "", func(w *world, by Actor, x targets) error {
		return w.Judge(by, Judgement{Entries: []ID{w.id("gallery")}, Expenses: []ID{w.id("fonts")}, Approve: true})
	}},
	{"Import", "", func(w *world, by Actor, x targets) error {
		return just(w.Import(by, ImportTarget{Project: x.project}, kiln().plan(w.t), ImportOptions{}))
	}},
}

// Whoever adds a write for people adds it to the deeds, and so to the tests below.
func TestDeedsAreComplete(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, d := range deeds {
		listed[d.name] = true
	}
	found := 0
	for _, f := range readSource(t).methods["Store"] {
		if !f.Name.IsExported() || f.Type.Params.NumFields() == 0 || words(f.Type.Params.List[0].Type) != "Actor" {
			continue
		}
		writes := false
		ast.Inspect(f, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				writes = writes || slices.Contains([]string{"s.write", "s.setPrivate", "s.changeItem", "s.endSessions", "s.runImport"}, words(call.Fun))
			}
			return true
		})
		if writes {
			found++
			if !listed[f.Name.Name] {
				t.Errorf("%s is not among the deeds", f.Name.Name)
			}
		}
	}
	if found != len(deeds) {
		t.Errorf("%d writes for people were found, %d are listed", found, len(deeds))
	}
}

// digest is every row of every table.
func (w *world) digest() string {
	w.t.Helper()
	var text strings.Builder
	for _, table := range w.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name") {
		fmt.Fprintln(&text, table, w.rows("SELECT * FROM "+table+" ORDER BY 1, 2"))
	}
	return text.String()
}
