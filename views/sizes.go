package views

import "golang.org/x/text/number"

// Size writes how large a file is: "640 KB", "2.4 MB". A KB is 1,024 bytes here, as
// the limit of uploads counts.
func (w *Words) Size(bytes int64) string {
	if bytes < 1<<10 {
		return w.N("file.bytes", bytes)
	}
	size, unit := float64(bytes)/(1<<10), 0
	for ; size >= 1023.5 && unit < len(sizeUnits)-1; unit++ {
		size /= 1 << 10
	}
	digits := 0
	if size < 9.95 {
		digits = 1
	}
	return w.catalogue.numbers.Sprint(number.Decimal(size, number.MaxFractionDigits(digits))) + "\u00a0" + sizeUnits[unit]
}

var sizeUnits = []string{"KB", "MB", "GB"}
