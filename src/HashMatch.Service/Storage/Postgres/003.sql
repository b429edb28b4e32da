-- The feed: the published list as platforms' mirrors follow it (docs/feed.md).

-- Where the entry's addition stands in the feed; null until it is published.
ALTER TABLE entries ADD COLUMN feed_position bigint NULL;
CREATE INDEX entries_unpublished ON entries (added_day) WHERE feed_position IS NULL;

-- Where the feed stood when the last hash of a withdrawn case had left the list; null until then.
ALTER TABLE cases ADD COLUMN withdrawn_position bigint NULL;
UPDATE cases SET withdrawn_position = 0 WHERE state = 2;
CREATE INDEX cases_withdrawing ON cases (id) WHERE state = 2 AND withdrawn_position IS NULL;

-- Every change, in dense positions. Of a withdrawn addition only the leaf stays.
CREATE TABLE feed_changes (
    position bigint NOT NULL PRIMARY KEY,
    leaf bytea NOT NULL,
    -- SHA-256(the chain before || leaf), and how many entries are live here.
    chain bytea NOT NULL,
    live_count bigint NOT NULL,
    -- Of a withdrawal: the position of the addition.
    target bigint NULL,
    -- Of an addition that has not been withdrawn.
    entry_id bigint NULL,
    hash bytea NULL,
    salt bytea NULL
);

-- One row, made at the first start: its epoch is random. Who changes it holds the row of log_head locked.
CREATE TABLE feed_head (
    id integer NOT NULL PRIMARY KEY,
    epoch bytea NOT NULL,
    position bigint NOT NULL,
    chain bytea NOT NULL,
    live_count bigint NOT NULL
);

-- How far platforms' mirrors say they have come.
CREATE TABLE mirrors (
    platform_id bigint NOT NULL REFERENCES platforms (id),
    mirror_id bytea NOT NULL,
    position bigint NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (platform_id, mirror_id)
);
