-- +goose Up
-- size is the team's own guess where there is no estimate. What has to end before a task can begin is
-- told to clients only where they see both.
ALTER TABLE task ADD COLUMN size TEXT NOT NULL DEFAULT '' CHECK (size IN ('', 'S', 'M', 'L'));
CREATE TABLE task_need (
    task_id  INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    needs_id INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    PRIMARY KEY (task_id, needs_id),
    CHECK (task_id <> needs_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_need_needs ON task_need (needs_id, task_id);

-- A template is a project that nobody works in: no client is ever on one, and no list of projects has it.
ALTER TABLE project ADD COLUMN template INTEGER NOT NULL DEFAULT 0 CHECK (template IN (0, 1));
ALTER TABLE project ADD COLUMN template_by INTEGER REFERENCES person ON DELETE SET NULL;

-- Why a date that clients see was moved: '' is not known. The decision is one that was waited for, or the change that was accepted.
ALTER TABLE event ADD COLUMN cause TEXT NOT NULL DEFAULT '' CHECK (cause IN ('', 'waited', 'scope', 'team', 'plan'));

-- The clients' home as build mode made it: for a company, or for all that have none of their own (company_id NULL).
-- Each change is a new row, undone by going back to before_id; is_now marks the one that counts.
CREATE TABLE home (
    id         INTEGER PRIMARY KEY,
    company_id INTEGER REFERENCES company ON DELETE CASCADE,
    before_id  INTEGER REFERENCES home ON DELETE SET NULL,
    is_now     INTEGER NOT NULL CHECK (is_now IN (0, 1)),
    made_by    INTEGER REFERENCES person ON DELETE SET NULL,
    made_at    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX home_now ON home (coalesce(company_id, 0)) WHERE is_now = 1;
CREATE TABLE home_text ( -- Markdown
    home_id  INTEGER NOT NULL REFERENCES home ON DELETE CASCADE,
    language TEXT NOT NULL,
    welcome  TEXT NOT NULL,
    PRIMARY KEY (home_id, language)
) STRICT, WITHOUT ROWID;
-- kind: the built-in ones, or one of the team's own with a link (an https address or a path of the portal).
CREATE TABLE home_card (
    home_id  INTEGER NOT NULL REFERENCES home ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('projects', 'meeting', 'bills', 'own')),
    url      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (home_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE home_card_text (
    home_id  INTEGER NOT NULL,
    position INTEGER NOT NULL,
    language TEXT NOT NULL,
    label    TEXT NOT NULL,
    text     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (home_id, position, language),
    FOREIGN KEY (home_id, position) REFERENCES home_card ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE home_widget ( -- in the order of position; one that is not there is off
    home_id  INTEGER NOT NULL REFERENCES home ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name IN ('news', 'meetings', 'updates', 'files', 'activity')),
    PRIMARY KEY (home_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE home_kind ( -- which column kinds count as ongoing
    home_id INTEGER NOT NULL REFERENCES home ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('todo', 'doing', 'review')),
    PRIMARY KEY (home_id, kind)
) STRICT, WITHOUT ROWID;

-- Upcoming meetings, kept by the team: with a company, or about one project.
CREATE TABLE meeting (
    id         INTEGER PRIMARY KEY,
    company_id INTEGER REFERENCES company ON DELETE CASCADE,
    project_id INTEGER REFERENCES project ON DELETE CASCADE,
    title      TEXT NOT NULL,
    starts_at  TEXT NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    url        TEXT NOT NULL DEFAULT '',
    place      TEXT NOT NULL DEFAULT '',
    created_by INTEGER REFERENCES person ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    CHECK ((company_id IS NULL) <> (project_id IS NULL))
) STRICT;
CREATE INDEX meeting_company ON meeting (company_id, starts_at) WHERE company_id IS NOT NULL;
CREATE INDEX meeting_project ON meeting (project_id, starts_at) WHERE project_id IS NOT NULL;

-- A raster, re-encoded: the logo on light and on dark paper. The icon is made from the first.
CREATE TABLE brand_picture (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL UNIQUE CHECK (kind IN ('logo', 'logo-dark', 'icon-192', 'icon-512')),
    image      BLOB NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Whether the look through a client also outlines what that client does not see.
ALTER TABLE preview ADD COLUMN ghosts INTEGER NOT NULL DEFAULT 0 CHECK (ghosts IN (0, 1));

-- When somebody was here: the beginning of this visit, and the end of the one before. Looking through a client is none.
CREATE TABLE visit (
    person_id INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    began_at  TEXT NOT NULL,
    last_at   TEXT NOT NULL,
    before_at TEXT
) STRICT;

-- A short post by the team, with what the project's figures said then: as its clients see them.
CREATE TABLE status_update (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    author_id   INTEGER REFERENCES person ON DELETE SET NULL,
    body        TEXT NOT NULL,
    at          TEXT NOT NULL,
    edited_at   TEXT,
    total       INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    doing       INTEGER NOT NULL,
    waits       INTEGER NOT NULL,
    early_on    TEXT,
    late_on     TEXT,
    ends_on     TEXT,
    next_name   TEXT NOT NULL DEFAULT '',
    next_due_on TEXT,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX status_update_project ON status_update (project_id, at);

-- What a client was told of a task that is theirs: that it is, and of which due days they were reminded
-- before and after.
CREATE TABLE given_told (
    task_id    INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    at         TEXT NOT NULL,
    before_due TEXT,
    after_due  TEXT,
    PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX given_told_person ON given_told (person_id);
INSERT INTO given_told (task_id, person_id, at) SELECT a.task_id, a.person_id, '2026-01-01T00:00:00.000000Z' FROM task_assignee a JOIN person p ON p.id = a.person_id AND p.side = 'client';
