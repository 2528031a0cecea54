// Package static holds the files that a browser downloads, inside the binary. Each has an address with its content's
// hash in it, which may be kept for ever, and its plain name, which must be asked for again.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"path"
	"strings"
)

// Prefix is where the files are served.
const Prefix = "/static/"

//go:embed app.css people.css talk.css decide.css portal.css money.css app.js board.js talk.js decide.js portal.js plan.js passkey.js icons.svg favicon.svg logo.svg vendor/htmx.min.js vendor/hx-ws.min.js vendor/LICENSE
var embedded embed.FS

var names = []string{
	"app.css", "people.css", "talk.css", "decide.css", "portal.css", "money.css", "app.js", "board.js", "talk.js", "decide.js", "portal.js", "plan.js", "passkey.js", "icons.svg", "favicon.svg", "logo.svg",
	"vendor/htmx.min.js", "vendor/hx-ws.min.js", "vendor/LICENSE",
}

// File is one answer: the bytes as they go over the wire. Body is shared by all who ask and must not be written to.
type File struct {
	Body      []byte
	Type      string // for Content-Type
	Encoding  string // for Content-Encoding: "br", "gzip" or "" for plain
	ETag      string // strong and quoted; each encoding has its own
	Immutable bool   // asked for by its hashed name: the answer may be kept for a year
}

// Whatever the machine's own table of types says, these four are what the product is tested with.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	"":     "text/plain; charset=utf-8",
}

// byName is written once, here, and only read afterwards.
var byName, hashed = load()

func load() (files map[string]*entry, urls map[string]string) {
	files, urls = make(map[string]*entry), make(map[string]string)
	for _, name := range names {
		body, err := embedded.ReadFile(name)
		if err != nil {
			panic(fmt.Sprintf("static: %v", err)) // impossible: the compiler has checked the list above
		}
		sum := sha256.Sum256(body)
		hash := base64.RawURLEncoding.EncodeToString(sum[:9])
		plain := newEntry(body, types[path.Ext(name)], hash, false)
		kept := *plain
		kept.immutable = true
		full := withHash(name, hash)
		files[name], files[full] = plain, &kept
		urls[name] = Prefix + full
	}
	return files, urls
}

// withHash turns "vendor/htmx.min.js" into "vendor/htmx.min.HASH.js".
func withHash(name, hash string) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + "." + hash + extension
}

// URL gives the address of a file under which it may be kept for ever: URL("app.css") is "/static/app.HASH.css". A part
// after # stays: URL("icons.svg#i-lock"). It panics for a name that is not here, so that a template with a wrong name
// fails in its first test.
func URL(name string) string {
	file, part, found := strings.Cut(name, "#")
	address, ok := hashed[file]
	if !ok {
		panic("static: no file " + file)
	}
	if found {
		return address + "#" + part
	}
	return address
}

// Lookup finds a file by its address, with or without Prefix, hashed or plain, in the best encoding that the request's
// Accept-Encoding allows. An outdated hash is not found: the page that carries it is outdated as well.
func Lookup(address, acceptEncoding string) (File, bool) {
	found, ok := byName[strings.TrimPrefix(address, Prefix)]
	if !ok {
		return File{}, false
	}
	return found.answer(acceptEncoding), true
}
