-- +goose Up
-- approves says that clients see work only once it was approved; budget_version is raised when something
-- changes on a budget that clients see, so that it wakes nobody else.
ALTER TABLE project ADD COLUMN approves INTEGER NOT NULL DEFAULT 0 CHECK (approves IN (0, 1));
ALTER TABLE project ADD COLUMN budget_version INTEGER NOT NULL DEFAULT 0;
INSERT INTO setting (key, value) VALUES ('time.own', '1');

-- A budget is opened to clients by client_open, and to those of them alone who hold the right "budgets". Of a
-- retainer services are per month, and carry says what becomes of hours left at a month's end: nothing,
-- they can be used in the next month, or they are kept for good. note is for clients; told is the highest
-- share, in percent, that the leaders were told of.
CREATE TABLE budget (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name        TEXT NOT NULL,
    currency    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('fixed', 'capped', 'retainer')),
    carry       TEXT NOT NULL DEFAULT 'none' CHECK (carry IN ('none', 'month', 'all')),
    starts_on   TEXT,
    ends_on     TEXT,
    note        TEXT NOT NULL DEFAULT '',
    client_open INTEGER NOT NULL DEFAULT 0 CHECK (client_open IN (0, 1)),
    told        INTEGER NOT NULL DEFAULT 0,
    closed_at   TEXT,
    created_by  INTEGER REFERENCES person ON DELETE SET NULL,
    created_at  TEXT NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX budget_project ON budget (project_id);

-- quantity and pieces (how many of unit piece were delivered) are in thousandths, price and cost in minor units
-- of the budget's currency per unit. left_minutes is the time to complete as the team says, NULL for
-- what is left of the quantity.
CREATE TABLE budget_service (
    id           INTEGER PRIMARY KEY,
    budget_id    INTEGER NOT NULL REFERENCES budget ON DELETE CASCADE,
    decision_id  INTEGER REFERENCES decision ON DELETE SET NULL,
    name         TEXT NOT NULL,
    unit         TEXT NOT NULL CHECK (unit IN ('hour', 'day', 'piece')),
    price        INTEGER NOT NULL CHECK (price >= 0),
    cost         INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),
    quantity     INTEGER NOT NULL CHECK (quantity >= 0),
    pieces       INTEGER NOT NULL DEFAULT 0 CHECK (pieces >= 0),
    left_minutes INTEGER CHECK (left_minutes >= 0),
    position     INTEGER NOT NULL
) STRICT;
CREATE INDEX budget_service_budget ON budget_service (budget_id, position);
CREATE INDEX budget_service_decision ON budget_service (decision_id) WHERE decision_id IS NOT NULL;

-- minutes were worked, billable are what counts for the client. day is the day of whoever worked. price and rate
-- are the service's price and internal cost per unit when it was booked, amount and cost what it came to by them. remark is internal,
-- wording for clients. source names it in the export that it came from.
CREATE TABLE time_entry (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES person,
    service_id INTEGER REFERENCES budget_service,
    task_id    INTEGER REFERENCES task ON DELETE SET NULL,
    day        TEXT NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1500),
    billable   INTEGER NOT NULL CHECK (billable BETWEEN 0 AND 1500),
    started_at TEXT,
    ended_at   TEXT,
    remark     TEXT NOT NULL DEFAULT '',
    wording    TEXT NOT NULL DEFAULT '',
    price      INTEGER NOT NULL DEFAULT 0,
    rate       INTEGER NOT NULL DEFAULT 0,
    amount     INTEGER NOT NULL DEFAULT 0,
    cost       INTEGER NOT NULL DEFAULT 0,
    state      TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'returned')),
    reason     TEXT NOT NULL DEFAULT '',
    judged_by  INTEGER REFERENCES person ON DELETE SET NULL,
    judged_at  TEXT,
    invoice_id INTEGER REFERENCES invoice ON DELETE SET NULL,
    source     TEXT,
    created_at TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX time_entry_service ON time_entry (service_id, day);
