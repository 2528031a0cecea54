package views

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hostile is in every field that people fill in.
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{.}}`

func pageFor(side string) *Page {
	return &Page{
		Words: For("el", "Europe/Athens", noon), Title: "Website " + hostile, Side: side, Theme: "dark", Nav: "projects",
		Me:        Me{ID: "0AbcDefGhIj", Name: "Eleni " + hostile, Email: "eleni@kyma.example", Company: "Kyma " + hostile},
		Workspace: Workspace{Name: "Ormos " + hostile, Address: "Patision 74 " + hostile, Logo: Logo{"/logo.svg", 36, 36}, Brand: "7"},
		Menu:      []Link{{Name: "home", URL: "/portal", Key: "nav.home"}, {Name: "projects", URL: "/portal/projects", Key: "nav.projects", Count: 3}},
		Account:   []Link{{URL: "/portal/account", Key: "account.yours"}},
		Live:      &Live{Socket: "/portal/live?page=project&id=0AbcDefGhIj", Version: `4"<b>`},
		Notice:    &Notice{Kind: "good", Text: "Saved " + hostile},
		Body:      NewProblem(500, "ref "+hostile),
		Regions:   map[string]template.HTML{"log": `<ol id="region-log"><li>one</li></ol>`},
	}
}

// drawn draws a template and reads it back as a browser does.
func drawn(t *testing.T, name string, data any) (string, *html.Node) {
	t.Helper()
	text, err := Draw(name, data)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), root
}

// each visits all elements.
func each(node *html.Node, visit func(element *html.Node, attributes map[string]string)) {
	if node.Type == html.ElementNode {
		attributes := map[string]string{}
		for _, a := range node.Attr {
			attributes[a.Key] = a.Val
		}
		visit(node, attributes)
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		each(child, visit)
	}
}

func element(t *testing.T, root *html.Node, id string) (found *html.Node, attributes map[string]string) {
	t.Helper()
	each(root, func(e *html.Node, a map[string]string) {
		if a["id"] == id {
			if found != nil {
				t.Errorf("#%s is there twice", id)
			}
			found, attributes = e, a
		}
	})
	if found == nil {
		t.Fatalf("there is no #%s", id)
	}
	return found, attributes
}

func words(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var all strings.Builder
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		all.WriteString(words(child))
	}
	return strings.Join(strings.Fields(all.String()), " ")
}

// checkPage holds for every page: what a strict policy asks, and no text that became markup.
func checkPage(t *testing.T, root *html.Node) {
	t.Helper()
	headings := 0
	each(root, func(e *html.Node, attributes map[string]string) {
		switch e.Data {
		case "h1":
			headings++
		case "style":
			t.Error("there is a style element")
		case "script":
			if src := attributes["src"]; !strings.HasPrefix(src, "/static/") || e.FirstChild != nil {
				t.Errorf("there is a script in the page or from elsewhere: %q", src)
			}
			if _, deferred := attributes["defer"]; !deferred {
				t.Errorf("the script %s is not deferred", attributes["src"])
			}
		case "img":
			if attributes["src"] != "/logo.svg" {
				t.Errorf("an image came in from %q", attributes["src"])
			}
		case "form":
			if attributes["action"] == "" && attributes["method"] != "dialog" {
				t.Error("a form has no action")
			}
		}
		for name := range attributes {
			if name == "style" || strings.HasPrefix(name, "on") {
				t.Errorf("<%s> has the attribute %s", e.Data, name)
			}
		}
	})
	if headings != 1 {
		t.Errorf("the page has %d h1", headings)
	}
}

func TestClientPage(t *testing.T) {
	text, root := drawn(t, "errors/problem", pageFor("client"))
	checkPage(t, root)
	each(root, func(e *html.Node, a map[string]string) {
		switch e.Data {
		case "html":
			if a["lang"] != "el" || a["data-theme"] != "dark" {
				t.Errorf("the page is in %q, dressed %q", a["lang"], a["data-theme"])
			}
		case "body":
			if a["class"] != "client" || a["data-me"] != "0AbcDefGhIj" || a["data-zone"] != "Europe/Athens" {
				t.Errorf("the body has %v", a)
			}
		case "title":
			if words(e) != "Website "+hostile+" · Ormos "+hostile {
				t.Errorf("the title is %q", words(e))
			}
		case "button":
			if _, off := a["disabled"]; off {
				t.Error("a button is switched off outside of a preview")
			}
		}
		for _, class := range strings.Fields(a["class"]) {
			if class == "preview" || class == "private" || class == "note" || class == "internal" {
				t.Errorf("a client's page holds .%s", class)
			}
		}
	})
	if _, a := element(t, root, "socket"); a["hx-ws:connect"] != "/portal/live?page=project&id=0AbcDefGhIj" {
		t.Errorf("the socket leads to %q", a["hx-ws:connect"])
	}
	if _, a := element(t, root, "version"); a["value"] != `4"<b>` {
		t.Errorf("the version is %q", a["value"])
	}
	if _, a := element(t, root, "status"); a["data-one"] != "Άλλαξε 1 εργασία" || a["data-many"] != "Άλλαξαν {n} εργασίες" || !strings.Contains(a["data-moved"], "{column}") {
		t.Errorf("the status line says %v", a)
	}
	if e, a := element(t, root, "notice"); a["class"] != "wrap gap" || words(e) != "Saved "+hostile {
		t.Errorf("the notice says %q", words(e))
	}
	element(t, root, "confirm")
	element(t, root, "main")
	if !strings.Contains(text, `<a href="/portal/projects" aria-current="page">Έργα <span class="count">3</span></a>`) {
		t.Error("the menu does not say where the reader is")
	}
	if strings.Contains(text, "Αυτή η πλευρά") || strings.Contains(text, "πλευρά της ομάδας") {
		t.Error("a client's page carries the team's foot")
	}
}

