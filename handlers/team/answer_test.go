package team

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// answer is what came back, with its page taken apart.
type answer struct {
	t      testing.TB
	status int
	body   string
	header http.Header
	page   *html.Node
}

func (w *world) do(name string, request *http.Request, htmx bool) answer {
	w.t.Helper()
	request.Header.Set("X-As", name)
	if htmx {
		request.Header.Set("HX-Request", "true")
	}
	response, err := w.app.Test(request, -1)
	w.ok(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	w.ok(err)
	page, err := html.Parse(bytes.NewReader(text))
	w.ok(err)
	if strings.Contains(string(text), "⟦") {
		w.t.Errorf("%s %s shows a sentence that is in no catalogue", request.Method, request.URL)
	}
	return answer{w.t, response.StatusCode, string(text), response.Header, page}
}

func (w *world) get(name, path string) answer {
	w.t.Helper()
	return w.do(name, httptest.NewRequest(http.MethodGet, path, nil), false)
}

func (w *world) form(path string, pairs []string) *http.Request {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return request
}

func (w *world) post(name, path string, pairs ...string) answer {
	w.t.Helper()
	return w.do(name, w.form(path, pairs), false)
}

// htmx posts as the page's script does.
func (w *world) htmx(name, path string, pairs ...string) answer {
	w.t.Helper()
	return w.do(name, w.form(path, pairs), true)
}

// upload sends a file with other fields.
func (w *world) upload(name string, file []byte, pairs ...string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		w.ok(form.WriteField(pairs[i], pairs[i+1]))
	}
	if file != nil {
		part, err := form.CreateFormFile("file", "board.json")
		w.ok(err)
		_, err = part.Write(file)
		w.ok(err)
	}
	w.ok(form.Close())
	request := httptest.NewRequest(http.MethodPost, "/import", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return w.do(name, request, false)
}

// is fails unless the answer has the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d instead of %d: %s", a.status, status, a.text())
	}
	return a
}

// leads fails unless the answer is 303 to the path.
func (a answer) leads(path string) {
	a.t.Helper()
	if a.is(http.StatusSeeOther); a.header.Get("Location") != path {
		a.t.Errorf("leads to %s instead of %s", a.header.Get("Location"), path)
	}
}

// walk visits every element.
func walk(node *html.Node, visit func(*html.Node)) {
	if node.Type == html.ElementNode {
		visit(node)
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		walk(child, visit)
	}
}

func attr(node *html.Node, name string) string {
	for _, one := range node.Attr {
		if one.Key == name {
			return one.Val
		}
	}
	return ""
}

// find are the elements of a tag with an attribute of a value; "*" is any value.
func find(node *html.Node, tag, name, value string) []*html.Node {
	var found []*html.Node
	walk(node, func(n *html.Node) {
		if n.Data != tag && tag != "" {
			return
		}
		for _, one := range n.Attr {
			if one.Key == name && (value == "*" || one.Val == value || name == "class" && strings.Contains(" "+one.Val+" ", " "+value+" ")) {
				found = append(found, n)
			}
		}
	})
	return found
}

// id is the element with an id; it must be there once.
func (a answer) id(id string) *html.Node {
	a.t.Helper()
	found := find(a.page, "", "id", id)
	if len(found) != 1 {
		a.t.Fatalf("%d elements have the id %s", len(found), id)
	}
	return found[0]
}

func (a answer) has(id string) bool { return len(find(a.page, "", "id", id)) > 0 }

func textOf(node *html.Node) string {
	var text strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data + " ")
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			read(child)
		}
	}
	read(node)
	return strings.Join(strings.Fields(text.String()), " ")
}

func (a answer) text() string { return textOf(a.page) }

// value is what a field of the form at an address holds.
func value(form *html.Node, name string) string {
	if inputs := find(form, "input", "name", name); len(inputs) > 0 {
		return attr(inputs[0], "value")
	}
	if texts := find(form, "textarea", "name", name); len(texts) > 0 {
		return textOf(texts[0])
	}
	return ""
}

// form is the one that posts to an address; a list's search asks the same address.
func (a answer) form(action string) *html.Node {
	a.t.Helper()
	for _, form := range find(a.page, "form", "action", action) {
		if attr(form, "method") == "post" {
			return form
		}
	}
	a.t.Fatalf("no form posts to %s", action)
	return nil
}
