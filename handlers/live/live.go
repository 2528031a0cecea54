// Package live tells open pages what changed. It knows people and the pages
// they have open, no topics: after each commit it draws the regions of a page
// once for all who see the same bytes, asks who may see them now, and only then
// sends them. What it sends are whole regions; a page that fell behind gets all
// of them, so nothing is ever replayed.
package live

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"vitrine/db"
)

// ErrGone is answered by Source.Draw when the audience may not see the page
// (any more); db.ErrNotFound says the same.
var ErrGone = errors.New("the audience may not see this page")

// PageKey names what a socket watches. Kind is "home", "project" or "task" for
// clients and "board", "list" or "team-task" for the team. Project is 0 on home;
// Noun is the project's or the task's ID, 0 on home.
type PageKey struct {
	Team    bool
	Kind    string
	Project db.ID
	Noun    db.ID
}

// Seat is a person in front of a page. Behind a preview the Viewer is the
// client who is looked through.
type Seat struct {
	Viewer db.ID
	Page   PageKey
}

// Login is what let somebody in: Viewer is the person who signed in, Preview is
// not 0 while they look through a client.
type Login struct {
	Session db.ID
	Preview db.ID
	Viewer  db.ID
}

// Audience are all who see the same bytes of a page. Key is opaque; equal keys
// mean equal bytes. Viewer is any member: with whose eyes it is drawn. Projects
// are those that a home is made of; a page of one project leaves it empty.
type Audience struct {
	Key      string
	Viewer   db.ID
	Language string
	Zone     string
	Projects []db.ID
}

// Region is one root element with the id "region-"+Name.
type Region struct {
	Name string
	HTML []byte
}

// Drawing is all regions of a page for an audience, from one snapshot. Equal
// versions of a page mean equal bytes, so everything that a region shows is in
// the version: audience, counters, settings, local date, and on pages with the
// region "watching" also Hub.PresenceStamp. Stamp makes such a version.
// Nobody may change the bytes of a Drawing.
type Drawing struct {
	Version string
	Regions []Region
}

// Source is the store as the hub sees it. Its methods may be called from
// several goroutines at once.
type Source interface {
	// Audiences says, from one snapshot begun after the call, which audience
	// each seat belongs to now. A seat that is missing has no access.
	Audiences(ctx context.Context, asked []Seat) (map[Seat]Audience, error)

	// Draw draws all regions of a page from one snapshot begun after the call.
	// It answers ErrGone when, in that snapshot, a.Viewer may not see the page
	// or no longer belongs to the audience a.Key. Pages for which it keeps doing
	// so are closed.
	Draw(ctx context.Context, a Audience, p PageKey) (Drawing, error)

	// Versions answers the counters (team, client) of the projects asked, and
	// the authority counter, raised whenever a login, membership, role or
	// session changed. Project 0 is the workspace itself: what every page shows.
	Versions(ctx context.Context, projects []db.ID) (map[db.ID][2]int64, int64, error)

	// Alive says which logins still hold: session neither ended nor expired,
	// person active, preview not ended. A login that is missing does not.
	Alive(ctx context.Context, logins []Login) (map[Login]bool, error)
}

// Stamp makes a Drawing's version of everything that its bytes depend on. It is
// opaque, so that it tells a client nothing of what it counts.
func Stamp(a Audience, p PageKey, parts ...any) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %v %q %d %d", a.Key, a.Language, a.Zone, p.Team, p.Kind, int64(p.Project), int64(p.Noun))
	for _, part := range parts {
		fmt.Fprintf(sum, " %q", fmt.Sprint(part))
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:15])
}
