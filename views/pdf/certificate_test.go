package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/views"
	"vitrine/views/pdf/layer"
)

// certificate is a long one, with all that people write.
func certificate() views.Certificate {
	fact := func(name, text string) views.CertificateFact { return views.CertificateFact{Name: name, Text: text} }
	c := views.Certificate{ID: "0AbcDefGhIj", Language: "el", Workspace: "Όρμος 🚀", Question: "Ποιο χρώμα; 🎉 (\\ή όχι)", Says: "Επιλογή «Μπλε».",
		At:      time.Date(2026, 5, 20, 15, 2, 3, 0, time.UTC),
		Warning: "Η εγγραφή άλλαξε.",
		Parts: []views.CertificatePart{
			{Title: "Τι ρωτήθηκε", Facts: []views.CertificateFact{fact("Πλαίσιο", strings.Repeat("Η θάλασσα (και \\ ό,τι άλλο).\n", 700)), fact(strings.Repeat("όνομα ", 20), "x"), fact("Σχόλιο", strings.Repeat("ω", 5000)), fact("", "")}},
			{Title: "Οι επιλογές", Note: "Τέλος."}}}
	for range 30 {
		c.Parts[1].Entries = append(c.Parts[1].Entries, views.CertificateEntry{Title: strings.Repeat("Επιλογή ", 30), Marks: []views.CertificateMark{{Text: "Επιλέχθηκε", Done: true}}, Facts: []views.CertificateFact{fact("Κόστος", "+620,00 €")}, Text: "- Πρώτο\n- Δεύτερο ✅"})
	}
	return c
}

func draw(t *testing.T, c views.Certificate) []byte {
	t.Helper()
	file, err := Certificate(views.For("el", "Europe/Athens", time.Now()), c)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCertificateHoldsItsText(t *testing.T) {
	file := draw(t, certificate())
	text, err := layer.Text(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Βεβαίωση υπογραφής  ·  Όρμος [rocket]", "Ποιο χρώμα; [party popper] (\\ή όχι)", "Η εγγραφή άλλαξε.", "Επιλογή «Μπλε».", "+620,00 €", "- Δεύτερο [check mark button]", "Επιλέχθηκε", "Τέλος.", "Εγγραφή 0AbcDefGhIj", "Σελίδα 1 από "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the file", want)
		}
	}
	if got := strings.Count(text, "Η θάλασσα (και \\ ό,τι άλλο)."); got != 700 {
		t.Errorf("%d of 700 lines are there", got)
	}
	if got := strings.Count(text, "ω"); got < 5000 {
		t.Errorf("%d of 5000 letters of a long word are there", got)
	}
	for _, want := range []string{"/Lang (el)", "/CreationDate (D:20260520150203", "/ModDate (D:20260520150203", "/Outlines"} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("the file has no %s", want)
		}
	}
	if len(file) > 200<<10 {
		t.Errorf("the file has %d bytes: are the fonts whole?", len(file))
	}
}

// What other programs find in it, where one is installed.
func TestOthersReadIt(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("left out: pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "certificate.pdf")
	if err := os.WriteFile(path, draw(t, certificate()), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(tool, path, "-").CombinedOutput()
	for _, want := range []string{"Ποιο χρώμα; [party popper]", "+620,00 €", "Η θάλασσα"} {
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%q is not found in it (%v)", want, err)
		}
	}
}

func TestTheSameGivesTheSameBytes(t *testing.T) {
	c := certificate()
	first := draw(t, c)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 2 {
				if again, err := Certificate(views.For("el", "Europe/Athens", time.Now().AddDate(1, 0, 0)), c); err != nil || !bytes.Equal(again, first) {
					t.Errorf("other bytes for the same certificate (%v)", err)
				}
			}
		})
	}
	all.Wait()
	c.Says += " "
	if c.Says = "Επιλογή «Κόκκινο»."; bytes.Equal(draw(t, c), first) {
		t.Error("the same bytes for another certificate")
	}
	c.At = time.Time{}
	if file := draw(t, c); !bytes.Equal(draw(t, c), file) {
		t.Error("without a moment the file tells when it was drawn")
	}
}

func BenchmarkCertificate(b *testing.B) {
	w, c := views.For("el", "Europe/Athens", time.Now()), certificate()
	for b.Loop() {
		if _, err := Certificate(w, c); err != nil {
			b.Fatal(err)
		}
	}
}
