package handlers

import (
	"context"
	"errors"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/portal"
	"vitrine/handlers/team"
	"vitrine/handlers/web"
)

// source is the store as the live hub sees it.
type source struct {
	app    *web.App
	team   *team.Team
	portal *portal.Portal
}

// Audiences says where viewers stand, from one snapshot.
func (s source) Audiences(_ context.Context, asked []live.Seat) (map[live.Seat]live.Audience, error) {
	viewers, seen := []db.ID{}, map[db.ID]bool{}
	for _, seat := range asked {
		if !seen[seat.Viewer] {
			seen[seat.Viewer] = true
			viewers = append(viewers, seat.Viewer)
		}
	}
	standings, err := s.app.Store.Standings(viewers)
	if err != nil {
		return nil, err
	}
	audiences := make(map[live.Seat]live.Audience, len(asked))
	for _, seat := range asked {
		place := db.Seat{Viewer: seat.Viewer, Project: seat.Page.Project}
		if place.Project == 0 && seat.Page.Team {
			if seat.Page.Noun != seat.Viewer {
				continue // an inbox is its owner's alone
			}
		} else if place.Project == 0 {
			place.Company = seat.Page.Noun // a home page
		}
		standing, ok := standings[place]
		if !ok || (standing.Side == db.Team) != seat.Page.Team {
			continue
		}
		audiences[seat] = web.AudienceOf(seat.Viewer, standing)
	}
	return audiences, nil
}

// Draw draws with the eyes of the audience's member, if that member still belongs to it.
func (s source) Draw(_ context.Context, a live.Audience, p live.PageKey) (live.Drawing, error) {
	var drawing live.Drawing
	var err error
	if p.Team {
		drawing, err = s.team.Drawing(a, p)
	} else {
		drawing, err = s.portal.Drawing(a, p)
	}
	if errors.Is(err, db.ErrNotFound) {
		err = live.ErrGone
	}
	return drawing, err
}

// Versions answers the counters; project 0 is the workspace's settings.
func (s source) Versions(_ context.Context, projects []db.ID) (map[db.ID][2]int64, int64, error) {
	return s.app.Store.Versions(projects)
}

// Alive says which logins still hold.
func (s source) Alive(_ context.Context, logins []live.Login) (map[live.Login]bool, error) {
	var sessions, previews []db.ID
	for _, login := range logins {
		sessions = append(sessions, login.Session)
		if login.Preview != 0 {
			previews = append(previews, login.Preview)
		}
	}
	holds, err := s.app.Store.Alive(sessions, previews)
	if err != nil {
		return nil, err
	}
	alive := make(map[live.Login]bool, len(logins))
	for _, login := range logins {
		alive[login] = holds[login.Session] && (login.Preview == 0 || holds[login.Preview])
	}
	return alive, nil
}
