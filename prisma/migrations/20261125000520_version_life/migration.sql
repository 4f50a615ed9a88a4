-- Notices of deprecation with an end, and what a publisher deleted: rows stay, since an id and a version are never given
-- again. Safe while older processes run: columns that they do not read; what is deleted is also yanked or removed, which
-- they know.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "Listing" ADD COLUMN "deprecationEndsAt" TIMESTAMPTZ(3), ADD COLUMN "deletedAt" TIMESTAMPTZ(3);
ALTER TABLE "Version" ADD COLUMN "deprecationEndsAt" TIMESTAMPTZ(3), ADD COLUMN "deletedAt" TIMESTAMPTZ(3);

-- What its publisher deleted stays removed, whatever a moderator lifts.
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_deleted_is_removed" CHECK ("deletedAt" IS NULL OR "moderation" = 'removed') NOT VALID;
ALTER TABLE "Version" ADD CONSTRAINT "Version_deleted_is_yanked" CHECK ("deletedAt" IS NULL OR "yankedAt" IS NOT NULL) NOT VALID;

CREATE OR REPLACE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE flags text[] := ARRAY['yankedAt', 'yankReason', 'deprecatedAt', 'deprecationReason', 'deprecationEndsAt', 'successor', 'deletedAt'];
BEGIN
  IF (to_jsonb(NEW) - flags) IS DISTINCT FROM (to_jsonb(OLD) - flags) THEN
    RAISE EXCEPTION 'a published version is immutable' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS DISTINCT FROM OLD."deletedAt" THEN
    RAISE EXCEPTION 'a deleted version stays deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
