package live

import (
	"bytes"
	"html"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// frame is one websocket message, prepared once and shared by all pages that it
// goes to. size counts its payload in bytes.
type frame struct {
	message *websocket.PreparedMessage
	size    int
}

// newFrame writes regions and the version that a page stands at once it has
// them. Without regions it is the version alone.
func newFrame(regions []Region, version string) (*frame, error) {
	var text bytes.Buffer
	size := 160
	for _, region := range regions {
		size += len(region.HTML) + 96
	}
	text.Grow(size)
	for _, region := range regions {
		partial(&text, "region-"+region.Name, region.HTML)
	}
	partial(&text, "version", []byte(`<data id="version" value="`+html.EscapeString(version)+`" hidden></data>`))
	payload := text.Bytes()
	// A browser ends the connection at a text frame that is not UTF-8.
	if !utf8.Valid(payload) {
		payload = bytes.ToValidUTF8(payload, []byte("\uFFFD"))
	}
	message, err := websocket.NewPreparedMessage(websocket.TextMessage, payload)
	return &frame{message, len(payload)}, err
}

func partial(text *bytes.Buffer, target string, inner []byte) {
	text.WriteString(`<hx-partial hx-target="#`)
	text.WriteString(html.EscapeString(target))
	text.WriteString(`" hx-swap="outerMorph">`)
	text.Write(inner)
	text.WriteString(`</hx-partial>`)
}

// changedRegions are the regions of now whose bytes are not those of before.
func changedRegions(before, now []Region) []Region {
	var changed []Region
	for i, region := range now {
		if i < len(before) && before[i].Name == region.Name {
			if !bytes.Equal(before[i].HTML, region.HTML) {
				changed = append(changed, region)
			}
			continue
		}
		if !hasRegion(before, region) {
			changed = append(changed, region)
		}
	}
	return changed
}

func hasRegion(regions []Region, wanted Region) bool {
	for _, region := range regions {
		if region.Name == wanted.Name {
			return bytes.Equal(region.HTML, wanted.HTML)
		}
	}
	return false
}
