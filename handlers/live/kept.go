package live

import (
	"container/list"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Key names a kept drawing. Version is the Drawing's own, with the local date
// and everything else its bytes depend on; Settings is the workspace's version
// of what no page's version counts.
type Key struct {
	Audience string
	Page     PageKey
	Version  string
	Settings string
}

// Kept keeps drawings, so that a region is drawn once for each audience and
// version, whoever asks first: a page or the hub. It is bounded by bytes; what
// was not asked for longest goes first.
type Kept struct {
	limit  int
	flight singleflight.Group

	mu    sync.Mutex
	bytes int
	order *list.List // of *keptDrawing, the last asked for in front
	held  map[Key]*list.Element
}

type keptDrawing struct {
	key     Key
	drawing Drawing
	bytes   int
}

// NewKept keeps at most limit bytes.
func NewKept(limit int) *Kept {
	return &Kept{limit: limit, order: list.New(), held: map[Key]*list.Element{}}
}

// Drawing answers the kept drawing of the key or draws it, once for all who ask
// for it meanwhile. draw must use a snapshot in which the page stands at
// key.Version: a drawing of another version is answered, but neither kept nor
// shared. An error is the asker's own, so that nobody fails because another's
// request was cut off.
func (k *Kept) Drawing(key Key, draw func() (Drawing, error)) (Drawing, error) {
	if drawing, ok := k.find(key); ok {
		return drawing, nil
	}
	mine := false
	value, err, _ := k.flight.Do(key.text(), func() (any, error) {
		mine = true
		if drawing, ok := k.find(key); ok {
			return drawing, nil
		}
		drawing, err := draw()
		if err == nil && drawing.Version == key.Version {
			k.hold(key, drawing)
		}
		return drawing, err
	})
	drawing, _ := value.(Drawing)
	if !mine && (err != nil || drawing.Version != key.Version) {
		return draw()
	}
	return drawing, err
}

// Bytes says how much is kept, at most the limit.
func (k *Kept) Bytes() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.bytes
}

func (k *Kept) find(key Key) (Drawing, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	element, ok := k.held[key]
	if !ok {
		return Drawing{}, false
	}
	k.order.MoveToFront(element)
	return element.Value.(*keptDrawing).drawing, true
}

func (k *Kept) hold(key Key, drawing Drawing) {
	entry := &keptDrawing{key, drawing, keptBytes(key, drawing)}
	if entry.bytes > k.limit {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.held[key]; ok {
		return
	}
	k.held[key] = k.order.PushFront(entry)
	k.bytes += entry.bytes
	for k.bytes > k.limit {
		oldest := k.order.Remove(k.order.Back()).(*keptDrawing)
		delete(k.held, oldest.key)
		k.bytes -= oldest.bytes
	}
}

// keptOverhead is roughly what map, list and slices take for one drawing and
// for one region.
const keptOverhead, regionOverhead = 320, 40

func keptBytes(key Key, drawing Drawing) int {
	size := keptOverhead + len(key.Audience) + len(key.Version) + len(key.Settings)
	for _, region := range drawing.Regions {
		size += regionOverhead + cap(region.HTML)
	}
	return size
}

func (k Key) text() string {
	return fmt.Sprintf("%q %v %q %d %d %q %q", k.Audience, k.Page.Team, k.Page.Kind, int64(k.Page.Project), int64(k.Page.Noun), k.Version, k.Settings)
}
