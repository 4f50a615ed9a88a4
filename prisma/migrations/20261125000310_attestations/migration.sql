-- What a build system attests of a submission's bytes: the bundle as it came, and what was verified of it.
-- Safe while older processes run: they neither read nor write the columns, and a version without them has no attestation.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "Submission" ADD COLUMN "attestation" TEXT, ADD COLUMN "provenance" JSONB;
