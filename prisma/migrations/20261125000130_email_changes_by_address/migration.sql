-- Changes of address by the one that was left: every sign-in with a new address asks whether it is held. Safe while
-- older processes run: an index, built beside writes.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "EmailChange_oldEmail_idx";
CREATE INDEX CONCURRENTLY "EmailChange_oldEmail_idx" ON "EmailChange" ("oldEmail");
