package db

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// boardOrder is a project's board as the team sees it: the titles of each column.
func (w *world) boardOrder(who, project string) map[string][]string {
	w.t.Helper()
	order := map[string][]string{}
	w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
		tasks, err := v.Tasks(w.id(project))
		for _, task := range tasks {
			order[task.Kind] = append(order[task.Kind], task.Title)
		}
		return err
	}))
	return order
}

// glassOrder is the same as a client sees it.
func (w *world) glassOrder(who, project string) map[string][]string {
	w.t.Helper()
	order := map[string][]string{}
	w.must(w.Glass(w.id(who), func(g *Glass) error {
		tasks, err := g.Tasks(w.id(project))
		for _, task := range tasks {
			order[task.Kind] = append(order[task.Kind], task.Title)
		}
		return err
	}))
	return order
}

// pile adds tasks to the brand project, every third of them private.
func (w *world) pile(count int) (titles []string) {
	for i := range count {
		title := fmt.Sprintf("task %02d", i)
		w.task("brand", "tess", title, Todo, []string{"shown", "shown", "private"}[i%3])
		titles = append(titles, title)
	}
	return titles
}

func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == item })
}

// Random moves against lists in memory, which have no positions that could run out.
func TestMovesAgainstAModel(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	kinds := []string{Todo, Doing, Done}
	titles := w.pile(24)
	model := map[string][]string{Todo: append([]string{"poster"}, titles...)}
	random := rand.New(rand.NewPCG(1, 2))
	tess := w.actor("tess")
	for step := range 500 {
		kind := kinds[random.IntN(3)]
		title := titles[random.IntN(len(titles))]
		if step > 250 && step < 330 { // always in between the same two: the room runs out
			kind, title = Doing, titles[step%6]
		}
		for column, list := range model {
			model[column] = without(list, title)
		}
		before, at := "", len(model[kind])
		if len(model[kind]) > 0 && (random.IntN(4) > 0 || step > 250 && step < 330) {
			at = random.IntN(len(model[kind]))
			if step > 250 && step < 330 {
				at = min(1, len(model[kind])-1)
			}
			before = model[kind][at]
		}
		model[kind] = slices.Insert(model[kind], at, title)
		if _, err := w.MoveTask(tess, w.id(title), kind, w.ids[before]); err != nil {
			t.Fatal(err)
		}
		if step%10 == 0 || step > 480 {
			got := w.boardOrder("tess", "brand")
			for _, kind := range kinds {
				if !slices.Equal(got[kind], model[kind]) {
					t.Fatalf("step %d, %s:\n got %v\nwant %v", step, kind, got[kind], model[kind])
				}
			}
			seen := w.glassOrder("bea", "brand")
			for _, kind := range []string{Todo, Doing} {
				if want := shownOnly(w, model[kind]); !slices.Equal(seen[kind], want) {
					t.Fatalf("step %d, %s on the client's page:\n got %v\nwant %v", step, kind, seen[kind], want)
				}
			}
			if len(seen[Done]) != len(shownOnly(w, model[Done])) {
				t.Fatalf("step %d: done on the client's page: %v", step, seen[Done])
			}
		}
	}
	if twice := w.rows("SELECT 1 FROM task WHERE project_id = ? GROUP BY column_id, position HAVING count(*) > 1", w.id("brand")); len(twice) > 0 {
		t.Error("tasks stand at the same position")
	}
}

func shownOnly(w *world, titles []string) []string {
	return slices.DeleteFunc(slices.Clone(titles), w.private)
}

func (w *world) private(title string) bool {
	return w.rows("SELECT private FROM task WHERE id = ?", w.id(title))[0] == "1"
}

