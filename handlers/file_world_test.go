package handlers

import (
	"bytes"
	"image"
	paint "image/color"
	"image/png"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"

	"vitrine/db"
)

// seedFolder is a data folder, by the names in it.
type seedFolder map[string][]byte

// add takes people's files along.
func (f seedFolder) add(w *world, folder string) {
	w.ok(filepath.WalkDir(filepath.Join(folder, db.BlobFolder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		w.ok(err)
		f[name], err = os.ReadFile(path)
		return err
	}))
}

// attach hangs a file on what somebody writes.
func (w *world) attach(who string, thread db.ID, kind, name, content string) db.ID {
	w.t.Helper()
	id, err := w.store.AddFile(w.actor(who), thread, kind, name, strings.NewReader(content), 1<<20)
	w.ok(err)
	return id
}

// sent is a file that somebody sent.
func (w *world) sent(name, content string) *db.Received {
	w.t.Helper()
	received, err := w.store.Receive(strings.NewReader(content), 1<<20)
	w.ok(err)
	received.Name = name
	return received
}

// picture is one that somebody sent, with a small one made of it.
func (w *world) picture(name string) *db.Received {
	received := w.sent(name, string(drawn(1200, 800)))
	received.Thumbnail, received.Width, received.Height = w.sent("", string(drawn(12, 8))), 1200, 800
	return received
}

// seedFiles hangs a picture on a reply that clients read, and canaries by name and
// content on a note, a held reply, another company's reply and an unsent draft.
func (w *world) seedFiles() {
	ids, err := w.store.AddFiles(w.actor("member"), w.tasks["gallery"], db.Reply, nil, []*db.Received{w.picture("plan.png")})
	w.ok(err)
	w.parts["file own"] = ids[0]
	_, err = w.store.AddReply(w.actor("member"), w.tasks["gallery"], "Here is the plan.")
	w.ok(err)
	w.parts["file note"] = w.attach("leader", w.tasks["gallery"], db.Note, "CNRY-note-file.txt", "CNRY-note-file content")
	_, err = w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "CNRY-note with a file")
	w.ok(err)
	w.parts["file foreign"] = w.attach("outsider", w.tasks["foreign"], db.Reply, "CNRY-foreign-file.txt", "CNRY-foreign-file content")
	_, err = w.store.AddReply(w.actor("outsider"), w.tasks["foreign"], "CNRY-foreign-words")
	w.ok(err)
	w.holds(600)
	w.parts["file held"] = w.attach("owner", w.tasks["gallery"], db.Reply, "CNRY-held-file.txt", "CNRY-held-file content")
	_, err = w.store.AddReply(w.actor("owner"), w.tasks["gallery"], "CNRY-held with a file")
	w.ok(err)
	w.holds(0)
}

// seedDrafts hangs files on what Eleni and the member have not sent yet.
func (w *world) seedDrafts() {
	w.parts["file draft"] = w.attach("eleni", w.tasks["gallery"], db.Reply, "draft.txt", "not sent")
	w.parts["file mine"] = w.attach("member", w.tasks["shipping"], db.Note, "CNRY-draft-file.txt", "CNRY-draft-file content")
}

// drawn is a PNG with a gradient.
func drawn(width, height int) []byte {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, paint.RGBA{uint8(x), uint8(y), 100, 255})
		}
	}
	var made bytes.Buffer
	png.Encode(&made, picture)
	return made.Bytes()
}

// sent is a file in a form.
type sent struct {
	name, kind string // kind is what the sender says that it is
	content    []byte
}

// formOf is a form with files, and its content type.
func formOf(text string, files ...sent) ([]byte, string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if text != "" {
		form.WriteField("body", text)
	}
	for _, file := range files {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", `form-data; name="file"; filename="`+strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A").Replace(file.name)+`"`)
		if file.kind != "" {
			header.Set("Content-Type", file.kind)
		}
		part, _ := form.CreatePart(header)
		part.Write(file.content)
	}
	form.Close()
	return body.Bytes(), form.FormDataContentType()
}

// upload sends files as the page's script does (htmx) or as a plain form.
func (s *someone) attach(path string, files ...sent) answer {
	body, kind := formOf("", files...)
	return s.send(http.MethodPost, path, bytes.NewReader(body), "Content-Type", kind, "Origin", s.w.base, "HX-Request", "true")
}

func (s *someone) attachPlain(path, text string, files ...sent) answer {
	body, kind := formOf(text, files...)
	return s.send(http.MethodPost, path, bytes.NewReader(body), "Content-Type", kind, "Origin", s.w.base)
}

// slowly hands a body on without telling its length: it comes in chunks.
type slowly struct{ io.Reader }

// leftovers are the files below the folder of uploads.
func (w *world) leftovers() (names []string) {
	filepath.WalkDir(filepath.Join(w.folder, db.BlobFolder), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimPrefix(path, w.folder))
		}
		return nil
	})
	return names
}
