-- Keys of OpenSSH, and publishers' signatures that stand beside the feed's.
-- Safe while older processes run: they write no such keys, read the column not at all, and whatever was valid stays valid.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "Version" ADD COLUMN "publisherSignature" TEXT;

ALTER TABLE "SigningKey" DROP CONSTRAINT IF EXISTS "SigningKey_fingerprint_form";
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_fingerprint_form"
  CHECK ("fingerprint" ~ '^([0-9a-f]{40}|[0-9a-f]{64}|SHA256:[A-Za-z0-9+/]{43})$') NOT VALID;
ALTER TABLE "SigningKey" VALIDATE CONSTRAINT "SigningKey_fingerprint_form";
