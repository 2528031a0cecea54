package live

import (
	"errors"
	"fmt"
	"html"
	"maps"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// browser is an open page: the regions as they are on screen.
type browser struct {
	t     testing.TB
	house *house
	seat  Seat
	conn  *websocket.Conn

	mu      sync.Mutex
	regions map[string]string
	version string
	frames  []string
	over    bool
	code    int
}

type asked struct {
	session, preview db.ID
	version          *string            // in place of the loaded one
	unread           bool               // never reads
	counts           func(frame string) // instead of keeping regions
}

var partials = regexp.MustCompile(`(?s)<hx-partial hx-target="#([^"]+)" hx-swap="outerMorph">(.*?)</hx-partial>`)
var versions = regexp.MustCompile(`value="([^"]*)"`)

// visit loads a page and opens its socket.
func (h *house) visit(seat Seat, how ...asked) *browser {
	h.t.Helper()
	b := h.loaded(seat)
	if err := b.connect(how...); err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *house) loaded(seat Seat) *browser {
	h.t.Helper()
	drawing, ok := h.load(seat)
	if !ok {
		h.t.Fatalf("%v may not load the page", seat)
	}
	b := &browser{t: h.t, house: h, seat: seat, version: drawing.Version}
	b.regions = regionMap(drawing)
	return b
}

func regionMap(drawing Drawing) map[string]string {
	regions := map[string]string{}
	for _, region := range drawing.Regions {
		regions["region-"+region.Name] = string(region.HTML)
	}
	return regions
}

func (b *browser) address(how asked) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	version := b.version
	if how.version != nil {
		version = *how.version
	}
	p := b.seat.Page
	return fmt.Sprintf("ws://%s/live?viewer=%d&team=%v&kind=%s&project=%d&noun=%d&session=%d&preview=%d&v=%s", b.house.address,
		int64(b.seat.Viewer), p.Team, p.Kind, int64(p.Project), int64(p.Noun), int64(how.session), int64(how.preview), url.QueryEscape(version))
}

func (b *browser) connect(how ...asked) error {
	how = append(how, asked{})
	conn, response, err := websocket.DefaultDialer.Dial(b.address(how[0]), http.Header{"Origin": {ourOrigin}})
	if err != nil {
		if response != nil {
			return fmt.Errorf("%w: %d", err, response.StatusCode)
		}
		return err
	}
	b.mu.Lock()
	b.conn, b.over, b.code = conn, false, 0
	b.mu.Unlock()
	b.t.Cleanup(func() { conn.Close() })
	switch {
	case how[0].unread:
		_ = conn.NetConn().(*net.TCPConn).SetReadBuffer(16 << 10)
	case how[0].counts != nil:
		go b.count(conn, how[0].counts)
	default:
		go b.read(conn)
	}
	return nil
}

func (b *browser) read(conn *websocket.Conn) {
	for {
		_, text, err := conn.ReadMessage()
		b.mu.Lock()
		if b.conn != conn {
			b.mu.Unlock()
			return
		}
		if err != nil {
			b.mu.Unlock()
			b.ended(conn, err)
			return
		}
		b.frames = append(b.frames, string(text))
		for _, part := range partials.FindAllStringSubmatch(string(text), -1) {
			if part[1] == "version" {
				b.version = html.UnescapeString(versions.FindStringSubmatch(part[2])[1])
			} else {
				b.regions[part[1]] = part[2]
			}
		}
		b.mu.Unlock()
	}
}

func (b *browser) ended(conn *websocket.Conn, err error) {
	b.mu.Lock()
	b.over, b.code = true, websocket.CloseAbnormalClosure
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		b.code = closed.Code
	}
	b.mu.Unlock()
	conn.Close()
}

// count reads as fast as it can.
func (b *browser) count(conn *websocket.Conn, each func(frame string)) {
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			b.ended(conn, err)
			return
		}
		each(string(text))
	}
}

// fresh says whether the screen equals a page loaded now.
func (b *browser) fresh() bool {
	drawing, ok := b.house.load(b.seat)
	b.mu.Lock()
	defer b.mu.Unlock()
	return ok && b.version == drawing.Version && maps.Equal(b.regions, regionMap(drawing))
}

func (b *browser) received() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.frames)
}

func (b *browser) closed() (bool, int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.over, b.code
}

func (b *browser) drop() {
	b.mu.Lock()
	conn := b.conn
	b.conn = nil
	b.mu.Unlock()
	if conn != nil {
		conn.Close()
	}
}
