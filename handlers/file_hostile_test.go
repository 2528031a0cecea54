package handlers

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"net/http"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostileFiles are what a browser could run as a page of ours if it were let.
func hostileFiles() []sent {
	const script = `<script>document.title='ran'</script>`
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='ran'">` + script + `</svg>`)
	pdf := []byte("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF")
	xml := []byte(`<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#x"?><x:x xmlns:x="http://www.w3.org/1999/xhtml">` + script + `</x:x>`)
	mhtml := []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n" + script + "\n--b--")
	html := []byte("<!doctype html>" + script)
	gifJS := append([]byte("GIF89a/*"), []byte("*/=1;document.title='ran'//"+script)...)
	png := drawn(4, 4)
	var zipped bytes.Buffer
	packed := zip.NewWriter(&zipped)
	file, _ := packed.Create("../../evil.html")
	file.Write(bytes.Repeat([]byte{0}, 1<<20))
	packed.Close()
	var files []sent
	for name, content := range map[string][]byte{"svg": svg, "html": html, "xhtml": xml, "xml": xml, "mhtml": mhtml, "pdf": pdf, "zip": zipped.Bytes(), "gif": gifJS} {
		for _, ending := range []string{name, "png", "txt", "html"} {
			files = append(files, sent{"evil." + ending, "text/html", content})
		}
	}
	return append(files, sent{"a.png.html", "text/html", append(png, html...)}, sent{"b.html", "image/png", append([]byte("\xEF\xBB\xBF"), html...)},
		sent{"c.svg", "image/png", append([]byte("\x89PNG\r\n\x1a\n"), svg...)}, sent{"d.js", "text/javascript", []byte("document.title='ran'")},
		sent{"e.css", "text/css", []byte("*{display:none}")}, sent{"f.htm", "", append([]byte("\xFF\xFE"), html...)},
		sent{"g.jpg", "image/jpeg", append([]byte("\xFF\xD8\xFF\xE0"), html...)}, sent{"h.swf", "application/x-shockwave-flash", []byte("CWS\x0a" + script)})
}

// Whatever is uploaded, a browser is told to save it, or that it is one of four
// kinds of pictures, and never lets it run.
func TestHostileFiles(t *testing.T) {
	w := newWorld(t)
	files := hostileFiles()
	if len(files) != 40 {
		t.Fatal(len(files))
	}
	for i, one := range files {
		who, path := w.as("member"), w.filesAt([]string{"note", "reply"}[i/20])
		taken := who.attach(path, one)
		file := who.get(addressOf(t, taken))
		header := file.header
		kind, placed := header.Get("Content-Type"), header.Get("Content-Disposition")
		inline := strings.HasPrefix(placed, "inline;") && kind == "image/png" && one.name == "a.png.html"
		if !inline && (kind != "application/octet-stream" || !strings.HasPrefix(placed, "attachment; ")) {
			t.Errorf("%s (%.12q) is sent as %s, %s", one.name, one.content, kind, placed)
		}
		if file.status != http.StatusOK || file.body != string(one.content) {
			t.Errorf("%s: %d, %d bytes", one.name, file.status, len(file.body))
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, no-store"} {
			if got := header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", one.name, name, got)
			}
		}
	}
}

// hostileNames try paths, headers, devices and eyes.
func hostileNames() []string {
	names := []string{"../../../etc/passwd", `..\..\windows\system32\evil.dll`, "/etc/shadow", `C:\boot.ini`, "....//....//x", "%2e%2e%2fx", "..", ".", "...", " ", "", "\x00", "a\x00.png", "\r\nSet-Cookie: a=b",
		"a\r\nX-Evil: 1", "a\"; filename=\"b.html", "a;b.txt", "a\\", "a'b.txt", "a%0d%0aX: 1", "con", "NUL.txt", "COM1", "lpt9.tar.gz", "aux.", "CON .txt", ".htaccess", "..hidden", "name.", "name ", " lead", "a:b", "a<b>.html", "a|b?c*.txt",
		"\u202Egnp.exe", "a\u2066b\u2069.txt", "\uFEFFbom.txt", "a\u200bb.txt", "\u2028line.txt", "e\u0301.txt", "ελληνικά.pdf", "日本語.png", "🙂.txt", "a\u0000\u0001\u007f\u009f.txt", "\xff\xfe.txt", "\xc3\x28.txt", "tab\tname.txt", "new\nline.txt",
		strings.Repeat("a", 500) + ".txt", strings.Repeat("ä", 300) + ".jpeg", strings.Repeat(".", 300), "a." + strings.Repeat("b", 300), "{{.}}", "${7*7}.txt", "<script>alert(1)</script>", "=cmd|' /C calc'!A0.csv", "file.php.png", "~/.ssh/id_rsa", "$(id)", "`id`.txt"}
	return names
}

