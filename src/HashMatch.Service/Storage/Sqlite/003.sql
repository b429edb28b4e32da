-- The feed: the published list as platforms' mirrors follow it (docs/feed.md).

-- Where the entry's addition stands in the feed; null until it is published.
ALTER TABLE entries ADD COLUMN feed_position INTEGER NULL;
CREATE INDEX entries_unpublished ON entries (added_day) WHERE feed_position IS NULL;

-- Where the feed stood when the last hash of a withdrawn case had left the list; null until then.
ALTER TABLE cases ADD COLUMN withdrawn_position INTEGER NULL;
UPDATE cases SET withdrawn_position = 0 WHERE state = 2;
CREATE INDEX cases_withdrawing ON cases (id) WHERE state = 2 AND withdrawn_position IS NULL;

-- Every change, in dense positions. Of a withdrawn addition only the leaf stays.
CREATE TABLE feed_changes (
    position INTEGER NOT NULL PRIMARY KEY,
    leaf BLOB NOT NULL,
    -- SHA-256(the chain before || leaf), and how many entries are live here.
    chain BLOB NOT NULL,
    live_count INTEGER NOT NULL,
    -- Of a withdrawal: the position of the addition.
    target INTEGER NULL,
    -- Of an addition that has not been withdrawn.
    entry_id INTEGER NULL,
    hash BLOB NULL,
    salt BLOB NULL
);

-- One row, made at the first start: its epoch is random. Who changes it holds the row of log_head locked.
CREATE TABLE feed_head (
    id INTEGER NOT NULL PRIMARY KEY,
    epoch BLOB NOT NULL,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    live_count INTEGER NOT NULL
);

-- How far platforms' mirrors say they have come.
CREATE TABLE mirrors (
    platform_id INTEGER NOT NULL REFERENCES platforms (id),
    mirror_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (platform_id, mirror_id)
) WITHOUT ROWID;
