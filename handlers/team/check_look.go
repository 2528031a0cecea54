package team

import (
	"html/template"
	"strings"

	"vitrine/views"
)

// The lines of the checklist that only somebody who knows the client can answer.

// teamNames says how each of their projects shows the team. Where titles are shown,
// somebody without one goes by "the team", which is worth a look.
func (q precheck) teamNames() checkLine {
	line := checkLine{Name: "names", State: yourLine, Text: q.H("check.names-how")}
	for _, project := range q.Projects {
		if !project.On {
			continue
		}
		var shown []string
		untitled := 0
		for _, name := range q.found.Named {
			if name.ProjectID != project.ID {
				continue
			}
			if name.Untitled {
				untitled++
			}
			if name.Shown != "" {
				shown = append(shown, name.Shown)
			}
		}
		text := views.Anchor(projectURL(project.ID)+"/settings#team_shown", project.Name) + template.HTML(": "+template.HTMLEscapeString(q.T("check.names-"+project.TeamShown)))
		if len(shown) > 0 {
			text += template.HTML(" (" + template.HTMLEscapeString(strings.Join(shown, ", ")) + ")")
		}
		line.Facts = append(line.Facts, fact{Text: text})
		if untitled > 0 {
			line.State = lookLine
			line.Facts = append(line.Facts, fact{Text: q.HN("check.names-untitled", untitled), Amiss: true})
		}
	}
	if len(line.Facts) == 0 {
		line.Text = q.H("check.names-none")
	}
	return line
}

// meant asks whether the role is the one that was meant.
func (q precheck) meant() checkLine {
	line := checkLine{Name: "role", State: yourLine, Text: q.H("check.role-is", "role", q.role(), "access", q.access()), Cures: []remedy{q.to(true, "trouble.cure-role", q.at)}}
	if len(q.Rights) == 0 {
		line.State = lookLine
	}
	return line
}

// looksRight asks for a look with their eyes, since the last change.
func (q precheck) looksRight() checkLine {
	l := q.found.Looked
	text, good := q.H("check.look-never"), false
	switch {
	case l.Enough():
		text, good = q.H("check.look-good", "name", l.By, "moment", q.MomentRecordTag(l.At)), true
	case !l.At.IsZero():
		text = q.H("check.look-old", "name", l.By, "moment", q.MomentRecordTag(l.At), "changed", q.MomentRecordTag(l.ChangedAt))
	}
	if !q.Previews {
		key := "check.look-admin"
		if !q.SignsIn {
			key = "check.look-off"
		}
		return answered("look", good, text+" "+q.H(key))
	}
	return answered("look", good, text, q.look())
}
