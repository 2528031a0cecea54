package views

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"testing"
)

// join puts a shell together again, as handlers do.
func join(parts [][]byte, names []string, regions map[string]string) string {
	var page bytes.Buffer
	for i, part := range parts {
		page.Write(part)
		if i < len(names) {
			page.WriteString(regions[names[i]])
		}
	}
	return page.String()
}

func TestKeptShellIsThePage(t *testing.T) {
	page := pageFor("client")
	page.Live = &Live{Socket: "/portal/live", Version: "7"}
	whole, err := Draw("errors/problem", page)
	if err != nil {
		t.Fatal(err)
	}
	page.Keep = true
	shell, err := Draw("errors/problem", page)
	if err != nil {
		t.Fatal(err)
	}
	parts, names := SplitShell(shell)
	if !slices.Equal(names, []string{"version"}) || len(parts) != 2 {
		t.Fatalf("the shell has the marks %q", names)
	}
	if got := join(parts, names, map[string]string{"version": string(VersionElement("7"))}); got != string(whole) {
		t.Error("the shell and its version do not make the page")
	}
}

func TestSplitShell(t *testing.T) {
	keeping := &Page{Keep: true, Live: &Live{}}
	shell := "<main>" + string(keeping.Region("head")) + string(keeping.Region("log")) + "</main>" + string(keeping.Version())
	parts, names := SplitShell([]byte(shell))
	if !slices.Equal(names, []string{"head", "log", "version"}) || len(parts) != 4 {
		t.Fatalf("%d parts, marks %q", len(parts), names)
	}
	if got := join(parts, names, map[string]string{"head": "H", "log": "L", "version": "V"}); got != "<main>HL</main>V" {
		t.Errorf("joined %q", got)
	}
	for _, plain := range []string{"", "<main></main>", "\x00", "\x00region log \x00", "region AAAA log"} {
		parts, names := SplitShell([]byte(plain))
		if len(names) != 0 || len(parts) != 1 || string(parts[0]) != plain {
			t.Errorf("%q was taken apart: %q, %q", plain, parts, names)
		}
	}
	if cut, names := SplitShell([]byte("a" + string(markStart) + "log")); len(cut) != 2 || !slices.Equal(names, []string{"log"}) {
		t.Errorf("a cut mark gives %q, %q", cut, names)
	}
}

// Even somebody who knew the mark could not write it: in a page their zero byte is another sign.
func TestNobodyCanWriteAMark(t *testing.T) {
	forged := string(markStart) + "log" + string(markEnd)
	page := pageFor("client")
	page.Keep, page.Live = true, nil
	page.Title, page.Me.Name, page.Workspace.Address, page.Notice.Text = forged, forged, forged, forged
	problem := NewProblem(500, forged)
	problem.Sentence = forged
	page.Body = problem
	shell, err := Draw("errors/problem", page)
	if err != nil {
		t.Fatal(err)
	}
	if _, names := SplitShell(shell); len(names) != 0 {
		t.Errorf("text made the marks %q", names)
	}
	for _, html := range []template.HTML{Markdown(forged), Markdown("`" + forged + "`"), Markdown("[" + forged + "](" + forged + ")"), Anchor("/"+forged, forged)} {
		if _, names := SplitShell([]byte(html)); len(names) != 0 {
			t.Errorf("%q made a mark", html)
		}
	}
	if strings.Contains(string(For("en", "", noon).H("preview.as", "name", forged)), string(markStart)) {
		t.Error("a sentence carries a mark")
	}
}

func TestRegions(t *testing.T) {
	page := &Page{Regions: map[string]template.HTML{"log": "<ol></ol>"}}
	if page.Region("log") != "<ol></ol>" || page.Region("other") != "" || page.Version() != "" {
		t.Error("regions do not come out as they were given")
	}
}
