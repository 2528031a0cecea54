// Package chart turns dates and counts into places on a drawing: pure numbers, in
// percent of its width, so that the text in it keeps its size on a phone. The
// words belong to the templates.
package chart

import (
	"math"
	"strconv"
)

// Share is a part of a drawing's width in percent, written as SVG takes it: "58.33%".
type Share float64

func (s Share) String() string {
	return strconv.FormatFloat(math.Round(float64(s)*100)/100, 'f', -1, 64) + "%"
}

// Percent is n of total in whole percents. It says 0 and 100 only when nothing or
// everything is meant: 199 of 200 is 99.
func Percent(n, total int) int {
	switch {
	case total <= 0 || n <= 0:
		return 0
	case n >= total:
		return 100
	}
	return min(99, max(1, int(math.Round(100*float64(n)/float64(total)))))
}
