package chart

// Segment is one rectangle of a meter. Class is the meter's word for its colour:
// "" for done, "doing", "call".
type Segment struct {
	Class    string
	X, Width Share
}

// gap is what is left free between two segments.
const gap = 0.4

// Meter lays out how far something is: done, then what is in progress, then what
// waits for the client; the rest of the bar stays empty and means todo. The
// numbers may be tasks or minutes. Nothing at all gives no segments.
func Meter(done, doing, waiting, todo int) []Segment {
	parts := []struct {
		class string
		n     int
	}{{"", max(0, done)}, {"doing", max(0, doing)}, {"call", max(0, waiting)}}
	total := max(0, todo)
	for _, part := range parts {
		total += part.n
	}
	var segments []Segment
	before := 0
	for _, part := range parts {
		if part.n == 0 {
			continue
		}
		x, end := 100*float64(before)/float64(total), 100*float64(before+part.n)/float64(total)
		before += part.n
		if x > 0 {
			x += gap / 2
		}
		if before < total {
			end -= gap / 2
		}
		// A segment narrower than the gap still shows that it is not nothing.
		segments = append(segments, Segment{part.class, Share(x), Share(max(end-x, gap/2))})
	}
	return segments
}
