-- Ids with this bit set are those of imported lists, which wait for all others: to rows of before this version, which
-- tell nothing of that, a withdrawal may belong.
UPDATE outbox SET id = id & 4611686018427387903;

-- The planner's statistics keep some of a column's values, long after they are deleted. Of hashes, salts and digests of
-- keys they shall keep none, and what they kept so far goes with the change of the type, which changes nothing else:
-- to delete it where it is kept takes a superuser.
ALTER TABLE cases
    ALTER COLUMN key_digest TYPE bytea,
    ALTER COLUMN key_digest SET STATISTICS 0;
ALTER TABLE fingerprints
    ALTER COLUMN hash TYPE bytea,
    ALTER COLUMN hash SET STATISTICS 0;
ALTER TABLE outbox
    ALTER COLUMN hash TYPE bytea,
    ALTER COLUMN hash SET STATISTICS 0;
ALTER TABLE entries
    ALTER COLUMN hash TYPE bytea,
    ALTER COLUMN hash SET STATISTICS 0;
ALTER TABLE feed_changes
    ALTER COLUMN hash TYPE bytea,
    ALTER COLUMN hash SET STATISTICS 0,
    ALTER COLUMN salt TYPE bytea,
    ALTER COLUMN salt SET STATISTICS 0;
ALTER TABLE platform_keys
    ALTER COLUMN secret_digest TYPE bytea,
    ALTER COLUMN secret_digest SET STATISTICS 0;
