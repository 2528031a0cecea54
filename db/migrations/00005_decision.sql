-- +goose Up
-- A decision is a question that the client answers. Its kind words it: a plain question, one about the
-- budget, an unclear direction; the approval of a milestone; a change request with price and days; the
-- approval of a version of a deliverable, which is asked when that is delivered. Clients see it from
-- shown_at on: a draft has none. edition counts what was asked: the newest one holds. option_id is what was
-- chosen, reason why the team took it back or declined what a client proposed.
CREATE TABLE deliverable (
    id           INTEGER PRIMARY KEY,
    project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    milestone_id INTEGER REFERENCES milestone ON DELETE SET NULL,
    name         TEXT NOT NULL,
    description  TEXT NOT NULL DEFAULT '',
    created_by   INTEGER REFERENCES person ON DELETE SET NULL,
    created_at   TEXT NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX deliverable_project ON deliverable (project_id);
CREATE INDEX deliverable_milestone ON deliverable (milestone_id) WHERE milestone_id IS NOT NULL;

-- One that is not delivered yet is being prepared: the team's alone. sha256 names what was delivered: its
-- number, note and the names and hashes of its files.
CREATE TABLE deliverable_version (
    id             INTEGER PRIMARY KEY,
    deliverable_id INTEGER NOT NULL REFERENCES deliverable ON DELETE CASCADE,
    number         INTEGER NOT NULL CHECK (number > 0),
    note           TEXT NOT NULL DEFAULT '',
    must_open      INTEGER NOT NULL DEFAULT 0 CHECK (must_open IN (0, 1)),
    sha256         TEXT NOT NULL DEFAULT '',
    delivered_by   INTEGER REFERENCES person ON DELETE SET NULL,
    delivered_at   TEXT,
    created_at     TEXT NOT NULL,
    UNIQUE (deliverable_id, number)
) STRICT;
CREATE TABLE deliverable_task (
    deliverable_id INTEGER NOT NULL REFERENCES deliverable ON DELETE CASCADE,
    task_id        INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    PRIMARY KEY (deliverable_id, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliverable_task_task ON deliverable_task (task_id, deliverable_id);

CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    kind         TEXT NOT NULL CHECK (kind IN ('question', 'budget', 'direction', 'milestone', 'change', 'approval')),
    state        TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'asked', 'decided', 'changes', 'declined', 'withdrawn', 'expired')),
    edition      INTEGER NOT NULL DEFAULT 1 CHECK (edition > 0),
    milestone_id INTEGER REFERENCES milestone ON DELETE SET NULL,
    version_id   INTEGER UNIQUE REFERENCES deliverable_version ON DELETE CASCADE,
    option_id    INTEGER,
    reason       TEXT NOT NULL DEFAULT '',
    created_by   INTEGER REFERENCES person ON DELETE SET NULL,
    created_at   TEXT NOT NULL,
    shown_at     TEXT,
    ended_at     TEXT,
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK ((kind = 'approval') = (version_id IS NOT NULL)),
    CHECK ((state = 'draft') = (shown_at IS NULL))
) STRICT;
CREATE INDEX decision_project ON decision (project_id, state);
CREATE INDEX decision_milestone ON decision (milestone_id) WHERE milestone_id IS NOT NULL;

