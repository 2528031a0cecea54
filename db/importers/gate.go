package importers

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A gate lets a file through while it is small and flat enough. It looks at
// every byte before a decoder sees it, and keeps none.
type gate struct {
	source   io.Reader
	progress func(read int64)
	read     int64 // bytes so far
	told     int64 // read, when progress was last told
	depth    int   // open brackets and braces
	quoted   bool  // within a string
	escaped  bool  // after a backslash in it
	failed   error // why it closed, for good
}

// progressStep keeps progress from being told for each small read.
const progressStep = 64 << 10

func (g *gate) Read(p []byte) (int, error) {
	if g.failed != nil {
		return 0, g.failed
	}
	// One byte more than allowed is read, and no further one ever.
	if room := MaxBytes + 1 - g.read; int64(len(p)) > room {
		p = p[:room]
	}
	n, err := g.source.Read(p)
	g.read += int64(n)
	if err != nil {
		g.failed = err
	}
	if deep := g.scan(p[:n]); deep >= 0 {
		n, g.failed = deep, bad(badDeep, "Max", MaxDepth)
	}
	if g.read > MaxBytes {
		n, g.failed = 0, bad(badTooBig, "MiB", MaxBytes>>20)
	}
	if g.progress != nil && (g.failed != nil || g.read-g.told >= progressStep) {
		g.told = g.read
		g.progress(g.read)
	}
	return n, g.failed
}

// scan follows strings and nesting; it answers where the file gets too deep, or -1.
func (g *gate) scan(p []byte) int {
	for i, c := range p {
		switch {
		case g.escaped:
			g.escaped = false
		case g.quoted:
			g.escaped = c == '\\'
			g.quoted = c != '"'
		case c == '"':
			g.quoted = true
		case c == '{' || c == '[':
			if g.depth++; g.depth > MaxDepth {
				return i
			}
		case c == '}' || c == ']':
			g.depth--
		}
	}
	return -1
}

// open looks at how a file begins and hands out a decoder that stands before
// its first value, or says what the file is instead.
func (g *gate) open() (*json.Decoder, error) {
	file := bufio.NewReaderSize(g, 32<<10)
	if mark, _ := file.Peek(3); bytes.Equal(mark, []byte("\uFEFF")) {
		_, _ = file.Discard(3)
	}
	for {
		start, err := file.Peek(1)
		if err == io.EOF {
			return nil, bad(badEmpty)
		}
		if err != nil {
			return nil, g.explain(nil, err)
		}
		if !bytes.ContainsAny(start, " \t\r\n") {
			break
		}
		_, _ = file.Discard(1)
	}
	start, _ := file.Peek(5)
	switch {
	case bytes.HasPrefix(start, []byte("PK")), bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		return nil, bad(badZip)
	case start[0] == '<' && !bytes.Equal(start, []byte("<?xml")):
		return nil, bad(badHTML)
	case start[0] != '{' && start[0] != '[':
		return nil, g.literal(json.NewDecoder(file))
	}
	decoder := json.NewDecoder(file)
	decoder.UseNumber() // a lone 1e999 is out of range, but no reason to stop
	return decoder, nil
}

// literal tells a lone number or word, which is JSON, from any other text.
func (g *gate) literal(decoder *json.Decoder) error {
	var value skip
	if decoder.Decode(&value) == nil && !decoder.More() {
		return bad(badNotObject)
	}
	var refused *BadFile
	if errors.As(g.failed, &refused) {
		return refused
	}
	return bad(badNotJSON)
}

// explain turns what a decoder stumbled over into words.
func (g *gate) explain(decoder *json.Decoder, err error) error {
	var refused *BadFile
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return bad(badCut)
	case errors.As(err, &syntax):
		return bad(badBroken, "Byte", decoder.InputOffset())
	}
	return fmt.Errorf("read the file: %w", err)
}
