package team

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	protocol "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

type tab struct {
	t    testing.TB
	ctx  context.Context
	base string
}

func (w *world) serve() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.ok(err)
	go w.app.Listener(l)
	w.t.Cleanup(func() { w.app.Shutdown() })
	return "http://" + l.Addr().String()
}

func (w *world) browser(base, name string, width, height int64, dark bool) *tab {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	ctx, timeout := context.WithTimeout(ctx, 120*time.Second)
	w.t.Cleanup(func() { timeout(); end(); cancel() })
	b := &tab{w.t, ctx, base}
	b.do(chromedp.Navigate("about:blank"), chromedp.EmulateViewport(width, height))
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	_, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (any, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
			return nil, err
		}
		_, err := cdp.Call(ctx, t, protocol.SetCookie, protocol.SetCookieParams{Name: "as", Value: name, URL: base})
		return nil, err
	})
	w.ok(err)
	go func() {
		for message, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			fmt.Println("CONSOLE", string(message.Type), message.Text)
		}
	}()
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func (b *tab) shot(name string) {
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	os.WriteFile(filepath.Join(os.Getenv("SHOTS"), name+".png"), picture, 0o644)
}

func TestLook(t *testing.T) {
	if os.Getenv("SHOTS") == "" {
		t.Skip()
	}
	w := newWorld(t)
	base := w.serve()
	names := []string{"projects", "board", "list", "list-private", "log", "members", "settings", "publish", "publish-all", "task", "edit", "private-task", "import"}
	for _, dress := range []struct {
		name          string
		who           string
		width, height int64
		dark          bool
	}{{"wide-light", "leader", 1440, 900, false}, {"wide-dark", "leader", 1440, 900, true}, {"narrow-light", "leader", 360, 740, false}, {"narrow-el", "member", 360, 740, true}} {
		b := w.browser(base, dress.who, dress.width, dress.height, dress.dark)
		for i, path := range pages(w) {
			if only := os.Getenv("ONLY"); only != "" && only != names[i] {
				continue
			}
			b.do(chromedp.Navigate(base + path))
			if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > int(dress.width) {
				t.Errorf("%s %s is %d wide: %s", names[i], dress.name, wide, eval[string](b, `[...document.querySelectorAll("main *")].filter(e=>e.getBoundingClientRect().right>innerWidth+1).slice(0,4).map(e=>e.tagName+"."+e.className+"#"+e.id).join(" ")`))
			}
			b.shot(names[i] + "-" + dress.name)
		}
	}
}
