package views

import (
	"bytes"
	"crypto/rand"
	"html/template"
)

// A mark stands where a region goes. The zero byte cannot come from anybody's
// text, because html/template writes another sign for it; the random word keeps
// it from anything that some other part lets through.
var (
	markStart = []byte("\x00region " + rand.Text() + " ")
	markEnd   = []byte("\x00")
)

// versionRegion is the name under which SplitShell lists the place of the version.
const versionRegion = "version"

// Region puts a drawn region into the page; in a shell that is kept, its mark.
func (p *Page) Region(name string) template.HTML {
	if p.Keep {
		return template.HTML(string(markStart) + name + string(markEnd))
	}
	return p.Regions[name]
}

// Ghosts puts what the client of a preview does not see into the page; the place names
// it. For everybody else there is not even a mark.
func (p *Page) Ghosts(place string) template.HTML {
	if p.Preview == nil || !p.Preview.Ghosts || !p.Keep {
		return ""
	}
	return `<div class="haunt" id="ghosts-` + template.HTML(template.HTMLEscapeString(place)) + `">` + p.Region(ghostRegion+place) + `</div>`
}

// ghostRegion begins the names under which SplitShell lists the places of ghosts.
const ghostRegion = "ghosts "

// Version is the element that says what a live page was drawn at. In a kept shell
// it is a mark named "version", since each later drawing has another one.
func (p *Page) Version() template.HTML {
	if p.Live == nil {
		return ""
	}
	if p.Keep {
		return p.Region(versionRegion)
	}
	return VersionElement(p.Live.Version)
}

// VersionElement is what page and frame carry at their end.
func VersionElement(version string) template.HTML {
	return template.HTML(`<data id="version" value="` + template.HTMLEscapeString(version) + `" hidden></data>`)
}

// SplitShell takes a page drawn with Keep apart: parts[0], region names[0],
// parts[1], names[1] and so on; there is always one part more than names.
func SplitShell(shell []byte) (parts [][]byte, names []string) {
	for {
		before, rest, found := bytes.Cut(shell, markStart)
		parts = append(parts, before)
		if !found {
			return parts, names
		}
		name, after, _ := bytes.Cut(rest, markEnd)
		names = append(names, string(name))
		shell = after
	}
}
