package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// A project page says how many dates were moved even where it shows only the newest,
// and of a phase without tasks that it is reached rather than not begun.
func TestWordsOfProgress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	leader, moves := w.actor("leader"), 60
	id, err := w.store.AddMilestone(leader, w.project, db.MilestoneForm{Name: "Contract signed", DueOn: "2026-01-01"})
	w.ok(err)
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range moves {
		form := db.MilestoneForm{Name: "Contract signed", DueOn: day.AddDate(0, 0, i+1).Format(time.DateOnly), Version: int64(i + 1)}
		if i == moves-1 {
			form.ReachedOn = "2026-03-02"
		}
		w.ok(w.store.EditMilestone(leader, id, form))
	}
	all := 0
	w.ok(w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		slips, err := g.Slips(w.project, 1000)
		all = len(slips)
		return err
	}))
	page := w.as("eleni").get("/portal/projects/" + w.project.String()).body
	for _, want := range []string{fmt.Sprintf("%d dates were moved", all), "Here are the newest 50.", "<b>Contract signed</b>, reached: No tasks yet.", "<b>Shop ready</b>: The one task is not done yet."} {
		if all < moves || !strings.Contains(page, want) {
			t.Errorf("the page (%d moves) has not %q", all, want)
		}
	}
}
