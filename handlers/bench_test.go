package handlers

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"
	"github.com/valyala/fasthttp"

	"vitrine/db"
)

// figure is a line of the table that `make bench` prints.
func figure(b *testing.B, what, format string, values ...any) {
	b.Helper()
	fmt.Fprintf(os.Stdout, "%-64s %s\n", what, fmt.Sprintf(format, values...))
}

// busyWorld has a project of 60 visible tasks.
func busyWorld(b *testing.B) *world {
	w := newWorld(b)
	for i := range 57 {
		w.task(fmt.Sprint("busy", i), w.project, fmt.Sprintf("Task number %d with a usual title", i), []string{db.Todo, db.Doing, db.Done}[i%3], "shown")
	}
	return w
}

const (
	askers  = 16
	askTime = 3 * time.Second
)

// ask sends a request again and again from several connections for a while.
func ask(b *testing.B, address string, headers map[string]string, want int) (perSecond float64, p99 time.Duration) {
	b.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		b.Fatal(err)
	}
	client := &fasthttp.HostClient{Addr: parsed.Host, MaxConns: askers}
	var mu sync.Mutex
	var all []time.Duration
	var wrong atomic.Int64
	var wait sync.WaitGroup
	begun := time.Now()
	for range askers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			request.SetRequestURI(address)
			for name, value := range headers {
				request.Header.Set(name, value)
			}
			var mine []time.Duration
			for time.Since(begun) < askTime {
				at := time.Now()
				if err := client.Do(request, response); err != nil || response.StatusCode() != want {
					wrong.Add(1)
				}
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		}()
	}
	wait.Wait()
	took := time.Since(begun)
	if wrong.Load() > 0 {
		b.Fatalf("%d wrong answers from %s", wrong.Load(), parsed.Path)
	}
	slices.Sort(all)
	return float64(len(all)) / took.Seconds(), all[len(all)*99/100]
}

// bareFiber serves the same bytes without doing anything for them.
func bareFiber(b *testing.B, body []byte) string {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		c.Response().SetBodyRaw(body)
		return nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go app.Listener(listener)
	b.Cleanup(func() { app.Shutdown() })
	return "http://" + listener.Addr().String() + "/"
}

// BenchmarkPage: the client's project page with 60 tasks, signed in, against a
// bare handler that sends the same bytes.
func BenchmarkPage(b *testing.B) {
	w := busyWorld(b)
	eleni := w.as("eleni")
	path := "/portal/projects/" + w.project.String()
	page := eleni.get(path)
	headers := map[string]string{"Cookie": "session=" + eleni.cookies["session"], "Host": strings.TrimPrefix(w.base, "http://")}
	limit, limitP99 := ask(b, bareFiber(b, []byte(page.body)), nil, fiber.StatusOK)
	kept, keptP99 := ask(b, w.base+path, headers, fiber.StatusOK)
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() { // a change now and then, so that nothing stays kept for long
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				w.store.MoveTask(w.actor("leader"), w.tasks["busy1"], []string{db.Todo, db.Doing}[i%2], 0)
			}
		}
	}()
	changing, changingP99 := ask(b, w.base+path, headers, fiber.StatusOK)
	close(stop)
	<-done
	headers["If-None-Match"] = eleni.get(path).header.Get("ETag")
	same, sameP99 := ask(b, w.base+path, headers, fiber.StatusNotModified)
	figure(b, "", "")
	figure(b, fmt.Sprintf("PAGE of 60 tasks, %d KB, 16 connections", len(page.body)>>10), "requests/s     p99        of bare")
	figure(b, "  bare Fiber, same bytes", "%9.0f  %9s        1.00", limit, limitP99.Round(10*time.Microsecond))
	figure(b, "  unchanged project (floor 0.20)", "%9.0f  %9s        %.2f", kept, keptP99.Round(10*time.Microsecond), kept/limit)
	figure(b, "  project changing 20 times a second", "%9.0f  %9s        %.2f", changing, changingP99.Round(10*time.Microsecond), changing/limit)
	figure(b, "  304 by ETag", "%9.0f  %9s        %.2f", same, sameP99.Round(10*time.Microsecond), same/limit)
	b.ReportMetric(kept/limit, "of-bare")
	if kept/limit < 0.2 {
		b.Errorf("the page reaches %.2f of bare Fiber, the floor is 0.20", kept/limit)
	}
}