CREATE INDEX time_entry_person ON time_entry (person_id, day);
CREATE INDEX time_entry_project ON time_entry (project_id, day);
CREATE INDEX time_entry_task ON time_entry (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX time_entry_invoice ON time_entry (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE UNIQUE INDEX time_entry_source ON time_entry (source, project_id) WHERE source IS NOT NULL;

-- What an entry said before somebody changed it.
CREATE TABLE time_entry_version (
    time_entry_id INTEGER NOT NULL REFERENCES time_entry ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    changed_by    INTEGER REFERENCES person ON DELETE SET NULL,
    changed_at    TEXT NOT NULL,
    service       TEXT NOT NULL,
    task          TEXT NOT NULL,
    day           TEXT NOT NULL,
    minutes       INTEGER NOT NULL,
    billable      INTEGER NOT NULL,
    remark        TEXT NOT NULL,
    wording       TEXT NOT NULL,
    PRIMARY KEY (time_entry_id, number)
) STRICT, WITHOUT ROWID;

-- The clock that runs for somebody: one at most.
CREATE TABLE timer (
    person_id  INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    service_id INTEGER REFERENCES budget_service ON DELETE SET NULL,
    task_id    INTEGER REFERENCES task ON DELETE SET NULL,
    remark     TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL
) STRICT;

-- amount is without tax, in the budget's currency. receipt_open lets clients open the receipt.
CREATE TABLE expense (
    id           INTEGER PRIMARY KEY,
    budget_id    INTEGER NOT NULL REFERENCES budget ON DELETE CASCADE,
    person_id    INTEGER REFERENCES person ON DELETE SET NULL,
    day          TEXT NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    tax          INTEGER NOT NULL DEFAULT 0 CHECK (tax >= 0),
    billable     INTEGER NOT NULL DEFAULT 1 CHECK (billable IN (0, 1)),
    supplier     TEXT NOT NULL DEFAULT '',
    remark       TEXT NOT NULL DEFAULT '',
    wording      TEXT NOT NULL DEFAULT '',
    receipt_open INTEGER NOT NULL DEFAULT 0 CHECK (receipt_open IN (0, 1)),
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'returned')),
    reason       TEXT NOT NULL DEFAULT '',
    judged_by    INTEGER REFERENCES person ON DELETE SET NULL,
    judged_at    TEXT,
    invoice_id   INTEGER REFERENCES invoice ON DELETE SET NULL,
    created_at   TEXT NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX expense_budget ON expense (budget_id, day);
CREATE INDEX expense_invoice ON expense (invoice_id) WHERE invoice_id IS NOT NULL;

-- What of a service's quantity (thousandths) is on a bill; of a retainer month says for which.
CREATE TABLE service_bill (
    service_id INTEGER NOT NULL REFERENCES budget_service ON DELETE CASCADE,
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    month      TEXT NOT NULL DEFAULT '',
    quantity   INTEGER NOT NULL,
    PRIMARY KEY (service_id, invoice_id, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_bill_invoice ON service_bill (invoice_id);

-- A budget has its conversation, with those alone who see it.
ALTER TABLE thread ADD COLUMN budget_id INTEGER REFERENCES budget ON DELETE CASCADE;
CREATE UNIQUE INDEX thread_budget ON thread (budget_id) WHERE budget_id IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER thread_of_budget AFTER INSERT ON budget BEGIN
    INSERT INTO thread (id, noun, project_id, budget_id) VALUES (new.id, 'budget', new.project_id, new.id);
END;
-- +goose StatementEnd
INSERT INTO reply_right (noun, right) VALUES ('budget', 'budgets');
ALTER TABLE event ADD COLUMN budget_id INTEGER REFERENCES budget ON DELETE CASCADE;
CREATE INDEX event_budget ON event (budget_id) WHERE budget_id IS NOT NULL;

-- A receipt is a file on an expense. Dropping the old table takes the rows that refer to it along: they are
-- kept meanwhile.
CREATE TABLE new_file (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id     INTEGER REFERENCES task ON DELETE CASCADE,
    reply_id    INTEGER REFERENCES reply ON DELETE CASCADE,
    note_id     INTEGER REFERENCES note ON DELETE CASCADE,
    draft_id    INTEGER REFERENCES draft ON DELETE CASCADE,
    decision_id INTEGER REFERENCES decision ON DELETE CASCADE,
    version_id  INTEGER REFERENCES deliverable_version ON DELETE CASCADE,
    expense_id  INTEGER REFERENCES expense ON DELETE CASCADE,
    name        TEXT NOT NULL,
    media_type  TEXT NOT NULL DEFAULT '',
    size        INTEGER,
    sha256      TEXT,
    thumbnail   TEXT,
    width       INTEGER,
    height      INTEGER,
    url         TEXT,
    source      TEXT,
    required    INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
    created_by  INTEGER REFERENCES person,
    created_at  TEXT NOT NULL,
    CHECK ((sha256 IS NULL) <> (url IS NULL)),
    CHECK ((task_id IS NOT NULL) + (reply_id IS NOT NULL) + (note_id IS NOT NULL) + (draft_id IS NOT NULL) + (decision_id IS NOT NULL) + (version_id IS NOT NULL) + (expense_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO new_file (id, project_id, task_id, reply_id, note_id, draft_id, decision_id, version_id, name, media_type, size, sha256, thumbnail, width, height, url, source, required, created_by, created_at)
    SELECT id, project_id, task_id, reply_id, note_id, draft_id, decision_id, version_id, name, media_type, size, sha256, thumbnail, width, height, url, source, required, created_by, created_at FROM file;
CREATE TABLE kept_open AS SELECT file_id, person_id, at FROM file_open;
DROP TABLE file;
ALTER TABLE new_file RENAME TO file;
INSERT OR IGNORE INTO file_open (file_id, person_id, at) SELECT file_id, person_id, at FROM kept_open;
DROP TABLE kept_open;
CREATE INDEX file_task ON file (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX file_reply ON file (reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX file_note ON file (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX file_draft ON file (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX file_decision ON file (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX file_version ON file (version_id) WHERE version_id IS NOT NULL;
CREATE INDEX file_expense ON file (expense_id) WHERE expense_id IS NOT NULL;
CREATE INDEX file_sha256 ON file (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX file_thumbnail ON file (thumbnail) WHERE thumbnail IS NOT NULL;
CREATE UNIQUE INDEX file_source ON file (project_id, source) WHERE source IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER file_gone AFTER DELETE ON file WHEN old.sha256 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) VALUES (old.sha256, old.id);
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) SELECT old.thumbnail, old.id WHERE old.thumbnail IS NOT NULL;
END;
-- +goose StatementEnd
