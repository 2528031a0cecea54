package importers

import (
	"bytes"
	"unicode/utf8"
)

// openTime looks at how a file begins, says what it is when it is no report, and
// recognises its header when it is.
func openTime(file []byte) (*timeTable, error) {
	if len(file) > MaxTimeBytes {
		return nil, bad(badTimeTooBig, "MiB", MaxTimeBytes>>20)
	}
	file = bytes.TrimPrefix(file, []byte("\uFEFF"))
	start := bytes.TrimSpace(file)
	begins := func(marks ...string) bool {
		for _, mark := range marks {
			if bytes.HasPrefix(start, []byte(mark)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(start) == 0:
		return nil, bad(badEmpty)
	case begins("PK\x03\x04", "\x1f\x8b", "\xd0\xcf\x11\xe0"): // the last is Excel's of before 2007
		return nil, bad(badTimeZip)
	case begins("<"):
		return nil, bad(badHTML)
	case begins("{", "[", "%PDF"):
		return nil, bad(badTimeNotCSV)
	case !utf8.Valid(file), bytes.IndexByte(file, 0) >= 0: // UTF-16 as well
		return nil, bad(badTimeEncoding)
	}
	return findHeader(file)
}
