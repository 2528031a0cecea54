package handlers

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	paint "image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// hands sends a file as a form does.
func (s *someone) hands(path, field, name string, content []byte) answer {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	s.w.ok(err)
	part.Write(content)
	s.w.ok(form.Close())
	return s.send(http.MethodPost, path, &body, "Content-Type", form.FormDataContentType(), "Origin", s.w.base)
}

// claims is a PNG whose head says a size that is not in it.
func claims(width, height uint32) []byte {
	head := make([]byte, 13)
	binary.BigEndian.PutUint32(head, width)
	binary.BigEndian.PutUint32(head[4:], height)
	head[8], head[9] = 8, 6
	chunk := append([]byte("IHDR"), head...)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(chunk))
}

// TestBrand: a logo is drawn anew and stands on client pages, before signing in too, and
// as icon and manifest; what is no picture, is too large or is a script is refused.
func TestBrand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, eleni, nobody := w.as("owner"), w.as("eleni"), w.as("")
	drawn := image.NewRGBA(image.Rect(0, 0, 400, 100))
	drawn.Set(7, 7, paint.RGBA{200, 10, 10, 255})
	var file bytes.Buffer
	w.ok(png.Encode(&file, drawn))
	secret := append(bytes.Clone(file.Bytes()), []byte("CNRY-behind the picture")...)
	for name, content := range map[string][]byte{
		"script.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "renamed.png": []byte("<html><script>alert(1)</script>"), "huge.png": claims(8000, 5001), "broken.png": file.Bytes()[:60], "empty.png": nil,
	} {
		if a := owner.hands("/settings/brand/logo", "picture", name, content); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="logo-error"`) {
			t.Errorf("%s answers %d", name, a.status)
		}
	}
	if nobody.get("/brand/logo").status != http.StatusNotFound || strings.Contains(eleni.get("/portal").body, "/brand/logo") {
		t.Error("a refused picture is there")
	}
	for _, kind := range []string{"logo", "logo-dark"} {
		if a := owner.hands("/settings/brand/"+kind, "picture", "logo.png", secret); a.status != http.StatusSeeOther {
			t.Fatal(a.status, a.body)
		}
	}
	for _, page := range []string{eleni.get("/portal").body, nobody.get("/sign-in").body} {
		_, rest, _ := strings.Cut(page, `src="/brand/logo?v=`)
		version, _, _ := strings.Cut(rest, `"`)
		picture := nobody.get("/brand/logo?v=" + version)
		if version == "" || picture.header.Get("Content-Type") != "image/png" || !strings.Contains(picture.header.Get("Cache-Control"), "immutable") || strings.Contains(picture.body, "CNRY") {
			t.Errorf("version %q, %v", version, picture.header)
		}
		if !strings.Contains(page, `class="by-night" src="/brand/logo-dark?v=`+version) || !strings.Contains(page, `href="/brand/icon-192?v=`+version) || !strings.Contains(page, `rel="manifest"`) || !strings.Contains(page, `width="144" height="36"`) {
			t.Error("the page has not all of the brand")
		}
	}
	if old := nobody.get("/brand/icon-512?v=0"); strings.Contains(old.header.Get("Cache-Control"), "immutable") || old.status != http.StatusOK {
		t.Error("a picture of another version may be kept for ever")
	}
	if icon, err := png.DecodeConfig(strings.NewReader(nobody.get("/brand/icon-512").body)); err != nil || icon.Width != 512 || icon.Height != 512 {
		t.Error(icon, err)
	}

	version := func() string {
		_, rest, _ := strings.Cut(owner.get("/settings/brand").body, `name="version" value="`)
		v, _, _ := strings.Cut(rest, `"`)
		return v
	}
	stale := version()
	if a := owner.post("/settings/brand", "word", "Client <area>", "footer", "Ormos & Co", "links", "Imprint https://ormos.example/imprint\nWrite to us mailto:hello@ormos.example", "version", stale); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.body)
	}
	for _, link := range []string{"Bad javascript:alert(1)", "https://only.example/", "User https://a:b@x.example/", "Path /portal", "Data data:text/html,x", strings.Repeat("Link https://x.example/\n", 9)} {
		if a := owner.post("/settings/brand", "links", link, "version", version()); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="links-error"`) {
			t.Errorf("%q answers %d", link, a.status)
		}
	}
	if a := owner.post("/settings/brand", "word", "Lounge", "version", stale); a.status != http.StatusConflict || !strings.Contains(a.body, "Lounge") || !strings.Contains(a.body, "Client &lt;area&gt;") {
		t.Error("who was slower:", a.status)
	}
	page := eleni.get("/portal").body
	for _, want := range []string{"Client &lt;area&gt;", "Ormos &amp; Co", `href="https://ormos.example/imprint"`, `href="mailto:hello@ormos.example"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the client's page", want)
		}
	}
	if manifest := nobody.get("/manifest.webmanifest"); !strings.Contains(manifest.body, `"start_url":"/portal"`) || !strings.Contains(manifest.body, "512x512") || manifest.header.Get("Content-Type") != "application/manifest+json" {
		t.Error(manifest.body, manifest.header)
	}
	if a := owner.post("/settings/brand/logo", "remove", "yes"); a.status != http.StatusSeeOther || nobody.get("/brand/logo").status != http.StatusNotFound || nobody.get("/brand/icon-192").status != http.StatusNotFound || !strings.Contains(eleni.get("/portal").body, `src="/logo.svg"`) {
		t.Error("the logo is still there")
	}
}
