package db

// ClientContents is all that somebody's glass holds of the kinds that could be
// mixed up with the team's own: what a checklist compares with the store.
type ClientContents struct {
	Projects []ClientProject
	Tasks    []ClientThing
	Replies  []ClientThing // with their words
	Labels   []ClientThing // by name
	Billing  []ID          // companies of which the viewer sees the billing
}

// ClientThing is a row of a project: ID 0 where clients have none, Text "" where
// it does not matter.
type ClientThing struct {
	ProjectID, ID ID
	Text          string
}

func clientThingFields(t *ClientThing) []any { return []any{&t.ProjectID, &t.ID, &t.Text} }

// Contents reads them.
func (g *Glass) Contents() (c ClientContents, err error) {
	if c.Projects, err = g.Projects(); err != nil {
		return c, err
	}
	if c.Tasks, err = all(g, clientThingFields, "SELECT project_id, id, '' FROM client_task ORDER BY project_id, column_position, position, id"); err != nil {
		return c, err
	}
	if c.Replies, err = all(g, clientThingFields, "SELECT project_id, id, body FROM client_reply ORDER BY project_id, at, body, id"); err != nil {
		return c, err
	}
	if c.Labels, err = all(g, clientThingFields, "SELECT DISTINCT project_id, 0, name FROM client_task_label ORDER BY 1, 3"); err != nil {
		return c, err
	}
	c.Billing, err = all(g, itself[ID], "SELECT company_id FROM client_right WHERE right = 'billing' ORDER BY company_id")
	return c, err
}

// Topics are the rights and features that the viewer has somewhere, as
// "right-comment" or "feature-help": what a help page may tell of.
func (g *Glass) Topics() (map[string]bool, error) {
	list, err := all(g, itself[string], "SELECT 'right-' || right FROM client_right UNION SELECT 'feature-' || name FROM client_feature")
	topics := make(map[string]bool, len(list))
	for _, topic := range list {
		topics[topic] = true
	}
	return topics, err
}
