package live

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// audienceProcess names the variable by which the test binary becomes the
// process of the watchers: "address count changes".
const audienceProcess = "VITRINE_BENCH_AUDIENCE"

// receipt is how many watchers received a change, and when the last of them did
// (Unix nanoseconds).
type receipt struct {
	Count int
	Last  int64
}

type audienceOf struct {
	command *exec.Cmd
	input   io.WriteCloser
	output  *bufio.Reader
}

// newAudienceProcess starts watchers and returns when all are connected.
func newAudienceProcess(b *testing.B, address string, count, changes int) *audienceOf {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %d", audienceProcess, address, count, changes))
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	a := &audienceOf{command, input, bufio.NewReader(output)}
	if line, err := a.output.ReadString('\n'); line != "ready\n" {
		b.Fatalf("watchers did not connect: %q, %v", line, err)
	}
	return a
}

// result waits until all changes were received, or ten seconds.
func (a *audienceOf) result(b *testing.B) []receipt {
	var receipts []receipt
	if err := json.NewDecoder(a.output).Decode(&receipts); err != nil {
		b.Fatal(err)
	}
	return receipts
}

func (a *audienceOf) stop() {
	_ = a.input.Close()
	_ = a.command.Wait()
}

// watchAsAudience is the other process.
func watchAsAudience() {
	var address string
	var count, changes int
	if _, err := fmt.Sscan(os.Getenv(audienceProcess), &address, &count, &changes); err != nil {
		panic(err)
	}
	var mu sync.Mutex
	receipts := make([]receipt, changes)
	left := count * changes
	all := make(chan struct{})
	var connected sync.WaitGroup
	turns := make(chan struct{}, 20)
	for n := range count {
		connected.Add(1)
		turns <- struct{}{}
		go func() {
			conn, _, err := websocket.DefaultDialer.Dial(fmt.Sprintf("ws://%s/?n=%d", address, n), http.Header{"Origin": {"http://" + address}})
			<-turns
			connected.Done()
			if err != nil {
				return
			}
			for seen := 0; ; {
				change, err := readChange(conn)
				if err != nil {
					return
				}
				now := time.Now().UnixNano()
				mu.Lock()
				// A frame holds all changes up to its own.
				for ; seen < min(change, changes); seen++ {
					receipts[seen].Count++
					receipts[seen].Last = max(receipts[seen].Last, now)
					if left--; left == 0 {
						close(all)
					}
				}
				mu.Unlock()
			}
		}()
	}
	connected.Wait()
	time.Sleep(200 * time.Millisecond)
	fmt.Println("ready")
	if changes > 0 {
		select {
		case <-all:
		case <-time.After(benchChanges*benchPace + 10*time.Second):
		}
		mu.Lock()
		_ = json.NewEncoder(os.Stdout).Encode(receipts)
		mu.Unlock()
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

var frameBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readChange reads a frame and answers the version that it ends with.
func readChange(conn *websocket.Conn) (int, error) {
	_, message, err := conn.NextReader()
	if err != nil {
		return 0, err
	}
	text := frameBuffers.Get().(*bytes.Buffer)
	defer frameBuffers.Put(text)
	text.Reset()
	if _, err := text.ReadFrom(message); err != nil {
		return 0, err
	}
	_, version, _ := bytes.Cut(text.Bytes()[bytes.LastIndex(text.Bytes(), []byte(`value="`)):], []byte(`"`))
	digits, _, _ := bytes.Cut(version, []byte(`"`))
	return strconv.Atoi(string(digits))
}
