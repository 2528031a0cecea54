package db

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// Acknowledged moves under synchronous=FULL. "own commit" is the bare limit: every
// move waits for a flush to disk of its own.
func BenchmarkMoves(b *testing.B) {
	for _, c := range []struct {
		name    string
		writers int
		own     bool
	}{{"own commit each, 16 writers", 16, true}, {"shared commits, 16 writers", 16, false}, {"shared commits, 1 writer", 1, false}} {
		b.Run(c.name, func(b *testing.B) {
			w := newWorld(b)
			titles := w.pile(64)
			tess, columns := w.actor("tess"), []string{w.id("brand.todo").String(), w.id("brand.doing").String()}
			var alone sync.Mutex
			var moves atomic.Int64
			var writers sync.WaitGroup
			b.ResetTimer()
			for writer := range c.writers {
				writers.Go(func() {
					for n := moves.Add(1); n <= int64(b.N); n = moves.Add(1) {
						if c.own {
							alone.Lock()
						}
						_, err := w.MoveTask(tess, w.id(titles[(int(n)+writer)%len(titles)]), columns[n%2], 0)
						if c.own {
							alone.Unlock()
						}
						if err != nil {
							b.Error(err)
						}
					}
				})
			}
			writers.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "moves/s")
		})
	}
}

// What a client's page reads, by method, in a workspace of 50 projects with 200
// tasks each; of every project the client sees 60.
func BenchmarkGlass(b *testing.B) {
	w := town(b)
	err := w.Glass(2001, func(g *Glass) error {
		asks := asksTown(g, 4000, 10000)
		for _, method := range slices.Sorted(maps.Keys(asks)) {
			b.Run(method, func(b *testing.B) {
				for range b.N {
					if err := asks[method](); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
