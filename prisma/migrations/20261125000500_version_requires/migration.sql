-- Who needs a listing, found by an index over the names that a version's manifest requires. Safe while older processes
-- run: an index more, built beside writes; they ask for the same names without it.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "Version_requires_idx";
CREATE INDEX CONCURRENTLY "Version_requires_idx" ON "Version" USING gin (("manifest" -> 'dependencies' -> 'listings'));