func TestTeamPage(t *testing.T) {
	page := pageFor("team")
	page.Live, page.Notice, page.Theme, page.Workspace.Brand, page.Workspace.Logo = nil, nil, "", "", Logo{}
	page.Words, page.Title, page.Workspace.Name = For("en", "UTC", noon), "Projects", "Ormos Studio"
	text, root := drawn(t, "errors/problem", page)
	checkPage(t, root)
	for _, absent := range []string{"socket", "version", "live", "notice"} {
		if strings.Contains(text, `id="`+absent+`"`) {
			t.Errorf("a page that does not live has #%s", absent)
		}
	}
	for _, wanted := range []string{`<body class="team"`, `<span class="chip">Team</span>`, "<title>Projects · Ormos Studio team</title>",
		"Ormos Studio, team side. Clients never see these pages.", `<html lang="en">`, `name="theme" value="" aria-pressed="true"`, `action="/sign-out"`} {
		if !strings.Contains(text, wanted) {
			t.Errorf("the team's page lacks %s", wanted)
		}
	}
	if strings.Contains(text, "brand.css") || strings.Contains(text, "<img") {
		t.Error("a brand or logo is asked for that is not there")
	}
}

func TestPreviewPage(t *testing.T) {
	page := pageFor("client")
	page.Words, page.Title, page.Workspace.Name = For("en", "Europe/Athens", noon), "Website Redesign", "Ormos Studio"
	page.Preview = &Preview{Name: "Eleni Papadopoulou", Role: "Client manager at Kyma", Ends: stamp{noon.Add(time.Hour)}, Stop: "/preview/stop"}
	text, root := drawn(t, "errors/problem", page)
	checkPage(t, root)
	for _, wanted := range []string{`<body class="client previewed"`, "You are seeing this as Eleni Papadopoulou",
		`Client manager at Kyma. Answering is switched off. Ends by itself at <time datetime="2026-05-14T13:00+03:00">13:00</time>.`,
		`<form method="post" action="/preview/stop" target="_top">`, "Stop viewing", "<title>Preview as Eleni Papadopoulou: Website Redesign · Ormos Studio</title>"} {
		if !strings.Contains(text, wanted) {
			t.Errorf("the preview lacks %s", wanted)
		}
	}
	// What would act as the person of the team is switched off.
	each(root, func(e *html.Node, a map[string]string) {
		if _, off := a["disabled"]; e.Data == "button" && !off && a["class"] != "btn" && a["class"] != "btn main" && a["class"] != "btn quiet" {
			t.Errorf("a button of the menu is switched on: %v", a)
		}
	})
	page.Preview.Ends = nil
	if text, _ := drawn(t, "errors/problem", page); strings.Contains(text, "Ends by itself") {
		t.Error("a preview without an end announces one")
	}
}

func TestDoorPage(t *testing.T) {
	page := pageFor("")
	page.Live = nil
	text, root := drawn(t, "errors/problem", page)
	checkPage(t, root)
	element(t, root, "main")
	if strings.Contains(text, `class="top"`) || strings.Contains(text, "sign-out") || !strings.Contains(text, `class="door"`) {
		t.Error("before signing in there is no menu")
	}
}

func TestLiveMark(t *testing.T) {
	page := pageFor("client")
	_, root := drawn(t, "layout/live", page)
	_, a := element(t, root, "live")
	for _, name := range []string{"data-live", "data-wait", "data-off", "data-again", "data-sees", "data-last"} {
		if a[name] == "" {
			t.Errorf("the mark has no %s", name)
		}
	}
	if _, hidden := a["hidden"]; !hidden {
		t.Error("without a script the mark would claim to be live")
	}
	page.Live = nil
	if text, _ := drawn(t, "layout/live", page); strings.Contains(text, "live") {
		t.Error("a page that does not live claims to")
	}
}
