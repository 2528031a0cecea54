package static

import (
	"bytes"
	"compress/gzip"
	"strconv"
	"strings"
	"sync"

	brrr "github.com/molecule-man/go-brrr"
)

// entry is an embedded file with its smaller forms, each made when it is first asked for: a server that has just started
// answers at once, and only one request per file ever waits for the slow, best compression.
type entry struct {
	plain     []byte
	brotli    func() []byte // gives nil where that would not be smaller
	gzip      func() []byte // likewise
	kind      string
	hash      string
	immutable bool
}

func newEntry(body []byte, kind, hash string, immutable bool) *entry {
	return &entry{
		plain:     body,
		brotli:    sync.OnceValue(func() []byte { return smaller(body, Brotli(body, 11)) }),
		gzip:      sync.OnceValue(func() []byte { return smaller(body, Gzip(body, gzip.BestCompression)) }),
		kind:      kind,
		hash:      hash,
		immutable: immutable,
	}
}

func (e *entry) answer(acceptEncoding string) File {
	file := File{Body: e.plain, Type: e.kind, ETag: `"` + e.hash + `"`, Immutable: e.immutable}
	for _, form := range []struct {
		encoding string
		body     func() []byte
	}{{"br", e.brotli}, {"gzip", e.gzip}} {
		if !Accepts(acceptEncoding, form.encoding) {
			continue
		}
		if body := form.body(); body != nil {
			file.Body, file.Encoding, file.ETag = body, form.encoding, `"`+e.hash+"-"+form.encoding+`"`
			break
		}
	}
	return file
}

// Accepts reads an Accept-Encoding header (RFC 9110, 12.5.3). A "*" is taken as no: no browser means it.
func Accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, found := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q=")
		if !found {
			return true
		}
		quality, err := strconv.ParseFloat(weight, 64)
		return err == nil && quality > 0
	}
	return false
}

// smaller gives nil where compressing does not pay.
func smaller(plain, compressed []byte) []byte {
	if compressed == nil || len(compressed) >= len(plain) {
		return nil
	}
	return compressed
}

// Brotli packs a body, from quality 1, the quickest, to 11; nil when it fails.
// The library is the one that fasthttp brings along, so it costs the binary nothing.
func Brotli(body []byte, quality int) []byte {
	compressed, err := brrr.Compress(body, quality)
	if err != nil {
		return nil
	}
	return compressed
}

// Gzip packs a body at a level of compress/gzip; nil when it fails.
func Gzip(body []byte, level int) []byte {
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil
	}
	if _, err := writer.Write(body); err != nil {
		return nil
	}
	if err := writer.Close(); err != nil {
		return nil
	}
	return out.Bytes()
}
