package db

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// ID is the public name of a row: a random 62-bit number, shown as 11 base-62
// characters. It is never 0, cannot be counted and tells nothing of its age.
type ID int64

const (
	idDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	idLength = 11
)

// NewID draws a fresh random ID.
func NewID() ID {
	var random [8]byte
	for {
		if _, err := rand.Read(random[:]); err != nil {
			panic("no randomness: " + err.Error())
		}
		if id := ID(binary.BigEndian.Uint64(random[:]) >> 2); id != 0 {
			return id
		}
	}
}

// String writes the ID as 11 base-62 characters.
func (id ID) String() string {
	var text [idLength]byte
	rest := uint64(id)
	for i := idLength - 1; i >= 0; i-- {
		text[i] = idDigits[rest%62]
		rest /= 62
	}
	return string(text[:])
}

// ParseID reads what String wrote. Anything else is ErrNotFound: an ID that
// cannot exist and one that does not exist are the same to whoever asks.
func ParseID(text string) (ID, error) {
	if len(text) != idLength {
		return 0, ErrNotFound
	}
	var value uint64
	for i := 0; i < idLength; i++ {
		digit := idDigit(text[i])
		if digit < 0 || value > (1<<62)/62 {
			return 0, ErrNotFound
		}
		value = value*62 + uint64(digit)
	}
	if value == 0 || value >= 1<<62 {
		return 0, ErrNotFound
	}
	return ID(value), nil
}

func idDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 36
	}
	return -1
}

// MarshalJSON writes a string: the number does not fit JavaScript's 2^53.
func (id ID) MarshalJSON() ([]byte, error) { return json.Marshal(id.String()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (id *ID) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	parsed, err := ParseID(text)
	*id = parsed
	return err
}

// Value stores 0 as NULL, so that "none" can never point at a row.
func (id ID) Value() (driver.Value, error) {
	if id == 0 {
		return nil, nil
	}
	return int64(id), nil
}

// Scan reads an integer or NULL.
func (id *ID) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*id = 0
	case int64:
		*id = ID(v)
	default:
		return fmt.Errorf("an id cannot be read from %T", value)
	}
	return nil
}

// jsonIDs writes ids as numbers for json_each, the one way to bind a list.
// jsonTexts writes texts so that a statement can read them as a table.
func jsonTexts(texts []string) (string, error) {
	list, err := json.Marshal(texts)
	return string(list), err
}

func jsonIDs(ids []ID) (string, error) {
	numbers := make([]int64, len(ids))
	for i, id := range ids {
		numbers[i] = int64(id)
	}
	list, err := json.Marshal(numbers)
	return string(list), err
}
