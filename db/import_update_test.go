package db

import (
	"fmt"
	"strings"
	"testing"
)

func TestImportTwiceChangesNothing(t *testing.T) {
	s := newShop(t)
	first := s.take(kiln(), ImportOptions{Archived: true})
	before := digest(t, s.Store)
	again := s.take(kiln(), ImportOptions{Archived: true})
	if after := digest(t, s.Store); after != before {
		t.Error("the second import changed the database")
	}
	if again.Project != first.Project || again.NewProject || again.Tasks != (Tally{Unchanged: 5}) || again.Notes != (Tally{Unchanged: 2}) ||
		again.Links != (Tally{Unchanged: 1}) || again.Columns != (Tally{Unchanged: 4}) || again.Labels != (Tally{Unchanged: 1}) {
		t.Errorf("the second import says %+v", again)
	}
}

func TestImportFollowsTheSourceAndKeepsWhatChangedHere(t *testing.T) {
	s := newShop(t)
	b := kiln()
	project := s.take(b, ImportOptions{}).Project
	clay, rack := s.task(project, "Order clay"), s.task(project, "Build the rack")
	form := formOf(clay)
	form.ClientTitle, form.Title = "Clay", "Order clay and glaze"
	if err := s.EditTask(s.katerina, clay.ID, form); err != nil {
		t.Fatal(err)
	}
	if _, err := s.MoveTask(s.katerina, rack.ID, Done, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.ShowTasks(s.katerina, project, []ID{rack.ID}); err != nil {
		t.Fatal(err)
	}
	s.client(project)
	b.cards[0]["due"], b.cards[0]["idList"] = "2026-07-01T00:00:00.000Z", b.lists[1]["id"]
	b.cards[1]["name"] = "Build two racks"
	b.comment(b.cards[0], 50, "Maria Lenti", "Paid.")
	before := s.versions(project)
	done := s.take(b, ImportOptions{})
	if done.Tasks != (Tally{Updated: 2, Unchanged: 1}) || done.Notes != (Tally{Created: 1, Unchanged: 2}) {
		t.Errorf("the update says %+v", done)
	}
	clay = s.task(project, "Order clay and glaze")
	if clay.ClientTitle != "Clay" || clay.DueOn != "2026-07-01" || clay.Kind != Doing || !clay.Private || clay.Notes != 3 {
		t.Errorf("task: %+v", clay)
	}
	if rack = s.task(project, "Build two racks"); rack.Kind != Done || rack.Private {
		t.Errorf("the move made here was undone: %+v", rack)
	}
	if seen := s.seen(project); len(seen) != 1 || seen[0].Title != "Build two racks" {
		t.Errorf("the client sees %v", seen)
	}
	if now := s.versions(project); now[0] != before[0]+1 || now[1] != before[1]+1 {
		t.Errorf("versions went from %v to %v", before, now)
	}
}

func TestImportKeepsTextsWrittenHere(t *testing.T) {
	s := newShop(t)
	b := kiln()
	project := s.take(b, ImportOptions{}).Project
	clay := s.task(project, "Order clay")
	form := formOf(clay)
	form.Internal = "Our own words"
	if err := s.EditTask(s.katerina, clay.ID, form); err != nil {
		t.Fatal(err)
	}
	b.cards[0]["desc"] = "Red clay"
	done := s.take(b, ImportOptions{})
	if got := s.task(project, "Order clay").Internal; got != "Our own words" {
		t.Errorf("the text is now %q", got)
	}
	if !strings.Contains(fmt.Sprint(done.Left), "{edited 1 Order clay}") {
		t.Errorf("left: %v", done.Left)
	}
}
