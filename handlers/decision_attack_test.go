package handlers

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// Texts that have nothing in common are the slowest to compare: one page of them takes
// no more than a moment, whoever asks for it how often.
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
	began := time.Now()
	page := w.as("eleni").get("/portal/deliverables/" + w.parts["many"].String() + "?version=2&with=1")
	if page.status != http.StatusOK || !strings.Contains(page.body, "00.txt") || !strings.Contains(page.body, "19.txt") {
		t.Fatal(page.status)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Error("it takes", took)
	}
}
