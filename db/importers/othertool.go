package importers

import (
	"bytes"
	"encoding/json"
)

// A shape is which keys a JSON value has: its own when it is an object, and
// those of its first element when it is an array or a map of objects. It is
// enough to tell whose file one has been given.
type shape map[string]bool

// maxShape bounds the keys that are looked at: more are not needed to know a tool.
const maxShape = 200

// ownKeys are the keys of an object, and none for anything else.
type ownKeys []string

func (k *ownKeys) UnmarshalJSON(raw []byte) error {
	if raw[0] != '{' {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, err := decoder.Token()
	for err == nil && decoder.More() && len(*k) < maxShape {
		key, _ := decoder.Token()
		*k = append(*k, key.(string))
		err = decoder.Decode(&skip{})
	}
	return nil
}

func (s *shape) UnmarshalJSON(raw []byte) error {
	var own, first ownKeys
	_ = own.UnmarshalJSON(raw)
	decoder := json.NewDecoder(bytes.NewReader(raw))
	token, err := decoder.Token()
	if err == nil && token == json.Delim('{') && decoder.More() {
		_, err = decoder.Token()
	}
	if err == nil && decoder.More() {
		_ = decoder.Decode(&first)
	}
	s.take(own)
	s.take(first)
	return nil
}

func (s *shape) take(keys ownKeys) {
	if *s == nil {
		*s = shape{}
	}
	for _, key := range keys {
		(*s)[key] = true
	}
}

// otherTools says by which keys a file of another tool is known. Under "" stand
// the keys of the file itself, or of its first element when it is an array.
var otherTools = []struct {
	name  string
	under string
	keys  []string
}{
	{"Jira", "issues", []string{"fields", "key"}},
	{"Jira", "", []string{"issues", "startAt", "total"}},
	{"Jira", "", []string{"comments", "startAt", "total"}},
	{"Jira", "", []string{"fields", "key", "self"}},
	{"Asana", "data", []string{"gid"}},
	{"Asana", "", []string{"gid"}},
	{"GitHub", "items", []string{"content"}},
	{"GitHub", "issues", []string{"number", "title"}},
	{"GitHub", "", []string{"number", "node_id"}},
	{"GitHub", "", []string{"number", "repository_url"}},
	{"GitHub", "", []string{"number", "state", "title"}},
	{"Planka", "", []string{"item", "included"}},
	{"Planka", "", []string{"items", "included"}},
	{"Nextcloud Deck", "boards", []string{"stacks"}},
	{"Nextcloud Deck", "", []string{"stacks", "title"}},
	{"Nextcloud Deck", "", []string{"stacks", "boards"}},
	{"Vikunja", "", []string{"hex_color", "tasks"}},
	{"Vikunja", "", []string{"hex_color", "owner"}},
	{"WeKan", "", []string{"_format", "swimlanes"}},
	{"WeKan", "", []string{"_id", "swimlanes"}},
	{"ClickUp", "tasks", []string{"custom_id"}},
	{"Todoist", "", []string{"sync_token", "items"}},
}

// otherTool names the tool that a file with these shapes comes from, or "".
func otherTool(shapes map[string]shape) string {
tools:
	for _, tool := range otherTools {
		for _, key := range tool.keys {
			if !shapes[tool.under][key] {
				continue tools
			}
		}
		return tool.name
	}
	return ""
}

// telling are the keys under which another tool's shape is looked for.
var telling = func() map[string]bool {
	keys := map[string]bool{}
	for _, tool := range otherTools {
		keys[tool.under] = tool.under != ""
	}
	return keys
}()
