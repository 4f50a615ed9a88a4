-- Mailed sign-in links by when they end, for the sweep of every minute. Safe while older processes run: an index, built beside writes.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "VerificationToken_expires_idx";
CREATE INDEX CONCURRENTLY "VerificationToken_expires_idx" ON "VerificationToken" ("expires");
