-- Messages whose text is still kept, by time: the hourly sweep empties the old ones, and would read a year of emptied
-- ones otherwise. Safe while older processes run: an index, built beside writes.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "Mail_with_text_idx";
CREATE INDEX CONCURRENTLY "Mail_with_text_idx" ON "Mail" ("createdAt") WHERE "text" <> '';
