package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/api"
	"vitrine/handlers/portal"
	"vitrine/handlers/team"
	"vitrine/handlers/web"
)

// Route is a line of the table of routes; Section names who stands before it.
type Route struct{ Method, Path, Section string }

// table registers routes, each behind the guards of its section.
type table struct {
	app    *fiber.App
	whole  fiber.Handler // reads the body, within its limit
	routes []Route
}

func (t *table) section(name string, before ...fiber.Handler) func(method, path string, handler fiber.Handler) {
	return t.streamed(name, append([]fiber.Handler{t.whole}, before...)...)
}

// streamed is a section whose handlers get the body as it arrives, of any length:
// they have to count themselves, and must never ask for the whole body.
func (t *table) streamed(name string, before ...fiber.Handler) func(method, path string, handler fiber.Handler) {
	return func(method, path string, handler fiber.Handler) {
		t.routes = append(t.routes, Route{method, path, name})
		t.app.Add(method, path, append(append([]fiber.Handler{}, before...), handler)...)
	}
}

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

// nouns are what has a conversation, and its address.
var nouns = map[string]string{db.OnTask: "/tasks", db.OnMilestone: "/milestones", db.OnProject: "/projects", db.OnDecision: "/decisions", db.OnDeliverable: "/deliverables"}

// register is every route of the program on one page.
func register(app *fiber.App, g guards, client *portal.Portal, work *team.Team, shown bool, whole fiber.Handler) []Route {
	t := &table{app: app, whole: whole}
	own, open, in, programs := account{g.App}, public{App: g.App, portal: client}, door{g.App}, &api.API{App: g.App}
	keys := newPasskeys(g.App)
	app.Use(g.log, g.recover, g.headers, web.NotTooLong, g.host)

	// A mail program posts here from no page of ours; the token is the proof.
	t.section("one-click", g.known)(post, "/unsubscribe/:token", unsubscribing{g.App}.end)
	app.Use(g.ownOrigin)

	free := t.section("free")
	free(get, "/healthz", open.healthy)
	free(get, "/readyz", open.ready)
	free(get, "/static/*", open.static)
	free(get, "/logo.svg", open.logo)
	free(get, "/favicon.ico", open.favicon)
	free(get, "/brand.css", open.brand)
	free(get, "/robots.txt", open.robots)
	free(post, "/theme", own.theme)

	anybody := t.section("anybody", g.known)
	anybody(get, "/", open.start)
	anybody(get, "/sign-in", in.emailForm)
	anybody(post, "/sign-in", in.sendPIN)
	anybody(get, "/sign-in/pin", in.pinForm)
	anybody(post, "/sign-in/pin", in.tryPIN)
	anybody(post, "/sign-in/again", in.newPIN)
	anybody(get, "/sign-in/password", in.passwordForm)
	anybody(post, "/sign-in/password", in.signInPassword)
	anybody(post, "/sign-in/passkey/begin", keys.beginSignIn)
	anybody(post, "/sign-in/passkey", keys.signIn)
	anybody(get, "/sign-in/link/:token", in.linkPage)
	anybody(post, "/sign-in/link/:token", in.useLink)
	anybody(get, "/in/:token", in.wayInPage)
	anybody(post, "/in/:token", in.useWayIn)
	anybody(get, "/join/:token", in.joinPage)
	anybody(post, "/join/:token", in.join)
	anybody(get, "/setup/:token", in.setupPage)
	anybody(post, "/setup/:token", in.setUp)
	anybody(post, "/sign-out", in.signOut)
	anybody(get, "/unsubscribe/:token", unsubscribing{g.App}.page)

	someone := t.section("person", g.known, g.signedIn)
	someone(get, "/welcome", welcome{g.App}.page)
	someone(post, "/welcome", welcome{g.App}.save)
	token := t.section("api", programs.Bearer)
	token(get, "/api/v1/me", programs.Me)

	self := t.section("account", g.known, g.signedIn, g.team)
	self(get, "/confirm", keys.confirmPage)
	self(post, "/confirm/begin", keys.beginConfirm)
	self(post, "/confirm", keys.confirm)
	self(get, "/account", own.show)
	self(post, "/account/profile", own.save)
	self(post, "/account/avatar", own.setAvatar)
	self(post, "/account/avatar/remove", own.removeAvatar)
	self(get, "/account/notifications", own.notifications)
	self(post, "/account/notifications", own.setNotifications)
	self(get, "/account/security", keys.security)
	self(post, "/account/sessions/end-others", keys.endOthers)
	self(post, "/account/sessions/:id/end", keys.endSession)
	self(post, "/account/password", keys.setPassword)
	self(post, "/account/password/remove", keys.removePassword)
	self(post, "/account/passkeys/begin", keys.beginRegister)
	self(post, "/account/passkeys", keys.register)
	self(post, "/account/passkeys/:id/name", keys.rename)
	self(post, "/account/passkeys/:id/remove", keys.remove)

	side := t.section("team", g.known, g.signedIn, g.team, g.confirmed)
	side(get, "/account/api", own.tokens)
	side(post, "/account/tokens", own.addToken)
	side(post, "/account/tokens/:id/end", own.endToken)
	side(get, "/avatars/:id", own.avatar)
	side(get, "/live", open.teamSocket)
	side(post, "/preview/start", g.startPreview)
	side(post, "/preview/stop", g.stopPreview)
	side(post, "/preview/ghosts", g.setGhosts)
	side(get, "/help", work.Help)
	side(get, "/companies/:id/contacts/:person/trouble", work.Trouble)
	side(get, "/companies/:id/contacts/:person/check", work.Check)
	side(get, "/companies/:id/contacts/:person/mails", work.Mails)
	side(get, "/companies", work.Companies)
	side(post, "/companies", work.AddCompany)
	side(get, "/companies/:id", work.Company)
	side(post, "/companies/:id", work.EditCompany)
	side(post, "/companies/:id/status", work.SetCompanyStatus)
	side(post, "/companies/:id/joins", work.SetJoinsAll)
	side(post, "/companies/:id/contacts", work.AddContact)
	side(get, "/companies/:id/contacts/:person", work.Contact)
	side(post, "/companies/:id/contacts/:person", work.EditContact)
	side(post, "/companies/:id/contacts/:person/role", work.SetContactRole)
	side(post, "/companies/:id/contacts/:person/primary", work.SetPrimary)
	side(post, "/companies/:id/contacts/:person/active", work.SetContactActive)
	side(post, "/companies/:id/contacts/:person/projects", work.ConnectContact)
	side(get, "/inbox", work.Inbox)
	side(post, "/threads/:id/handled", work.Handled)
	side(post, "/threads/:id/snooze", work.Snooze)
	side(get, "/meetings", work.Meetings)
	side(post, "/meetings", work.SetMeeting)
	side(get, "/meetings/:id", work.EditMeeting)
	side(post, "/meetings/:id", work.SetMeeting)
	side(post, "/meetings/:id/delete", work.DeleteMeeting)
	side(get, "/projects", work.Projects)
	side(post, "/projects", work.AddProject)
	side(get, "/projects/:id", work.Board)
	side(get, "/projects/:id/list", work.List)
	side(get, "/projects/:id/log", work.ProjectLog)
	side(get, "/projects/:id/updates", work.Updates)
	side(post, "/projects/:id/updates", work.PostUpdate)
	side(get, "/updates/:id/edit", work.EditUpdateForm)
	side(post, "/updates/:id/edit", work.EditUpdate)
	side(post, "/updates/:id/delete", work.DeleteUpdate)
	side(get, "/projects/:id/members", work.Members)
	side(post, "/projects/:id/members", work.AddMember)
	side(post, "/projects/:id/members/:person/role", work.SetRole)
	side(post, "/projects/:id/members/:person/remove", work.RemoveMember)
	side(post, "/projects/:id/members/:person/invite", work.InviteMember)
	side(get, "/companies/:id/contacts/:person/invite", work.Invite)
	side(post, "/companies/:id/contacts/:person/invite", work.SendInvitation)
	side(post, "/companies/:id/contacts/:person/invite/end", work.EndInvitation)
	side(post, "/companies/:id/contacts/:person/introduce", work.Introduce)
	side(get, "/projects/:id/settings", work.Settings)
	side(post, "/projects/:id/settings", work.EditProject)
	side(post, "/projects/:id/archive", work.ArchiveProject)
	side(post, "/projects/:id/columns", work.AddColumn)
	side(post, "/projects/:id/columns/:column", work.EditColumn)
	side(post, "/projects/:id/columns/:column/move", work.MoveColumn)
	side(post, "/projects/:id/columns/:column/delete", work.DeleteColumn)
	side(post, "/projects/:id/labels", work.SetLabel)
	side(post, "/projects/:id/labels/:label", work.SetLabel)
	side(post, "/projects/:id/labels/:label/delete", work.DeleteLabel)
	side(post, "/projects/:id/milestones", work.AddMilestone)
	side(post, "/projects/:id/milestones/:milestone", work.EditMilestone)
	side(post, "/projects/:id/milestones/:milestone/delete", work.DeleteMilestone)
	side(get, "/projects/:id/publish", work.Publish)
	side(post, "/projects/:id/publish", work.Reveal)
	side(post, "/projects/:id/hide", work.Hide)
	side(post, "/projects/:id/tasks", work.AddTask)
	side(get, "/tasks/:id", work.Task)
	for noun, path := range nouns {
		side(post, path+"/:id/replies", work.Reply(noun))
		side(post, path+"/:id/notes", work.Note(noun))
	}
	for _, kind := range []string{db.Note, db.Reply} {
		side(post, "/threads/:id/drafts/"+kind, work.Draft(kind))
		side(get, "/threads/:id/mentions/"+kind, work.Mentions(kind))
	}
	side(post, "/words", words{g.App}.draw)
	side(post, "/replies/:id/undo", work.TakeBack)
	side(post, "/replies/:id/release", work.SendNow)
	side(get, "/threads/:id", work.ToThread)
	side(post, "/replies/:id/note", work.MakeNote)
	for kind, path := range map[string]string{db.Reply: "/replies", db.Note: "/notes"} {
		side(get, path+"/:id/edit", work.EditSayingForm(kind))
		side(post, path+"/:id/edit", work.EditSaying(kind))
		side(post, path+"/:id/delete", work.DeleteSaying(kind))
		side(get, path+"/:id/history", work.SayingHistory(kind))
	}
	side(get, "/replies/:id/drill", work.Drill)
	side(get, "/milestones/:id", work.Conversation(db.OnMilestone))
	side(get, "/projects/:id/conversation", work.Conversation(db.OnProject))
	side(get, "/projects/:id/brief", work.Brief)
	side(get, "/projects/:id/decisions", work.Decisions)
	side(get, "/projects/:id/decisions/new", work.NewDecision)
	side(post, "/projects/:id/decisions", work.AddDecision)
	side(get, "/decisions/:id", work.Decision)
	side(get, "/decisions/:id/edit", work.EditDecisionForm)
	side(post, "/decisions/:id/edit", work.EditDecision)
	side(post, "/decisions/:id/ask", work.Ask)
	side(post, "/decisions/:id/withdraw", work.End(db.Asked, "withdrawn"))
	side(post, "/decisions/:id/decline", work.End(db.Proposed, "declined"))
	side(post, "/decisions/:id/delete", work.DeleteDecision)
	side(post, "/files/:id/required", work.RequireFile)
	side(get, "/tasks/:id/edit", work.EditTaskForm)
	side(post, "/tasks/:id/edit", work.EditTask)
	side(post, "/tasks/:id/move", work.MoveTask)
	side(post, "/tasks/:id/archive", work.ArchiveTask)
	side(post, "/tasks/:id/items", work.AddItem)
	side(post, "/items/:id/tick", work.TickItem)
	side(post, "/items/:id/delete", work.DeleteItem)
	side(get, "/import", work.Import)
	side(post, "/import", work.Upload)
	side(get, "/import/:token", work.Imported)
	side(post, "/import/:token", work.RunImport)
	side(get, "/import/:token/progress", work.ImportProgress)

	side(post, "/projects/:id/deliverables", work.AddDeliverable)
	side(get, "/deliverables/:id", work.Deliverable)
	side(post, "/deliverables/:id", work.EditDeliverable)
	side(post, "/deliverables/:id/versions", work.PrepareVersion)
	side(post, "/deliverables/:id/deliver", work.Deliver)
	side(post, "/deliverables/:id/delete", work.DeleteDeliverable)

	side(get, "/signoffs/:id", work.Signoff)
	side(get, "/signoffs/:id/certificate.pdf", work.CertificatePDF)
	side(get, "/signoffs/:id/record.json", work.SignoffRecord)

	side(get, "/files/:id", work.File)
	side(get, "/files/:id/thumbnail", work.Thumbnail)
	side(post, "/files/:id/remove", work.RemoveFile)
	files := t.streamed("team", g.known, g.signedIn, g.team, g.confirmed)
	files(post, "/threads/:id/files/note", work.AddFiles(db.Note))
	files(post, "/threads/:id/files/reply", work.AddFiles(db.Reply))
	files(post, "/deliverables/:id/files", work.AddVersionFiles)
	files(post, "/decisions/:id/files", work.AddDecisionFiles)

	admin := t.section("admin", g.known, g.signedIn, g.team, g.admins, g.confirmed)
	admin(get, "/outbox", outbox{g.App, shown}.page)
	admin(post, "/outbox/:id/retry", outbox{g.App, shown}.retry)
	admin(get, "/settings", work.WorkspaceSettings)
	admin(get, "/settings/workspace", work.WorkspaceForm)
	admin(post, "/settings/workspace", work.SetWorkspace)
	admin(get, "/settings/answers", work.Answers)
	admin(post, "/settings/answers", work.SetAnswers)
	admin(post, "/settings/security", work.Security)
	admin(get, "/settings/home", work.BuildHome)
	admin(post, "/settings/home", work.SetHome)
	admin(post, "/settings/home/undo", work.UndoHome)
	admin(post, "/settings/home/reset", work.ResetHome)
	admin(get, "/settings/roles", work.Roles)
	admin(post, "/settings/roles", work.AddRole)
	admin(get, "/settings/roles/:id", work.Role)
	admin(post, "/settings/roles/:id", work.EditRole)
	admin(post, "/settings/roles/:id/delete", work.DeleteRole)
	admin(get, "/settings/features", work.Features(db.ForWorkspace))
	admin(post, "/settings/features", work.SetFeature(db.ForWorkspace))
	admin(get, "/companies/:id/features", work.Features(db.ForCompany))
	admin(post, "/companies/:id/features", work.SetFeature(db.ForCompany))
	admin(get, "/projects/:id/features", work.Features(db.ForProject))
	admin(post, "/projects/:id/features", work.SetFeature(db.ForProject))
	admin(get, "/people", work.People)
	admin(post, "/people", work.AddPerson)
	admin(get, "/people/:id", work.Person)
	admin(post, "/people/:id", work.EditPerson)
	admin(post, "/people/:id/active", work.SetPersonActive)
	admin(post, "/people/:id/sessions/end", work.EndPersonSessions)
	admin(post, "/people/:id/connect", work.ConnectPerson)
	admin(post, "/people/:id/invite", work.InvitePerson)

	glass := t.section("client", g.known, g.signedIn, g.confirmed, g.client)
	glass(get, "/portal", client.Home)
	glass(get, "/portal/projects", client.Projects)
	glass(get, "/portal/projects/:id", client.Project)
	glass(get, "/portal/projects/:id/updates", client.Updates)
	glass(get, "/portal/projects/:id/activity", client.Activity)
	glass(get, "/portal/projects/:id/files", client.Files)
	glass(get, "/portal/projects/:id/people", client.People)
	glass(get, "/portal/projects/:id/completed", client.Completed)
	glass(get, "/portal/tasks", client.Tasks)
	glass(post, "/portal/tasks/:id/finish", client.FinishTask)
	glass(get, "/portal/meetings/:file", client.MeetingFile)
	glass(get, "/portal/tasks/:id", client.Task)
	glass(get, "/portal/threads/:id", client.ToThread)
	glass(get, "/portal/milestones/:id", client.Conversation(db.OnMilestone))
	glass(get, "/portal/projects/:id/conversation", client.Conversation(db.OnProject))
	for noun, path := range nouns {
		glass(post, "/portal"+path+"/:id/replies", client.Reply(noun))
	}
	glass(post, "/portal/threads/:id/draft", client.Draft)
	glass(get, "/portal/threads/:id/mentions", client.Mentions)
	glass(post, "/portal/words", words{g.App}.draw)
	glass(get, "/portal/replies/:id/edit", client.EditForm)
	glass(post, "/portal/replies/:id/edit", client.Edit)
	glass(post, "/portal/replies/:id/delete", client.Delete)
	glass(post, "/portal/threads/:id/seen", client.Seen)
	glass(get, "/portal/decisions/:id", client.Decision)
	glass(post, "/portal/decisions/:id/answer", client.AnswerDecision)
	glass(get, "/portal/projects/:id/changes/new", client.ChangeForm)
	glass(post, "/portal/projects/:id/changes", client.ProposeChange)
	glass(get, "/portal/deliverables/:id", client.Deliverable)
	glass(post, "/portal/deliverables/:id/answer", client.AnswerVersion)
	glass(post, "/portal/files/:id/open", client.OpenFile)

	glass(get, "/portal/files/:id", client.File)
	glass(get, "/portal/files/:id/thumbnail", client.Thumbnail)
	glass(post, "/portal/files/:id/remove", client.RemoveFile)
	t.streamed("client", g.known, g.signedIn, g.confirmed, g.client)(post, "/portal/threads/:id/files", client.AddFiles)
	t.section("client", g.known, g.signedIn, g.confirmed, g.client, g.feature("help"))(get, "/portal/help", client.Help)
	glass(get, "/portal/signoffs/:id", client.Signoff)
	glass(get, "/portal/signoffs/:id/certificate.pdf", client.CertificatePDF)
	glass(get, "/portal/signoffs/:id/record.json", client.SignoffRecord)
	glass(get, "/portal/company", client.Company)
	glass(post, "/portal/company/invite", client.InviteColleague)
	glass(post, "/portal/company/invitations/:id/end", client.EndInvitation)
	glass(get, "/portal/account", own.show)
	glass(post, "/portal/account/profile", own.save)
	glass(post, "/portal/account/avatar", own.setAvatar)
	glass(post, "/portal/account/avatar/remove", own.removeAvatar)
	glass(get, "/portal/account/notifications", own.notifications)
	glass(post, "/portal/account/notifications", own.setNotifications)
	glass(get, "/portal/account/api", own.tokens)
	glass(post, "/portal/account/tokens", own.addToken)
	glass(post, "/portal/account/tokens/:id/end", own.endToken)
	glass(get, "/portal/avatars/:id", own.avatar)
	glass(get, "/portal/account/security", keys.security)
	glass(post, "/portal/account/sessions/end-others", keys.endOthers)
	glass(post, "/portal/account/sessions/:id/end", keys.endSession)
	glass(post, "/portal/account/password", keys.setPassword)
	glass(post, "/portal/account/password/remove", keys.removePassword)
	glass(post, "/portal/account/passkeys/begin", keys.beginRegister)
	glass(post, "/portal/account/passkeys", keys.register)
	glass(post, "/portal/account/passkeys/:id/name", keys.rename)
	glass(post, "/portal/account/passkeys/:id/remove", keys.remove)
	glass(get, "/portal/live", open.portalSocket)
	for _, method := range []string{get, post, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete} {
		glass(method, "/portal/*", nothing)
	}

	app.Use(g.known, nothing)
	return t.routes
}

// nothing answers for every address that is none.
func nothing(*fiber.Ctx) error { return db.ErrNotFound }
