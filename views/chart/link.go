package chart

// Link leads from the end of what has to be done first to the beginning of what waits
// for it. Bend is the height at which it turns; on a sheet that it only leaves or passes
// it does not turn. Clash says that the dates do not allow it.
type Link struct {
	From, To         Share
	Y, Bend, Into    int
	Turns, Up, Clash bool
}

// link draws what leads from bar to bar, where both are drawn and both have their day
// inside the stretch.
func (p *Plan) link() {
	at, drawn := map[int64]*Bar{}, 0
	for i := range p.Bars {
		at[p.Bars[i].Key] = &p.Bars[i]
	}
	for i := range p.Bars {
		after := &p.Bars[i]
		for _, key := range after.Needs {
			before := at[key]
			if before == nil || before.IsPhase || after.IsPhase || drawn == linksMost {
				continue
			}
			_, ends, _ := before.span()
			begins, _, _ := after.span()
			if p.holds(ends) && p.holds(begins) {
				drawn++
				p.lead(before, after, begins.Before(ends) && after.State != "done")
			}
		}
	}
}

// lead draws one link, on each sheet that it touches.
func (p *Plan) lead(before, after *Bar, clash bool) {
	down := before.Sheet < after.Sheet || before.Sheet == after.Sheet && before.Y < after.Y
	step := 1
	if !down {
		step = -1
	}
	for at := before.Sheet; ; at += step {
		sheet := &p.Sheets[at]
		link := Link{From: before.End(), To: after.X, Y: sheetTop, Bend: sheet.Floor, Up: !down, Clash: clash}
		if !down {
			link.Y, link.Bend = link.Bend, link.Y
		}
		if at == before.Sheet {
			link.Y = before.Middle()
		}
		if at == after.Sheet {
			link.Turns, link.Bend, link.Into = true, after.Y-5, after.Y
			if !down {
				link.Bend, link.Into = after.Y+barHeight+5, after.Y+barHeight
			}
		}
		sheet.Links = append(sheet.Links, link)
		if at == after.Sheet {
			return
		}
	}
}
