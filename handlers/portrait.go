package handlers

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif" // read, as are the other kinds
	"image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"vitrine/db"
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
		square = turned(square, orientation(file))
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

// turned puts upright what the camera held otherwise: orientation as in Exif 2.3,
// 4.6.4 (1 to 8).
func turned(square *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return square
	}
	const last = portraitSide - 1
	upright := image.NewRGBA(square.Bounds())
	for y := range portraitSide {
		for x := range portraitSide {
			from := [...]image.Point{2: {last - x, y}, 3: {last - x, last - y}, 4: {x, last - y},
				5: {y, x}, 6: {y, last - x}, 7: {last - y, last - x}, 8: {last - y, x}}[orientation]
			upright.SetRGBA(x, y, square.RGBAAt(from.X, from.Y))
		}
	}
	return upright
}

// orientation finds how the camera was held in a JPEG's Exif part, 1 when it does
// not say.
func orientation(file []byte) int {
	for at := 2; at+4 <= len(file) && file[at] == 0xFF && file[at+1] != 0xDA; {
		size := int(binary.BigEndian.Uint16(file[at+2:]))
		end := at + 2 + size
		if size < 2 || end > len(file) {
			break
		}
		if part := file[at+4 : end]; file[at+1] == 0xE1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return exifOrientation(part[6:])
		}
		at = end
	}
	return 1
}

func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for entry, left := at+2, order.Uint16(tiff[at:]); left > 0 && entry+12 <= int64(len(tiff)); entry, left = entry+12, left-1 {
		if order.Uint16(tiff[entry:]) == 0x0112 {
			return int(order.Uint16(tiff[entry+8:]))
		}
	}
	return 1
}
