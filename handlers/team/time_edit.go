package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/hours"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// timeEdit is the form of an entry, with what it said before.
type timeEdit struct {
	Entry     db.TimeEntry
	Bookables []db.Bookable
	Form      web.Form
	History   []db.TimeEntryVersion
	Theirs    map[string]string
}

// EditTimeForm shows an entry to whoever sees it; its form to whoever may change it.
func (t *Team) EditTimeForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.timeStill(c, id, fiber.StatusOK, nil, nil)
}

func (t *Team) timeStill(c *fiber.Ctx, id db.ID, status int, sent *web.Form, conflict *db.Conflict) error {
	return t.stillAt(c, "time", status, "team/time_edit", func(s sight) (content, []live.Region, error) {
		e, err := s.Viewer.TimeEntry(id)
		if err != nil {
			return content{}, nil, err
		}
		page := timeEdit{Entry: e, Form: web.FormOf(map[string]string{"on": onOf(e), "day": string(e.Day), "minutes": hours.Clock(e.Minutes), "billable": hours.Clock(e.Billable), "remark": e.Remark, "wording": e.Wording, "version": strconv.FormatInt(e.Version, 10)})}
		if page.Bookables, err = s.Viewer.Bookables(); err != nil {
			return content{}, nil, err
		}
		if page.History, err = s.TimeEntryHistory(id); err != nil {
			return content{}, nil, err
		}
		if sent != nil {
			page.Form = *sent
		}
		if conflict != nil {
			page.Theirs = conflict.Theirs
			page.Form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		}
		return content{s.T("time.edit"), page}, nil, nil
	})
}

// onOf names what an entry is booked on, as forms do.
func onOf(e db.TimeEntry) string {
	if e.ServiceID != 0 {
		return "s" + e.ServiceID.String()
	}
	return "p" + e.ProjectID.String()
}

// EditTime takes that form.
func (t *Team) EditTime(c *fiber.Ctx) error {
	id, e, err := t.entryOf(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, timeFields...)
	sent := timeForm(form)
	if sent.Task == "" && e.TaskID != 0 && sameProject(sent, e) {
		sent.Task = e.TaskID.String()
	}
	err = t.Store.EditTime(t.Actor(c), id, sent)
	if conflict := conflictOf(err); conflict != nil {
		return t.timeStill(c, id, fiber.StatusConflict, &form, conflict)
	}
	if form.Refused(t.Words(c), err) {
		return t.timeStill(c, id, fiber.StatusUnprocessableEntity, &form, nil)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/time?said=saved&week="+form.Value("day"))
}

// sameProject says that an entry stays where its task is.
func sameProject(sent db.TimeForm, e db.TimeEntry) bool {
	return sent.Service != "" && sent.Service == e.ServiceID.String() || sent.Service == "" && sent.Project == e.ProjectID.String()
}

// DeleteTime takes an entry back.
func (t *Team) DeleteTime(c *fiber.Ctx) error {
	id, e, err := t.entryOf(c)
	if err != nil {
		return err
	}
	if err := t.Store.DeleteTime(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/time?week="+string(e.Day))
}

// entryOf is the entry of an address.
func (t *Team) entryOf(c *fiber.Ctx) (id db.ID, e db.TimeEntry, err error) {
	if id, err = web.ParamID(c, "id"); err != nil {
		return 0, e, err
	}
	err = t.look(c, func(s sight) (err error) { e, err = s.Viewer.TimeEntry(id); return err })
	return id, e, err
}
