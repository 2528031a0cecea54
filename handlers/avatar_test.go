package handlers

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	paint "image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vitrine/db"
)

// halves is a picture whose left half is red and whose right half is blue.
func halves(width, height int) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, map[bool]paint.Color{true: paint.RGBA{255, 0, 0, 255}, false: paint.RGBA{0, 0, 255, 255}}[x < width/2])
		}
	}
	return picture
}

func pngOf(picture image.Image) []byte {
	var file bytes.Buffer
	_ = png.Encode(&file, picture)
	return file.Bytes()
}

// exifJPEG was taken with the camera on its side (orientation 6) and says where.
func exifJPEG() []byte {
	var file bytes.Buffer
	_ = jpeg.Encode(&file, halves(400, 400), nil)
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00CNRY-gps 37.97N")
	part := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(part)+2))
	return append(append(head, part...), file.Bytes()[2:]...)
}

// hugePNG says in 70 bytes that it has 50,000 × 50,000 pixels.
func hugePNG() []byte {
	file := pngOf(halves(2, 2))
	binary.BigEndian.PutUint32(file[16:], 50000)
	binary.BigEndian.PutUint32(file[20:], 50000)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func (s *someone) upload(path string, file []byte) answer {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("avatar", "me.png")
	part.Write(file)
	form.Close()
	return s.send(http.MethodPost, path, &body, "Content-Type", form.FormDataContentType(), "Origin", s.w.base)
}

var ownPicture = regexp.MustCompile(`id="me">\s*<summary><span class="who" aria-hidden="true"><img src="([^"]+)"`)

// A file that is far too large is refused by its announced length, before a byte of it is sent.
func TestFarTooLargePicture(t *testing.T) {
	w := newWorld(t)
	wire, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.ok(err)
	defer wire.Close()
	fmt.Fprintf(wire, "POST /portal/account/avatar HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: session=%s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n",
		strings.TrimPrefix(w.base, "http://"), w.base, w.as("eleni").cookies["session"], 3<<20)
	answer, err := http.ReadResponse(bufio.NewReader(wire), nil)
	w.ok(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Error(answer.Status)
	}
}

func TestPicturesAreMadeAnew(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	webp, _ := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	var moving bytes.Buffer
	_ = gif.Encode(&moving, halves(30, 20), nil)
	html := []byte("<!doctype html><script>alert('CNRY-script')</script>")
	for what, c := range map[string]struct {
		file []byte
		want int
	}{
		"png": {pngOf(halves(300, 200)), 303}, "gif": {moving.Bytes(), 303}, "webp": {webp, 303}, "jpeg": {exifJPEG(), 303},
		"one pixel": {pngOf(halves(1, 1)), 303}, "a line": {pngOf(halves(3000, 1)), 303}, "png and html": {append(pngOf(halves(64, 64)), html...), 303},
		"svg": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), 422}, "html": {html, 422}, "nothing": {nil, 422},
		"html in the skin of a png": {append([]byte("\x89PNG\r\n\x1a\n"), html...), 422}, "huge": {hugePNG(), 422}, "cut": {pngOf(halves(300, 200))[:200], 422},
		"many scans": {append([]byte("\xFF\xD8"), append(bytes.Repeat([]byte{0xFF, 0xDA}, 200), exifJPEG()[2:]...)...), 422},
		"over 2 MB":  {append(pngOf(halves(9, 9)), make([]byte, 2<<20)...), 422},
	} {
		before := w.store.Generation()
		sent := eleni.upload("/portal/account/avatar", c.file)
		if sent.status != c.want || sent.status >= 400 && w.store.Generation() != before {
			t.Errorf("%s: %d, not %d\n%s", what, sent.status, c.want, sent.body)
			continue
		}
		if sent.status >= 400 {
			continue
		}
		address := ownPicture.FindStringSubmatch(eleni.get("/portal").body)
		if address == nil {
			t.Fatalf("%s: the menu shows no picture", what)
		}
		got := eleni.get(address[1])
		made, kind, err := image.Decode(strings.NewReader(got.body))
		if err != nil || kind != "jpeg" || made.Bounds().Dx() != portraitSide || made.Bounds().Dy() != portraitSide {
			t.Errorf("%s became %s %v", what, kind, err)
		}
		for _, gone := range []string{"CNRY", "Exif", "script"} {
			if strings.Contains(got.body, gone) {
				t.Errorf("%s: the picture still carries %s", what, gone)
			}
		}
		for header, want := range map[string]string{"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=3600"} {
			if got.header.Get(header) != want {
				t.Errorf("%s: %s is %q", what, header, got.header.Get(header))
			}
		}
	}
}

// A camera held on its side: what was left is above.
func TestPicturesStandUpright(t *testing.T) {
	made, err := portrait(exifJPEG())
	if err != nil {
		t.Fatal(err)
	}
	upright, err := jpeg.Decode(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	above, _, _, _ := upright.At(128, 20).RGBA()
	below, _, _, _ := upright.At(128, 236).RGBA()
	if above < 0xF000 || below > 0x0FFF {
		t.Errorf("red is %x above and %x below", above, below)
	}
	for seed := range 200 { // whatever the camera wrote there
		file := exifJPEG()
		file[12+seed%40] ^= byte(seed*37 + 1)
		_, _ = portrait(file)
	}
}

func TestWhoSeesAPicture(t *testing.T) {
	w := newWorld(t)
	if refused := w.as("viewer").upload("/portal/account/avatar", pngOf(halves(9, 9))); refused.status != http.StatusNotFound {
		t.Errorf("without the right: %d", refused.status)
	}
	if page := w.as("viewer").get("/portal/account").body; strings.Contains(page, `type="file"`) {
		t.Error("without the right there is a form")
	}
	if page := w.as("eleni").get("/portal/account").body; !strings.Contains(page, `type="file"`) {
		t.Error("with the right there is no form")
	}
	eleni, picture := w.as("eleni"), "/portal/avatars/"+w.parts["avatar"].String()
	pages := []string{"/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String()}
	for _, page := range pages {
		if !strings.Contains(eleni.get(page).body, picture) {
			t.Errorf("%s shows no picture of the member", page)
		}
	}
	team := "/avatars/" + w.parts["avatar"].String()
	for _, page := range []string{"/projects/" + w.project.String() + "/members", "/tasks/" + w.tasks["gallery"].String()} {
		if !strings.Contains(w.as("leader").get(page).body, team) {
			t.Errorf("the team's %s shows no picture", page)
		}
	}
	w.ok(w.store.EditProject(w.actor("leader"), w.project, db.ProjectForm{Name: "Website Redesign", Company: "Papadopoulos Ceramics", TeamShown: "team", Status: "active", Version: 1}))
	for _, page := range pages {
		if strings.Contains(eleni.get(page).body, "/avatars/") {
			t.Errorf("%s shows a picture of somebody of \"the team\"", page)
		}
	}
	gone, never := eleni.get(picture), eleni.get("/portal/avatars/"+db.NewID().String())
	if gone.status != http.StatusNotFound || gone.bytes() != never.bytes() {
		t.Errorf("the picture of \"the team\": %d", gone.status)
	}
	member := w.as("member")
	member.post("/account/avatar/remove")
	if w.as("leader").get(team).status != http.StatusNotFound {
		t.Error("a removed picture is still there")
	}
}
