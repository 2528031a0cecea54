package views

import (
	"html/template"
	"strings"
	"time"
)

// Page is what a page template gets: who reads, in which room, and in Body what
// the page is about. Templates take a *Page.
type Page struct {
	Words     *Words
	Title     string // without the workspace's name
	Side      string // "team", "client", or "" before signing in
	Theme     string // "light", "dark", or "" for the device's own
	Me        Me
	Workspace Workspace
	Nav       string    // Name of the menu entry that this page belongs to
	Menu      []Link    // main navigation
	Account   []Link    // entries of the reader's own menu
	Companies []Company // a client's, when there are several to choose from
	Live      *Live
	Preview   *Preview
	Notice    *Notice
	Counts    bool   // a client's page of all that is theirs: its menu counts live what waits for them
	Timer     *Timer // the reader's, while it runs
	Leads     bool   // of the team: the reader leads the project that the page is about
	Body      any

	// Regions are the drawn parts that change while somebody looks, by name.
	Regions map[string]template.HTML
	// Keep leaves a mark where each region goes, for SplitShell.
	Keep bool
}

// Timer is a clock that runs: how long so far, in minutes, and since when.
type Timer struct {
	Minutes int
	Since   string // RFC 3339
}

// Me is the person that a page was drawn for.
type Me struct {
	ID       string
	Name     string
	Email    string
	Company  string // a client's company; the workspace's name for the team
	Initials string // made of Name when empty
	Avatar   string // id of their picture, "" for none
	Bills    bool   // somebody of the team who works on bills
}

// Workspace is whose portal this is.
type Workspace struct {
	Name     string
	Address  string // one line for the foot of client pages
	Logo     Logo   // zero for none
	LogoDark Logo   // on dark paper, zero where the other serves
	Icon     string // URL of the browser's icon, "" for the usual one
	Word     string // how the portal calls itself, "" for nothing
	Footer   string
	Links    []Link
	Brand    string // names the brand in the address of its style sheet, "" for none
}

// Logo is a picture with the size at which it stands in the bar, in CSS pixels.
type Logo struct {
	URL           string
	Width, Height int
}

// Company is one that a contact of several can look at.
type Company struct {
	Name, URL string
	Current   bool
}

// A Link of a menu; Key names its words.
type Link struct {
	Name  string // compared with Page.Nav
	URL   string
	Key   string
	Count int // shown when not 0
}

// Live connects a page to its pushes.
type Live struct {
	Socket  string // URL of the socket
	Version string // what the regions on the page were drawn at
}

// Preview says that somebody of the team looks through a client's eyes.
type Preview struct {
	Name string // whose eyes
	Role string // and what they are there, in words: "Client manager at Kyma"
	Ends any    // the moment at which it ends by itself; nil or zero says nothing
	Stop string // where the Stop form posts
	At   string // the address of this page

	Ghosts bool // what they do not see is outlined

	Check string // the checklist before inviting, "" where the actor may not invite
}

// Notice is one sentence about what the last form did. Kind is "good", "bad" or "".
type Notice struct {
	Kind string
	Text string
}

// Mark is the reader's initials, for the round mark.
func (m Me) Mark() string {
	if m.Initials != "" {
		return m.Initials
	}
	return Initials(m.Name)
}

// First is the name to greet with; the address's owner while there is no name.
func (m Me) First() string {
	if first, _, _ := strings.Cut(strings.TrimSpace(m.Name), " "); first != "" {
		return first
	}
	owner, _, _ := strings.Cut(m.Email, "@")
	return owner
}

// Home is where the logo leads.
func (p *Page) Home() string {
	if p.Side == "client" {
		return "/portal"
	}
	return "/"
}

// Room is what addresses of the reader's side begin with.
func (p *Page) Room() string {
	if p.Side == "client" {
		return "/portal"
	}
	return ""
}

// FullTitle is the title of the window.
func (p *Page) FullTitle() string {
	switch {
	case p.Preview != nil:
		return p.Words.T("page.title-preview", "name", p.Preview.Name, "title", p.Title, "workspace", p.Workspace.Name)
	case p.Side == "team":
		return p.Words.T("page.title-team", "title", p.Title, "workspace", p.Workspace.Name)
	}
	return p.Words.T("page.title", "title", p.Title, "workspace", p.Workspace.Name)
}

// HasEnd tells whether the preview has an end to announce.
func (p *Preview) HasEnd() bool {
	at, ok := p.Ends.(interface{ UTC() time.Time })
	return ok && !at.UTC().IsZero()
}
