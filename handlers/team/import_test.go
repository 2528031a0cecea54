package team

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/db"
)

// boardFile is a small board as Trello exports it.
const boardFile = `{"id":"5f0000000000000000000001","name":"Shop board","desc":"","closed":false,"prefs":{},"actions":[
 {"id":"5f00000000000000000000a1","type":"commentCard","date":"2026-05-01T10:00:00.000Z","data":{"text":"Said among us","card":{"id":"5f00000000000000000000c1"}},"memberCreator":{"id":"5f00000000000000000000m1","fullName":"Tilda Trello"}}],
"lists":[{"id":"5f00000000000000000000l1","name":"Ideas","pos":1,"closed":false},{"id":"5f00000000000000000000l2","name":"In progress","pos":2,"closed":false},{"id":"5f00000000000000000000l3","name":"Done","pos":3,"closed":false}],
"cards":[{"id":"5f00000000000000000000c1","name":"Glaze photos","desc":"Inner words","idList":"5f00000000000000000000l1","pos":1,"closed":false},
 {"id":"5f00000000000000000000c2","name":"Old card","desc":"","idList":"5f00000000000000000000l2","pos":1,"closed":true},
 {"id":"5f00000000000000000000c3","name":"Launched","desc":"","idList":"5f00000000000000000000l3","pos":1,"closed":false}],
"labels":[],"members":[],"checklists":[]}`

func TestImport(t *testing.T) {
	w := newWorld(t)
	w.get("leader", "/import").is(http.StatusOK)
	sent := w.upload("leader", []byte(boardFile), "company", "Papadopoulos Ceramics").is(http.StatusSeeOther)
	path := sent.header.Get("Location")
	preview := w.get("leader", path).is(http.StatusOK)
	for _, word := range []string{"Shop board", "Glaze photos", "3 tasks", "1 of them archived and left out", "1 comment, as a note", "Everything arrives private."} {
		if !strings.Contains(preview.text(), word) {
			t.Errorf("the preview lacks %q: %s", word, preview.text())
		}
	}
	files, err := filepath.Glob(filepath.Join(w.store.Dir(), "tmp", "*"))
	w.ok(err)
	if len(files) != 1 {
		t.Fatalf("%d files are kept", len(files))
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read the file:", info.Mode(), err)
	}
	list := w.get("leader", "/projects").text()
	if strings.Contains(list, "Shop board") {
		t.Error("looking has imported it")
	}
	for _, other := range []string{"maria", "owner"} {
		w.get(other, path).is(http.StatusNotFound)
		w.post(other, path).is(http.StatusNotFound)
	}
	w.post("leader", path, "kind-0", "purple").is(http.StatusUnprocessableEntity)
	w.post("leader", path, "kind-0", "review", "kind-1", "doing", "kind-2", "done").leads(path)
	report := w.get("leader", path).is(http.StatusOK)
	link := find(report.page, "a", "class", "main")
	if len(link) != 1 || !strings.Contains(report.text(), "The client sees nothing of it yet.") {
		t.Fatal("the report says", report.text())
	}
	if files, _ := filepath.Glob(filepath.Join(w.store.Dir(), "tmp", "*")); len(files) != 0 {
		t.Error("the file is still there")
	}
	board := w.get("leader", attr(link[0], "href")).is(http.StatusOK)
	cards := find(board.page, "li", "class", "card")
	if len(cards) != 2 || attr(cards[0], "data-kind") != "review" || !strings.Contains(attr(cards[0], "class"), "private") || !strings.Contains(textOf(cards[0]), "1 note") {
		t.Error("the board has", textOf(board.page))
	}
	w.post("leader", path).leads(path)
	if again := w.get("leader", "/projects").text(); strings.Count(again, "Shop board") != 1 {
		t.Error("a second press imported it twice")
	}
	w.get("leader", path+"/progress").leads(path)
}

// TestImportAgain updates what is there.
func TestImportAgain(t *testing.T) {
	w := newWorld(t)
	for round := range 2 {
		path := w.upload("leader", []byte(boardFile)).is(http.StatusSeeOther).header.Get("Location")
		if updates := strings.Contains(w.get("leader", path).text(), "was imported before"); updates != (round == 1) {
			t.Errorf("round %d: the preview says updated: %v", round, updates)
		}
		w.post("leader", path).leads(path)
	}
	if list := w.get("leader", "/projects").text(); strings.Count(list, "Shop board") != 1 {
		t.Error("the board is there twice")
	}
}

