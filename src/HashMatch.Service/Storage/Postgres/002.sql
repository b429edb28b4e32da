-- The first version for PostgreSQL; the numbers are those of both databases. As there, ids are random 63-bit numbers and
-- days are UTC.

CREATE TABLE cases (
    id bigint NOT NULL PRIMARY KEY,
    -- SHA-256("hashmatch/case/v1" || key); the key itself is never stored.
    key_digest bytea NOT NULL,
    age_group integer NOT NULL,
    state integer NOT NULL,
    -- The number that the next new picture gets: a withdrawn picture's number is never given again.
    next_picture integer NOT NULL,
    created_day date NOT NULL,
    withdrawn_day date NULL
);
CREATE UNIQUE INDEX cases_key_digest ON cases (key_digest);

-- What a case holds. Registration writes here and reads nothing of other cases.
CREATE TABLE fingerprints (
    case_id bigint NOT NULL REFERENCES cases (id),
    hash bytea NOT NULL,
    picture integer NOT NULL,
    added_day date NOT NULL,
    PRIMARY KEY (case_id, hash)
);
CREATE INDEX fingerprints_hash ON fingerprints (hash);

-- Hashes whose holders may have changed: the sequencer looks at each and deletes it from here.
CREATE TABLE outbox (
    id bigint NOT NULL PRIMARY KEY,
    hash bytea NOT NULL
);

-- The list: each hash once, however many cases hold it.
CREATE TABLE entries (
    id bigint NOT NULL PRIMARY KEY,
    hash bytea NOT NULL,
    added_day date NOT NULL
);
CREATE UNIQUE INDEX entries_hash ON entries (hash);

-- Which entries came or went, in dense positions. Whether one came or went is told by whether it is there.
CREATE TABLE log (
    position bigint NOT NULL PRIMARY KEY,
    entry_id bigint NOT NULL,
    -- Random: tells a log that was rewound and written anew from the one that was read.
    stamp bigint NOT NULL
);
CREATE TABLE log_head (
    id integer NOT NULL PRIMARY KEY,
    position bigint NOT NULL
);
INSERT INTO log_head (id, position) VALUES (1, 0);

CREATE TABLE platforms (
    id bigint NOT NULL PRIMARY KEY,
    name text NOT NULL,
    scopes integer NOT NULL,
    created_day date NOT NULL,
    revoked_day date NULL
);
CREATE UNIQUE INDEX platforms_name ON platforms (name);

CREATE TABLE platform_keys (
    id bigint NOT NULL PRIMARY KEY,
    platform_id bigint NOT NULL REFERENCES platforms (id),
    -- SHA-256 of the 32 random bytes of the secret.
    secret_digest bytea NOT NULL,
    created_day date NOT NULL
);
CREATE INDEX platform_keys_platform_id ON platform_keys (platform_id);