// No name leads out of the folder, splits a header or stays unreadable.
func TestHostileNames(t *testing.T) {
	w := newWorld(t)
	names := hostileNames()
	if len(names) != 60 {
		t.Fatal(len(names))
	}
	plain := regexp.MustCompile(`^attachment; filename="[^"\\\x00-\x1f\x7f-\x{10ffff}]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_\x60|~%-]+$`)
	own := regexp.MustCompile(`^/files/(tmp/upload-\d+|[0-9a-f]{2}/[0-9a-f]{64})$`)
	for i, name := range names {
		if i%19 == 0 { // a draft holds so many
			w.behind("DELETE FROM draft")
		}
		who := w.as("eleni")
		taken := who.attach(w.clientFilesAt(), sent{name, "", []byte(fmt.Sprint("content ", i))})
		if strings.Trim(name, "") == "" {
			if taken.status != http.StatusUnprocessableEntity {
				t.Errorf("%q: %d", name, taken.status)
			}
			continue
		}
		if taken.status == http.StatusBadRequest { // what is no header is no form
			continue
		}
		file := who.get(addressOf(t, taken))
		if got := file.header.Get("Content-Disposition"); !plain.MatchString(got) || len(file.header.Values("X-Evil"))+len(file.header.Values("Set-Cookie")) > 0 {
			t.Errorf("%q is sent as %q", name, got)
		}
		if strings.Contains(taken.body, "<script>") {
			t.Errorf("%q runs on the page", name)
		}
	}
	for _, path := range w.leftovers() {
		if !own.MatchString(filepath.ToSlash(path)) {
			t.Error("not a place for a file: ", path)
		}
	}
	for _, name := range w.texts("SELECT name FROM file") {
		if name == "" || utf8.RuneCountInString(name) > 120 || strings.ContainsAny(name, `/\<>:"|?*`) || strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 || strings.HasPrefix(name, ".") {
			t.Errorf("%q is kept as a name", name)
		}
	}
}

// bombs say that they are larger than they are, or are.
func bombs() []sent {
	var files []sent
	for i := range 10 {
		file := drawn(2, 2)
		binary.BigEndian.PutUint32(file[16:], uint32(7000+i*6000))
		binary.BigEndian.PutUint32(file[20:], uint32(7000+i*6000))
		binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
		files = append(files, sent{"bomb.png", "image/png", file})
	}
	for i := range 10 {
		var made bytes.Buffer
		gif.Encode(&made, image.NewGray(image.Rect(0, 0, 2, 2)), nil)
		file := made.Bytes()
		binary.LittleEndian.PutUint16(file[6:], uint16(60000+i))
		binary.LittleEndian.PutUint16(file[8:], 60000)
		files = append(files, sent{"bomb.gif", "image/gif", file})
	}
	return files
}

// heldJPEG is 400 wide and 200 high, taken with the camera on its side.
func heldJPEG() []byte {
	exif := exifJPEG()
	var wide bytes.Buffer
	jpeg.Encode(&wide, image.NewRGBA(image.Rect(0, 0, 400, 200)), nil)
	return append(exif[:4+int(binary.BigEndian.Uint16(exif[4:]))], wide.Bytes()[2:]...)
}

// allocated are the bytes that the program has asked for so far.
func allocated() uint64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.TotalAlloc
}

// Pictures too large to be drawn, and broken ones, are just files; nothing of them
// is decoded, and a real one gets a small picture without what its file said besides.
func TestPicturesOfFiles(t *testing.T) {
	w := newWorld(t)
	who, before := w.as("member"), allocated()
	for i, bomb := range bombs() {
		path := w.filesAt([]string{"note", "reply"}[i/10])
		file := addressOf(t, who.attach(path, bomb))
		if got := who.get(file + "/thumbnail"); got.status != http.StatusNotFound {
			t.Errorf("bomb %d has a thumbnail", i)
		}
		if got := who.get(file); got.header.Get("Content-Type") != "application/octet-stream" {
			t.Errorf("bomb %d is shown as %s", i, got.header.Get("Content-Type"))
		}
	}
	if took := allocated() - before; took > 1<<27 { // the smallest of them is 7000 wide and high
		t.Errorf("20 bombs took %d bytes", took)
	}
	w.behind("DELETE FROM draft")
	for name, c := range map[string]struct {
		content []byte
		shape   string
	}{"wide.png": {drawn(1000, 100), "480 48"}, "small.png": {drawn(20, 30), "20 30"}, "held.jpg": {heldJPEG(), "200 400"}, "thin.png": {drawn(2000, 1), "480 1"}} {
		file := addressOf(t, who.attach(w.filesAt("note"), sent{name, "", c.content}))
		small := who.get(file + "/thumbnail")
		shape, _, err := image.DecodeConfig(strings.NewReader(small.body))
		if got := fmt.Sprint(shape.Width, " ", shape.Height); err != nil || got != c.shape || strings.Contains(small.body, "CNRY") || !strings.HasPrefix(small.header.Get("Content-Type"), "image/") {
			t.Errorf("%s: %s %v", name, got, err)
		}
		if whole := who.get(file); whole.body != string(c.content) || !strings.HasPrefix(whole.header.Get("Content-Disposition"), "inline; ") {
			t.Errorf("%s is not shown as it was sent", name)
		}
	}
	cut := drawn(300, 300)
	file := addressOf(t, who.attach(w.filesAt("note"), sent{"cut.png", "", cut[:len(cut)/2]}))
	if got := who.get(file); got.header.Get("Content-Type") != "application/octet-stream" || who.get(file+"/thumbnail").status != http.StatusNotFound {
		t.Error("a broken picture is shown as one")
	}
}
