package portal

import (
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// MeetingFile is a meeting for a calendar program (RFC 5545).
func (p *Portal) MeetingFile(c *fiber.Ctx) error {
	id, err := db.ParseID(strings.TrimSuffix(c.Params("file"), ".ics"))
	if err != nil || !strings.HasSuffix(c.Params("file"), ".ics") {
		return db.ErrNotFound
	}
	return p.look(c, func(s sight) error {
		meeting, err := s.Meeting(id)
		if err != nil {
			return err
		}
		calendar := ics.NewCalendarFor(s.space.Name)
		calendar.SetMethod(ics.MethodPublish)
		event := calendar.AddEvent("meeting-" + meeting.ID.String() + "@" + hostOf(c))
		event.SetDtStampTime(s.now.UTC())
		event.SetStartAt(meeting.StartsAt.UTC())
		event.SetEndAt(meeting.Ends().UTC())
		event.SetSummary(meeting.Title)
		if meeting.Place != "" {
			event.SetLocation(meeting.Place)
		}
		if meeting.URL != "" {
			event.SetURL(meeting.URL)
		}
		c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+strconv.Itoa(meeting.StartsAt.Year())+meeting.StartsAt.UTC().Format("-01-02")+`.ics"`)
		return c.SendString(calendar.Serialize(ics.WithNewLineWindows))
	})
}

// hostOf is the host that the reader asked, which makes the event's id their own.
func hostOf(c *fiber.Ctx) string { return c.Hostname() }
