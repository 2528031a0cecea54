package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/draw"
)

// PNG is a thumbnail as PNG, with its own size.
func PNG(thumbnail Thumbnail) (file []byte, width, height int, err error) {
	whole, _, err := image.Decode(bytes.NewReader(thumbnail.Bytes))
	if err != nil {
		return nil, 0, 0, ErrNone
	}
	var made bytes.Buffer
	err = png.Encode(&made, whole)
	return made.Bytes(), whole.Bounds().Dx(), whole.Bounds().Dy(), err
}

// Square draws a thumbnail into the middle of a white square, as the icon of an app:
// a tenth of its side stays free on each side.
func Square(thumbnail Thumbnail, side int) ([]byte, error) {
	whole, _, err := image.Decode(bytes.NewReader(thumbnail.Bytes))
	if err != nil {
		return nil, ErrNone
	}
	square := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.Draw(square, square.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	bounds, room := whole.Bounds(), side*8/10
	long := max(bounds.Dx(), bounds.Dy())
	width, height := max(1, bounds.Dx()*room/long), max(1, bounds.Dy()*room/long)
	at := image.Pt((side-width)/2, (side-height)/2)
	draw.CatmullRom.Scale(square, image.Rectangle{Min: at, Max: at.Add(image.Pt(width, height))}, whole, bounds, draw.Over, nil)
	var made bytes.Buffer
	err = png.Encode(&made, square)
	return made.Bytes(), err
}
