package web

import "vitrine/views"

// HelpSection is a part of the quick reference: the end of its keys, how many
// sentences it has, and where it leads.
type HelpSection struct {
	Name  string
	Count int
	Links []views.Link
}

// Title is the key of the section's title, Lines those of its sentences.
func (h HelpSection) Title() string { return "help." + h.Name }

// Lines are the keys of the sentences, in order.
func (h HelpSection) Lines() []string {
	keys := make([]string, h.Count)
	for i := range keys {
		keys[i] = h.Title() + "-" + string(rune('a'+i))
	}
	return keys
}

// Help is a page of the quick reference. Version is that of the running program:
// the page is part of it and cannot tell of another one.
func (a *App) Help(sections []HelpSection) map[string]any {
	return map[string]any{"Sections": sections, "Version": a.Version}
}
