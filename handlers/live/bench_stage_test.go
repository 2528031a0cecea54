package live

import (
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"

	"vitrine/db"
)

// stage is a hub in front of a project with sixty tasks, all of whose watchers
// are different people of one audience.
type stage struct {
	number  atomic.Int64
	hub     *Hub
	address string
	close   func()
}

func newStage(b *testing.B) *stage {
	s := &stage{}
	s.hub = NewHub(s, Options{Origin: func(string) bool { return true }, Life: time.Hour})
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	Prepare(app)
	app.Get("/", func(c *fiber.Ctx) error {
		seat := Seat{db.ID(c.QueryInt("n") + 1), projectPage(garden)}
		return Upgrade(c, s.hub, Watcher{Login{Session: seat.Viewer, Viewer: seat.Viewer}, seat, "0", true})
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	s.address = listener.Addr().String()
	s.close = func() {
		ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		_ = s.hub.Close(ctx)
		_ = app.ShutdownWithTimeout(time.Second)
	}
	return s
}

func (s *stage) change(n int) {
	s.number.Store(int64(n))
	s.hub.Wake()
}

func (s *stage) Audiences(_ context.Context, asked []Seat) (map[Seat]Audience, error) {
	found := make(map[Seat]Audience, len(asked))
	for _, seat := range asked {
		found[seat] = Audience{Key: "client", Viewer: seat.Viewer, Zone: "UTC"}
	}
	return found, nil
}

func (s *stage) Draw(context.Context, Audience, PageKey) (Drawing, error) {
	n := int(s.number.Load())
	return Drawing{fmt.Sprint(n), sixtyTasks(n)}, nil
}

func (s *stage) Versions(_ context.Context, projects []db.ID) (map[db.ID][2]int64, int64, error) {
	n := s.number.Load()
	return map[db.ID][2]int64{garden: {n, n}}, 0, nil
}

func (s *stage) Alive(_ context.Context, logins []Login) (map[Login]bool, error) {
	alive := make(map[Login]bool, len(logins))
	for _, login := range logins {
		alive[login] = true
	}
	return alive, nil
}

// sixtyTasks draws a project after the n-th move, of one task to and fro.
func sixtyTasks(n int) []Region {
	var regions []Region
	for lane, name := range columns {
		var text strings.Builder
		for task := range 60 {
			if task%4 == lane && !(task == 0 && n%2 == 1) || task == 0 && lane == 1 && n%2 == 1 {
				fmt.Fprintf(&text, `<li id="task-%d" class="card" data-kind="%s"><a href="/portal/tasks/%011d">%s</a><p>due <time>2026-05-20</time>, estimate %d h</p></li>`,
					task, name, task, html.EscapeString("Plant the hedge along the wall"), task)
			}
		}
		regions = append(regions, Region{name, []byte(`<section id="region-` + name + `">` + text.String() + `</section>`)})
	}
	log := fmt.Sprintf(`<section id="region-log">change%d%s</section>`, n, strings.Repeat("<p>somebody moved a task</p>", 40))
	return append(regions, Region{"log", []byte(log)}, Region{"people", []byte(strings.Repeat("<p>person</p>", 20))})
}

// bare is the simplest good broadcast: a goroutine for each socket that writes
// from a channel, one that reads.
type bare struct {
	address string
	close   func()
	mu      sync.Mutex
	outlets []chan *websocket.PreparedMessage
	frames  []*websocket.PreparedMessage
}

func newBare(b *testing.B) *bare {
	r := &bare{}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		conn, err := upgrader.Upgrade(w, request, nil)
		if err != nil {
			return
		}
		outlet := make(chan *websocket.PreparedMessage, 16)
		r.mu.Lock()
		r.outlets = append(r.outlets, outlet)
		r.mu.Unlock()
		go func() {
			for message := range outlet {
				_ = conn.SetWriteDeadline(time.Now().Add(2 * time.Second))
				if conn.WritePreparedMessage(message) != nil {
					return
				}
			}
		}()
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				conn.Close()
				return
			}
		}
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	r.address = listener.Addr().String()
	for n := 1; n <= benchChanges; n++ {
		f, err := newFrame(changedRegions(sixtyTasks(n-1), sixtyTasks(n)), fmt.Sprint(n))
		if err != nil {
			b.Fatal(err)
		}
		r.frames = append(r.frames, f.message)
	}
	r.close = func() {
		_ = server.Close()
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, outlet := range r.outlets {
			close(outlet)
		}
	}
	return r
}

func (r *bare) broadcast(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, outlet := range r.outlets {
		outlet <- r.frames[n-1]
	}
}