// watchers opens sockets; each frame's arrival is told to came.
func watchers(b *testing.B, count int, dial func(int) *websocket.Conn, came func()) {
	var wait sync.WaitGroup
	room := make(chan struct{}, 32)
	for i := range count {
		wait.Add(1)
		room <- struct{}{}
		go func() {
			defer wait.Done()
			defer func() { <-room }()
			socket := dial(i)
			b.Cleanup(func() { socket.Close() })
			go func() {
				for {
					_, reader, err := socket.NextReader()
					if err != nil {
						return
					}
					io.Copy(io.Discard, reader)
					came()
				}
			}()
		}()
	}
	wait.Wait()
}

const (
	moves = 60
	early = 10                    // before these: each connection prepares its statements once
	pace  = 50 * time.Millisecond // 20 a second
)

// measure sends paced changes and takes the time until all watchers have each one;
// first is the slowest of the early ones.
func measure(b *testing.B, count int, arrived *atomic.Int64, change func(int)) (first, p50, p99 time.Duration) {
	var times []time.Duration
	for i := range early + moves {
		next := time.Now().Add(pace)
		target := arrived.Load() + int64(count)
		begun := time.Now()
		change(i)
		for arrived.Load() < target {
			if time.Since(begun) > 10*time.Second {
				b.Fatalf("%d of %d watchers have change %d", int64(count)-(target-arrived.Load()), count, i)
			}
			time.Sleep(50 * time.Microsecond)
		}
		times = append(times, time.Since(begun))
		time.Sleep(time.Until(next))
	}
	first, times = slices.Max(times[:early]), times[early:]
	slices.Sort(times)
	return first, times[len(times)/2], times[len(times)*99/100]
}

// BenchmarkMove: one move of a task, by HTTP, to 100 and to 1,000 watching
// clients, against a bare broadcast of the same frame to as many sockets.
func BenchmarkMove(b *testing.B) {
	figure(b, "", "")
	figure(b, "MOVE to watching clients, 20 a second, all delivered", "     p50        p99   of bare (p99)")
	for _, count := range []int{100, 1000} {
		w := busyWorld(b)
		path := "/portal/projects/" + w.project.String()
		page := w.as("eleni").get(path)
		address := strings.ReplaceAll(socketAddress.FindStringSubmatch(page.body)[1], "&amp;", "&") + "&v=" + versionValue.FindStringSubmatch(page.body)[1]
		var arrived atomic.Int64
		var crowd []*someone // a person may have 40 pages open
		for i := range 1 + count/30 {
			name := fmt.Sprint("crowd", i)
			w.add(name, name+"@papadopoulos.example", fmt.Sprint("Crowd ", i), db.Client, "")
			w.join(w.project, name, "client")
			crowd = append(crowd, w.as(name))
		}
		watchers(b, count, func(i int) *websocket.Conn {
			socket, _, err := crowd[i%len(crowd)].socket(address)
			w.ok(err)
			return socket
		}, func() { arrived.Add(1) })
		time.Sleep(300 * time.Millisecond)
		sample := w.as("eleni").watch(path)
		leader := w.as("leader")
		first, p50, p99 := measure(b, count, &arrived, func(i int) {
			moved := leader.post("/tasks/"+w.tasks["busy1"].String()+"/move", "column", []string{db.Done, db.Todo}[i%2])
			if moved.status != http.StatusSeeOther {
				b.Fatal(moved.status)
			}
		})
		frame := []byte(frames(sample, 300*time.Millisecond)[0])
		bare50, bare99 := bareBroadcast(b, count, frame)
		figure(b, fmt.Sprintf("  bare broadcast of %d KB to %d", len(frame)>>10, count), "%8s   %8s        1.00", bare50.Round(10*time.Microsecond), bare99.Round(10*time.Microsecond))
		figure(b, fmt.Sprintf("  from sending the move to the last of %d (floor 2.5 for 1000)", count), "%8s   %8s        %.2f", p50.Round(10*time.Microsecond), p99.Round(10*time.Microsecond), float64(p99)/float64(bare99))
		figure(b, "    the slowest of the first after the start, while statements are prepared", "             %8s", first.Round(10*time.Microsecond))
		ratio := float64(p99) / float64(bare99)
		b.ReportMetric(ratio, fmt.Sprintf("of-bare-%d", count))
		if count == 1000 && ratio > 2.5 {
			b.Errorf("p99 is %.2f of the bare broadcast's, the floor is 2.5", ratio)
		}
	}
}

