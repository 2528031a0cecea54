package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"vitrine/db"
	pictures "vitrine/handlers/picture"
)

// An upload has time as long as it flows: so much at first, and more with every
// byte that arrives, until it has taken as long as any may.
const (
	UploadPatience = 60 * time.Second
	uploadRate     = 8 << 10 // bytes a second, at the least
	uploadLongest  = 2 * time.Hour
	maxParts       = 200
	drained        = 32 << 20  // bytes that are still read after a refusal, above the limit of a file
	maxText        = 256 << 10 // of the text that may come with the files
)

// Receive takes the files of a form and hangs them on what the actor writes in a
// thread: all of them once the body has ended as it should, or none. The field
// "file" holds them; "body", when it is there, is the text that stands beside.
func (a *App) Receive(c *fiber.Ctx, thread db.ID, kind string) error {
	actor := a.Actor(c)
	if err := a.Store.MayAttach(actor, thread, kind); err != nil {
		return err
	}
	return a.ReceiveFiles(c, func(text *string, files []*db.Received) error {
		_, err := a.Store.AddFiles(actor, thread, kind, text, files)
		return err
	})
}

// ReceiveFiles takes the files of a form as they come and hands all of them to keep,
// or none. Who may send them is asked before, and once more by keep.
func (a *App) ReceiveFiles(c *fiber.Ctx, keep func(text *string, files []*db.Received) error) error {
	limit := a.Workspace().Upload
	body := &flow{from: c.Context().RequestBodyStream(), c: c.Context(), length: int64(c.Request().Header.ContentLength()), began: time.Now(), most: db.MaxFiles*limit + 1<<20}
	upload := upload{app: a, limit: limit}
	defer upload.discard()
	if err := upload.read(c, body); err != nil {
		body.drain(limit + drained)
		return err
	}
	if len(upload.files) == 0 {
		return &db.Invalid{Field: "file", Key: "file.none"}
	}
	return keep(upload.text, upload.files)
}

// upload is a form on its way in.
type upload struct {
	app   *App
	limit int64
	files []*db.Received
	text  *string
}

func (u *upload) discard() {
	for _, file := range u.files {
		file.Discard()
	}
}

func (u *upload) read(c *fiber.Ctx, body *flow) error {
	kind, parameters, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || parameters["boundary"] == "" || body.from == nil {
		return &db.Invalid{Field: "file", Key: "file.none"}
	}
	if err := u.app.Store.Room(body.length); err != nil {
		return err
	}
	parts := multipart.NewReader(body, parameters["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return body.whole()
		}
		if err == nil {
			err = u.part(part)
		}
		if err != nil {
			return fault(err)
		}
	}
	return fiber.ErrBadRequest
}

func (u *upload) part(part *multipart.Part) error {
	switch part.FormName() {
	case "body":
		text, err := io.ReadAll(io.LimitReader(part, maxText))
		words := string(text)
		u.text = &words
		return err
	case "file":
		name := sentName(part)
		if name == "" { // the field was left empty
			return nil
		}
		if len(u.files) == db.MaxFiles {
			return &db.Invalid{Field: "file", Key: "file.too-many", Args: []any{"Max", db.MaxFiles}}
		}
		file, err := u.app.Store.Receive(part, u.limit)
		if err != nil {
			return err
		}
		file.Name = name
		u.files = append(u.files, file)
		return u.app.draw(file)
	}
	return nil
}

// sentName is the name as it was sent, with any path in it: the store cleans it.
func sentName(part *multipart.Part) string {
	_, parameters, err := mime.ParseMediaType(part.Header.Get(fiber.HeaderContentDisposition))
	if err != nil {
		return part.FileName()
	}
	return parameters["filename"]
}

// draw makes the thumbnail of a picture. What cannot be drawn is just a file.
func (a *App) draw(file *db.Received) error {
	if !Inline[file.MediaType] {
		return nil
	}
	opened, err := file.Open()
	if err != nil {
		return err
	}
	defer opened.Close()
	small, err := pictures.Make(opened, file.Size)
	if errors.Is(err, pictures.ErrNone) {
		file.MediaType = fiber.MIMEOctetStream
		return nil
	}
	if err != nil {
		return err
	}
	file.Width, file.Height = small.Width, small.Height
	file.Thumbnail, err = a.Store.Receive(bytes.NewReader(small.Bytes), int64(len(small.Bytes)))
	return err
}

// fault keeps what the store refuses and words everything else as a broken body.
func fault(err error) error {
	var invalid *db.Invalid
	var refused *fiber.Error
	if errors.As(err, &invalid) || errors.As(err, &refused) {
		return err
	}
	return BodyFault(err)
}

// flow is a body that is being read. It counts, and gives the sender time as long
// as bytes arrive.
type flow struct {
	from   io.Reader
	c      *fasthttp.RequestCtx
	length int64 // as it was announced, -1 when it was not
	began  time.Time
	count  int64
	most   int64
	given  time.Duration
}

func (f *flow) Read(p []byte) (int, error) {
	if f.count > f.most {
		return 0, fasthttp.ErrBodyTooLarge
	}
	if due := min(UploadPatience+time.Duration(f.count/uploadRate)*time.Second, uploadLongest); due-f.given >= time.Second || f.given == 0 {
		f.given = due
		if err := f.c.SetReadDeadline(f.began.Add(due)); err != nil {
			return 0, err
		}
	}
	n, err := f.from.Read(p)
	f.count += int64(n)
	return n, err
}

// whole reads what follows the form, and says whether the body was as long as
// announced: that of a cut request ends without an error.
func (f *flow) whole() error {
	if _, err := io.Copy(io.Discard, f); err != nil {
		return BodyFault(err)
	}
	if f.length > f.count {
		return fiber.ErrBadRequest
	}
	return nil
}

// drain reads on for a while after a refusal: a browser that is still sending
// would not read the answer otherwise.
func (f *flow) drain(most int64) {
	if f.from != nil {
		io.Copy(io.Discard, io.LimitReader(f, most))
	}
}
