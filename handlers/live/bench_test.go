package live

import (
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"

	"vitrine/db"
)

// Floors of the project, per line of the table.
const (
	ratioFloor  = 2.5
	memoryFloor = 12 << 10
)

const benchPace, benchChanges, benchTurns = 50 * time.Millisecond, 60, 3

// BenchmarkWatchers prints how long one change takes to the last of many
// watchers, against a bare broadcast of the same frame, and what an idle watcher
// weighs. The watchers live in a process of their own. Run it with -benchtime 1x.
func BenchmarkWatchers(b *testing.B) {
	for range b.N {
		fmt.Printf("\n%-34s %10s %10s %12s\n", "one change, paced 20/s", "p50", "p99", "delivered")
		for _, count := range []int{100, 1000} {
			benchPush(b, count)
		}
		fmt.Printf("\n%-34s %12s\n", "1,000 idle watchers", "bytes each")
		hub := benchMemory(b, func() (string, func()) { s := newStage(b); return s.address, s.close }, 1000)
		bare := benchMemory(b, func() (string, func()) { s := newBare(b); return s.address, s.close }, 1000)
		fmt.Printf("%-34s %12d\n%-34s %12d\n\n", "hub", hub, "bare: two goroutines each", bare)
		b.ReportMetric(float64(hub), "B/watcher")
		if hub > memoryFloor {
			b.Errorf("an idle watcher weighs %d bytes, floor %d", hub, memoryFloor)
		}
	}
}

// benchPush lets both take turns, so that the machine's moods fall on both.
func benchPush(b *testing.B, count int) {
	var hub, bare []time.Duration
	got, want := 0, 0
	for range benchTurns {
		s := newStage(b)
		took, delivered := benchRun(b, s.address, count, s.change)
		s.close()
		hub, got, want = append(hub, took...), got+delivered, want+count*benchChanges
		r := newBare(b)
		took, _ = benchRun(b, r.address, count, r.broadcast)
		r.close()
		bare = append(bare, took...)
	}
	p50, p99 := percentiles(hub)
	bare50, bare99 := percentiles(bare)
	fmt.Printf("%-34s %10s %10s %12s\n", fmt.Sprintf("hub, %d watchers", count), round(p50), round(p99), fmt.Sprintf("%d/%d", got, want))
	fmt.Printf("%-34s %10s %10s\n", fmt.Sprintf("bare broadcast, %d sockets", count), round(bare50), round(bare99))
	ratio := float64(p99) / float64(bare99)
	fmt.Printf("%-34s %9.2fx %9.2fx\n", "ratio", float64(p50)/float64(bare50), ratio)
	b.ReportMetric(ratio, fmt.Sprintf("p99-ratio-%d", count))
	if got != want {
		b.Errorf("%d of %d delivered", got, want)
	}
	if count == 1000 && ratio > ratioFloor {
		b.Errorf("p99 is %.2f of the bare broadcast's, floor %.1f", ratio, ratioFloor)
	}
}

// benchRun sends changes to watchers of the other process and answers how long
// each took to the last of them.
func benchRun(b *testing.B, address string, count int, send func(n int)) (took []time.Duration, delivered int) {
	runtime.GC()
	audience := newAudienceProcess(b, address, count, benchChanges)
	defer audience.stop()
	sent := make([]time.Time, benchChanges)
	next := time.Now()
	for i := range sent {
		time.Sleep(time.Until(next))
		next = next.Add(benchPace)
		sent[i] = time.Now()
		send(i + 1)
	}
	for i, one := range audience.result(b) {
		delivered += one.Count
		if one.Count == count {
			took = append(took, time.Unix(0, one.Last).Sub(sent[i]))
		}
	}
	return took, delivered
}

func benchMemory(b *testing.B, start func() (string, func()), count int) int {
	address, stop := start()
	defer stop()
	newAudienceProcess(b, address, 20, 0).stop() // warm: pools, first pages
	time.Sleep(500 * time.Millisecond)
	before := weight()
	audience := newAudienceProcess(b, address, count, 0)
	defer audience.stop()
	time.Sleep(500 * time.Millisecond)
	return int(weight()-before) / count
}

func weight() int64 {
	for range 3 {
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

func percentiles(took []time.Duration) (p50, p99 time.Duration) {
	if len(took) == 0 {
		return 0, 0
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}

func round(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

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

func TestMain(m *testing.M) {
	if os.Getenv(audienceProcess) != "" {
		watchAsAudience()
		return
	}
	os.Exit(m.Run())
}