// bareBroadcast is the bare limit: a goroutine and a channel for each socket.
func bareBroadcast(b *testing.B, count int, frame []byte) (p50, p99 time.Duration) {
	var mu sync.Mutex
	var out []chan *websocket.PreparedMessage
	upgrade := websocket.Upgrader{}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrade.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		queue := make(chan *websocket.PreparedMessage, 16)
		mu.Lock()
		out = append(out, queue)
		mu.Unlock()
		for message := range queue {
			if socket.WritePreparedMessage(message) != nil {
				return
			}
		}
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go server.Serve(listener)
	b.Cleanup(func() { server.Close() })
	var arrived atomic.Int64
	watchers(b, count, func(int) *websocket.Conn {
		socket, _, err := websocket.DefaultDialer.Dial("ws://"+listener.Addr().String(), nil)
		if err != nil {
			b.Fatal(err)
		}
		return socket
	}, func() { arrived.Add(1) })
	time.Sleep(200 * time.Millisecond)
	_, p50, p99 = measure(b, count, &arrived, func(int) {
		message, err := websocket.NewPreparedMessage(websocket.TextMessage, frame)
		if err != nil {
			b.Fatal(err)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, queue := range out {
			queue <- message
		}
	})
	return p50, p99
}

// BenchmarkProgram: how large the program is and how soon it answers.
func BenchmarkProgram(b *testing.B) {
	program := filepath.Join(b.TempDir(), "vitrine")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, "vitrine")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v %s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	size := float64(info.Size()) / (1 << 20)
	data := filepath.Join(b.TempDir(), "data")
	var starts []time.Duration
	for range 5 {
		starts = append(starts, start(b, program, data))
	}
	first := starts[0]
	slices.Sort(starts)
	figure(b, "", "")
	figure(b, "PROGRAM", "")
	figure(b, "  size of the program (at most 45 MB)", "%.1f MB", size)
	figure(b, "  start to first page, new data folder", "%s", first.Round(time.Millisecond))
	figure(b, "  start to first page, median (at most 300 ms)", "%s", starts[len(starts)/2].Round(time.Millisecond))
	if size > 45 {
		b.Errorf("the program has %.1f MB", size)
	}
}

func start(b *testing.B, program, data string) time.Duration {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	addr := listener.Addr().String()
	listener.Close()
	serve := exec.Command(program, "serve", "--addr", addr, "--data", data)
	serve.Stdout, serve.Stderr = io.Discard, io.Discard
	begun := time.Now()
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() { serve.Process.Signal(os.Interrupt); serve.Wait() }()
	for time.Since(begun) < 10*time.Second {
		if response, err := http.Get("http://" + addr + "/sign-in"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return time.Since(begun)
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	b.Fatal("the program never answered")
	return 0
}
