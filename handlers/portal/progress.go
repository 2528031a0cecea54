package portal

import (
	"html/template"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// slipsShown is how many moved dates a page tells of.
const slipsShown = 50

// progress draws how far a project is, and when the rest may be done.
func (s sight) progress(project db.ClientProject, milestones []db.ClientMilestone, p db.ClientProgress) (live.Region, error) {
	data := map[string]any{"W": s.Words, "Progress": p, "Meter": meterOf(p), "Phases": milestones}
	today := db.Date(s.Today())
	forecast, err := s.Forecast(project.ID, today, s.Zone, p.Total-p.Done)
	if err != nil {
		return live.Region{}, err
	}
	if forecast.Known() && !project.Archived {
		data["Forecast"] = &forecast
		if ends := endOf(project, milestones); ends != "" {
			data["Ends"], data["Holds"] = ends, holds(forecast, ends)
		}
	}
	return s.region("progress", data)
}

// endOf is the day on which all is to be done: the project's, or that of the last phase
// that is not yet reached.
func endOf(project db.ClientProject, milestones []db.ClientMilestone) db.Date {
	ends := project.EndsOn
	if ends == "" {
		for _, m := range milestones {
			if m.ReachedOn == "" {
				ends = max(ends, m.DueOn)
			}
		}
	}
	return ends
}

// holds says how the planned end stands to a forecast: it "holds" by it, lies "within"
// it, or comes "early".
func holds(f db.Forecast, ends db.Date) string {
	switch {
	case f.Safe <= ends:
		return "holds"
	case f.Likely <= ends:
		return "within"
	}
	return "early"
}

// slip is a moved date; What names what it belongs to, with a link where there is a page.
type slip struct {
	db.Slip
	What template.HTML
}

// Nearer is by how many days the date came nearer.
func (s slip) Nearer() int { return -s.Days() }

// course draws the timeline, and which dates were moved.
func (s sight) course(project db.ClientProject, milestones []db.ClientMilestone) (live.Region, error) {
	all, err := s.Slips(project.ID, web.PlanSlips)
	if err != nil {
		return live.Region{}, err
	}
	moved := all[:min(len(all), slipsShown)]
	slips := make([]slip, len(moved))
	for i, m := range moved {
		what := template.HTML(template.HTMLEscapeString(m.Name))
		switch {
		case m.Name == "":
			what = template.HTML(template.HTMLEscapeString(s.Words.T("slip.project")))
		case m.TaskID != 0:
			what = views.Anchor("/portal/tasks/"+m.TaskID.String(), m.Name)
		}
		slips[i] = slip{m, what}
	}
	return s.region("timeline", map[string]any{"W": s.Words, "All": timelineURL(project.ID), "Timeline": s.timeline(project, milestones, all), "Milestones": milestones, "Slips": slips})
}
