package handlers

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vitrine/db"
)

func (b *tab) click(selector string) {
	b.t.Helper()
	b.until(`document.querySelector('` + selector + `')?.checkVisibility()`)
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// The whole way of a deliverable, from both sides, on open pages: a file goes up, the
// version goes out and appears, its file is opened, changes are asked for and appear
// with the team; the next version comes while somebody is about to answer, and is not
// put in the place of what they look at; they look, and approve.
func TestDeliverableFromBothSides(t *testing.T) {
	w := newWorld(t)
	path := "/deliverables/" + w.parts["draft deliverable"].String()
	w.ok(w.store.EditDeliverable(w.actor("owner"), w.parts["draft deliverable"], db.DeliverableForm{Name: "Shop sign", Description: "For the street.", Version: 1}))
	gone, err := w.store.PrepareVersion(w.actor("owner"), w.parts["draft deliverable"])
	w.ok(err)
	w.beside("DELETE FROM file WHERE version_id = " + strconv.FormatInt(int64(gone), 10))
	team, client := w.browser("leader", 1300, 1000, false), w.browser("eleni", 1100, 900, false)
	client.live("/portal/projects/" + w.project.String())
	team.live(path)

	file := filepath.Join(t.TempDir(), "sign.txt")
	w.ok(os.WriteFile(file, []byte("Bowls\nPlates\n"), 0o600))
	team.do(chromedp.SetUploadFiles(chromedp.CSS("#version-file"), []string{file}))
	team.until(`[...document.querySelectorAll("#version-files .files a")].some(a => a.textContent === "sign.txt")`)
	team.do(chromedp.SendKeys(chromedp.CSS("#version-note"), "Two lines."))
	eval[bool](team, `(document.querySelector("#deliver [name=deciders][value='`+w.people["eleni"].ID.String()+`']").checked = true, document.querySelector("#deliver [name=must_open]").checked = true)`)
	team.until(`document.querySelector("#deliver .send").textContent === "Deliver version 1 to Papadopoulos Ceramics"`)
	team.click("#deliver .send")
	team.until(`document.querySelector("#version-1 .chip.call")`)

	client.until(`document.querySelector("#region-deliverables").textContent.includes("Shop sign")`)
	eval[bool](client, `([...document.querySelectorAll("#region-deliverables h3 a")].find(a => a.textContent === "Shop sign").click(), true)`)
	client.until(`document.querySelector("#region-ask[data-edition='1'][data-open='1']") && document.querySelector("#live:not([hidden])")`)
	if eval[bool](client, `!!document.querySelector("[popovertarget=approve]:not(dialog *)")`) {
		t.Error("what was not opened can be approved")
	}
	eval[bool](client, `(document.querySelector("#opened form").target = "_blank", true)`) // a download would stay on the page
	client.click("#opened form button")
	client.until(`document.querySelector("#opened [popovertarget=approve]") && document.querySelector("#opened .chip.done")`)
	team.until(`document.querySelector("#version-1").textContent.includes("Eleni Papadopoulou")`)

	client.click(`details.fold:has(#changes) > summary`)
	client.do(chromedp.SendKeys(chromedp.CSS("#changes"), "Larger letters, please."))
	client.click(`button[value=changes]`)
	client.until(`document.querySelector("#region-ask[data-open='0'] .chip.late")`)
	team.until(`document.querySelector("#version-1").textContent.includes("Larger letters, please.") && document.querySelector("#region-deliverable").textContent.includes("Shop sign, version 1")`)

	for _, content := range []string{"Bowls\nCups\n", "Bowls\nJugs\n"} { // versions 2 and 3, the third while the second is looked at
		team.live(path)
		team.click(`#prepare button`)
		team.until(`document.querySelector("#version-file")`)
		w.ok(os.WriteFile(file, []byte(content), 0o600))
		team.do(chromedp.SetUploadFiles(chromedp.CSS("#version-file"), []string{file}))
		team.until(`[...document.querySelectorAll("#version-files .files a")].some(a => a.textContent === "sign.txt")`)
		eval[bool](team, `(document.querySelector("#deliver [name=deciders][value='`+w.people["eleni"].ID.String()+`']").checked = true)`)
		team.click("#deliver .send")
		if strings.Contains(content, "Cups") {
			client.until(`document.querySelector("#region-ask[data-edition='2']")`)
			client.live("/portal" + path)
			client.click(`details.fold:has(#changes) > summary`)
			client.do(chromedp.SendKeys(chromedp.CSS("#changes"), "Almost there"))
		}
	}
	client.until(`document.querySelector("#region-ask[data-edition='3']")`)
	client.until(`!document.querySelector("button[value=changes]").checkVisibility() && !document.querySelector("[popovertarget=approve]").checkVisibility()`)
	if told := eval[string](client, `document.querySelector("#shown-version .tell.bad:not([hidden]) span")?.textContent`); told != "This is now version 3. Look at it before you answer." {
		t.Errorf("the page says %q", told)
	}
	if eval[string](client, `document.querySelector("#changes").value + document.querySelector("#version-title").textContent`) != "Almost thereVersion 2" {
		t.Error("what was on screen was swapped")
	}
	client.shot("stale")
	// The form is sent all the same: refused, and the words are kept.
	eval[bool](client, `(document.querySelector("button[value=changes]").click(), true)`)
	client.until(`document.body.textContent.includes("This is version 2, version 3 is here. Look at it before you answer.")`)
	if eval[string](client, `document.querySelector("#changes").value + document.querySelector("#version-title").textContent`) != "Almost thereVersion 3" {
		t.Error("the words are lost, or it is another version")
	}
	client.live("/portal" + path)
	client.click(`#opened [popovertarget=approve]`)
	client.do(chromedp.SendKeys(chromedp.CSS("#approve-comment"), "Good."))
	client.click(`#approve button[value=approve]`)
	client.until(`document.querySelector("#region-ask .chip.done")`)
	team.until(`document.querySelector("#version-3 .chip.done") && document.querySelector("#version-3 a[href^='/signoffs/']") && document.querySelector("#version-2").textContent.includes("Replaced by version 3")`)
	team.silent("Autofocus processing was blocked")
	client.silent("409")
}
