package web

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"sync"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/views"
)

// Shell is a live page to put together: the template, the person's page and the
// regions that belong into it.
type Shell struct {
	Template string
	Page     *views.Page
	Drawing  live.Drawing
	Company  db.ID                    // to be remembered with this page, 0 for none
	Place    live.PageKey             // which page of the portal it is
	Ghosts   map[string]template.HTML // what the client of a preview does not see, by place
}

// pageKey names a put-together page: whose, which address, in which dress.
type pageKey struct {
	session, preview db.ID
	path, dress      string
	since            db.Time // until when the reader had seen everything
}

type keptPage struct {
	key        pageKey
	generation uint64
	today      string
	body       []byte
	etag       string // without quotes
	packed     packed
	company    db.ID
}

// pages keeps whole pages of single sessions for as long as nothing at all has
// changed; what it keeps is the person's shell around the audience's regions.
type pages struct {
	mu    sync.Mutex
	limit int
	bytes int
	order *list.List
	held  map[pageKey]*list.Element
}

func newPages(limit int) *pages {
	return &pages{limit: limit, order: list.New(), held: map[pageKey]*list.Element{}}
}

// Live answers with a live page. build reads everything that the page needs from
// one snapshot; it is not asked while nothing changed since the last time.
func (a *App) Live(c *fiber.Ctx, build func() (Shell, error)) error {
	generation := a.Store.Generation()
	words := a.Words(c)
	preview, _ := a.Preview(c)
	key := pageKey{a.Actor(c).Session, preview.ID, c.OriginalURL(), a.theme(c) + words.Language + words.Zone.String() + remembered(c).String(), a.Store.Here(a.Actor(c))}
	// The team's pages also show who is watching, and what it sees through a client since when that client was
	// here, which no commit tells: they are put together each time.
	kept := a.Actor(c).Side == db.Client
	if page, ok := a.pages.find(key); ok && kept && page.generation == generation && page.today == words.Today() {
		return a.answer(c, page)
	}
	shell, err := build()
	if err != nil {
		return err
	}
	if err := a.haunt(c, &shell); err != nil {
		return err
	}
	body, err := compose(shell)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	page := keptPage{key, generation, words.Today(), body, base64.RawURLEncoding.EncodeToString(sum[:15]), pack(body), shell.Company}
	if kept {
		a.pages.hold(page)
	}
	return a.answer(c, page)
}

func (a *App) answer(c *fiber.Ctx, page keptPage) error {
	a.Remember(c, page.company)
	if page.key.preview != 0 {
		c.Set(fiber.HeaderCacheControl, "no-store")
	} else {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
	}
	return page.send(c)
}

// haunt adds what the client of a preview does not see to a page of the portal, as far
// as whoever looks sees it. Nothing of it was read through the glass.
func (a *App) haunt(c *fiber.Ctx, shell *Shell) (err error) {
	if preview, ok := a.Preview(c); ok && preview.Ghosts && a.Ghosts != nil {
		shell.Ghosts, err = a.Ghosts(a.Actor(c), preview, shell.Place)
	}
	return err
}

// compose draws the shell and puts the regions where it left their marks.
func compose(shell Shell) ([]byte, error) {
	shell.Page.Keep = true
	var text bytes.Buffer
	if err := views.Render(&text, shell.Template, shell.Page); err != nil {
		return nil, err
	}
	regions := map[string][]byte{"version": []byte(views.VersionElement(shell.Drawing.Version))}
	for _, region := range shell.Drawing.Regions {
		regions[region.Name] = region.HTML
	}
	for place, html := range shell.Ghosts {
		regions["ghosts "+place] = []byte(html)
	}
	parts, names := views.SplitShell(text.Bytes())
	var body bytes.Buffer
	for i, part := range parts {
		body.Write(part)
		if i < len(names) {
			body.Write(regions[names[i]])
		}
	}
	return body.Bytes(), nil
}

func (p *pages) find(key pageKey) (keptPage, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	element, ok := p.held[key]
	if !ok {
		return keptPage{}, false
	}
	p.order.MoveToFront(element)
	return element.Value.(keptPage), true
}

func (p *pages) hold(page keptPage) {
	if len(page.body) > p.limit/8 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if old, ok := p.held[page.key]; ok {
		p.drop(old)
	}
	p.held[page.key] = p.order.PushFront(page)
	p.bytes += len(page.body)
	for p.bytes > p.limit {
		p.drop(p.order.Back())
	}
}

func (p *pages) drop(element *list.Element) {
	page := p.order.Remove(element).(keptPage)
	delete(p.held, page.key)
	p.bytes -= len(page.body)
}

// RegionMap puts drawn regions into a page that does not live.
func RegionMap(regions []live.Region) map[string]template.HTML {
	byName := make(map[string]template.HTML, len(regions))
	for _, region := range regions {
		byName[region.Name] = template.HTML(region.HTML)
	}
	return byName
}
