package live

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestForeignOriginsOpenNothing(t *testing.T) {
	h := town(t)
	b := h.loaded(Seat{eleni, projectPage(garden)})
	foreign := []http.Header{
		{}, {"Origin": {""}}, {"Origin": {"null"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"http://vitrine.example"}},
		{"Origin": {ourOrigin + ".evil.example"}}, {"Origin": {ourOrigin + ":8443"}}, {"Origin": {"https://VITRINE.example@evil.example"}},
		{"Origin": {"file://"}}, {"Origin": {ourOrigin, "https://evil.example"}}, {"Origin": {ourOrigin + " " + ourOrigin}},
	}
	for _, header := range foreign {
		_, response, err := websocket.DefaultDialer.Dial(b.address(asked{}), header)
		if err == nil || response == nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("%v opened a socket: %v", header, err)
		}
	}
	h.hub.mu.Lock()
	defer h.hub.mu.Unlock()
	if len(h.hub.pages) != 0 {
		t.Error("pages were registered")
	}
}

func TestHandshake(t *testing.T) {
	h := town(t)
	path := strings.TrimPrefix(h.loaded(Seat{eleni, projectPage(garden)}).address(asked{}), "ws://"+h.address)
	good := "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
	for _, c := range []struct {
		method, header string
		status         int
	}{
		{"GET", good, 101},
		{"GET", "", 426},
		{"GET", strings.Replace(good, "Upgrade: websocket", "Upgrade: h2c", 1), 426},
		{"GET", strings.Replace(good, "keep-alive, Upgrade", "keep-alive", 1), 426},
		{"GET", strings.Replace(good, "Version: 13", "Version: 8", 1), 400},
		{"GET", strings.Replace(good, "dGhl", "", 1), 400},
		{"GET", strings.Replace(good, "dGhlIHNhbXBsZSBub25jZQ==", "!", 1), 400},
		{"HEAD", good, 426},
	} {
		conn, err := net.Dial("tcp", h.address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: vitrine.example\r\nOrigin: %s\r\n%s\r\n", c.method, path, ourOrigin, c.header)
		_ = conn.SetReadDeadline(time.Now().Add(2 * time.Second))
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || response.StatusCode != c.status {
			t.Errorf("%s %q: %v, %v; wanted %d", c.method, c.header, response, err, c.status)
		}
		conn.Close()
	}
}

func TestTooManySockets(t *testing.T) {
	h := town(t, func(o *Options) { o.PerViewer = 3 })
	for range 3 {
		h.visit(Seat{eleni, projectPage(garden)})
	}
	h.registered(3)
	if h.hub.Room(eleni) || !h.hub.Room(nikos) {
		t.Error("room is counted wrongly")
	}
	fourth := h.loaded(Seat{eleni, projectPage(garden)})
	if err := fourth.connect(); err == nil || !strings.Contains(err.Error(), "429") {
		t.Errorf("a fourth socket: %v", err)
	}
	h.visit(Seat{nikos, projectPage(garden)}).drop()
	eventually(t, "room again", func() bool { return h.hub.Room(nikos) })
}

// raw opens a socket and answers the bare connection behind it.
func (h *house) raw(t *testing.T) net.Conn {
	b := h.visit(Seat{eleni, projectPage(garden)}, asked{unread: true})
	return b.conn.NetConn()
}

// closeCode reads the frames of a server until the close frame.
func closeCode(conn net.Conn) int {
	_ = conn.SetReadDeadline(time.Now().Add(3 * time.Second))
	reader := bufio.NewReader(conn)
	for {
		head := make([]byte, 2)
		if _, err := io.ReadFull(reader, head); err != nil {
			return 0
		}
		size := int(head[1] & 127)
		if size == 126 {
			long := make([]byte, 2)
			_, _ = io.ReadFull(reader, long)
			size = int(long[0])<<8 | int(long[1])
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(reader, body); err != nil {
			return 0
		}
		if head[0]&15 == websocket.CloseMessage && size >= 2 {
			return int(body[0])<<8 | int(body[1])
		}
		if head[0]&15 == websocket.CloseMessage {
			return websocket.CloseNoStatusReceived
		}
	}
}

func TestMalformedFrames(t *testing.T) {
	h := town(t)
	masked := func(first byte, body string) string {
		return string([]byte{first, 128 | byte(len(body)), 0, 0, 0, 0}) + body
	}
	for name, c := range map[string]struct {
		sent string
		code int
	}{
		"unmasked":              {"\x81\x05hello", 1002},
		"reserved bit":          {masked(0xC1, "x"), 1002},
		"unknown opcode":        {masked(0x83, "x"), 1002},
		"fragmented ping":       {masked(0x09, "x"), 1002},
		"continues nothing":     {masked(0x80, "x"), 1002},
		"close with one byte":   {masked(0x88, "x"), 1005},
		"close with a bad code": {masked(0x88, "\x00\x01"), 1002},
		"close with bad UTF-8":  {masked(0x88, "\x03\xe8\xff"), 1002},
		"too long":              {"\x81\xfe\x20\x00\x00\x00\x00\x00", 1009},
		"64-bit length":         {"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 1009},
		"negative length":       {"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 0},
		"long in parts":         {masked(0x01, strings.Repeat("x", 100)) + "\x80\xfe\x10\x00\x00\x00\x00\x00", 1009},
		"too many":              {strings.Repeat(masked(0x81, "x"), messageLimit+2), 1008},
		"a polite goodbye":      {masked(0x88, "\x03\xe8"), 1000},
	} {
		conn := h.raw(t)
		if _, err := conn.Write([]byte(c.sent)); err != nil {
			t.Fatal(err)
		}
		if code := closeCode(conn); code != c.code {
			t.Errorf("%s: closed with %d, wanted %d", name, code, c.code)
		}
		conn.Close()
	}
	// Pings without end.
	conn := h.raw(t)
	go io.Copy(io.Discard, conn)
	eventually(t, "cut", func() bool { _, err := conn.Write([]byte(masked(0x89, "x"))); return err != nil })
	ignored := h.visit(Seat{eleni, projectPage(garden)})
	for range 20 {
		_ = ignored.conn.WriteMessage(websocket.TextMessage, []byte(`{"subscribe":"everything"}`))
	}
	h.registered(1)
	h.move(garden, 0, "done")
	eventually(t, "what is said is ignored", ignored.fresh)
}

func TestNoiseEndsNothing(t *testing.T) {
	h := town(t)
	b := h.visit(Seat{nikos, projectPage(garden)})
	noise := rand.NewChaCha8([32]byte{1})
	for i := range 100 {
		conn := h.raw(t)
		text := make([]byte, 1+i*20)
		_, _ = noise.Read(text)
		_, _ = conn.Write(text)
		conn.Close()
	}
	h.registered(1)
	h.move(garden, 0, "done")
	eventually(t, "the hub lives", b.fresh)
}

// Everything works as well, at twice the memory, when the server keeps its
// request for each socket.
func TestUnprepared(t *testing.T) {
	prepared = false
	defer func() { prepared = true }()
	t.Run("changes", TestChangeReachesAllWhoSeeIt)
	t.Run("malformed frames", TestMalformedFrames)
	t.Run("adventures", TestScreensEqualFreshPages)
	t.Run("close", TestCloseSaysComeAgain)
}

func TestNobodySpeaksBeforeTheAnswer(t *testing.T) {
	h := town(t)
	path := strings.TrimPrefix(h.loaded(Seat{eleni, projectPage(garden)}).address(asked{}), "ws://"+h.address)
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: vitrine.example\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x80\x00\x00\x00\x00", path, ourOrigin)
	_ = conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	if text, err := io.ReadAll(conn); len(text) != 0 || err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("answered %q, %v", text, err)
	}
}
