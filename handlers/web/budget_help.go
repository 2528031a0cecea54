package web

import "vitrine/views"

// BudgetHelp is what both sides read of a budget: what its clients see of it, as it stands now.
type BudgetHelp struct {
	W                      *views.Words
	Workspace, Name        string
	Team                   bool
	Open, Approves, Closed bool
	Monthly                bool
}

// State are the sentences on how it stands.
func (h BudgetHelp) State() []string {
	var said []string
	w := h.W
	switch {
	case !h.Team:
		said = append(said, w.T("budget-help.open-you", "workspace", h.Workspace))
	case h.Open:
		said = append(said, w.T("budget-help.keys"), w.T("budget-help.key-switch-on"), w.T("budget-help.key-right"), w.T("budget-help.key-feature"))
	default:
		said = append(said, w.T("budget-help.keys"), w.T("budget-help.key-switch-off"), w.T("budget-help.key-right"), w.T("budget-help.key-feature"))
	}
	if h.Approves {
		said = append(said, w.T("budget-help.approval"))
	} else {
		said = append(said, w.T("budget-help.approval-none"))
	}
	if h.Closed {
		said = append(said, w.T("budget-help.closed"))
	}
	if h.Team {
		return append(said, w.T("budget-help.key-gone"))
	}
	return append(said, w.T("budget-help.live"))
}

// Seen are the sentences on what is shown.
func (h BudgetHelp) Seen() []string {
	said := []string{h.W.T("budget-help.services"), h.W.T("budget-help.time"), h.W.T("budget-help.expenses"), h.W.T("budget-help.invoices")}
	if h.Monthly {
		said = append(said, h.W.T("budget-help.month"))
	}
	if h.Team {
		said = append(said, h.W.T("budget-help.wording"))
	}
	return said
}

// Hidden are those on what is not.
func (h BudgetHelp) Hidden() []string {
	if h.Team {
		return []string{h.W.T("budget-help.never")}
	}
	return []string{h.W.T("budget-help.notes")}
}

// Asks are those on questions.
func (h BudgetHelp) Asks() []string {
	if h.Team {
		return []string{h.W.T("budget-help.ask-team"), h.W.T("budget-help.look")}
	}
	return []string{h.W.T("budget-help.ask-you")}
}

// Steps are what somebody of the team does to open a budget.
func (h BudgetHelp) Steps() []string {
	if !h.Team {
		return nil
	}
	return []string{h.W.T("budget-help.step-a"), h.W.T("budget-help.step-b"), h.W.T("budget-help.step-c")}
}
