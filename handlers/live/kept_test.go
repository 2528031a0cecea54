package live

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func drawingOf(version string, size int) Drawing {
	return Drawing{version, []Region{{"head", make([]byte, size)}}}
}

func TestKeptDrawsOnce(t *testing.T) {
	kept := NewKept(1 << 20)
	var draws atomic.Int64
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for range 50 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			<-begin
			drawing, err := kept.Drawing(Key{Audience: "a", Version: "1"}, func() (Drawing, error) {
				draws.Add(1)
				return drawingOf("1", 10), nil
			})
			if err != nil || drawing.Version != "1" {
				t.Error(drawing, err)
			}
		}()
	}
	close(begin)
	wait.Wait()
	if draws.Load() != 1 {
		t.Errorf("drawn %d times", draws.Load())
	}
}

// No drawing of another audience, page, version or settings ever comes out.
func TestKeptMixesNothingUp(t *testing.T) {
	kept := NewKept(200_000)
	var keys []Key
	for _, audience := range []string{"a", "b", `a" false "home`} {
		for _, p := range []PageKey{home(), projectPage(garden), projectPage(harbour), board(garden), {false, "task", garden, harbour}} {
			for _, version := range []string{"1", "2"} {
				for _, settings := range []string{"", "s"} {
					keys = append(keys, Key{audience, p, version, settings})
				}
			}
		}
	}
	texts := map[string]bool{}
	var wait sync.WaitGroup
	for round := range 3 {
		for _, key := range keys {
			texts[key.text()] = true
			wait.Add(1)
			go func() {
				defer wait.Done()
				text := fmt.Sprint(key)
				drawing, err := kept.Drawing(key, func() (Drawing, error) {
					return Drawing{key.Version, []Region{{"head", []byte(text)}}}, nil
				})
				if err != nil || string(drawing.Regions[0].HTML) != text {
					t.Errorf("round %d: %v gave %s", round, key, drawing.Regions[0].HTML)
				}
			}()
		}
		wait.Wait()
	}
	if len(texts) != len(keys) {
		t.Errorf("%d keys have %d texts", len(keys), len(texts))
	}
}

func TestKeptIsBounded(t *testing.T) {
	const limit = 100_000
	kept := NewKept(limit)
	draws := 0
	ask := func(i, size int) {
		_, _ = kept.Drawing(Key{Version: fmt.Sprint(i)}, func() (Drawing, error) { draws++; return drawingOf(fmt.Sprint(i), size), nil })
	}
	for i := range 1000 {
		ask(i, 1000)
		ask(0, 1000) // asked for all the time: stays
		if kept.Bytes() > limit {
			t.Fatalf("%d bytes are kept", kept.Bytes())
		}
	}
	if draws != 1000 {
		t.Errorf("%d drawings: what was asked for last did not stay", draws)
	}
	ask(5000, limit*2)
	if kept.Bytes() > limit || kept.Bytes() == 0 {
		t.Errorf("%d bytes are kept", kept.Bytes())
	}
}

// An error, a panic or a drawing of another version is the asker's own.
func TestKeptSharesNoFailure(t *testing.T) {
	kept := NewKept(1 << 20)
	key := Key{Version: "1"}
	failing := errors.New("cut off")
	entered, leave := make(chan struct{}), make(chan struct{})
	first := make(chan error)
	go func() {
		_, err := kept.Drawing(key, func() (Drawing, error) { close(entered); <-leave; return Drawing{}, failing })
		first <- err
	}()
	<-entered
	second := make(chan error)
	go func() {
		drawing, err := kept.Drawing(key, func() (Drawing, error) { return drawingOf("1", 1), nil })
		if drawing.Version != "1" {
			err = errors.New("no drawing")
		}
		second <- err
	}()
	time.Sleep(20 * time.Millisecond) // the second waits for the first by now
	close(leave)
	if err := <-first; !errors.Is(err, failing) {
		t.Error(err)
	}
	if err := <-second; err != nil {
		t.Error(err)
	}
	other := Key{Version: "2"}
	for range 2 {
		drawing, _ := kept.Drawing(other, func() (Drawing, error) { return drawingOf("3", 1), nil })
		if drawing.Version != "3" {
			t.Error("a drawing of another version was kept")
		}
	}
	if _, kept := kept.find(other); kept {
		t.Error("kept under a version that it does not have")
	}
}

func TestStampsDiffer(t *testing.T) {
	stamps := map[string]bool{}
	for _, a := range []Audience{{Key: "a"}, {Key: "b"}, {Key: "a", Zone: "b"}} {
		for _, p := range []PageKey{home(), projectPage(garden)} {
			for _, parts := range [][]any{{}, {1}, {2}, {1, 2}, {12}, {"1 2"}} {
				stamps[Stamp(a, p, parts...)] = true
			}
		}
	}
	if len(stamps) != 36 {
		t.Errorf("%d stamps of 36", len(stamps))
	}
}

func TestFrames(t *testing.T) {
	f, err := newFrame([]Region{{"head", []byte("<p>\xff</p>")}}, `"v`)
	if err != nil {
		t.Fatal(err)
	}
	want := `<hx-partial hx-target="#region-head" hx-swap="outerMorph"><p>` + "\uFFFD" + `</p></hx-partial>` +
		`<hx-partial hx-target="#version" hx-swap="outerMorph"><data id="version" value="&#34;v" hidden></data></hx-partial>`
	if f.size != len(want) {
		t.Errorf("%d bytes of %d", f.size, len(want))
	}
	before := []Region{{"a", []byte("1")}, {"b", []byte("1")}, {"c", []byte("1")}}
	now := []Region{{"a", []byte("1")}, {"c", []byte("1")}, {"b", []byte("2")}, {"d", []byte("1")}}
	changed := changedRegions(before, now)
	if len(changed) != 2 || changed[0].Name != "b" || changed[1].Name != "d" {
		t.Errorf("changed: %v", changed)
	}
}
