package web

import (
	"slices"
	"sync"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// features keeps what is switched on for each client, under the store's generation.
type features struct {
	mu         sync.Mutex
	generation uint64
	known      map[db.ID][]string
}

const featuresLocal local = "features"

// LearnFeatures notes on the request what is switched on for a client, so that
// menus and guards need not ask: a page that is being drawn holds a glass already,
// and a second one could wait for ever. Guards call it.
func (a *App) LearnFeatures(c *fiber.Ctx, client db.ID) {
	on, err := a.clientFeatures(client)
	if err != nil {
		a.Log.Error("features cannot be read", "error", err)
		return
	}
	c.Locals(featuresLocal, on)
}

// Feature says whether a feature is on for the client whose page is drawn. err is
// db.ErrBusy when that could not be read.
func (a *App) Feature(c *fiber.Ctx, name string) (on bool, err error) {
	list, ok := c.Locals(featuresLocal).([]string)
	if !ok {
		return false, db.ErrBusy
	}
	return slices.Contains(list, name), nil
}

func (a *App) clientFeatures(client db.ID) ([]string, error) {
	generation := a.Store.Generation() + 1 // 0 means nothing kept
	f := &a.features
	f.mu.Lock()
	if f.generation != generation || len(f.known) > maxLogins {
		f.generation, f.known = generation, map[db.ID][]string{}
	}
	on, ok := f.known[client]
	f.mu.Unlock()
	if ok {
		return on, nil
	}
	err := a.Store.Glass(client, func(g *db.Glass) (err error) {
		on, err = g.Features()
		return err
	})
	if err != nil {
		return nil, err
	}
	if on == nil {
		on = []string{} // read, and none is on
	}
	f.mu.Lock()
	if f.generation == generation {
		f.known[client] = on
	}
	f.mu.Unlock()
	return on, nil
}
