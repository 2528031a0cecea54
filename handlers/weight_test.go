package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// loaded are the files that a page makes a browser load: styles, scripts, icons, pictures.
var loaded = regexp.MustCompile(`(?:<link rel="(?:stylesheet|icon|manifest)" [^>]*href|<script [^>]*src|<img [^>]*src|<use [^>]*href)="([^"#]+)`)

// TestFirstView: what a browser loads to show a client a project of 60 tasks for the
// first time is at most 70 KB, compressed, all together.
func TestFirstView(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 57 {
		w.task(fmt.Sprint("more ", i), w.project, fmt.Sprintf("One more of the tasks that a project has, number %d", i), []string{"todo", "doing", "done"}[i%3], "shown")
	}
	packed := func(path string) answer {
		a := w.as("eleni").send(http.MethodGet, path, nil, "Accept-Encoding", "br, gzip")
		if a.status != http.StatusOK || a.header.Get("Content-Encoding") == "" && len(a.body) > 1000 && strings.HasPrefix(a.header.Get("Content-Type"), "text/") {
			t.Errorf("%s answers %d and is not packed", path, a.status)
		}
		return a
	}
	page := "/portal/projects/" + w.project.String()
	all, sizes := len(packed(page).body), map[string]int{}
	for _, link := range loaded.FindAllStringSubmatch(w.as("eleni").get(page).body, -1) {
		if _, known := sizes[link[1]]; !known {
			sizes[link[1]] = len(packed(link[1]).body)
			all += sizes[link[1]]
		}
	}
	for _, form := range []string{"br", "gzip"} { // each has a tag of its own, and is not sent again
		first := w.as("eleni").send(http.MethodGet, page, nil, "Accept-Encoding", form)
		tag := first.header.Get("ETag")
		if again := w.as("eleni").send(http.MethodGet, page, nil, "Accept-Encoding", form, "If-None-Match", tag); first.header.Get("Content-Encoding") != form || !strings.HasSuffix(tag, form+`"`) || again.status != http.StatusNotModified || again.body != "" {
			t.Errorf("%s with tag %s as %q, then %d", form, tag, first.header.Get("Content-Encoding"), again.status)
		}
	}
	if plain := w.as("eleni").send(http.MethodGet, page, nil, "Accept-Encoding", "br;q=0"); !strings.HasPrefix(plain.body, "<!doctype html>") || plain.header.Get("Content-Encoding") != "" {
		t.Error("who takes no brotli got it")
	}
	if len(sizes) < 10 {
		t.Error("only so many files were found:", sizes)
	}
	if all > 70_000 {
		t.Errorf("the first view weighs %d bytes: %v", all, sizes)
	} else {
		t.Logf("%d bytes in %d files", all, len(sizes)+1)
	}
}
