-- +goose Up
-- Owner and admins see every company's bills; a member those of their companies, with this right.
ALTER TABLE person ADD COLUMN bills INTEGER NOT NULL DEFAULT 0 CHECK (bills IN (0, 1));
-- Where a company is (ISO 3166-1 alpha-2), and what is set on its bills unless they say otherwise.
ALTER TABLE company ADD COLUMN country TEXT NOT NULL DEFAULT '';

-- An invoice, a deposit invoice or a credit note. Amounts are whole minor units of currency. A draft has no
-- number; it gets the next one of its series and year when it is sent, and from then on nothing that
-- stands on it changes (see the triggers). paper is all that stood on it, as JSON, sha256 its hash. paid
-- is what was received less what was given back, waiting what a payment provider is still working on,
-- credited what credit notes gave back; disputed says that a payment is disputed. Whether it is paid or late
-- follows from these.
CREATE TABLE invoice (
    id             INTEGER PRIMARY KEY,
    company_id     INTEGER NOT NULL REFERENCES company,
    contact_id     INTEGER REFERENCES person ON DELETE SET NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('invoice', 'deposit', 'credit')),
    state          TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent', 'void')),
    credits_id     INTEGER REFERENCES invoice,
    decision_id    INTEGER REFERENCES decision ON DELETE SET NULL,
    series         TEXT,
    year           INTEGER,
    serial         INTEGER CHECK (serial > 0),
    number         TEXT UNIQUE,
    language       TEXT NOT NULL,
    currency       TEXT NOT NULL,
    issued_on      TEXT,
    due_on         TEXT,
    days           INTEGER,
    served_from    TEXT,
    served_to      TEXT,
    purchase_order TEXT NOT NULL DEFAULT '',
    rounding       TEXT NOT NULL DEFAULT 'total' CHECK (rounding IN ('total', 'line')),
    note           TEXT NOT NULL DEFAULT '',
    terms          TEXT NOT NULL DEFAULT '',
    pay            TEXT NOT NULL DEFAULT '',
    exempt         TEXT NOT NULL DEFAULT '',
    account        TEXT NOT NULL DEFAULT '',
    iban           TEXT NOT NULL DEFAULT '',
    bic            TEXT NOT NULL DEFAULT '',
    internal_note  TEXT NOT NULL DEFAULT '',
    net            INTEGER NOT NULL DEFAULT 0,
    tax            INTEGER NOT NULL DEFAULT 0,
    total          INTEGER NOT NULL DEFAULT 0,
    paid           INTEGER NOT NULL DEFAULT 0,
    waiting        INTEGER NOT NULL DEFAULT 0,
    credited       INTEGER NOT NULL DEFAULT 0,
    disputed       INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1)),
    paper          TEXT NOT NULL DEFAULT '',
    sha256         TEXT NOT NULL DEFAULT '',
    quiet          INTEGER NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1)),
    created_by     INTEGER REFERENCES person ON DELETE SET NULL,
    created_at     TEXT NOT NULL,
    issued_by      INTEGER REFERENCES person ON DELETE SET NULL,
    issued_at      TEXT,
    settled_at     TEXT,
    void_reason    TEXT NOT NULL DEFAULT '',
    voided_at      TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    UNIQUE (series, year, serial),
    CHECK ((state = 'draft') = (number IS NULL)),
    CHECK ((number IS NULL) = (issued_at IS NULL)),
    CHECK ((kind = 'credit') OR credits_id IS NULL)
) STRICT;
CREATE INDEX invoice_company ON invoice (company_id, state);
CREATE INDEX invoice_credits ON invoice (credits_id) WHERE credits_id IS NOT NULL;
CREATE INDEX invoice_decision ON invoice (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX invoice_due ON invoice (due_on) WHERE state = 'sent';

-- Who sells and who buys, as it stood when it was sent.
CREATE TABLE invoice_party (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('seller', 'buyer')),
    name       TEXT NOT NULL,
    contact    TEXT NOT NULL DEFAULT '',
    address    TEXT NOT NULL DEFAULT '',
    country    TEXT NOT NULL DEFAULT '',
    vat        TEXT NOT NULL DEFAULT '',
    code       TEXT NOT NULL DEFAULT '',
    email      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (invoice_id, role)
) STRICT, WITHOUT ROWID;
-- The projects that it is about; name as it stood when it was sent.
CREATE TABLE invoice_project (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (invoice_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_project_project ON invoice_project (project_id, invoice_id);
-- quantity is in thousandths, off_rate and rate in hundredths of a percent.
CREATE TABLE invoice_line (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    text       TEXT NOT NULL,
    detail     TEXT NOT NULL DEFAULT '',
    quantity   INTEGER NOT NULL,
    unit       TEXT NOT NULL,
    price      INTEGER NOT NULL,
    off_rate   INTEGER NOT NULL DEFAULT 0,
    off        INTEGER NOT NULL DEFAULT 0,
    category   TEXT NOT NULL,
    rate       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (invoice_id, position)
) STRICT, WITHOUT ROWID;
-- Its files as they were made when it was sent: the PDF, and the e-invoice (UBL 2.1, EN 16931).
CREATE TABLE invoice_file (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('pdf', 'xml')),
    sha256     TEXT NOT NULL,
    body       BLOB NOT NULL,
    PRIMARY KEY (invoice_id, kind)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER invoice_stays BEFORE UPDATE OF company_id, kind, credits_id, series, year, serial, number, language, currency, issued_on, due_on, served_from, served_to, purchase_order, rounding, note, terms, pay, exempt, account, iban, bic, net, tax, total, paper, sha256, issued_at ON invoice
    WHEN old.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_steps BEFORE UPDATE OF state ON invoice
    WHEN NOT (old.state = new.state OR old.state = 'draft' AND new.state = 'sent' OR old.state = 'sent' AND new.state = 'void') BEGIN SELECT RAISE(ABORT, 'an invoice does not go that way'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_remains BEFORE DELETE ON invoice WHEN old.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_line_stays BEFORE UPDATE ON invoice_line WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = old.invoice_id AND i.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_line_remains BEFORE DELETE ON invoice_line WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = old.invoice_id AND i.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_line_comes BEFORE INSERT ON invoice_line WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = new.invoice_id AND i.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_party_stays BEFORE UPDATE ON invoice_party WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = old.invoice_id AND i.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_file_stays BEFORE UPDATE ON invoice_file BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invoice_file_remains BEFORE DELETE ON invoice_file BEGIN SELECT RAISE(ABORT, 'an invoice that was sent is never changed'); END;
-- +goose StatementEnd

-- What was received, or given back (a negative amount, of the payment refund_of). Online ones name what the provider calls
-- them; processing is one that is not through yet, withdrawn one that was recorded by mistake.
CREATE TABLE payment (
    id         INTEGER PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoice,
    amount     INTEGER NOT NULL CHECK (amount <> 0),
    currency   TEXT NOT NULL,
    way        TEXT NOT NULL CHECK (way IN ('bank', 'card', 'cash', 'online', 'other')),
    state      TEXT NOT NULL CHECK (state IN ('processing', 'received', 'failed', 'withdrawn', 'lost')),
    paid_on    TEXT NOT NULL,
    reference  TEXT NOT NULL DEFAULT '',
    provider   TEXT,
    refund_of  INTEGER REFERENCES payment,
    created_by INTEGER REFERENCES person ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    CHECK (refund_of IS NULL OR amount < 0)
) STRICT;
CREATE INDEX payment_invoice ON payment (invoice_id);
CREATE UNIQUE INDEX payment_provider ON payment (provider) WHERE provider IS NOT NULL;
CREATE INDEX payment_refund ON payment (refund_of) WHERE refund_of IS NOT NULL;

-- A visit to the payment provider's page. There is one open for an invoice and an amount, so that clicking twice leads
-- to the same. consent is what the payer agreed to, word by word.
CREATE TABLE checkout (
    id         INTEGER PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoice,
    person_id  INTEGER REFERENCES person ON DELETE SET NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'done', 'over')),
    session    TEXT UNIQUE,
    url        TEXT NOT NULL DEFAULT '',
    consent    TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX checkout_open ON checkout (invoice_id) WHERE state = 'open';
-- What the provider told: each once.
CREATE TABLE pay_event (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    invoice_id INTEGER REFERENCES invoice,
    outcome    TEXT NOT NULL,
    at         TEXT NOT NULL,
    told_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who of the client opened it and when; View as leaves no trace here.
CREATE TABLE invoice_seen (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    first_at   TEXT NOT NULL,
    last_at    TEXT NOT NULL,
    PRIMARY KEY (invoice_id, person_id)
) STRICT, WITHOUT ROWID;
-- What is said about it, with whoever sees bills. due_at is until when the team promises to answer, of a
-- question that waits.
CREATE TABLE invoice_reply (
    id         INTEGER PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    author_id  INTEGER NOT NULL REFERENCES person,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at     TEXT,
    done_at    TEXT
) STRICT;
CREATE INDEX invoice_reply_invoice ON invoice_reply (invoice_id, created_at);
CREATE INDEX invoice_reply_waits ON invoice_reply (due_at) WHERE due_at IS NOT NULL AND done_at IS NULL;
-- Made again every so often from an invoice: its copies are drafts, or are sent by themselves.
CREATE TABLE invoice_repeat (
    invoice_id INTEGER PRIMARY KEY REFERENCES invoice ON DELETE CASCADE,
    every      TEXT NOT NULL CHECK (every IN ('week', 'month', 'quarter', 'year')),
    day        INTEGER NOT NULL,
    next_on    TEXT NOT NULL,
    until_on   TEXT,
    sends      INTEGER NOT NULL DEFAULT 0 CHECK (sends IN (0, 1)),
    set_by     INTEGER REFERENCES person ON DELETE SET NULL
) STRICT;

INSERT INTO setting (key, value) VALUES
    ('bill.name', ''), ('bill.address', ''), ('bill.country', ''), ('bill.vat', ''), ('bill.code', ''), ('bill.email', ''),
    ('bill.account', ''), ('bill.iban', ''), ('bill.bic', ''), ('bill.currency', 'EUR'), ('bill.days', '14'), ('bill.rates', '24 13 6 0'),
    ('bill.rounding', 'total'), ('bill.series', ''), ('bill.credit-series', 'C'), ('bill.ladder', '-3 1 7 14'),
    ('bill.pay.en', ''), ('bill.pay.el', ''), ('bill.terms.en', ''), ('bill.terms.el', ''), ('bill.consent', '0'), ('bill.consent.en', ''), ('bill.consent.el', '');
INSERT INTO reply_right (noun, right) SELECT 'invoice', 'billing' WHERE NOT EXISTS (SELECT 1 FROM reply_right WHERE noun = 'invoice');

-- Bills are told by mail, if somebody wants it.
CREATE TABLE new_notification (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('project-added', 'client-joined', 'colleague-invited', 'replies', 'notes', 'decisions', 'answers', 'bills')),
    mail      INTEGER NOT NULL CHECK (mail IN (0, 1)),
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO new_notification (person_id, kind, mail) SELECT person_id, kind, mail FROM notification;
DROP TABLE notification;
ALTER TABLE new_notification RENAME TO notification;
