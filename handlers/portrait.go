package handlers

import (
	"bytes"
	"image"
	_ "image/gif" // read, as are the other kinds
	"image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"vitrine/db"
	"vitrine/handlers/picture"
)

// What a picture may be before and what it is afterwards.
const (
	portraitBytes  = 2 << 20
	portraitPixels = 40_000_000
	portraitScans  = 100 // of a progressive JPEG: each one goes over the whole picture
	portraitSide   = 256
	portraitJPEG   = 88 // quality
)

// drawing lets one picture at a time be decoded: a large one takes some 300 MB.
var drawing = make(chan struct{}, 1)

// portrait makes a square JPEG of an uploaded picture. What else the file held,
// such as the place where it was taken, is gone, and so is whatever it could have
// been taken for besides a picture.
func portrait(file []byte) ([]byte, error) {
	refused := &db.Invalid{Field: "avatar", Key: "avatar.unknown"}
	if len(file) > portraitBytes {
		return nil, &db.Invalid{Field: "avatar", Key: "avatar.large"}
	}
	drawing <- struct{}{}
	defer func() { <-drawing }()
	shape, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || shape.Width < 1 || shape.Height < 1 {
		return nil, refused
	}
	if shape.Width*shape.Height > portraitPixels || kind == "jpeg" && bytes.Count(file, []byte{0xFF, 0xDA}) > portraitScans {
		return nil, &db.Invalid{Field: "avatar", Key: "avatar.large"}
	}
	whole, _, err := image.Decode(bytes.NewReader(file))
	if err != nil || whole.Bounds().Dx()*whole.Bounds().Dy() > portraitPixels {
		return nil, refused
	}
	square := cropped(whole)
	if kind == "jpeg" {
		square = picture.Upright(square, picture.Orientation(file))
	}
	var made bytes.Buffer
	err = jpeg.Encode(&made, square, &jpeg.Options{Quality: portraitJPEG})
	return made.Bytes(), err
}

// cropped scales the middle of a picture to the square, on white where one can
// see through it.
func cropped(whole image.Image) *image.RGBA {
	bounds := whole.Bounds()
	side := min(bounds.Dx(), bounds.Dy())
	corner := image.Pt(bounds.Min.X+(bounds.Dx()-side)/2, bounds.Min.Y+(bounds.Dy()-side)/2)
	square := image.NewRGBA(image.Rect(0, 0, portraitSide, portraitSide))
	draw.Draw(square, square.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(square, square.Bounds(), whole, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}, draw.Over, nil)
	return square
}
