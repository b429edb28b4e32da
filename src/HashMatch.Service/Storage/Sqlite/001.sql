-- Ids are random 63-bit numbers: an order of arrival would tell which rows came together. Days are UTC, "YYYY-MM-DD".

CREATE TABLE cases (
    id INTEGER NOT NULL PRIMARY KEY,
    -- SHA-256("hashmatch/case/v1" || key); the key itself is never stored.
    key_digest BLOB NOT NULL,
    age_group INTEGER NOT NULL,
    state INTEGER NOT NULL,
    -- The number that the next new picture gets: a withdrawn picture's number is never given again.
    next_picture INTEGER NOT NULL,
    created_day TEXT NOT NULL,
    withdrawn_day TEXT NULL
);
CREATE UNIQUE INDEX cases_key_digest ON cases (key_digest);

-- What a case holds. Registration writes here and reads nothing of other cases.
CREATE TABLE fingerprints (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    hash BLOB NOT NULL,
    picture INTEGER NOT NULL,
    added_day TEXT NOT NULL,
    -- 1 until the sequencer has merged the hash into the entries.
    pending INTEGER NOT NULL,
    PRIMARY KEY (case_id, hash)
) WITHOUT ROWID;
CREATE INDEX fingerprints_hash ON fingerprints (hash);
CREATE INDEX fingerprints_pending ON fingerprints (hash) WHERE pending;

-- The list: each hash once, however many cases hold it.
CREATE TABLE entries (
    id INTEGER NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL,
    added_day TEXT NOT NULL
);
CREATE UNIQUE INDEX entries_hash ON entries (hash);

CREATE TABLE platforms (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    scopes INTEGER NOT NULL,
    created_day TEXT NOT NULL,
    revoked_day TEXT NULL
);
CREATE UNIQUE INDEX platforms_name ON platforms (name);

CREATE TABLE platform_keys (
    id INTEGER NOT NULL PRIMARY KEY,
    platform_id INTEGER NOT NULL REFERENCES platforms (id),
    -- SHA-256 of the 32 random bytes of the secret.
    secret_digest BLOB NOT NULL,
    created_day TEXT NOT NULL
);
CREATE INDEX platform_keys_platform_id ON platform_keys (platform_id);
