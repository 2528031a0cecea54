package layer

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

var (
	object = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n(.*?)\nendobj`)
	packed = regexp.MustCompile(`(?s)stream\r?\n(.*)\nendstream`)
	named  = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	drawn  = regexp.MustCompile(`/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj|\bET\b`)
	spans  = regexp.MustCompile(`<([0-9A-F]+)> <([0-9A-F]+)>(?: <([0-9A-F]+)>)?`)
	ranges = regexp.MustCompile(`(?s)beginbf(char|range)(.*?)endbf`)
)

// Printed is what stands on the pages of a PDF that Chromium printed, one line for each
// piece of text. Its writer, Skia, names
// the font of object 4 F4, writes glyphs as hexadecimal numbers, and gives each font a
// table of what they mean (ISO 32000, 9.10.3). What has no such table is left out.
func Printed(file []byte) string {
	streams, fonts := map[int][]byte{}, map[int]map[int]string{}
	meant := map[int]int{}
	var order []int
	for _, found := range object.FindAllSubmatch(file, -1) {
		id, _ := strconv.Atoi(string(found[1]))
		if table := named.FindSubmatch(found[2]); table != nil {
			meant[id], _ = strconv.Atoi(string(table[1]))
		}
		if content := unpack(found[2]); content != nil {
			streams[id], order = content, append(order, id)
		}
	}
	for font, table := range meant {
		fonts[font] = meanings(streams[table])
	}
	var text strings.Builder
	for _, id := range order {
		if bytes.Contains(streams[id], []byte(" Tj\n")) {
			write(&text, streams[id], fonts)
		}
	}
	return text.String()
}

func unpack(object []byte) []byte {
	found := packed.FindSubmatch(object)
	if found == nil {
		return nil
	}
	reader, err := zlib.NewReader(bytes.NewReader(found[1]))
	if err != nil {
		return nil
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		return nil
	}
	return content
}

// meanings reads what each glyph of a font says: one by one, or from first to last.
func meanings(table []byte) map[int]string {
	says := map[int]string{}
	for _, part := range ranges.FindAllSubmatch(table, -1) {
		for _, span := range spans.FindAllSubmatch(part[2], -1) {
			first, last, text := number(span[1]), number(span[1]), span[2]
			if string(part[1]) == "range" {
				last, text = number(span[2]), span[3]
			}
			for glyph := first; glyph <= last; glyph++ {
				units := letters(text)
				if len(units) > 0 {
					units[len(units)-1] += uint16(glyph - first)
				}
				says[glyph] = string(utf16.Decode(units))
			}
		}
	}
	return says
}

func write(text *strings.Builder, page []byte, fonts map[int]map[int]string) {
	var says map[int]string
	for _, found := range drawn.FindAllSubmatch(page, -1) {
		switch {
		case found[1] != nil:
			font, _ := strconv.Atoi(string(found[1]))
			says = fonts[font]
		case found[2] != nil:
			for _, glyph := range letters(found[2]) {
				text.WriteString(says[int(glyph)])
			}
		default:
			text.WriteByte('\n')
		}
	}
}

func number(written []byte) int {
	n, _ := strconv.ParseInt(string(written), 16, 32)
	return int(n)
}

// letters takes a hexadecimal string apart into units of two bytes.
func letters(written []byte) []uint16 {
	raw, _ := hex.DecodeString(string(written))
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return units
}
