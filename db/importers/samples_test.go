package importers

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// samples is the folder of real export files, or "". They belong to others and
// are no part of this repository.
func samples(t *testing.T) string {
	folder := os.Getenv("VITRINE_SAMPLES")
	if folder == "" {
		t.Skip("VITRINE_SAMPLES names no folder of sample files")
	}
	return folder
}

// sampleCounts is what another program counted in a sample.
type sampleCounts struct {
	Board              string
	ListsOpen          int `json:"lists_open"`
	ListsArchived      int `json:"lists_archived"`
	Cards              int
	CardsArchived      int `json:"cards_archived"`
	CardsInArchived    int `json:"cards_open_inside_an_archived_list"`
	Descriptions       int `json:"cards_with_description"`
	Comments           int
	CommentsAnnounced  int `json:"comments_announced_by_card_badges"`
	Members            int
	Assigned           int `json:"card_members_total"`
	Labels             int `json:"labels_top_level"`
	LabelUses          int `json:"label_uses"`
	CheckItems         int `json:"check_items"`
	CheckItemsDone     int `json:"check_items_done"`
	Due, Start         int
	DueComplete        int    `json:"due_complete"`
	Uploads            int    `json:"attachments_uploaded"`
	Links              int    `json:"attachments_links"`
	FieldValues        int    `json:"custom_field_values"`
	FirstCard          string `json:"first_card_created"`
	LastCard           string `json:"last_card_created"`
	OpenCardsInColumns map[string]struct {
		Open     int    `json:"open_cards"`
		Archived int    `json:"archived_cards"`
		First    string `json:"first_open"`
		Last     string `json:"last_open"`
	} `json:"per_list"`
}

func TestTrelloSamples(t *testing.T) {
	folder := samples(t)
	raw, err := os.ReadFile(filepath.Join(folder, "counts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "trello", "*.json"))
	if len(files) == 0 {
		t.Fatal("no Trello samples in ", folder)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var want sampleCounts
			if err := json.Unmarshal(all["trello/"+filepath.Base(path)], &want); err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareSample(t, readTrello(t, string(file)), want)
			compareSecrets(t, readTrello(t, string(file)), file)
		})
	}
}

func compareSample(t *testing.T, p *Plan, want sampleCounts) {
	n := p.Counts()
	same(t, "board", p.Name, want.Board)
	same(t, "columns", []int{n.Columns, n.ColumnsArchived}, []int{want.ListsOpen + want.ListsArchived, want.ListsArchived})
	same(t, "tasks", []int{n.Tasks, n.Archived}, []int{want.Cards, want.CardsArchived + want.CardsInArchived})
	same(t, "checklists", []int{n.ChecklistItems, n.ChecklistItemsDone}, []int{want.CheckItems, want.CheckItemsDone})
	same(t, "comments", []int{n.Comments, n.CommentsSaid}, []int{want.Comments, want.CommentsAnnounced})
	same(t, "attachments", []int{n.Attachments, n.Uploads}, []int{want.Uploads + want.Links, want.Uploads})
	same(t, "labels", n.Labels+p.left(leftLabels), want.Labels)
	same(t, "custom fields", p.left(leftFields), want.FieldValues)
	got, first, last := sampleCounts{}, "9", ""
	for _, person := range p.People {
		if !person.Gone {
			got.Members++
		}
	}
	for i := range p.Tasks {
		task := &p.Tasks[i]
		got.Assigned += len(task.Assignees)
		got.LabelUses += len(task.Labels)
		got.Descriptions += count(task.Description != "")
		got.Due += count(!task.Due.IsZero())
		got.Start += count(!task.Start.IsZero())
		got.DueComplete += count(task.Done)
		created := task.CreatedAt.Format("2006-01-02T15:04:05Z")
		first, last = min(first, created), max(last, created)
	}
	same(t, "members, assigned, label uses, descriptions", []int{got.Members, got.Assigned, got.LabelUses, got.Descriptions},
		[]int{want.Members, want.Assigned, want.LabelUses, want.Descriptions})
	same(t, "due, start, done", []int{got.Due, got.Start, got.DueComplete}, []int{want.Due, want.Start, want.DueComplete})
	same(t, "created", []string{first, last}, []string{want.FirstCard, want.LastCard})
	compareColumns(t, p, want)
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// compareColumns looks at how many tasks each column holds, and which stand
// first and last. Open tasks of an archived list are archived here.
func compareColumns(t *testing.T, p *Plan, want sampleCounts) {
	for name, list := range want.OpenCardsInColumns {
		var id string
		plain, mark, _ := strings.Cut(name, " #") // several lists of one name carry the end of their id
		plain, archived := strings.CutSuffix(plain, " [archived list]")
		for _, c := range p.Columns {
			if c.Name == plain && c.Archived == archived && strings.HasSuffix(c.SourceID, mark) {
				id = c.SourceID
			}
		}
		var titles []string
		all := 0
		for i := range p.Tasks {
			if task := &p.Tasks[i]; task.ColumnSourceID == id {
				same(t, "position in "+name, task.Position, all)
				all++
				if !task.Archived || archived {
					titles = append(titles, task.Title)
				}
			}
		}
		if all != list.Open+list.Archived || !archived && len(titles) != list.Open {
			t.Errorf("%s holds %d tasks, %d of them open; want %+v", name, all, len(titles), list)
		}
		if list.Open > 0 && !archived && (!strings.EqualFold(titles[0], list.First) || titles[len(titles)-1] != list.Last) {
			t.Errorf("%s goes from %q to %q; want %+v", name, titles[0], titles[len(titles)-1], list)
		}
	}
}

// compareSecrets looks for the addresses by which mail becomes cards.
func compareSecrets(t *testing.T, p *Plan, file []byte) {
	var secrets struct{ Cards []struct{ Email string } }
	if err := json.Unmarshal(file, &secrets); err != nil {
		t.Fatal(err)
	}
	plan, _ := json.Marshal(p)
	for _, card := range secrets.Cards {
		if card.Email != "" && strings.Contains(string(plan), card.Email) {
			t.Errorf("a secret address came through: %s", card.Email)
		}
	}
}

func TestSamplesOfOtherToolsAreNamed(t *testing.T) {
	folder := samples(t)
	for pattern, name := range map[string]string{"jira/*.json": "Jira", "asana/*.json": "Asana", "github/*.json": "GitHub", "planka/*.json": "Planka",
		"nextcloud-deck/*.json": "Nextcloud Deck", "vikunja/*.json": "Vikunja"} {
		files, _ := filepath.Glob(filepath.Join(folder, pattern))
		for _, path := range files {
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = ReadTrello(file, nil)
			_ = file.Close()
			var refused *BadFile
			if !errors.As(err, &refused) || refused.Key != badOtherTool || refused.Args[1] != name {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}
