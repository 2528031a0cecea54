package handlers

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/db"
	"vitrine/views/pdf/layer"
)

// print is the page on paper, as a PDF file of the browser.
func (b *tab) print(name string) []byte {
	b.t.Helper()
	file, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		css := true
		printed, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &css, PaperWidth: 8.27, PaperHeight: 11.69})
		return printed.Data, err
	})
	b.w.ok(err)
	if folder := os.Getenv("VITRINE_SHOTS"); folder != "" {
		b.w.ok(os.WriteFile(filepath.Join(folder, name+".pdf"), file, 0o644))
	}
	return file
}

// scriptless takes the scripts away from every page that is opened from now on.
func (b *tab) scriptless() {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (any, error) {
		return cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	})
	b.w.ok(err)
}

// TestProjectOnPaperAndWithoutScripts: a client whose browser runs no scripts reads the
// project, follows its links, replies and comes back; and the page on paper, from a dark
// screen too, says what it is about, also what is folded, and nothing of what is hidden.
func TestProjectOnPaperAndWithoutScripts(t *testing.T) {
	w := newWorld(t)
	b := w.browser("eleni", 1440, 900, true)
	b.scriptless()
	project, task := "/portal/projects/"+w.project.String(), "/portal/tasks/"+w.tasks["gallery"].String()
	b.open(project)
	if eval[bool](b, `matchMedia("(scripting: enabled)").matches`) {
		t.Fatal("the browser runs scripts")
	}
	said := []string{"Website Redesign", "1 of 4", "1 of 4 tasks is done.", "Which colour shall the buttons have?", "The gallery goes well.", "Shop ready",
		"Product page gallery", "Shipping rules", "Search", "Product page design", "Dimitra Kosta", "Katerina posted an update"}
	text := flat(eval[string](b, "document.body.innerText"))
	for _, one := range said {
		if !strings.Contains(text, one) {
			t.Errorf("without scripts the page does not say %q: %s", one, text)
		}
	}
	if eval[bool](b, `[...document.querySelectorAll(".live")].some(e => e.checkVisibility())`) {
		t.Error("a page without scripts calls itself live")
	}
	b.shot("scriptless")
	b.do(chromedp.Click(chromedp.CSS(`#task-` + w.tasks["gallery"].String() + ` a`)))
	b.until(`location.pathname == "` + task + `"`)
	b.do(chromedp.SendKeys(chromedp.CSS("#body"), "Written without any script."), chromedp.Click(chromedp.CSS("#reply-box .btn.main")))
	b.until(`document.querySelector("#region-thread")?.textContent.includes("Written without any script.")`)
	b.do(chromedp.Click(chromedp.CSS(`.crumbs a[href="` + project + `"]`)))
	b.until(`location.pathname == "` + project + `" && document.querySelector("#region-log").textContent.includes("Eleni Papadopoulou replied")`)

	paper := flat(layer.Printed(b.print("project")))
	for _, one := range append(said, "Phase by phase", "Decided before: 1", "Which colour shall the front page have?", "Waiting for you", "Timeline", "Planned end", "19 Dec") {
		if !strings.Contains(paper, one) {
			t.Errorf("the paper does not say %q: %s", one, paper)
		}
	}
	for _, one := range []string{"CNRY", "Home", "Help", "All updates", "Propose a change"} {
		if strings.Contains(paper, one) {
			t.Errorf("the paper says %q: %s", one, paper)
		}
	}
	w.ok(w.store.SetProfile(w.actor("eleni"), db.Profile{Name: "Eleni Papadopoulou", Language: "el", TimeZone: "Europe/Athens"}))
	b.open(project)
	for _, one := range []string{"Πρόοδος", "Ολοκληρώθηκε 1 από τις 4 εργασίες.", "Περιμένουν εσάς", "Χρονοδιάγραμμα"} {
		if paper := flat(layer.Printed(b.print("project-el"))); !strings.Contains(paper, one) {
			t.Errorf("the Greek paper does not say %q: %s", one, paper)
		}
	}
	b.silent("Autofocus processing was blocked") // the answer to a reply names the place to read on
}

// flat is a text with one blank wherever there are some.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }
