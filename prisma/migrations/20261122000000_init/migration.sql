-- The first migration: creates everything in an empty database, so nothing can be locked or lost.
SET lock_timeout = '10s';
SET statement_timeout = '120s';

CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" CITEXT NOT NULL,
    "name" TEXT,
    "emailVerified" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "suspendedAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UserRole" (
    "userId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "grantedBy" UUID,

    CONSTRAINT "UserRole_pkey" PRIMARY KEY ("userId","role")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerificationToken" (
    "identifier" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VerificationToken_pkey" PRIMARY KEY ("identifier","tokenHash")
);

-- CreateTable
CREATE TABLE "SignInLink" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Publisher" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "skeleton" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bootstrap" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "suspendedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Publisher_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "publisherId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("publisherId","userId")
);

-- CreateTable
CREATE TABLE "Artifact" (
    "sha256" CHAR(64) NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Artifact_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "stagingKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Listing" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "skeleton" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "publisherId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "description" TEXT,
    "readme" TEXT,
    "license" TEXT,
    "homepage" TEXT,
    "repository" TEXT,
    "docs" TEXT[],
    "tags" TEXT[],
    "capabilities" TEXT[],
    "classes" TEXT[],
    "permissions" TEXT[],
    "signer" TEXT,
    "requestedTrust" TEXT NOT NULL DEFAULT 'unverified',
    "effectiveTrust" TEXT NOT NULL DEFAULT 'unverified',
    "communityMaintained" BOOLEAN NOT NULL DEFAULT false,
    "iconSha256" TEXT,
    "latestVersion" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "hiddenAt" TIMESTAMPTZ(3),
    "hiddenReason" TEXT,
    "deprecatedAt" TIMESTAMPTZ(3),
    "deprecationReason" TEXT,
    "successor" TEXT,
    "moderation" TEXT NOT NULL DEFAULT 'none',
    "moderationReason" TEXT,
    "downloads30d" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" UUID NOT NULL,
    "listingId" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "sortKey" VARCHAR(600) NOT NULL,
    "channel" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "manifestText" TEXT NOT NULL,
    "permissions" TEXT[],
    "permissionHash" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "artifactSha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "signerFingerprint" TEXT NOT NULL,
    "submissionId" UUID NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "yankedAt" TIMESTAMPTZ(3),
    "yankReason" TEXT,
    "deprecatedAt" TIMESTAMPTZ(3),
    "deprecationReason" TEXT,
    "successor" TEXT,

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DownloadDay" (
    "versionId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "DownloadDay_pkey" PRIMARY KEY ("versionId","day")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "RateWindow" (
    "key" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RateWindow_pkey" PRIMARY KEY ("key","startedAt")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "actorId" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedSnapshot" (
    "seq" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "entries" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "builtAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FeedSnapshot_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" UUID NOT NULL,
    "listingSlug" TEXT NOT NULL,
    "skeleton" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publisherId" UUID NOT NULL,
    "submittedById" UUID,
    "state" TEXT NOT NULL,
    "stateVersion" INTEGER NOT NULL DEFAULT 0,
    "artifactSha256" CHAR(64) NOT NULL,
    "fileName" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "manifestText" TEXT NOT NULL,
    "readme" TEXT,
    "files" JSONB NOT NULL,
    "icon" JSONB,
    "permissions" TEXT[],
    "permissionHash" TEXT NOT NULL,
    "signature" TEXT,
    "signerFingerprint" TEXT,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedById" UUID,
    "claimedUntil" TIMESTAMPTZ(3),
    "claimRenewals" INTEGER NOT NULL DEFAULT 0,
    "supersedesId" UUID,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckResult" (
    "submissionId" UUID NOT NULL,
    "checkId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "lookedAt" TEXT NOT NULL DEFAULT '',
    "findings" JSONB NOT NULL DEFAULT '[]',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CheckResult_pkey" PRIMARY KEY ("submissionId","checkId")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "deciderId" UUID,
    "deciderName" TEXT NOT NULL,
    "artifactSha256" CHAR(64) NOT NULL,
    "permissionHash" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "policyRevision" TEXT NOT NULL,
    "stateVersion" INTEGER NOT NULL,
    "note" TEXT,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" UUID NOT NULL,
    "publisherId" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "signingKeys" TEXT[],
    "armored" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "bits" INTEGER,
    "curve" TEXT,
    "userIds" TEXT[],
    "keyCreatedAt" TIMESTAMPTZ(3) NOT NULL,
    "keyExpiresAt" TIMESTAMPTZ(3),
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "addedById" UUID,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revocationReason" TEXT,
    "compromisedSince" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expires_idx" ON "Session"("expires");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");

-- CreateIndex
CREATE UNIQUE INDEX "VerificationToken_tokenHash_key" ON "VerificationToken"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "SignInLink_tokenHash_key" ON "SignInLink"("tokenHash");

-- CreateIndex
CREATE INDEX "SignInLink_userId_idx" ON "SignInLink"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Publisher_slug_key" ON "Publisher"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Publisher_skeleton_key" ON "Publisher"("skeleton");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Artifact_key_key" ON "Artifact"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Upload_stagingKey_key" ON "Upload"("stagingKey");

-- CreateIndex
CREATE INDEX "Upload_expiresAt_idx" ON "Upload"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Listing_slug_key" ON "Listing"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Listing_skeleton_key" ON "Listing"("skeleton");

-- CreateIndex
CREATE INDEX "Listing_publisherId_idx" ON "Listing"("publisherId");

-- CreateIndex
CREATE INDEX "Listing_createdAt_id_idx" ON "Listing"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Listing_updatedAt_id_idx" ON "Listing"("updatedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Version_submissionId_key" ON "Version"("submissionId");

-- CreateIndex
CREATE INDEX "Version_listingId_sortKey_idx" ON "Version"("listingId", "sortKey");

-- CreateIndex
CREATE INDEX "Version_artifactSha256_idx" ON "Version"("artifactSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Version_listingId_version_key" ON "Version"("listingId", "version");

-- CreateIndex
CREATE INDEX "RateWindow_startedAt_idx" ON "RateWindow"("startedAt");

-- CreateIndex
CREATE INDEX "AuditEvent_subject_at_idx" ON "AuditEvent"("subject", "at");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- CreateIndex
CREATE INDEX "Mail_createdAt_idx" ON "Mail"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Submission_supersedesId_key" ON "Submission"("supersedesId");

-- CreateIndex
CREATE INDEX "Submission_publisherId_idx" ON "Submission"("publisherId");

-- CreateIndex
CREATE INDEX "Submission_submittedById_idx" ON "Submission"("submittedById");

-- CreateIndex
CREATE INDEX "Submission_state_queuedAt_idx" ON "Submission"("state", "queuedAt");

-- CreateIndex
CREATE INDEX "Submission_listingSlug_version_idx" ON "Submission"("listingSlug", "version");

-- CreateIndex
CREATE INDEX "Submission_skeleton_idx" ON "Submission"("skeleton");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_submissionId_stateVersion_key" ON "Decision"("submissionId", "stateVersion");

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_fingerprint_key" ON "SigningKey"("fingerprint");

-- CreateIndex
CREATE INDEX "SigningKey_publisherId_idx" ON "SigningKey"("publisherId");

-- AddForeignKey
ALTER TABLE "UserRole" ADD CONSTRAINT "UserRole_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInLink" ADD CONSTRAINT "SignInLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_artifactSha256_fkey" FOREIGN KEY ("artifactSha256") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DownloadDay" ADD CONSTRAINT "DownloadDay_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_submittedById_fkey" FOREIGN KEY ("submittedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_claimedById_fkey" FOREIGN KEY ("claimedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_artifactSha256_fkey" FOREIGN KEY ("artifactSha256") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckResult" ADD CONSTRAINT "CheckResult_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_deciderId_fkey" FOREIGN KEY ("deciderId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_addedById_fkey" FOREIGN KEY ("addedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Rules that hold whatever the code does. Prisma's schema language has no words for them.

ALTER TABLE "UserRole" ADD CONSTRAINT "UserRole_role_known" CHECK ("role" IN ('reviewer', 'security', 'council', 'administrator'));
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_role_known" CHECK ("role" IN ('owner', 'maintainer', 'viewer'));
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_scopes_known" CHECK ("scopes" <@ ARRAY['publish', 'yank', 'keys', 'read', 'review:decide', 'admin']::text[] AND cardinality("scopes") > 0);
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_lifetime" CHECK ("expiresAt" > "createdAt" AND "expiresAt" <= "createdAt" + interval '91 days');
ALTER TABLE "Publisher" ADD CONSTRAINT "Publisher_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$');
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_fingerprint_form" CHECK ("fingerprint" ~ '^([0-9a-f]{40}|[0-9a-f]{64})$');
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_public_only" CHECK ("armored" NOT LIKE '%PRIVATE KEY%');
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_revocation_whole" CHECK (("revokedAt" IS NULL) = ("revocationReason" IS NULL));

ALTER TABLE "Listing" ADD CONSTRAINT "Listing_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$');
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_kind_known" CHECK ("kind" IN ('service', 'plugin'));
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_type_known" CHECK ("type" IN ('llm', 'vector_store', 'image_gen', 'media_proc', 'tools', 'user_plugin'));
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_trust_known" CHECK ("requestedTrust" IN ('system', 'trusted', 'unverified') AND "effectiveTrust" IN ('system', 'trusted', 'unverified'));
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_moderation_known" CHECK ("moderation" IN ('none', 'quarantined', 'removed'));
ALTER TABLE "Version" ADD CONSTRAINT "Version_no_build_metadata" CHECK ("version" ~ '^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$');
ALTER TABLE "Version" ADD CONSTRAINT "Version_channel_known" CHECK ("channel" IN ('stable', 'beta', 'nightly'));
ALTER TABLE "Version" ADD CONSTRAINT "Version_signer_known" CHECK ("signer" IN ('publisher', 'registry') AND "signature" LIKE '-----BEGIN PGP SIGNATURE-----%');
ALTER TABLE "Artifact" ADD CONSTRAINT "Artifact_sha256_form" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Artifact" ADD CONSTRAINT "Artifact_size_range" CHECK ("size" BETWEEN 1 AND 52428800);

ALTER TABLE "Submission" ADD CONSTRAINT "Submission_state_known" CHECK ("state" IN ('draft', 'submitted', 'checking', 'needs_changes', 'triage', 'fast_lane', 'in_review', 'voting', 'held', 'approved', 'published', 'rejected', 'withdrawn', 'superseded', 'expired'));
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_claim_whole" CHECK (("claimedById" IS NULL) = ("claimedUntil" IS NULL));
-- Of many equal publishes exactly one is taken: a version is reserved while a submission of it is open, and for ever once published.
CREATE UNIQUE INDEX "Submission_version_reserved" ON "Submission" ("listingSlug", "version")
  WHERE "state" IN ('draft', 'submitted', 'checking', 'triage', 'fast_lane', 'in_review', 'voting', 'held', 'approved', 'published');
-- One open submission per listing and channel; a newer one supersedes.
CREATE UNIQUE INDEX "Submission_open_per_channel" ON "Submission" ("listingSlug", "channel")
  WHERE "state" IN ('draft', 'submitted', 'checking', 'triage', 'fast_lane', 'in_review', 'voting', 'held', 'approved');
ALTER TABLE "CheckResult" ADD CONSTRAINT "CheckResult_status_known" CHECK ("status" IN ('queued', 'running', 'passed', 'warned', 'failed', 'errored') AND "severity" IN ('B', 'H', 'W', 'I'));
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_known" CHECK ("decision" IN ('approve', 'request_changes', 'reject') AND length(btrim("reason")) > 0);

-- A published version's bytes, manifest and signatures never change; a decision and an audit event never change at all.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Decision_no_delete" BEFORE DELETE ON "Decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The one change a decision may see is its decider's account going away (the record keeps the name it was made under).
CREATE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."deciderId" IS NOT NULL AND NEW."deciderId" IS DISTINCT FROM OLD."deciderId"
     OR (to_jsonb(NEW) - 'deciderId') IS DISTINCT FROM (to_jsonb(OLD) - 'deciderId') THEN
    RAISE EXCEPTION 'a decision is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Decision_immutable" BEFORE UPDATE ON "Decision" FOR EACH ROW EXECUTE FUNCTION keep_decision();

CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE flags text[] := ARRAY['yankedAt', 'yankReason', 'deprecatedAt', 'deprecationReason', 'successor'];
BEGIN
  IF (to_jsonb(NEW) - flags) IS DISTINCT FROM (to_jsonb(OLD) - flags) THEN
    RAISE EXCEPTION 'a published version is immutable' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Version_immutable" BEFORE UPDATE ON "Version" FOR EACH ROW EXECUTE FUNCTION keep_version();
CREATE TRIGGER "Version_no_delete" BEFORE DELETE ON "Version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "Listing_no_delete" BEFORE DELETE ON "Listing" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."artifactSha256" <> OLD."artifactSha256" OR NEW."manifestText" <> OLD."manifestText" OR NEW."permissionHash" <> OLD."permissionHash" THEN
    RAISE EXCEPTION 'the bytes of a submission never change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW."state" <> OLD."state" AND NEW."stateVersion" <= OLD."stateVersion" THEN
    RAISE EXCEPTION 'a change of state raises the state version' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Submission_bytes_immutable" BEFORE UPDATE ON "Submission" FOR EACH ROW EXECUTE FUNCTION keep_submission();

-- Search: weighted words for relevance, trigrams for typing errors. `simple` for ids and tags, `english` for sentences.
CREATE FUNCTION listing_words(slug text, name text, summary text, description text, capabilities text[], tags text[], readme text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('simple', slug || ' ' || replace(slug, '-', ' ') || ' ' || name), 'A')
      || setweight(to_tsvector('english', name), 'A')
      || setweight(to_tsvector('english', replace(array_to_string(capabilities, ' '), '_', ' ') || ' ' || array_to_string(tags, ' ')), 'B')
      || setweight(to_tsvector('english', summary || ' ' || coalesce(description, '')), 'C')
      || setweight(to_tsvector('english', left(coalesce(readme, ''), 20000)), 'D')
$$;
ALTER TABLE "Listing" ADD COLUMN "words" tsvector GENERATED ALWAYS AS (listing_words("slug", "name", "summary", "description", "capabilities", "tags", "readme")) STORED;
CREATE INDEX "Listing_words" ON "Listing" USING gin ("words");
CREATE INDEX "Listing_slug_trigrams" ON "Listing" USING gin ("slug" gin_trgm_ops);
CREATE INDEX "Listing_name_trigrams" ON "Listing" USING gin ("name" gin_trgm_ops);
