-- Ids with this bit set are those of imported lists, which wait for all others: to rows of before this version, which
-- tell nothing of that, a withdrawal may belong.
UPDATE outbox SET id = id & 0x3fffffffffffffff;
