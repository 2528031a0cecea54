package db

import (
	"strings"
	"vitrine/db/bill"

	"golang.org/x/text/currency"
)

// CompanyForm is what an admin fills in about a company. Version is the version
// that the form was opened at.
type CompanyForm struct {
	Name, Address, Country, VATNumber, Language, Currency, Notes string
	Version                                                      int64
}

// cleanCompany judges a form; id is the company that it is about, 0 for a new one.
func (tx *Tx) cleanCompany(id ID, f *CompanyForm) (err error) {
	if f.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return err
	}
	if f.Name == "" {
		return invalid("name", "company.name-empty")
	}
	if err := tx.companyNameFree(id, f.Name); err != nil {
		return err
	}
	if f.Address, err = cleanText("address", f.Address, 500); err != nil {
		return err
	}
	if f.Country, err = cleanCountry("country", f.Country); err != nil {
		return err
	}
	if f.Notes, err = cleanText("notes", f.Notes, 20000); err != nil {
		return err
	}
	if f.VATNumber, err = cleanVAT(f.VATNumber); err != nil {
		return err
	}
	if f.VATNumber != "" && f.Country != "" && !bill.CheckVAT(f.Country, vatMarks.Replace(f.VATNumber)) {
		return invalid("vat_number", "billing.vat-invalid")
	}
	if !oneOf(f.Language, "", "en", "el") {
		return invalid("language", "language.unknown")
	}
	if f.Currency = strings.ToUpper(strings.TrimSpace(f.Currency)); f.Currency != "" {
		if _, err := currency.ParseISO(f.Currency); err != nil {
			return invalid("currency", "company.currency-unknown", "Example", "EUR")
		}
	}
	return nil
}

// companyNameFree refuses another company's name, in any case of any script.
func (tx *Tx) companyNameFree(id ID, name string) error {
	mine, err := value[string](tx, "SELECT coalesce((SELECT name FROM company WHERE id = ?), '')", id)
	if err != nil || sameName(mine, name) {
		return err
	}
	switch _, err := companyNamed(tx, name); err {
	case nil:
		return invalid("name", "company.name-taken", "Name", name)
	case ErrNotFound:
		return nil
	default:
		return err
	}
}

// vatMarks takes away what people write into a VAT number to read it better.
var vatMarks = strings.NewReplacer(" ", "", ".", "", "-", "")

// cleanVAT takes the numbers of every country: letters, digits, spaces, dots and
// hyphens, in capitals. Whether one is registered only its country knows.
func cleanVAT(text string) (string, error) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), " "))
	if len(text) > 20 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-") != "" || (text != "" && !strings.ContainsAny(text, "0123456789")) {
		return "", invalid("vat_number", "company.vat-invalid")
	}
	return text, nil
}

// AddCompany makes a company; owner and admins only.
func (s *Store) AddCompany(actor Actor, form CompanyForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, 0); err != nil {
			return err
		}
		return tx.addCompany(id, actor.ID, form)
	})
	return id, err
}

// AddCompanyFromShell does the same for whoever holds the data folder.
func (s *Store) AddCompanyFromShell(form CompanyForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error { return tx.addCompany(id, 0, form) })
	return id, err
}

func (tx *Tx) addCompany(id, actor ID, form CompanyForm) error {
	if err := tx.cleanCompany(0, &form); err != nil {
		return err
	}
	if err := tx.run("INSERT INTO company (id, name, address, country, vat_number, language, currency, internal_notes, created_at) VALUES (?,?,?,?,?,?,?,?,?)",
		id, form.Name, form.Address, form.Country, form.VATNumber, form.Language, form.Currency, form.Notes, tx.now); err != nil {
		return err
	}
	return tx.auditCompany(actor, "company.added", id, 0, 0, "")
}

// EditCompany changes a company; owner and admins only. A form older than the
// stored version is a Conflict. Clients notice another name and nothing else.
func (s *Store) EditCompany(actor Actor, id ID, form CompanyForm) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, id); err != nil {
			return err
		}
		if err := tx.cleanCompany(id, &form); err != nil {
			return err
		}
		old, err := one(tx, func(f *CompanyForm) []any {
			return []any{&f.Name, &f.Address, &f.Country, &f.VATNumber, &f.Language, &f.Currency, &f.Notes, &f.Version}
		}, "SELECT name, address, country, vat_number, language, currency, internal_notes, version FROM company WHERE id = ?", id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"name": old.Name, "address": old.Address, "country": old.Country, "vat_number": old.VATNumber,
				"language": old.Language, "currency": old.Currency, "notes": old.Notes}}
		}
		if err := tx.must("UPDATE company SET name = ?, address = ?, country = ?, vat_number = ?, language = ?, currency = ?, internal_notes = ?, version = version + 1 WHERE id = ?",
			form.Name, form.Address, form.Country, form.VATNumber, form.Language, form.Currency, form.Notes, id); err != nil {
			return err
		}
		if err := tx.auditCompany(actor.ID, "company.changed", id, 0, 0, ""); err != nil || form.Name == old.Name {
			return err
		}
		return tx.run("UPDATE project SET team_version = team_version + 1, client_version = client_version + 1 WHERE company_id = ?", id)
	})
}

// SetCompanyStatus makes a company active, inactive or archived; owner and admins
// only. While it is not active its contacts see nothing of it, and who belongs to
// no other active company is out of everything at once.
func (s *Store) SetCompanyStatus(actor Actor, id ID, status string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, id); err != nil {
			return err
		}
		return tx.setCompanyStatus(actor.ID, id, status)
	})
}

func (tx *Tx) setCompanyStatus(actor, id ID, status string) error {
	if !oneOf(status, CompanyActive, CompanyInactive, CompanyArchived) {
		return invalid("status", "choice.unknown")
	}
	before, err := tx.shownWhere(projectsOf, id)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE company SET status = ? WHERE id = ?", status, id); err != nil {
		return err
	}
	if status != CompanyActive {
		if err := tx.shutOut(id, 0); err != nil {
			return err
		}
	}
	if err := tx.auditCompany(actor, "company.status", id, 0, 0, status); err != nil {
		return err
	}
	return tx.touchShown(before)
}
