package web

import (
	"bytes"
	"encoding/csv"
	"regexp"

	"github.com/gofiber/fiber/v2"
)

// plainNumber is what a spreadsheet may read as a number.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// SendCSV answers with a file for spreadsheets (RFC 4180). It begins with a mark by which
// these know UTF-8.
func SendCSV(c *fiber.Ctx, name string, rows [][]string) error {
	var body bytes.Buffer
	body.WriteString("\ufeff")
	writer := csv.NewWriter(&body)
	writer.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = cellOf(cell)
		}
		if err := writer.Write(cells); err != nil {
			return err
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return err
	}
	return SendSaved(c, name, "text/csv; charset=utf-8", body.Bytes())
}

// cellOf keeps a text from being taken for a formula (ASVS 5.0 V1.2.10): whatever begins like one gets a
// quote before it.
func cellOf(text string) string {
	if text == "" || plainNumber.MatchString(text) {
		return text
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n', 0:
		return "'" + text
	}
	return text
}
