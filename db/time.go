package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// timeLayout has a fixed width, so that text order is time order.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// Time is a moment in UTC, stored as fixed-width text; the zero Time is NULL.
type Time struct{ time.Time }

// At makes a Time of a time.Time, cut to the microseconds that are stored.
func At(t time.Time) Time { return Time{t.UTC().Truncate(time.Microsecond)} }

// Value writes the stored form.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UTC().Format(timeLayout), nil
}

// Scan reads the stored form.
func (t *Time) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*t = Time{}
		return nil
	case string:
		parsed, err := time.Parse(timeLayout, v)
		*t = Time{parsed}
		return err
	case time.Time:
		*t = Time{v.UTC()}
		return nil
	}
	return fmt.Errorf("a time cannot be read from %T", value)
}

// Date is a calendar day such as "2026-05-20", or "" for none.
type Date string

// ParseDate accepts "" and real days of the years 1970 to 9999.
func ParseDate(text string) (Date, bool) {
	if text == "" {
		return "", true
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1970 {
		return "", false
	}
	return Date(text), true
}

// Value stores "" as NULL.
func (d Date) Value() (driver.Value, error) {
	if d == "" {
		return nil, nil
	}
	return string(d), nil
}

// Scan reads the stored form.
func (d *Date) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*d = ""
	case string:
		*d = Date(v)
	case time.Time:
		*d = Date(v.Format(time.DateOnly))
	default:
		return fmt.Errorf("a date cannot be read from %T", value)
	}
	return nil
}

// Midnight is the day's midnight in UTC; ok is false for none.
func (d Date) Midnight() (midnight time.Time, ok bool) {
	midnight, err := time.Parse(time.DateOnly, string(d))
	return midnight, err == nil
}

// Plus is the day so many days after it, "" for none.
func (d Date) Plus(days int) Date {
	midnight, ok := d.Midnight()
	if !ok {
		return ""
	}
	return Date(midnight.AddDate(0, 0, days).Format(time.DateOnly))
}
