package handlers

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// Texts that have nothing in common are the slowest to compare: one page compares four
// pairs of the longest, whoever asks for it how often, and says of the others why not.
func TestComparingIsBounded(t *testing.T) {
	w := newWorld(t)
	w.parts["many"] = w.deliverable(w.project, "Many texts", "")
	dice := rand.New(rand.NewPCG(1, 2))
	for range 2 {
		for file := range db.MaxFiles {
			var text strings.Builder
			for range 4990 {
				fmt.Fprintln(&text, dice.IntN(3000))
			}
			w.versionFile("many", fmt.Sprintf("%02d.txt", file), text.String())
		}
		w.deliver("many", "eleni", db.DeliverForm{Note: strings.Repeat("x\n", 9000) + fmt.Sprint(dice.IntN(9))})
	}
	page := w.as("eleni").get("/portal/deliverables/" + w.parts["many"].String() + "?version=2&with=1")
	if page.status != http.StatusOK || !strings.Contains(page.body, "00.txt") || !strings.Contains(page.body, "19.txt") {
		t.Fatal(page.status)
	}
	if left := strings.Count(page.body, "too long to be compared"); left != db.MaxFiles-4 {
		t.Errorf("%d are left out", left)
	}
}
