package handlers

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	protocol "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// chromium is one browser for all tests of a run.
var chromium struct {
	sync.Once
	context context.Context
	cancel  func()
	err     error
}

// chromiumPath is the browser of this machine, "" for none.
func chromiumPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.cancel != nil {
		chromium.cancel()
	}
	os.Exit(code)
}

// tab is a person's own browser window. Its console must stay silent.
type tab struct {
	w      *world
	t      testing.TB
	ctx    context.Context
	mu     sync.Mutex
	spoken []string
}

// browser opens a window in which the person is signed in. Without Chromium the
// test is left out, unless VITRINE_BROWSER=required.
func (w *world) browser(name string, width, height int64, dark bool) *tab {
	w.t.Helper()
	path := chromiumPath()
	if path == "" {
		if os.Getenv("VITRINE_BROWSER") == "required" {
			w.t.Fatal("Chromium is required and is not there")
		}
		w.t.Skip("left out: Chromium is not installed")
	}
	chromium.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
			chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
			chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
		browser, end := chromedp.NewContext(allocator)
		chromium.context, chromium.cancel = browser, func() { end(); cancel() }
		chromium.err = chromedp.Do(browser, chromedp.Navigate("about:blank"))
	})
	w.ok(chromium.err)
	ctx, cancel := chromedp.NewContext(chromium.context, chromedp.WithNewBrowserContext())
	ctx, timeout := context.WithTimeout(ctx, 90*time.Second)
	w.t.Cleanup(func() { timeout(); cancel() })
	b := &tab{w: w, t: w.t, ctx: ctx}
	b.do(chromedp.EmulateViewport(width, height))
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	_, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (any, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
			return nil, err
		}
		if name == "" {
			return nil, nil
		}
		_, err := cdp.Call(ctx, t, protocol.SetCookie, protocol.SetCookieParams{Name: "session", Value: w.as(name).cookies["session"], URL: w.base})
		return nil, err
	})
	w.ok(err)
	go b.listen()
	return b
}

// listen writes down what the page says on its console.
func (b *tab) listen() {
	for message, err := range chromedp.Console(b.ctx) {
		if err != nil {
			return
		}
		b.mu.Lock()
		b.spoken = append(b.spoken, string(message.Type)+": "+message.Text)
		b.mu.Unlock()
	}
}

// silent fails when the page had something to say on its console, except what
// the test expects.
func (b *tab) silent(expected ...string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
lines:
	for _, line := range b.spoken {
		for _, one := range expected {
			if strings.Contains(line, one) {
				continue lines
			}
		}
		b.t.Error("the console says", line)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open loads a page of the world.
func (b *tab) open(path string) { b.t.Helper(); b.do(chromedp.Navigate(b.w.base + path)) }

// eval asks the page for a value.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for an expression to become true, at most ten seconds, and tells
// how long it took.
func (b *tab) until(expression string) time.Duration {
	b.t.Helper()
	begun := time.Now()
	for time.Since(begun) < 10*time.Second {
		// While a page gives way to the next one nothing can be asked.
		if holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && holds {
			return time.Since(begun)
		}
		time.Sleep(15 * time.Millisecond)
	}
	b.t.Fatalf("never true: %s", expression)
	return 0
}

// shot keeps a picture when VITRINE_SHOTS names a folder.
func (b *tab) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("VITRINE_SHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	b.w.ok(err)
	b.w.ok(os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644))
}

// plain fails when the page is wider than its window, or when axe finds something: where
// VITRINE_AXE names its file, axe.min.js of axe-core.
func (b *tab) plain(name string) {
	b.t.Helper()
	if wide := eval[int](b, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		b.t.Errorf("%s is %d too wide: %s", name, wide, eval[string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.tagName + "." + e.className).join(", ")`))
	}
	if os.Getenv("VITRINE_AXE") == "" {
		return
	}
	script, err := os.ReadFile(os.Getenv("VITRINE_AXE"))
	b.w.ok(err)
	eval[bool](b, string(script)+"; true")
	if found := eval[string](b, `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(r => r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")).join("\n"))`); found != "" {
		b.t.Errorf("axe on %s: %s", name, found)
	}
}
