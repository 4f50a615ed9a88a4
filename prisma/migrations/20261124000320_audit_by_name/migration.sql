-- The audit trail by what happened, newest first. Safe while older processes run: an index, built beside writes.
SET lock_timeout = '5s';
SET statement_timeout = '30min';

DROP INDEX CONCURRENTLY IF EXISTS "AuditEvent_name_id_idx";
CREATE INDEX CONCURRENTLY "AuditEvent_name_id_idx" ON "AuditEvent" ("name", "id");
