package db

import (
	"encoding/json"

	"github.com/gowebpki/jcs"
)

// RecordFormat names the shape of a sealed record.
const RecordFormat = "vitrine-signoff-1"

// Record is what a sign-off seals: what was on screen and what was answered. It
// holds nothing that clients of the project may not read. Money is in minor units,
// times are RFC 3339 in UTC, ids are written as everywhere.
type Record struct {
	Format      string             `json:"format"`
	ID          ID                 `json:"id"`
	Workspace   string             `json:"workspace"`
	Company     Named              `json:"company"`
	Project     Named              `json:"project"`
	Decision    RecordDecision     `json:"decision"`
	Deliverable *RecordDeliverable `json:"deliverable"`
	Files       []RecordFile       `json:"files"`
	Answer      RecordAnswer       `json:"answer"`
	Person      RecordPerson       `json:"person"`
	SignedIn    RecordSession      `json:"signed_in"`
	At          Time               `json:"at"`
}

// Named is a thing or a person by id and name.
type Named struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
}

// RecordDecision is the question as it stood. Price and Days are absent where the
// question had none.
type RecordDecision struct {
	ID         ID             `json:"id"`
	Kind       string         `json:"kind"`
	Edition    int            `json:"edition"`
	Question   string         `json:"question"`
	Context    string         `json:"context"`
	IfSilent   string         `json:"if_silent"`
	FreeAnswer bool           `json:"free_answer"`
	Mode       string         `json:"mode"`
	DueOn      Date           `json:"due_on"`
	Closes     bool           `json:"closes"`
	Currency   string         `json:"currency"`
	Price      *int64         `json:"price"`
	Days       *int64         `json:"days"`
	AskedBy    string         `json:"asked_by"`
	AskedAt    Time           `json:"asked_at"`
	Milestone  string         `json:"milestone"`
	Options    []RecordOption `json:"options"`
	NewTasks   []string       `json:"change_tasks"`
	Tasks      []string       `json:"tasks"`
	Deciders   []Named        `json:"deciders"`
}

// RecordOption is one of the options that were offered.
type RecordOption struct {
	ID          ID     `json:"id"`
	Title       string `json:"title"`
	Text        string `json:"text"`
	Cost        *int64 `json:"cost"`
	Days        *int64 `json:"days"`
	Recommended bool   `json:"recommended"`
}

// RecordDeliverable is the version that was approved, or not.
type RecordDeliverable struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Version     int    `json:"version"`
	Note        string `json:"note"`
	SHA256      string `json:"sha256"`
}

// RecordFile is a file that hung on what was answered, by the hash of its bytes.
type RecordFile struct {
	ID       ID     `json:"id"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	SHA256   string `json:"sha256"`
	Required bool   `json:"required"`
}

// RecordAnswer is what was answered; Option is absent unless one was chosen.
type RecordAnswer struct {
	Outcome     string `json:"outcome"`
	Option      *ID    `json:"option"`
	OptionTitle string `json:"option_title"`
	Comment     string `json:"comment"`
	LateDays    int    `json:"late_days"`
}

// RecordPerson is who answered, with the role held then.
type RecordPerson struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// RecordSession is how the person was signed in.
type RecordSession struct {
	Method  string `json:"method"`
	At      Time   `json:"at"`
	Passkey bool   `json:"passkey"`
}

// canonical writes a record as canonical JSON (RFC 8785): the same content is always
// the same bytes.
func (r Record) canonical() (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	text, err = jcs.Transform(text)
	return string(text), err
}

// ReadRecord reads a sealed record.
func ReadRecord(text string) (r Record, err error) {
	err = json.Unmarshal([]byte(text), &r)
	return r, err
}
