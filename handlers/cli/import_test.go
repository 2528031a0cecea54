package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallBoard is a Trello export with two lists of one name, an archived card and a comment.
const smallBoard = `{"id":"6a0000000000000000000001","name":"Kiln shop","lists":[
	{"id":"6a00000000000000000000a1","name":"Backlog","pos":1},{"id":"6a00000000000000000000a2","name":"Backlog","pos":2},{"id":"6a00000000000000000000a3","name":"Done","pos":3}],
	"cards":[{"id":"6a00000000000000000000b1","idList":"6a00000000000000000000a1","name":"Order clay","desc":"**80 kg**","pos":1,"email":"secret@boards.example"},
	{"id":"6a00000000000000000000b2","idList":"6a00000000000000000000a2","name":"Παραγγελία πηλού","pos":2},
	{"id":"6a00000000000000000000b3","idList":"6a00000000000000000000a3","name":"Rent the shop","pos":3,"dueComplete":true},
	{"id":"6a00000000000000000000b4","idList":"6a00000000000000000000a1","name":"Old idea","pos":4,"closed":true}],
	"actions":[{"id":"6a00000000000000000000c1","type":"commentCard","date":"2026-05-01T10:00:00.000Z","memberCreator":{"id":"6a00000000000000000000d1","fullName":"Old Hand"},
	"data":{"text":"Try the other seller.","card":{"id":"6a00000000000000000000b1"}}}]}`

func (d *desk) file(name, content string) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d *desk) imported(args ...string) (s summary) {
	d.t.Helper()
	if err := json.Unmarshal([]byte(d.ok(append([]string{"import", "trello", "--json"}, args...)...).out), &s); err != nil {
		d.t.Fatal(err)
	}
	return s
}

func TestImportTwice(t *testing.T) {
	d := newDesk(t)
	file := d.file("board.json", smallBoard)
	dry := d.imported(file, "--dry-run")
	if !dry.DryRun || dry.Counts.Tasks.Created != 3 || !dry.Project.New || dry.Project.ID != "" || strings.Contains(d.rows(), "Order clay") {
		t.Errorf("dry run: %+v", dry)
	}
	first := d.imported(file)
	if first.Counts != dry.Counts || first.Counts.Columns.Created != 4 || first.Counts.Notes.Created != 1 || first.Shown != 0 {
		t.Errorf("first: %+v", first)
	}
	before := d.rows()
	if strings.Contains(before, "boards.example") {
		t.Error("the card's secret mail address was stored")
	}
	again := d.imported(file)
	if after := d.rows(); after != before {
		t.Error("the second import changed something")
	}
	if again.Project.New || again.Project.ID != first.Project.ID || again.Counts.Tasks != (summaryCount{Unchanged: 3}) {
		t.Errorf("second: %+v", again)
	}
	published := d.imported(file, "--publish", "--archived")
	if published.Shown != 3 || published.Counts.Tasks != (summaryCount{Created: 1, Unchanged: 3}) {
		t.Errorf("published: %+v", published)
	}
	if d.rows() == before {
		t.Error("the comparison does not see a change")
	}
	if a := d.ok("import", "trello", file); !strings.Contains(a.out, "\nTasks                    0        0          4\n") {
		t.Errorf("the summary:\n%s", a.out)
	}
}

func TestImportByProject(t *testing.T) {
	d := newDesk(t)
	file := d.file("board.json", smallBoard)
	d.ok("project", "add", "Website", "--company", "Kyma")
	if s := d.imported(file, "--project", "WEBSITE", "--company", "kyma"); s.Project.New || s.Project.Name != "Website" {
		t.Errorf("into a project: %+v", s)
	}
	if s := d.imported(file); s.Project.New || s.Project.Name != "Website" {
		t.Errorf("without a name: %+v", s)
	}
	before := d.rows()
	d.refused(1, "Website belongs to another client", "import", "trello", file, "--project", "Website", "--company", "Other")
	if d.rows() != before {
		t.Error("a refused import changed something")
	}
	if s := d.imported(file, "--project", "Second home"); !s.Project.New || s.Project.Name != "Second home" {
		t.Errorf("into a new project: %+v", s)
	}
	d.refused(1, "choose one with --project", "import", "trello", file)
}

func TestBadFilesChangeNothing(t *testing.T) {
	d := newDesk(t)
	d.ok("project", "add", "Website")
	before := d.rows()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	if _, err := archive.Create("board.json"); err != nil {
		t.Fatal(err)
	}
	archive.Close()
	for says, content := range map[string]string{
		"is empty":         "",
		"is not JSON":      "name;list\nClay;Ideas\n",
		"web page":         "<!doctype html><title>Sign in</title>",
		"compressed":       packed.String(),
		"ends too early":   smallBoard[:len(smallBoard)/2],
		"not a Trello":     `{"name":"Kiln shop"}`,
		"levels deep":      strings.Repeat("[", 100000),
		"comes from Asana": `{"data":[{"gid":"1","name":"Clay"}]}`,
	} {
		d.refused(1, says, "import", "trello", d.file("bad.json", content))
	}
	d.refused(1, "there is no file", "import", "trello", filepath.Join(t.TempDir(), "none.json"))
	d.refused(1, "is a folder", "import", "trello", t.TempDir())
	if d.rows() != before {
		t.Error("a bad file changed something")
	}
}

// A huge file is refused without being read to its end.
func TestHugeFile(t *testing.T) {
	d := newDesk(t)
	path := d.file("huge.json", `{"id":"6a0000000000000000000001","cards":[],"lists":[],"desc":"`)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	block := bytes.Repeat([]byte("x"), 1<<20)
	for range 200 {
		if _, err := file.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	file.Close()
	d.refused(1, "larger than", "import", "trello", path)
	if _, err := os.Stat(d.dir); err == nil {
		t.Error("a refused file made a data folder")
	}
}

// Whatever a file leaves out has its sentence.
func TestLeftIsWorded(t *testing.T) {
	d := newDesk(t)
	board := strings.Replace(smallBoard, `"actions":[`, `"actions":[{"id":"6a00000000000000000000c2","type":"updateCard","data":{}},`, 1)
	s := d.imported(d.file("board.json", board))
	if len(s.Left) != 2 {
		t.Fatalf("left: %+v", s.Left)
	}
	for _, left := range s.Left {
		if !strings.HasPrefix(left.Text, "1 ") || strings.Contains(left.Text, "import.left") {
			t.Errorf("left: %+v", left)
		}
	}
}
