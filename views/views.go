// Package views draws: pages, fragments and mails from the templates in its
// folders, and every word in them in the reader's language. It never queries and
// never reads the clock.
package views

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gofiber/template/html/v2"
)

// A glob also takes names that begin with "_", which a bare folder would skip
// in silence, and folders that come later need no change here.
//
//go:embed */*.html mail/*.txt locale/*.toml
var embedded embed.FS

// templates is one parsed set. A folder means: parse again at every drawing, so
// that a changed template shows without a rebuild.
type templates struct {
	folder string
	engine *html.Engine
}

var (
	loaded  atomic.Pointer[templates]
	loading sync.Mutex
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
)

// Load parses every template: those in the binary, or, when a folder is given,
// that folder's, anew at each drawing. Without a call the first drawing loads
// from the folder in VITRINE_VIEWS, else from the binary.
func Load(folder string) error {
	if set := loaded.Load(); set != nil && folder == "" && set.folder == "" {
		return nil // the binary's own do not change
	}
	engine, err := parse(folder)
	if err != nil {
		return err
	}
	loaded.Store(&templates{folder, engine})
	return nil
}

// Render draws a template by its path without ending ("portal/home") into w.
// Nothing is written when drawing fails. Safe for any number of goroutines.
func Render(w io.Writer, name string, data any) error {
	page := buffers.Get().(*bytes.Buffer)
	page.Reset()
	defer buffers.Put(page)
	if err := draw(page, name, data); err != nil {
		return err
	}
	_, err := w.Write(page.Bytes())
	return err
}

// Draw is Render into fresh bytes, for what is kept: regions and shells.
func Draw(name string, data any) ([]byte, error) {
	var region bytes.Buffer
	err := draw(&region, name, data)
	return region.Bytes(), err
}

func draw(page *bytes.Buffer, name string, data any) error {
	engine, err := current()
	if err != nil {
		return err
	}
	if err := engine.Templates.ExecuteTemplate(page, name, data); err != nil {
		return fmt.Errorf("drawing %s: %w", name, err)
	}
	return nil
}

func current() (*html.Engine, error) {
	if set := loaded.Load(); set != nil {
		if set.folder == "" {
			return set.engine, nil
		}
		return parse(set.folder)
	}
	loading.Lock()
	defer loading.Unlock()
	if loaded.Load() == nil {
		if err := Load(os.Getenv("VITRINE_VIEWS")); err != nil {
			return nil, err
		}
	}
	return loaded.Load().engine, nil
}

// parse uses the engine for loading and naming only. Drawing goes straight to the
// set: the engine's own Render rewrites a shared function at every call, and reads
// a template's state while another goroutine's first drawing still escapes it.
func parse(folder string) (*html.Engine, error) {
	engine := html.NewFileSystem(http.FS(embedded), ".html")
	if folder != "" {
		engine = html.New(folder, ".html")
	}
	engine.AddFuncMap(functions)
	if err := engine.Load(); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	// Escaping happens at a template's first execution. Done here, a template that
	// cannot be escaped stops the start and not a request. It is done to one that
	// calls all others, because each escaping walks all that were escaped before.
	var calls strings.Builder
	for _, one := range engine.Templates.Templates() {
		if one.Tree != nil {
			fmt.Fprintf(&calls, "{{template %q}}", one.Name())
		}
	}
	every, err := engine.Templates.New("every template").Parse(calls.String())
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	var wrong *template.Error
	if err := every.Execute(io.Discard, nil); errors.As(err, &wrong) {
		return nil, fmt.Errorf("templates: %w", err)
	}
	return engine, nil
}
