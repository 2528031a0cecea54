package layer

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

// A packed page may end with any byte, also with one that looks like the end of a line.
func TestPagesThatEndLikeALine(t *testing.T) {
	ends := map[byte]bool{}
	for n := 0; n < 2000 && !(ends['\r'] && ends['\n']); n++ {
		var packed bytes.Buffer
		page := zlib.NewWriter(&packed)
		fmt.Fprintf(page, "BT (\x00%c)Tj ET %s", 'A'+n%26, strings.Repeat("x", n))
		page.Close()
		last := packed.Bytes()[packed.Len()-1]
		if last != '\r' && last != '\n' {
			continue
		}
		ends[last] = true
		if text, err := Text([]byte("%PDF-1.3\n1 0 obj\n<</Length 1>>\nstream\n" + packed.String() + "\nendstream\nendobj\n")); err != nil || text != string(rune('A'+n%26))+"\n" {
			t.Errorf("a page that ends with %q: %q %v", last, text, err)
		}
	}
	if len(ends) < 2 {
		t.Error("no such page was found: ", ends)
	}
}
