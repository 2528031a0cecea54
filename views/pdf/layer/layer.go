// Package layer reads back what package pdf wrote: the text of a file, as somebody who
// searches it or copies from it finds it. For tests.
package layer

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

var (
	stream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`) // what is packed may end with any byte
	shown  = regexp.MustCompile(`(?s)\(((?:\\.|[^\\()])*)\)\s*Tj`)
	title  = regexp.MustCompile(`(?s)/(?:Title|Author|Subject|Keywords) \(((?:\\.|[^\\()])*)\)`)
	escape = regexp.MustCompile(`(?s)\\(.)`)
)

// Text is every line of a PDF in the order in which it was written, and then what its
// properties and its outline say. It fails for what is no PDF.
func Text(file []byte) (string, error) {
	if !bytes.HasPrefix(file, []byte("%PDF-")) {
		return "", errors.New("not a PDF")
	}
	var text strings.Builder
	for _, found := range stream.FindAllSubmatch(file, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // not packed: no page
		}
		content, err := io.ReadAll(unpacked)
		if err != nil {
			return "", err
		}
		if !bytes.Contains(content, []byte(")Tj ET")) {
			continue
		}
		for _, line := range shown.FindAllSubmatch(content, -1) {
			text.WriteString(decode(line[1]) + "\n")
		}
	}
	for _, line := range title.FindAllSubmatch(file, -1) {
		text.WriteString(decode(bytes.TrimPrefix(plain(line[1]), []byte{0xFE, 0xFF})) + "\n")
	}
	return text.String(), nil
}

// plain takes the backslashes out of a string (ISO 32000, 7.3.4.2).
func plain(written []byte) []byte {
	return escape.ReplaceAllFunc(written, func(pair []byte) []byte {
		switch pair[1] {
		case 'r':
			return []byte{'\r'}
		case 'n':
			return []byte{'\n'}
		}
		return pair[1:]
	})
}

func decode(written []byte) string {
	written = plain(written)
	units := make([]uint16, len(written)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(written[2*i:])
	}
	return string(utf16.Decode(units))
}
