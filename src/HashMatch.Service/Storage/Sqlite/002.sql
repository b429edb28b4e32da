-- Changes of both kinds, additions and withdrawals, pass an outbox and get a position in a log that match nodes follow.

-- Hashes whose holders may have changed: the sequencer looks at each and deletes it from here.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL
);
INSERT INTO outbox (hash) SELECT DISTINCT hash FROM fingerprints WHERE pending;
DROP INDEX fingerprints_pending;
ALTER TABLE fingerprints DROP COLUMN pending;

-- Which entries came or went, in dense positions. Whether one came or went is told by whether it is there.
CREATE TABLE log (
    position INTEGER NOT NULL PRIMARY KEY,
    entry_id INTEGER NOT NULL,
    -- Random: tells a log that was rewound and written anew from the one that was read.
    stamp INTEGER NOT NULL
);
INSERT INTO log (position, entry_id, stamp)
SELECT row_number() OVER (ORDER BY id), id, random() & 0x7fffffffffffffff FROM entries;
CREATE TABLE log_head (
    id INTEGER NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
);
INSERT INTO log_head (id, position) SELECT 1, count(*) FROM log;
