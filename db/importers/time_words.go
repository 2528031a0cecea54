package importers

import (
	"slices"
	"strings"
)

// takeWords reads who worked, for whom and on what.
func (p *TimePlan) takeWords(tool *timeTool, r *timeRow, e *TimeEntry) {
	cut := false
	name := func(raw string, most int) string {
		if raw == tool.empty {
			return ""
		}
		clean, rest := line(raw, most)
		cut = cut || rest != ""
		return clean
	}
	e.Person = name(r.cell(fieldPerson), maxPerson)
	if e.Person == "" {
		e.Person = name(r.cell(fieldFirstName)+" "+r.cell(fieldLastName), maxPerson)
	}
	if mail := name(strings.ToLower(r.cell(fieldMail)), maxMail); strings.Contains(mail, "@") {
		e.Mail = mail
	}
	e.Client = name(r.cell(fieldClient), maxProject)
	e.Project = name(r.cell(fieldProject), maxProject)
	e.Task = name(r.cell(fieldTask), MaxTitle)
	text, over := prose(r.cell(fieldText), MaxTimeText)
	e.Text, cut = text, cut || over
	for tag := range strings.SplitSeq(r.cell(fieldTags), ",") {
		tag = name(strings.TrimSpace(tag), maxLabel)
		if tag != "" && len(e.Tags) < maxTimeTags && !slices.Contains(e.Tags, tag) {
			e.Tags = append(e.Tags, tag)
		}
	}
	if cut {
		p.warn(r, timeCut, "")
	}
	e.Billable = p.yes(r, fieldBillable)
	e.Invoiced = p.yes(r, fieldInvoiced)
}

// maxMail is the longest address there can be (RFC 5321).
const maxMail = 254

// answers are yes and no in the languages of the reports; nothing is no.
var answers = map[string]bool{
	"yes": true, "true": true, "y": true, "1": true, "ja": true, "oui": true, "sí": true, "si": true, "sim": true, "ναι": true,
	"": false, "no": false, "false": false, "n": false, "0": false, "-": false, "nein": false, "non": false, "não": false, "όχι": false,
}

func (p *TimePlan) yes(r *timeRow, field timeField) bool {
	cell := r.cell(field)
	yes, known := answers[strings.ToLower(cell)]
	if !known {
		p.warn(r, timeBillable, cell)
	}
	return yes
}
