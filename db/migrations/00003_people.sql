-- +goose Up
-- What invoices of a company will carry, and whether its contacts join all its projects.
ALTER TABLE company ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN joins_all INTEGER NOT NULL DEFAULT 0 CHECK (joins_all IN (0, 1));
ALTER TABLE company ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE client_role ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX audit_person ON audit (person_id, id);
CREATE INDEX contact_role ON contact (role_id);

-- joined_at is the first time that somebody signed in.
ALTER TABLE person ADD COLUMN joined_at TEXT;
ALTER TABLE person ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
UPDATE person SET joined_at = (SELECT min(created_at) FROM session s WHERE s.person_id = person.id);

-- method is how a session was begun; passkey_at when it was last confirmed with a passkey.
ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN passkey_at TEXT;

-- An invitation is bound to an address, a role and projects. A client who invites
-- a colleague names an address only: person_id stays empty until it is accepted.
-- One that is over may have lost its role, when an admin deleted that.
CREATE TABLE invitation (
    id          INTEGER PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    address     TEXT NOT NULL,
    name        TEXT NOT NULL DEFAULT '',
    language    TEXT NOT NULL,
    person_id   INTEGER REFERENCES person ON DELETE CASCADE,
    company_id  INTEGER REFERENCES company ON DELETE CASCADE,
    role_id     INTEGER REFERENCES client_role ON DELETE SET NULL,
    team_role   TEXT NOT NULL DEFAULT '' CHECK (team_role IN ('', 'owner', 'admin', 'member')),
    invited_by  INTEGER REFERENCES person ON DELETE SET NULL,
    letter      TEXT NOT NULL DEFAULT '',
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    opened_at   TEXT,
    accepted_at TEXT,
    ended_at    TEXT,
    CHECK ((company_id IS NULL) = (team_role <> '') AND (company_id IS NOT NULL OR role_id IS NULL))
) STRICT;
CREATE INDEX invitation_person ON invitation (person_id, created_at);
CREATE INDEX invitation_company ON invitation (company_id, address);
CREATE TABLE invitation_project (
    invitation_id INTEGER NOT NULL REFERENCES invitation ON DELETE CASCADE,
    project_id    INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    PRIMARY KEY (invitation_id, project_id)
) STRICT, WITHOUT ROWID;

-- A letter introduces the portal to somebody who has joined; the team wrote or edited its text.
CREATE TABLE letter (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    sender_id  INTEGER REFERENCES person ON DELETE SET NULL,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX letter_person ON letter (person_id, created_at);

-- A sign-in may accept an invitation, or make the account of somebody new (registers).
ALTER TABLE challenge ADD COLUMN invitation_id INTEGER REFERENCES invitation ON DELETE CASCADE;
ALTER TABLE challenge ADD COLUMN registers INTEGER NOT NULL DEFAULT 0 CHECK (registers IN (0, 1));
ALTER TABLE challenge ADD COLUMN language TEXT NOT NULL DEFAULT '';
CREATE INDEX challenge_network ON challenge (network, created_at);
-- A mail to an address that belongs to nobody yet.
ALTER TABLE outbox ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN language TEXT NOT NULL DEFAULT '';

CREATE TABLE password (
    person_id  INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
-- Wrong passwords, counted by address whether anybody has it or not.
CREATE TABLE password_try (
    id      INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    network TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;
CREATE INDEX password_try_address ON password_try (address, at);
CREATE INDEX password_try_network ON password_try (network, at);

CREATE TABLE passkey (
    id            INTEGER PRIMARY KEY,
    person_id     INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    credential_id BLOB NOT NULL UNIQUE,
    credential    TEXT NOT NULL,
    name          TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    last_used_at  TEXT
) STRICT;
CREATE INDEX passkey_person ON passkey (person_id);
-- What a browser was asked to sign with a passkey: for a few minutes, once.
CREATE TABLE ceremony (
    id          INTEGER PRIMARY KEY,
    cookie_hash BLOB NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('register', 'sign-in', 'confirm')),
    person_id   INTEGER REFERENCES person ON DELETE CASCADE,
    network     TEXT NOT NULL,
    data        TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT;
CREATE INDEX ceremony_network ON ceremony (network, created_at);

-- A browser that somebody has signed in with: another one is told by mail.
CREATE TABLE device (
    person_id    INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    token_hash   BLOB NOT NULL,
    created_at   TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    PRIMARY KEY (person_id, token_hash)
) STRICT;

-- confirmed says that it was made in a session that a passkey had confirmed, or in the shell.
CREATE TABLE api_token (
    id           INTEGER PRIMARY KEY,
    token_hash   BLOB NOT NULL UNIQUE,
    person_id    INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    name         TEXT NOT NULL,
    confirmed    INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
    created_at   TEXT NOT NULL,
    last_used_at TEXT,
    ended_at     TEXT
) STRICT;
CREATE INDEX api_token_person ON api_token (person_id);

-- What somebody wants to be told by mail; without a row they are told.
CREATE TABLE notification (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('project-added', 'client-joined', 'colleague-invited', 'replies', 'notes')),
    mail      INTEGER NOT NULL CHECK (mail IN (0, 1)),
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- A picture of a person, made anew from what was uploaded. Its id is part of its address and tells of nobody.
CREATE TABLE avatar (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL UNIQUE REFERENCES person ON DELETE CASCADE,
    image      BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- What is switched on: for the workspace, and otherwise for a company or a project.
-- scope_id is 0 for the workspace, which has a row for every feature there is.
CREATE TABLE feature (
    scope    TEXT NOT NULL CHECK (scope IN ('workspace', 'company', 'project')),
    scope_id INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name IN ('decisions', 'deliverables', 'billing', 'budgets', 'requests', 'files', 'help', 'registration', 'colleagues')),
    is_on    INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    PRIMARY KEY (scope, scope_id, name),
    CHECK ((scope = 'workspace') = (scope_id = 0))
) STRICT, WITHOUT ROWID;
INSERT INTO feature (scope, scope_id, name, is_on) VALUES
    ('workspace', 0, 'decisions', 1), ('workspace', 0, 'deliverables', 1), ('workspace', 0, 'billing', 1), ('workspace', 0, 'budgets', 1),
    ('workspace', 0, 'requests', 1), ('workspace', 0, 'files', 1), ('workspace', 0, 'help', 1), ('workspace', 0, 'registration', 0), ('workspace', 0, 'colleagues', 1);
-- A right counts only where one of its features is on.
CREATE TABLE feature_right (
    right   TEXT NOT NULL,
    feature TEXT NOT NULL,
    PRIMARY KEY (right, feature)
) STRICT, WITHOUT ROWID;
INSERT INTO feature_right (right, feature) VALUES
    ('billing', 'billing'), ('budgets', 'budgets'), ('request', 'requests'), ('upload', 'files'), ('company', 'colleagues'),
    ('decide', 'decisions'), ('decide', 'deliverables');

-- What was done about a company or one of its contacts names the company.
ALTER TABLE audit ADD COLUMN company_id INTEGER REFERENCES company ON DELETE SET NULL;
CREATE INDEX audit_company ON audit (company_id, id) WHERE company_id IS NOT NULL;
CREATE INDEX audit_project ON audit (project_id, id) WHERE project_id IS NOT NULL;

-- Whether owner and admins have to confirm a sign-in with a passkey.
INSERT INTO setting (key, value) VALUES ('security.passkey', '0');

-- +goose Down
SELECT 1;