func TestBadFiles(t *testing.T) {
	w := newWorld(t)
	before := w.store.Generation()
	for name, file := range map[string]string{"empty": "", "text": "hello", "cut": boardFile[:600], "web page": "<!doctype html>", "zip": "PK\x03\x04", "other": `[1,2]`,
		"deep": strings.Repeat("[", 100), "not a board": `{"a":1}`, "bytes": "{\"name\":\"\xff\xfe\"}"} {
		page := w.upload("leader", []byte(file), "name", "Kept").is(http.StatusUnprocessableEntity)
		if sentence := textOf(page.id("file-error")); len(sentence) < 15 || strings.Contains(sentence, "import.") || value(page.form("/import"), "name") != "Kept" {
			t.Errorf("%s: %q", name, sentence)
		}
	}
	w.upload("leader", nil).is(http.StatusUnprocessableEntity).id("file-error")
	w.upload("leader", []byte(boardFile), "project", w.other.String()).is(http.StatusUnprocessableEntity).id("project-error")
	w.upload("leader", []byte(boardFile), "project", "x").is(http.StatusUnprocessableEntity).id("project-error")
	w.upload("leader", []byte(boardFile), "name", strings.Repeat("n", 300)).is(http.StatusUnprocessableEntity).id("name-error")
	if files, _ := filepath.Glob(filepath.Join(w.store.Dir(), "tmp", "*")); len(files) != 0 {
		t.Errorf("refused files are kept: %q", files)
	}
	if w.store.Generation() != before {
		t.Error("something was written")
	}
	w.get("leader", "/import/"+strings.Repeat("a", 26)).is(http.StatusNotFound)
}

// TestUploadsAreFew: who sends one file after the other fills no disk.
func TestUploadsAreFew(t *testing.T) {
	w := newWorld(t)
	first := w.upload("leader", []byte(boardFile)).header.Get("Location")
	for range uploadsEach {
		w.upload("leader", []byte(boardFile)).is(http.StatusSeeOther)
	}
	if files, _ := filepath.Glob(filepath.Join(w.store.Dir(), "tmp", "*")); len(files) != uploadsEach {
		t.Errorf("%d files are kept", len(files))
	}
	w.get("leader", first).is(http.StatusNotFound)
}

// TestLargeBoard imports the largest board of the samples' size class and looks
// at its pages.
func TestLargeBoard(t *testing.T) {
	w := newWorld(t)
	var cards strings.Builder
	for i := range 600 {
		if i > 0 {
			cards.WriteString(",")
		}
		cards.WriteString(`{"id":"6f` + strings.Repeat("0", 17) + itoa(10000+i) + `","name":"Card ` + itoa(i) + `","desc":"` + strings.Repeat("words ", 200) + `","idList":"5f00000000000000000000l` + itoa(1+i%3) + `","pos":` + itoa(i) + `,"closed":false}`)
	}
	file := strings.Replace(boardFile, `"cards":[`, `"cards":[`+cards.String()+",", 1)
	path := w.upload("leader", []byte(file)).is(http.StatusSeeOther).header.Get("Location")
	w.post("leader", path).leads(path)
	one, err := w.team.uploads.find(strings.TrimPrefix(path, "/import/"), w.people["leader"].ID, now)
	w.ok(err)
	<-one.finished
	if one.err != nil || one.most < 600 || one.tasks != one.most {
		t.Fatalf("%d of %d tasks, %v", one.tasks, one.most, one.err)
	}
	board := "/projects/" + one.result.Project.String()
	page := w.get("leader", board).is(http.StatusOK)
	if cards := find(page.page, "li", "class", "card"); len(cards) != 2*laneCards+doneCards {
		t.Errorf("the board shows %d cards", len(cards))
	}
	list := w.get("leader", board+"/list").is(http.StatusOK)
	if len(listed(list)) != listRows || len(listed(w.get("leader", board+"/list?page=4"))) != 2 {
		t.Error("the list's pages are not whole")
	}
	var private int
	w.look("leader", func(v *db.Viewer) error {
		tasks, err := v.Tasks(one.result.Project)
		for _, task := range tasks {
			if task.Private {
				private++
			}
		}
		return err
	})
	if private != 602 {
		t.Errorf("%d tasks are private", private)
	}
}
