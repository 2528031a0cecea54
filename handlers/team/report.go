package team

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// report is the page of what was worked, put together as chosen.
type report struct {
	Form     web.Form
	By       []string
	Rows     []reportRow
	Total    db.ReportTime
	Money    []db.ReportMoney // by currency
	Office   int              // minutes for which the office is open
	People   []db.PersonName
	Projects []db.Project
	Company  []db.CompanyLine
	Query    string // of the same for spreadsheets
	office   func(worked int) int
}

// reportRow is a line with its bar: what is billable, and what was worked besides, of the longest.
type reportRow struct {
	db.ReportRow
	Billable, Rest string
}

var reportFields = []string{"by", "from", "to", "person", "project", "company"}

// reportForm is what an address asks for: this month by person unless it says otherwise.
func (t *Team) reportForm(c *fiber.Ctx) (web.Form, db.ReportFilter, error) {
	today := db.Date(t.Words(c).Today())
	form := web.FormOf(map[string]string{"by": db.ReportsBy[0], "from": string(today)[:8] + "01", "to": string(today)})
	for _, field := range reportFields {
		if value := c.Query(field); value != "" {
			form.Values[field] = value
		}
	}
	f := db.ReportFilter{By: form.Value("by")}
	for field, into := range map[string]*db.Date{"from": &f.From, "to": &f.To} {
		day, ok := db.ParseDate(form.Value(field))
		if !ok {
			return form, f, &db.Invalid{Field: field, Key: "date.invalid"}
		}
		*into = day
	}
	if !slices.Contains(db.ReportsBy, f.By) {
		return form, f, &db.Invalid{Field: "by", Key: "choice.unknown"}
	}
	if f.To < f.From {
		return form, f, &db.Invalid{Field: "to", Key: "date.before-start"}
	}
	for field, into := range map[string]*db.ID{"person": &f.Person, "project": &f.Project, "company": &f.Company} {
		if text := form.Value(field); text != "" {
			id, err := db.ParseID(text)
			if err != nil {
				return form, f, &db.Invalid{Field: field, Key: "choice.unknown"}
			}
			*into = id
		}
	}
	return form, f, nil
}

// TimeReport shows what was worked on the viewer's projects.
func (t *Team) TimeReport(c *fiber.Ctx) error {
	talk, err := t.Store.Talk()
	if err != nil {
		return err
	}
	form, filter, wrong := t.reportForm(c)
	status := fiber.StatusOK
	if form.Refused(t.Words(c), wrong) {
		status = fiber.StatusUnprocessableEntity
	}
	query := string(c.Request().URI().QueryString())
	return t.stillAt(c, "time", status, "team/report", func(s sight) (content, []live.Region, error) {
		page := report{Form: form, By: db.ReportsBy, Query: query}
		if wrong == nil {
			rows, err := s.Viewer.TimeReport(filter)
			if err != nil {
				return content{}, nil, err
			}
			page.fill(rows)
			page.Office = talk.Office.Minutes(filter.From, filter.To)
			page.office = func(worked int) int { return talk.Office.Share(worked, filter.From, filter.To) }
		}
		if page.People, err = s.ReportPeople(); err != nil {
			return content{}, nil, err
		}
		if page.Projects, err = s.Projects(); err != nil {
			return content{}, nil, err
		}
		page.Company, err = s.Companies()
		return content{s.T("report.title"), page}, nil, err
	})
}

// OfOffice is how much of the office's time somebody worked, in percent.
func (r report) OfOffice(worked int) int { return r.office(worked) }

// fill sums the rows and draws their bars.
func (r *report) fill(rows []db.ReportRow) {
	longest := 1
	for _, row := range rows {
		longest = max(longest, row.Worked, row.ReportTime.Billable)
	}
	for _, row := range rows {
		billable := row.ReportTime.Billable
		r.Rows = append(r.Rows, reportRow{row, web.NewBar(billable, longest).Within, web.NewBar(max(0, row.Worked-billable), longest).Within})
		r.Total = r.Total.Plus(row.ReportTime)
		for _, m := range row.Money {
			r.add(m)
		}
	}
}

// add keeps sums of different currencies apart. What one part of costs nobody may read, nobody reads the whole.
func (r *report) add(m db.ReportMoney) {
	for i := range r.Money {
		if s := &r.Money[i]; s.Currency == m.Currency {
			s.Value, s.Cost, s.Inside = s.Value+m.Value, s.Cost+m.Cost, s.Inside && m.Inside
			return
		}
	}
	r.Money = append(r.Money, m)
}

// TimeReportCSV is the same for spreadsheets: a line for each currency, amounts as plain numbers.
func (t *Team) TimeReportCSV(c *fiber.Ctx) error {
	_, filter, err := t.reportForm(c)
	if err != nil {
		return err
	}
	return t.look(c, func(s sight) error {
		list, err := s.Viewer.TimeReport(filter)
		if err != nil {
			return err
		}
		rows := [][]string{{filter.By, "of", "worked minutes", "billable minutes", "approved minutes", "waiting minutes", "invoiced minutes", "currency", "value", "cost", "margin"}}
		for _, r := range list {
			row := []string{r.Name, r.Of, strconv.Itoa(r.Worked), strconv.Itoa(r.Billable), strconv.Itoa(r.Approved), strconv.Itoa(r.Waiting), strconv.Itoa(r.Invoiced)}
			for _, m := range r.Money {
				rows = append(rows, append(row[:7:7], moneyCells(m)...))
				row = []string{r.Name, r.Of, "", "", "", "", ""} // its time stands there once
			}
			if len(r.Money) == 0 {
				rows = append(rows, append(row, "", "", "", ""))
			}
		}
		return web.SendCSV(c, "time-"+string(filter.From)+"-"+string(filter.To)+".csv", rows)
	})
}

func moneyCells(m db.ReportMoney) []string {
	scale, _ := bill.Scale(m.Currency)
	cells := []string{m.Currency, bill.Typed(m.Value, scale), "", ""}
	if m.Inside {
		cells[2], cells[3] = bill.Typed(m.Cost, scale), bill.Typed(m.Value-m.Cost, scale)
	}
	return cells
}
