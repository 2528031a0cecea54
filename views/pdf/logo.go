package pdf

import (
	"bytes"
	"image"
	pixels "image/draw"
	"image/png"

	"codeberg.org/go-pdf/fpdf"
)

var pngPicture = fpdf.ImageOptions{ImageType: "PNG"}

// logo takes a picture into the file and answers how large it is to be drawn: 0 for one
// that cannot be. The library takes few kinds of PNG and panics at broken ones, so it is
// given one that was written anew.
func (p paper) logo(picture []byte) (width, height float64) {
	read, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return 0, 0
	}
	plain := image.NewNRGBA(image.Rectangle{Max: read.Bounds().Size()})
	pixels.Draw(plain, plain.Rect, read, read.Bounds().Min, pixels.Src)
	var written bytes.Buffer
	if err := png.Encode(&written, plain); err != nil {
		return 0, 0
	}
	p.RegisterImageOptionsReader("logo", pngPicture, &written)
	size := plain.Rect.Size()
	width, height = logo*float64(size.X)/float64(size.Y), logo
	if most := 60.0; width > most {
		width, height = most, most*float64(size.Y)/float64(size.X)
	}
	return width, height
}
