package live

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"
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
		hub := benchMemory(b, func() (string, func()) { s := newStage(b); return s.address, s.close }, 1000)
		bare := benchMemory(b, func() (string, func()) { s := newBare(b); return s.address, s.close }, 1000)
		fmt.Printf("\n%-34s %12s\n%-34s %12d\n%-34s %12d\n", "1,000 idle watchers", "bytes each", "hub", hub, "bare: two goroutines each", bare)
		b.ReportMetric(float64(hub), "B/watcher")
		if hub > memoryFloor {
			b.Errorf("an idle watcher weighs %d bytes, floor %d", hub, memoryFloor)
		}
		fmt.Printf("\n%-34s %10s %10s %14s\n", "one change, paced 20/s", "p50", "p99", "delivered")
		for _, count := range []int{100, 1000} {
			benchPush(b, count)
		}
		fmt.Println()
	}
}

// benchPush lets both take turns, so that the machine's moods fall on both.
func benchPush(b *testing.B, count int) {
	var hub, bare []time.Duration
	got, want := 0, 0
	for range benchTurns {
		took, delivered := benchRun(b, count, func() (string, func(int), func()) {
			s := newStage(b)
			return s.address, s.change, s.close
		})
		hub, got, want = append(hub, took...), got+delivered, want+count*benchChanges
		took, _ = benchRun(b, count, func() (string, func(int), func()) {
			r := newBare(b)
			return r.address, r.broadcast, r.close
		})
		bare = append(bare, took...)
	}
	p50, p99 := percentiles(hub)
	bare50, bare99 := percentiles(bare)
	fmt.Printf("%-34s %10s %10s %14s\n", fmt.Sprintf("hub, %d watchers", count), round(p50), round(p99), fmt.Sprintf("%d/%d", got, want))
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
// each took to the last of them. When the machine was busy elsewhere, so that the
// pace itself was not kept, it begins again.
func benchRun(b *testing.B, count int, start func() (string, func(int), func())) (took []time.Duration, delivered int) {
	for range 5 {
		address, send, stop := start()
		runtime.GC()
		audience := newAudienceProcess(b, address, count, benchChanges)
		sent := make([]time.Time, benchChanges)
		next, late := time.Now(), time.Duration(0)
		for i := range sent {
			time.Sleep(time.Until(next))
			late = max(late, time.Since(next))
			next = next.Add(benchPace)
			sent[i] = time.Now()
			send(i + 1)
		}
		took, delivered = nil, 0
		for i, one := range audience.result(b) {
			delivered += one.Count
			if one.Count == count {
				took = append(took, time.Unix(0, one.Last).Sub(sent[i]))
			}
		}
		audience.stop()
		stop()
		if late < benchPace/5 {
			break
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

func TestMain(m *testing.M) {
	if os.Getenv(audienceProcess) != "" {
		watchAsAudience()
		return
	}
	os.Exit(m.Run())
}
