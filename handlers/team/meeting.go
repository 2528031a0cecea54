package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// meetingWith is a company or a project with which a meeting can be.
type meetingWith struct {
	ID      db.ID
	Name    string
	Company bool
}

var meetingFields = []string{"with", "title", "day", "clock", "minutes", "url", "place", "version"}

// Meetings are those to come, with the form for another.
func (t *Team) Meetings(c *fiber.Ctx) error {
	return t.meetings(c, fiber.StatusOK, 0, web.FormOf(map[string]string{"minutes": "30", "with": c.Query("with")}))
}

// EditMeeting is the same page with the form of one of them.
func (t *Team) EditMeeting(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var m db.Meeting
	if err := t.look(c, func(s sight) (err error) {
		if m, err = s.Meeting(id); err == nil && !m.May {
			err = db.ErrDenied
		}
		return err
	}); err != nil {
		return err
	}
	at := m.StartsAt.In(t.Words(c).Zone)
	with := m.ProjectID
	if with == 0 {
		with = m.CompanyID
	}
	return t.meetings(c, fiber.StatusOK, id, web.FormOf(map[string]string{"with": with.String(), "title": m.Title, "day": at.Format("2006-01-02"), "clock": at.Format("15:04"),
		"minutes": strconv.Itoa(m.Minutes), "url": m.URL, "place": m.Place, "version": strconv.FormatInt(m.Version, 10)}))
}

func (t *Team) meetings(c *fiber.Ctx, status int, id db.ID, form web.Form) error {
	return t.look(c, func(s sight) error {
		list, err := s.Viewer.Meetings(t.Store.Now())
		if err != nil {
			return err
		}
		projects, err := s.Projects()
		if err != nil {
			return err
		}
		var with []meetingWith
		for _, project := range projects {
			if project.ArchivedAt.IsZero() {
				with = append(with, meetingWith{project.ID, project.Name, false})
			}
		}
		if t.Actor(c).Admins() {
			companies, err := s.Companies()
			if err != nil {
				return err
			}
			for _, company := range companies {
				with = append(with, meetingWith{company.ID, company.Name, true})
			}
		}
		page := t.Page(c, s.T("meeting.title"), "settings", map[string]any{"Meetings": list, "With": with, "Form": form, "ID": id})
		page.Notice = t.notice(c)
		return t.Send(c, status, "team/meetings", page)
	})
}

// SetMeeting adds a meeting or changes one.
func (t *Team) SetMeeting(c *fiber.Ctx) error {
	id := db.ID(0)
	if c.Params("id") != "" {
		var err error
		if id, err = web.ParamID(c, "id"); err != nil {
			return err
		}
	}
	form := web.ReadForm(c, meetingFields...)
	_, err := t.Store.SetMeeting(t.Actor(c), id, db.MeetingForm{With: form.Value("with"), Title: form.Value("title"), Day: form.Value("day"), Clock: form.Value("clock"),
		Minutes: form.Value("minutes"), URL: form.Value("url"), Place: form.Value("place"), Version: number(form.Value("version"))})
	if conflict := conflictOf(err); conflict != nil {
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		form.Mistakes = web.Mistakes{"title": t.Words(c).T("meeting.changed", "title", conflict.Theirs["title"])}
		return t.meetings(c, fiber.StatusConflict, id, form)
	}
	if form.Refused(t.Words(c), err) {
		return t.meetings(c, fiber.StatusUnprocessableEntity, id, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/meetings?said=saved")
}

// DeleteMeeting takes one away.
func (t *Team) DeleteMeeting(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := t.Store.DeleteMeeting(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/meetings?said=saved")
}
