-- Messages by what they tell of: the sweep of those that are not kept looks for one kind among all. Safe while older
-- processes run: an index, built beside writes.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "Mail_event_createdAt_idx";
CREATE INDEX CONCURRENTLY "Mail_event_createdAt_idx" ON "Mail" ("event", "createdAt");
