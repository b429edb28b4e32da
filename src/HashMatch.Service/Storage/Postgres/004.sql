-- What platforms said of entries (protos/hashmatch/v1/outcomes.proto). No foreign keys: a report must not keep the
-- sequencer waiting, and platforms are never deleted. What a report leaves behind that comes together with a withdrawal
-- is deleted daily.
CREATE TABLE outcomes (
    entry_id bigint NOT NULL,
    platform_id bigint NOT NULL,
    -- What it said last, and when.
    outcome integer NOT NULL,
    day date NOT NULL,
    -- What it had said before the week of that day, and when; null if nothing.
    settled_outcome integer NULL,
    settled_day date NULL,
    PRIMARY KEY (entry_id, platform_id)
);
