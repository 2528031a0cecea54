package views

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Every template is parsed, and escaped in every place, when the set is loaded.
func TestEveryTemplateIsLoaded(t *testing.T) {
	if err := Load(""); err != nil {
		t.Fatal(err)
	}
	count := 0
	style := regexp.MustCompile(`(?i)\sstyle=|<style|<script|\son[a-z]+=`)
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		count++
		if loaded.Load().engine.Templates.Lookup(strings.TrimSuffix(path, ".html")) == nil {
			t.Errorf("%s is not in the binary: templates stand one folder deep", path)
		}
		text, err := os.ReadFile(path)
		if lines := bytes.Count(text, []byte("\n")); lines > 80 {
			t.Errorf("%s has %d lines", path, lines)
		}
		if inline := style.Find(bytes.ReplaceAll(text, []byte(`<script defer src="{{asset `), nil)); inline != nil && path != "mail/letter.html" {
			t.Errorf("%s has a style or script of its own: %q", path, inline)
		}
		return err
	})
	if err != nil || count < 10 {
		t.Fatalf("%d templates, %v", count, err)
	}
}

func TestTemplatesFromAFolder(t *testing.T) {
	folder := t.TempDir()
	write := func(text string) {
		if err := os.MkdirAll(filepath.Join(folder, "portal"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "portal", "hello.html"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	defer func() {
		if err := Load(""); err != nil {
			t.Fatal(err)
		}
	}()
	write("one {{.}}")
	if err := Load(folder); err != nil {
		t.Fatal(err)
	}
	first, err := Draw("portal/hello", "<b>")
	write("two")
	second, err2 := Draw("portal/hello", nil)
	if string(first) != "one &lt;b&gt;" || string(second) != "two" || err != nil || err2 != nil {
		t.Errorf("drew %q then %q (%v, %v)", first, second, err, err2)
	}
	write("<a href='{{if .}}'>{{end}}")
	if err := Load(folder); err == nil {
		t.Error("a template that cannot be escaped was taken")
	}
	if err := Load(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a folder that is not there was taken")
	}
}

func TestRenderWritesAllOrNothing(t *testing.T) {
	var out bytes.Buffer
	if err := Render(&out, "errors/problem", &Page{Words: For("en", "", noon)}); err == nil || out.Len() > 0 {
		t.Errorf("half a page was written: %v, %d bytes", err, out.Len())
	}
	if err := Render(&out, "no/such", nil); err == nil || out.Len() > 0 {
		t.Errorf("a template that is not there was drawn: %v", err)
	}
}

func TestRenderIsSafeToShare(t *testing.T) {
	loaded.Store(nil) // the first drawings load
	var all sync.WaitGroup
	for _, side := range []string{"team", "client", "", "team", "client", ""} {
		all.Go(func() {
			for range 20 {
				var out bytes.Buffer
				if err := Render(&out, "errors/problem", pageFor(side)); err != nil || !strings.HasSuffix(strings.TrimSpace(out.String()), "</html>") {
					t.Errorf("drawing for %q: %v", side, err)
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkPage(b *testing.B) {
	page := pageFor("client")
	for b.Loop() {
		if _, err := Draw("errors/problem", page); err != nil {
			b.Fatal(err)
		}
	}
}