// Where there is no room between two tasks the column is numbered anew.
func TestRoomRunsOut(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	titles := w.pile(40)
	tess := w.actor("tess")
	want := []string{"poster"}
	for _, title := range titles[:len(titles)-1] { // each one before the last: the room halves every time
		if _, err := w.MoveTask(tess, w.id(title), Doing, 0); err != nil {
			t.Fatal(err)
		}
	}
	last := titles[len(titles)-2]
	order := []string{last}
	for _, title := range titles[:len(titles)-2] {
		if _, err := w.MoveTask(tess, w.id(title), Doing, w.id(last)); err != nil {
			t.Fatal(err)
		}
		order = slices.Insert(order, len(order)-1, title)
	}
	got := w.boardOrder("tess", "brand")
	if !slices.Equal(got[Doing], order) {
		t.Errorf("got %v\nwant %v", got[Doing], order)
	}
	if want = append(want, titles[len(titles)-1]); !slices.Equal(got[Todo], want) {
		t.Errorf("got %v\nwant %v", got[Todo], want)
	}
	if gaps := w.rows("SELECT 1 FROM task t JOIN task o ON o.column_id = t.column_id AND o.id <> t.id AND o.position = t.position WHERE t.project_id = ?", w.id("brand")); len(gaps) > 0 {
		t.Error("tasks stand at the same position")
	}
}

func TestManyMoveAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	titles := w.pile(12)
	tess, olivia := w.actor("tess"), w.actor("olivia")
	var wait sync.WaitGroup
	for worker := range 16 {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(uint64(worker), 7))
			for range 12 {
				by := []Actor{tess, olivia}[random.IntN(2)]
				before := w.id(titles[random.IntN(len(titles))])
				if _, err := w.MoveTask(by, w.id(titles[random.IntN(len(titles))]), []string{Todo, Doing, Done}[random.IntN(3)], before); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	team, client := w.boardOrder("tess", "brand"), w.glassOrder("bea", "brand")
	total := 0
	for kind, order := range team {
		total += len(order)
		shown := slices.DeleteFunc(slices.Clone(order), w.private)
		if kind == Done {
			slices.Sort(shown)
			slices.Sort(client[kind])
		}
		if !slices.Equal(shown, client[kind]) {
			t.Errorf("%s: the team sees %v, the client %v", kind, shown, client[kind])
		}
	}
	if total != len(titles)+1 {
		t.Errorf("%d tasks of %d are left", total, len(titles)+1)
	}
	if wrong := w.rows("SELECT t.title FROM task t JOIN board_column c ON c.id = t.column_id WHERE (c.kind = 'done') <> (t.done_at IS NOT NULL)"); len(wrong) > 0 {
		t.Error("done and not stamped, or stamped and not done: ", wrong)
	}
}

// Two people move the same card: the last move wins, on both boards.
func TestLastMoveWins(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, mark := w.actor("lea"), w.actor("mark")
	for _, move := range []struct {
		by     Actor
		column string
	}{{lea, Done}, {mark, Review}, {lea, Todo}, {mark, w.id("site.doing").String()}} {
		column, err := w.MoveTask(move.by, w.id("form"), move.column, 0)
		w.must(err)
		for _, board := range []map[string][]string{w.boardOrder("lea", "site"), w.glassOrder("eleni", "site")} {
			title := "form"
			if !slices.Contains(board[column.Kind], title) {
				title = "Contact page"
			}
			if list := board[column.Kind]; len(list) == 0 || !slices.Contains(list, title) {
				t.Errorf("after the move to %s the board is %v", column.Kind, board)
			}
		}
	}
}

// Put before itself a card stays; put before one that has left, it goes to the end.
func TestMoveBeforeOneself(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	tess := w.actor("tess")
	titles := w.pile(4)
	want := append([]string{"poster"}, titles...)
	if _, err := w.MoveTask(tess, w.id(titles[1]), Todo, w.id(titles[1])); err != nil {
		t.Fatal(err)
	}
	if got := w.boardOrder("tess", "brand")[Todo]; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	w.must(just(w.MoveTask(tess, w.id(titles[3]), Doing, 0)))
	w.must(just(w.MoveTask(tess, w.id("poster"), Todo, w.id(titles[3]))))
	if got, want := w.boardOrder("tess", "brand")[Todo], append(titles[:3:3], "poster"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := w.MoveTask(tess, w.id("poster"), Doing, w.id("poster")); err != nil {
		t.Error(err)
	}
}