-- What is asked, as it was asked each time: never changed once asked_at is set. price is in minor units of
-- currency, days are those by which the dates move. closes says that no answer is taken after due_on.
CREATE TABLE edition (
    decision_id INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    question    TEXT NOT NULL,
    context     TEXT NOT NULL DEFAULT '',
    if_silent   TEXT NOT NULL DEFAULT '',
    free_answer INTEGER NOT NULL DEFAULT 0 CHECK (free_answer IN (0, 1)),
    mode        TEXT NOT NULL DEFAULT 'any' CHECK (mode IN ('any', 'all', 'order')),
    due_on      TEXT,
    closes      INTEGER NOT NULL DEFAULT 0 CHECK (closes IN (0, 1)),
    currency    TEXT NOT NULL DEFAULT '',
    price       INTEGER,
    days        INTEGER,
    asked_by    INTEGER REFERENCES person ON DELETE SET NULL,
    asked_at    TEXT,
    PRIMARY KEY (decision_id, number),
    CHECK (price IS NULL OR currency <> '')
) STRICT, WITHOUT ROWID;
CREATE TABLE decision_option (
    id          INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
    edition     INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    text        TEXT NOT NULL DEFAULT '',
    cost        INTEGER,
    days        INTEGER,
    recommended INTEGER NOT NULL DEFAULT 0 CHECK (recommended IN (0, 1)),
    UNIQUE (decision_id, edition, position)
) STRICT;
-- The tasks that a change request makes when it is accepted.
CREATE TABLE change_task (
    decision_id INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
    edition     INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    PRIMARY KEY (decision_id, edition, position)
) STRICT, WITHOUT ROWID;
-- The tasks that wait for a decision, and who has to answer it, in this order where order matters.
CREATE TABLE decision_task (
    decision_id INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
    task_id     INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    PRIMARY KEY (decision_id, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_task_task ON decision_task (task_id, decision_id);
CREATE TABLE decider (
    decision_id INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
    person_id   INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    PRIMARY KEY (decision_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decider_person ON decider (person_id, decision_id);

-- The sealed record of an answer. record is the canonical JSON (RFC 8785) of what was on screen and what was
-- answered; hash is SHA-256 of prev, a line feed and record, and prev the hash before it in the same
-- project ('' for the first): what a client may check. chain ties all records of the workspace
-- together in their order: SHA-256 of the chain before, a line feed and hash. Rows are only ever added;
-- they name what they are about without depending on it, so that nothing that is deleted takes them along.
CREATE TABLE signoff (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          INTEGER NOT NULL UNIQUE,
    project_id  INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    edition     INTEGER NOT NULL,
    person_id   INTEGER NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('approve', 'choose', 'free', 'changes', 'decline')),
    option_id   INTEGER,
    comment     TEXT NOT NULL,
    late_days   INTEGER NOT NULL,
    at          TEXT NOT NULL,
    record      TEXT NOT NULL,
    prev        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    chain       TEXT NOT NULL,
    UNIQUE (decision_id, edition, person_id)
) STRICT;
CREATE INDEX signoff_project ON signoff (project_id, seq);
CREATE INDEX signoff_person ON signoff (person_id);
-- +goose StatementBegin
CREATE TRIGGER signoff_stays BEFORE UPDATE ON signoff BEGIN SELECT RAISE(ABORT, 'a sign-off is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_remains BEFORE DELETE ON signoff BEGIN SELECT RAISE(ABORT, 'a sign-off is never deleted'); END;
-- +goose StatementEnd
-- REPLACE deletes without asking the trigger above.
-- +goose StatementBegin
CREATE TRIGGER signoff_replaces BEFORE INSERT ON signoff WHEN EXISTS (SELECT 1 FROM signoff s WHERE s.seq = new.seq OR s.id = new.id OR (s.decision_id = new.decision_id AND s.edition = new.edition AND s.person_id = new.person_id)) BEGIN SELECT RAISE(ABORT, 'a sign-off is never replaced'); END;
-- +goose StatementEnd
-- Nor is what was asked and the options of it.
-- +goose StatementBegin
CREATE TRIGGER edition_stays BEFORE UPDATE ON edition WHEN old.asked_at IS NOT NULL AND (SELECT count(*) FROM signoff s WHERE s.decision_id = old.decision_id AND s.edition = old.number) > 0
BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;
-- +goose StatementEnd

-- What an accepted change request adds to what is sold; shown with the budgets.
CREATE TABLE budget_line (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    decision_id INTEGER NOT NULL UNIQUE REFERENCES decision ON DELETE CASCADE,
    text        TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX budget_line_project ON budget_line (project_id);

-- The next phase waits until this one is approved.
ALTER TABLE milestone ADD COLUMN gate INTEGER NOT NULL DEFAULT 0 CHECK (gate IN (0, 1));

-- Decisions and deliverables have their conversations; an approval talks where its deliverable does.
ALTER TABLE thread ADD COLUMN decision_id INTEGER REFERENCES decision ON DELETE CASCADE;
ALTER TABLE thread ADD COLUMN deliverable_id INTEGER REFERENCES deliverable ON DELETE CASCADE;
CREATE UNIQUE INDEX thread_decision ON thread (decision_id) WHERE decision_id IS NOT NULL;
CREATE UNIQUE INDEX thread_deliverable ON thread (deliverable_id) WHERE deliverable_id IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER thread_of_decision AFTER INSERT ON decision WHEN new.kind <> 'approval' BEGIN
    INSERT INTO thread (id, noun, project_id, decision_id) VALUES (new.id, 'decision', new.project_id, new.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER thread_of_deliverable AFTER INSERT ON deliverable BEGIN
    INSERT INTO thread (id, noun, project_id, deliverable_id) VALUES (new.id, 'deliverable', new.project_id, new.id);
END;
-- +goose StatementEnd
INSERT INTO reply_right (noun, right) VALUES ('decision', 'comment'), ('deliverable', 'comment');

ALTER TABLE event ADD COLUMN decision_id INTEGER REFERENCES decision ON DELETE CASCADE;
ALTER TABLE event ADD COLUMN deliverable_id INTEGER REFERENCES deliverable ON DELETE CASCADE;
ALTER TABLE event ADD COLUMN number INTEGER;
CREATE INDEX event_decision ON event (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX event_deliverable ON event (deliverable_id) WHERE deliverable_id IS NOT NULL;

-- A file may hang on a decision or on a version of a deliverable as well; required has to be opened
-- before somebody answers.
CREATE TABLE new_file (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id     INTEGER REFERENCES task ON DELETE CASCADE,
    reply_id    INTEGER REFERENCES reply ON DELETE CASCADE,
    note_id     INTEGER REFERENCES note ON DELETE CASCADE,
    draft_id    INTEGER REFERENCES draft ON DELETE CASCADE,
    decision_id INTEGER REFERENCES decision ON DELETE CASCADE,
    version_id  INTEGER REFERENCES deliverable_version ON DELETE CASCADE,
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
    CHECK ((task_id IS NOT NULL) + (reply_id IS NOT NULL) + (note_id IS NOT NULL) + (draft_id IS NOT NULL) + (decision_id IS NOT NULL) + (version_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO new_file (id, project_id, task_id, reply_id, note_id, draft_id, name, media_type, size, sha256, thumbnail, width, height, url, source, created_by, created_at)
    SELECT id, project_id, task_id, reply_id, note_id, draft_id, name, media_type, size, sha256, thumbnail, width, height, url, source, created_by, created_at FROM file;
DROP TABLE file;
ALTER TABLE new_file RENAME TO file;
CREATE INDEX file_task ON file (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX file_reply ON file (reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX file_note ON file (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX file_draft ON file (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX file_decision ON file (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX file_version ON file (version_id) WHERE version_id IS NOT NULL;
CREATE INDEX file_sha256 ON file (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX file_thumbnail ON file (thumbnail) WHERE thumbnail IS NOT NULL;
CREATE UNIQUE INDEX file_source ON file (project_id, source) WHERE source IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER file_gone AFTER DELETE ON file WHEN old.sha256 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) VALUES (old.sha256, old.id);
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) SELECT old.thumbnail, old.id WHERE old.thumbnail IS NOT NULL;
END;
-- +goose StatementEnd
-- Who of the client opened a file first when, as far as an answer may depend on it.
CREATE TABLE file_open (
    file_id   INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    at        TEXT NOT NULL,
    PRIMARY KEY (file_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_open_person ON file_open (person_id);

CREATE TABLE new_notification (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('project-added', 'client-joined', 'colleague-invited', 'replies', 'notes', 'decisions', 'answers')),
    mail      INTEGER NOT NULL CHECK (mail IN (0, 1)),
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO new_notification (person_id, kind, mail) SELECT person_id, kind, mail FROM notification;
DROP TABLE notification;
ALTER TABLE new_notification RENAME TO notification;

-- +goose Down
SELECT 1;
