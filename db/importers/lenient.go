package importers

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// The types here read a JSON value of whatever type: one field that is not what
// it should be must not keep a board out. None of them ever returns an error,
// which would end the decoding of everything around it.

// skip reads anything and keeps nothing.
type skip struct{}

func (*skip) UnmarshalJSON([]byte) error { return nil }

// text reads a string, or a number as it is written.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	switch c := raw[0]; {
	case c == '"':
		*t = text(unquote(raw))
	case c == '-' || c >= '0' && c <= '9':
		*t = text(raw)
	}
	return nil
}

// maxQuoted is the longest string that is looked at, in bytes as written. It is
// more than any text may keep, so that what is cut here is listed as cut.
const maxQuoted = 1 << 20

// unquote reads a JSON string, or the beginning of a monstrous one: broken UTF-8
// would otherwise grow to three times its size.
func unquote(raw []byte) (value string) {
	if len(raw) <= maxQuoted {
		_ = json.Unmarshal(raw, &value)
		return value
	}
	// The cut may fall into an escape sequence, of which the longest has 12 bytes.
	for end := maxQuoted; end > maxQuoted-12; end-- {
		if json.Unmarshal(append(bytes.Clone(raw[:end]), '"'), &value) == nil {
			return value
		}
	}
	return ""
}

// flag reads true, "true" and 1.
type flag bool

func (f *flag) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case `true`, `"true"`, `1`:
		*f = true
	}
	return nil
}

// number reads a number, also within a string. Anything else leaves it as it was.
type number float64

func (n *number) UnmarshalJSON(raw []byte) error {
	if value, err := strconv.ParseFloat(strings.Trim(string(raw), `"`), 64); err == nil && value == value {
		*n = number(value)
	}
	return nil
}

// count is a number as a small whole one.
func (n number) count() int {
	return int(max(0, min(float64(n), 1e6)))
}

// place is a position among others: a number, "top" or "bottom". What has none
// comes last.
type place struct {
	at    number
	known bool
}

func (p *place) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case `"top"`:
		*p = place{-1e300, true}
	case `"bottom"`:
		*p = place{}
	default:
		const none = 1e308
		p.at = none
		_ = p.at.UnmarshalJSON(raw)
		p.known = p.at != none
	}
	return nil
}

func (p place) compare(other place) int {
	switch {
	case p.known != other.known:
		if p.known {
			return -1
		}
		return 1
	case !p.known || p.at == other.at:
		return 0
	case p.at < other.at:
		return -1
	}
	return 1
}

// few reads an array element by element and ends after maxPerCard: an array
// such as [0,0,0,…] takes two bytes an element in the file and a hundred in memory.
type few[T any] struct {
	list []T
	over bool
}

func (f *few[T]) UnmarshalJSON(raw []byte) error {
	if raw[0] != '[' || len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0 {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		if len(f.list) == maxPerCard {
			f.over = true
			return nil
		}
		var element T
		if err := decoder.Decode(&element); err != nil && !mistyped(err) {
			return nil
		}
		f.list = append(f.list, element)
	}
	return nil
}

// mistyped tells a value of an unexpected type, which is left out, from a file
// that is broken.
func mistyped(err error) bool {
	var wrong *json.UnmarshalTypeError
	return errors.As(err, &wrong)
}

// each reads the array that comes next, an element at a time, so that memory
// holds what is kept and never the file. A value that is no array is left out.
func each[T any](decoder *json.Decoder, limit int, refusal error, take func(*T) error) (isArray bool, err error) {
	token, err := decoder.Token()
	if err != nil {
		return false, err
	}
	switch token {
	case json.Delim('['):
	case json.Delim('{'):
		return false, leaveOut(decoder)
	default:
		return false, nil
	}
	for n := 0; decoder.More(); n++ {
		if n == limit {
			return true, refusal
		}
		element := new(T)
		if err := decoder.Decode(element); err != nil && !mistyped(err) {
			return true, err
		}
		if err := take(element); err != nil {
			return true, err
		}
	}
	_, err = decoder.Token()
	return true, err
}

// leaveOut reads to the end of the object or array just entered.
func leaveOut(decoder *json.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}
