package views

import (
	"strings"
	"testing"
)

func TestEveryProblemHasItsWords(t *testing.T) {
	for _, status := range []int{400, 403, 404, 405, 409, 410, 413, 421, 422, 429, 431, 500, 502, 503, 507} {
		for _, language := range Languages {
			page := pageFor("")
			page.Words, page.Body = For(language.Code, "", noon), NewProblem(status, "")
			text, _ := drawn(t, "errors/problem", page)
			if strings.Contains(text, "⟦") {
				t.Errorf("%d in %s lacks words", status, language.Code)
			}
		}
	}
	page := pageFor("client")
	page.Words, page.Body = For("en", "", noon), NewProblem(404, "")
	if text, _ := drawn(t, "errors/problem", page); !strings.Contains(text, `<p class="measure">This page does not exist, or it is not shared with you.</p>`) {
		t.Error("404 has other words than DESIGN-UI.md")
	}
	problem := PreviewProblem()
	problem.Sentence = "One more " + hostile
	page.Body = problem
	if text, _ := drawn(t, "errors/problem", page); !strings.Contains(text, "Answering is switched off") || !strings.Contains(text, "One more &lt;script&gt;") {
		t.Error("a preview's refusal has other words")
	}
}
