package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Upright turns a picture as the camera was held: orientation as in Exif 2.3,
// 4.6.4 (1 to 8).
func Upright(from *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return from
	}
	width, height := from.Rect.Dx(), from.Rect.Dy()
	right, bottom := width-1, height-1
	if orientation > 4 {
		width, height = height, width
	}
	upright := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			at := [...]image.Point{2: {right - x, y}, 3: {right - x, bottom - y}, 4: {x, bottom - y},
				5: {y, x}, 6: {y, bottom - x}, 7: {right - y, bottom - x}, 8: {right - y, x}}[orientation]
			upright.SetRGBA(x, y, from.RGBAAt(at.X, at.Y))
		}
	}
	return upright
}

// Orientation finds how the camera was held in a JPEG's Exif part, 1 when it does
// not say. The beginning of the file is enough.
func Orientation(file []byte) int {
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
