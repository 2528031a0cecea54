package db

import (
	"net/url"
	"strconv"
	"strings"
)

// Pictures of the brand: the logo on light paper and on dark, and the icons made of the first.
const (
	Logo     = "logo"
	LogoDark = "logo-dark"
	Icon192  = "icon-192"
	Icon512  = "icon-512"
)

// BrandPicture is one of them, drawn anew from what was uploaded.
type BrandPicture struct {
	Kind          string
	Image         []byte
	Width, Height int
}

// BrandForm is how the portal calls itself, and what stands at its foot: Links are lines
// of a label and an address. Version is the brand's when the form was opened.
type BrandForm struct{ Word, Footer, Links, Version string }

// FootLink is a link at the foot, such as to the imprint.
type FootLink struct{ Label, URL string }

const (
	maxWord      = 40
	maxFooter    = 300
	maxFootLinks = 8
)

// BrandPicture is for everybody, also before they signed in.
func (s *Store) BrandPicture(kind string) (p BrandPicture, err error) {
	err = s.read(func(r source) error {
		p, err = one(r, func(p *BrandPicture) []any { return []any{&p.Kind, &p.Image, &p.Width, &p.Height} }, "SELECT kind, image, width, height FROM brand_picture WHERE kind = ?", kind)
		return err
	})
	return p, err
}

// SetBrand changes the word for the portal and its foot; owner and admins only.
func (s *Store) SetBrand(actor Actor, form BrandForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		now, err := readWorkspace(tx, "SELECT key, value FROM setting")
		if err != nil {
			return err
		}
		if form.Version != now.BrandVersion {
			version, _ := strconv.ParseInt(now.BrandVersion, 10, 64)
			return &Conflict{Version: version, Theirs: map[string]string{"word": now.Word, "footer": now.Footer, "links": now.LinkLines}}
		}
		if form.Word, err = cleanLine("word", form.Word, maxWord); err != nil {
			return err
		}
		if form.Footer, err = cleanLine("footer", form.Footer, maxFooter); err != nil {
			return err
		}
		if form.Links, err = cleanLinks(form.Links); err != nil {
			return err
		}
		for key, value := range map[string]string{"portal.word": form.Word, "footer.text": form.Footer, "footer.links": form.Links} {
			if err := tx.run("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value); err != nil {
				return err
			}
		}
		return tx.touchBrand()
	})
}

func (tx *Tx) touchBrand() error {
	if err := tx.run("INSERT INTO setting (key, value) VALUES ('brand.version', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"); err != nil {
		return err
	}
	return tx.touchSettings()
}

// cleanLinks checks lines of a label and, at their end, an address.
func cleanLinks(text string) (string, error) {
	text, err := cleanText("links", text, 2000)
	if err != nil {
		return "", err
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	if len(lines) > maxFootLinks {
		return "", invalid("links", "brand.links-many", "Max", maxFootLinks)
	}
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
		label, address := footLink(lines[i])
		at, err := url.Parse(address)
		if err != nil || label == "" || at.User != nil || (at.Scheme != "https" && at.Scheme != "http" || at.Host == "") && (at.Scheme != "mailto" || at.Opaque == "") {
			return "", invalid("links", "brand.links-invalid", "Line", line)
		}
	}
	return strings.Join(lines, "\n"), nil
}

func footLink(line string) (label, address string) {
	at := strings.LastIndexByte(line, ' ')
	if at < 0 {
		return "", line
	}
	return line[:at], line[at+1:]
}

// FootLinks are the links at the foot.
func (w Workspace) FootLinks() (links []FootLink) {
	for line := range strings.Lines(w.LinkLines) {
		if label, address := footLink(strings.TrimSpace(line)); label != "" {
			links = append(links, FootLink{label, address})
		}
	}
	return links
}

// SetBrandPictures puts pictures into the place of those of the same kinds, and takes
// away the kinds that are gone; owner and admins only.
func (s *Store) SetBrandPictures(actor Actor, pictures []BrandPicture, gone ...string) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		for _, kind := range gone { // two at most
			if err := tx.run("DELETE FROM brand_picture WHERE kind = ?", kind); err != nil {
				return err
			}
		}
		for _, p := range pictures { // three at most
			if err := tx.run(`INSERT INTO brand_picture (id, kind, image, width, height, created_at) VALUES (?,?,?,?,?,?)
				ON CONFLICT (kind) DO UPDATE SET image = excluded.image, width = excluded.width, height = excluded.height, created_at = excluded.created_at`,
				NewID(), p.Kind, p.Image, p.Width, p.Height, tx.now); err != nil {
				return err
			}
		}
		return tx.touchBrand()
	})
}

// brandShapes are the pictures that there are, with their sizes.
func brandShapes(r source) (map[string]BrandPicture, error) {
	list, err := all(r, func(p *BrandPicture) []any { return []any{&p.Kind, &p.Width, &p.Height} }, "SELECT kind, width, height FROM brand_picture")
	shapes := make(map[string]BrandPicture, len(list))
	for _, p := range list {
		shapes[p.Kind] = p
	}
	return shapes, err
}
