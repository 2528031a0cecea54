package live

import (
	"slices"
	"time"

	"vitrine/db"
)

// groupKey says who gets the same bytes of what.
type groupKey struct {
	audience string
	page     PageKey
}

// group is one audience in front of one page, and what it was last sent.
type group struct {
	key      groupKey
	audience Audience // its Viewer's eyes draw for all
	pages    map[*page]struct{}
	drawing  Drawing // the last one; without a version there was none
	full     *frame  // all regions of it, once somebody needed them
	date     string  // local, when it was drawn
	dirty    bool    // must be drawn
	waiting  bool    // has pages that were not compared yet
	resting  bool    // failed; is due again in the next round
	refusals int     // of the Source to draw, in a row
}

// projects are those that the group's page is made of.
func (g *group) projects() []db.ID {
	if g.key.page.Project != 0 {
		return []db.ID{g.key.page.Project}
	}
	return g.audience.Projects
}

// adopt takes the audience as the Source sees it now, and with it a new pair of
// eyes if need be.
func (g *group) adopt(audience Audience) {
	if !slices.Equal(g.audience.Projects, audience.Projects) {
		g.dirty = true
	}
	g.audience = audience
}

// eyes is the seat whose right the drawing was made by.
func (g *group) eyes() Seat { return Seat{g.audience.Viewer, g.key.page} }

// update is a group's new drawing and the frames that lead to it.
type update struct {
	group   *group
	drawing Drawing
	drawn   bool // anew, so its eyes have to be proven
	gone    bool // the Source draws nothing for these eyes
	eyes    Seat
	date    string
	changed []Region // against the group's last drawing
	step    *frame   // from the last drawing to this one
	full    *frame
}

// frameFor is what brings a page to the drawing, nil when it stands there. A
// page at the last version gets what changed since, any other one everything.
func (u *update) frameFor(p *page) (f *frame, err error) {
	last := u.group.drawing.Version
	switch {
	case !u.needs(p):
		return nil, nil
	case last != "" && p.version == last:
		if u.step == nil {
			u.step, err = newFrame(u.changed, u.drawing.Version)
		}
		return u.step, err
	case u.full == nil:
		u.full, err = newFrame(u.drawing.Regions, u.drawing.Version)
	}
	return u.full, err
}

func (u *update) needs(p *page) bool {
	if u.gone || p.gone {
		return false
	}
	return p.version != u.drawing.Version || len(u.changed) > 0 && p.version == u.group.drawing.Version
}

// localDate is the calendar day in an IANA zone; of an unknown one UTC's.
func (s *state) localDate(now time.Time, zone string) string {
	location, known := s.zones[zone]
	if !known {
		var err error
		if location, err = time.LoadLocation(zone); err != nil {
			location = time.UTC
		}
		s.zones[zone] = location
	}
	return now.In(location).Format(time.DateOnly)
}
