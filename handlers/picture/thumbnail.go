// Package picture makes small pictures of large ones that nobody has looked at.
package picture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // read, as are the other kinds
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// What a picture may be, and what its thumbnail is.
const (
	maxPixels     = 40_000_000
	maxBytes      = 64 << 20
	maxScans      = 100 // of a progressive JPEG: each one goes over the whole picture
	thumbnailSide = 480
	thumbnailJPEG = 82 // quality
	workers       = 2
	maxMemory     = 256 << 20 // of what is decoded at once
)

// ErrNone is answered for what is no picture, a broken one, or one that is too
// large to be drawn small.
var ErrNone = errors.New("no picture that can be drawn small")

var (
	slots  = semaphore.NewWeighted(workers)
	memory = semaphore.NewWeighted(maxMemory)
)

// Thumbnail is a picture drawn anew, small. What else its file held, such as the
// place where it was taken, is not in it.
type Thumbnail struct {
	Bytes         []byte
	Width, Height int // of the picture that it was made of, as one looks at it
}

// Make draws the thumbnail of a file. Its size is read before anything of it is
// decoded; two are decoded at a time, and together in a bounded memory.
func Make(file io.ReadSeeker, size int64) (Thumbnail, error) {
	if size > maxBytes {
		return Thumbnail{}, ErrNone
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return Thumbnail{}, ErrNone
	}
	shape, kind, err := image.DecodeConfig(bufio.NewReader(from(file, 0)))
	if err != nil || shape.Width < 1 || shape.Height < 1 || int64(shape.Width)*int64(shape.Height) > maxPixels {
		return Thumbnail{}, ErrNone
	}
	needs, err := cost(file, shape, kind)
	if err != nil || needs > maxMemory {
		return Thumbnail{}, ErrNone
	}
	slots.Acquire(context.Background(), 1)
	defer slots.Release(1)
	memory.Acquire(context.Background(), needs)
	defer memory.Release(needs)
	whole, _, err := image.Decode(bufio.NewReader(from(file, 0)))
	if err != nil || whole.Bounds().Empty() || whole.Bounds().Dx()*whole.Bounds().Dy() > maxPixels {
		return Thumbnail{}, ErrNone
	}
	held := 1
	if kind == "jpeg" {
		held = Orientation(head[:n])
	}
	return shrink(whole, held)
}

func from(file io.Seeker, at int64) io.Reader {
	file.Seek(at, io.SeekStart)
	return file.(io.Reader)
}

// cost is how many bytes decoding takes at most, by what Go's decoders keep.
func cost(file io.ReadSeeker, shape image.Config, kind string) (int64, error) {
	each := int64(5)
	switch kind {
	case "gif":
		each = 2
	case "png":
		switch shape.ColorModel {
		case color.NRGBA64Model, color.RGBA64Model, color.Gray16Model:
			each = 9
		}
	case "jpeg":
		scans, progressive, err := jpegScans(bufio.NewReader(from(file, 0)))
		if err != nil || scans > maxScans {
			return 0, ErrNone
		}
		if progressive {
			each = 16 // its coefficients are kept until the last scan
		}
	}
	return each * int64(shape.Width) * int64(shape.Height), nil
}

// jpegScans counts the scans of a JPEG (ITU-T T.81, B.1.1.3: a marker is FF and a
// byte that is not 0).
func jpegScans(file io.ByteReader) (scans int, progressive bool, err error) {
	for last := byte(0); ; {
		b, err := file.ReadByte()
		if err == io.EOF {
			return scans, progressive, nil
		}
		if err != nil {
			return scans, progressive, err
		}
		if last == 0xFF && b == 0xDA {
			scans++
		}
		if last == 0xFF && b == 0xC2 {
			progressive = true
		}
		last = b
	}
}

// shrink scales to at most thumbnailSide each way, and turns upright.
func shrink(whole image.Image, held int) (Thumbnail, error) {
	bounds := whole.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	side := max(width, height, thumbnailSide)
	small := image.NewRGBA(image.Rect(0, 0, max(1, width*thumbnailSide/side), max(1, height*thumbnailSide/side)))
	draw.BiLinear.Scale(small, small.Rect, whole, bounds, draw.Src, nil)
	small = Upright(small, held)
	if held > 4 {
		width, height = height, width
	}
	var made bytes.Buffer
	var err error
	if small.Opaque() {
		err = jpeg.Encode(&made, small, &jpeg.Options{Quality: thumbnailJPEG})
	} else {
		err = png.Encode(&made, small)
	}
	return Thumbnail{made.Bytes(), width, height}, err
}
