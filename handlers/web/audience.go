package web

import (
	"fmt"

	"vitrine/db"
	"vitrine/handlers/live"
)

// AudienceOf names everyone who sees the same bytes as a viewer who stands there.
func AudienceOf(viewer db.ID, s db.Standing) live.Audience {
	key := fmt.Sprintf("%s|%s|%s|%d|%v|%v|%v|%v", s.Side, s.Language, s.TimeZone, s.Company, s.Replies, s.Asks, s.Bills, s.Projects)
	return live.Audience{Key: key, Viewer: viewer, Language: s.Language, Zone: s.TimeZone, Projects: s.Projects}
}
