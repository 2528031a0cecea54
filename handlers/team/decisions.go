package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// Decisions is what the clients of a project are asked, and are handed over, live.
func (t *Team) Decisions(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.live(c, live.PageKey{Team: true, Kind: asksPage, Project: id, Noun: id}, "team/decisions", func(s sight) (content, error) {
		return s.decisionsBody(id, web.Form{})
	})
}

func (s sight) decisionsBody(id db.ID, refused web.Form) (content, error) {
	h, err := s.head(id, "decisions")
	if err != nil {
		return content{}, err
	}
	add, err := s.deliverableAdd(id, refused)
	return content{h.Project.Name, struct {
		head
		Add deliverableAdd
	}{h, add}}, err
}

func (s sight) decisionsRegions(project db.Project) ([]live.Region, error) {
	list, err := s.Viewer.Deliverables(project.ID)
	if err != nil {
		return nil, err
	}
	return s.drawAll(
		drawing{"title", map[string]any{"Title": project.Name}},
		drawing{"deliverables", map[string]any{"W": s.Words, "List": list}})
}
