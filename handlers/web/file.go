package web

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// Inline are the kinds of pictures that a browser may show by itself. Everything
// else is only ever saved, whatever it says that it is.
var Inline = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// filePolicy keeps what a browser makes of a file all the same from running, and
// from reaching anything.
const filePolicy = "sandbox; default-src 'none'"

// SendFile answers with the bytes of a file that the reader may see, whole or one
// range of it (RFC 9110, 14).
func (a *App) SendFile(c *fiber.Ctx, blob db.Blob) error {
	kind, placed := fiber.MIMEOctetStream, "attachment"
	if Inline[blob.MediaType] {
		kind, placed = blob.MediaType, "inline"
	}
	return a.sendBlob(c, blob.SHA256, blob.Size, kind, placed+"; "+namedFile(blob.Name))
}

// SendThumbnail answers with the small picture of a file, or as if there were none.
func (a *App) SendThumbnail(c *fiber.Ctx, blob db.Blob) error {
	if blob.Thumbnail == "" {
		return db.ErrNotFound
	}
	return a.sendBlob(c, blob.Thumbnail, -1, "", `inline; filename="thumbnail"`)
}

func (a *App) sendBlob(c *fiber.Ctx, sum string, size int64, kind, placed string) error {
	file, err := a.Store.OpenBlob(sum, size)
	var broken *db.BrokenBlob
	if errors.As(err, &broken) && broken.First {
		a.Log.Error("a file is not in the data folder as it should be", "sha256", broken.SHA256, "why", broken.Why)
	}
	if err != nil {
		return err
	}
	about, err := file.Stat()
	if err != nil {
		file.Close()
		return err
	}
	if kind == "" {
		kind = thumbnailKind(file)
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, placed)
	c.Set(fiber.HeaderContentSecurityPolicy, filePolicy)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	first, last, ok := byteRange(c.Get(fiber.HeaderRange), about.Size())
	if !ok {
		file.Close()
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", about.Size()))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	}
	if last-first+1 != about.Size() {
		c.Status(fiber.StatusPartialContent)
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", first, last, about.Size()))
	}
	c.Context().SetBodyStream(&sending{io.NewSectionReader(file, first, last-first+1), file, c.Context().Conn()}, int(last-first+1))
	return nil
}

// thumbnailKind tells the two kinds of thumbnails apart: both were made here.
func thumbnailKind(file io.ReaderAt) string {
	mark := make([]byte, 1)
	if file.ReadAt(mark, 0); mark[0] == 0x89 {
		return "image/png"
	}
	return "image/jpeg"
}

// sending is a file on its way out. Whoever keeps reading is given more time with
// each piece; the connection outlives the handler, the request does not.
type sending struct {
	io.Reader
	file *os.File
	to   net.Conn
}

const sendPatience = 30 * time.Second

func (s *sending) Read(p []byte) (int, error) {
	s.to.SetWriteDeadline(time.Now().Add(sendPatience))
	return s.Reader.Read(p)
}

func (s *sending) Close() error { return s.file.Close() }

// byteRange reads a Range of one part; several, or none that can be read, mean the
// whole. ok is false when it begins behind the end.
func byteRange(header string, size int64) (first, last int64, ok bool) {
	whole := size - 1
	from, to, found := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	if !found || !strings.HasPrefix(header, "bytes=") || strings.Contains(header, ",") {
		return 0, whole, true
	}
	first, failed := strconv.ParseInt(from, 10, 64)
	if from == "" { // the last so many bytes
		count, err := strconv.ParseInt(to, 10, 64)
		if err != nil || count < 0 {
			return 0, whole, true
		}
		return max(0, size-count), whole, count > 0
	}
	last, err := strconv.ParseInt(to, 10, 64)
	if to == "" {
		last, err = whole, nil
	}
	if failed == nil && first >= size {
		return 0, 0, false
	}
	if failed != nil || err != nil || first < 0 || last < first {
		return 0, whole, true
	}
	return first, min(last, whole), true
}

// namedFile says under which name a browser saves (RFC 6266, 4.3): in ASCII for old
// ones, and as it is (RFC 8187).
func namedFile(name string) string {
	var plain, whole strings.Builder
	for _, r := range name {
		if r < 0x20 || r > 0x7E || strings.ContainsRune(`"\%;`, r) {
			r = '_'
		}
		plain.WriteRune(r)
	}
	for _, b := range []byte(name) {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || strings.IndexByte("!#$&+-.^_`|~", b) >= 0 {
			whole.WriteByte(b)
		} else {
			fmt.Fprintf(&whole, "%%%02X", b)
		}
	}
	return `filename="` + plain.String() + `"; filename*=UTF-8''` + whole.String()
}
