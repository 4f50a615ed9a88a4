-- Accounts: second factors, sessions with a place, device sign-ins, invitations, transfers, claims, proofs of names,
-- announcements. Safe while older processes run: it creates tables that nothing reads yet, and columns that have a
-- default or may be null.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "User" ADD COLUMN "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en',
ADD COLUMN "muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "suspendedReason" TEXT;

ALTER TABLE "Session" ADD COLUMN "connecting" TEXT,
ADD COLUMN "connectingUntil" TIMESTAMPTZ(3),
ADD COLUMN "device" TEXT,
ADD COLUMN "lastUsedAt" TIMESTAMPTZ(3),
ADD COLUMN "method" TEXT NOT NULL DEFAULT 'email',
ADD COLUMN "network" TEXT,
ADD COLUMN "steppedUpAt" TIMESTAMPTZ(3),
ADD COLUMN "viewAs" TEXT;

ALTER TABLE "Account" ADD COLUMN "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "label" TEXT,
ADD COLUMN "lastUsedAt" TIMESTAMPTZ(3);

ALTER TABLE "ApiToken" ADD COLUMN "lastNetwork" TEXT,
ADD COLUMN "listings" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "revokedReason" TEXT,
ADD COLUMN "warnedAt" TIMESTAMPTZ(3);

ALTER TABLE "Publisher" ADD COLUMN "description" TEXT,
ADD COLUMN "suspendedReason" TEXT,
ADD COLUMN "website" TEXT;

CREATE TABLE "Passkey" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "backedUp" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Totp" (
    "userId" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedAt" TIMESTAMPTZ(3),
    "lastStep" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Totp_pkey" PRIMARY KEY ("userId")
);

CREATE TABLE "RecoveryCode" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "FactorChallenge" (
    "id" UUID NOT NULL,
    "challengeHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "userId" UUID,
    "sessionId" UUID,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FactorChallenge_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "EmailChange" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "oldEmail" CITEXT NOT NULL,
    "newEmail" CITEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "undoHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "EmailChange_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "DeviceGrant" (
    "id" UUID NOT NULL,
    "deviceHash" TEXT NOT NULL,
    "userCode" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "polledAt" TIMESTAMPTZ(3),
    "userId" UUID,
    "approvedAt" TIMESTAMPTZ(3),
    "deniedAt" TIMESTAMPTZ(3),
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeviceGrant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "publisherId" UUID NOT NULL,
    "email" CITEXT NOT NULL,
    "role" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "NameProof" (
    "id" UUID NOT NULL,
    "publisherId" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "provenAt" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3),
    "nextCheckAt" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "lostAt" TIMESTAMPTZ(3),

    CONSTRAINT "NameProof_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ListingTransfer" (
    "id" UUID NOT NULL,
    "listingId" UUID NOT NULL,
    "fromPublisherId" UUID NOT NULL,
    "toPublisherId" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "offeredById" UUID,
    "answeredById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "ListingTransfer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "NameClaim" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "publisherId" UUID,
    "userId" UUID,
    "evidence" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "noticeUntil" TIMESTAMPTZ(3) NOT NULL,
    "objectedAt" TIMESTAMPTZ(3),
    "objection" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "granted" BOOLEAN,
    "reason" TEXT,

    CONSTRAINT "NameClaim_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Announcement" (
    "id" UUID NOT NULL,
    "tone" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" UUID,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");
CREATE INDEX "Passkey_userId_idx" ON "Passkey"("userId");
CREATE UNIQUE INDEX "RecoveryCode_codeHash_key" ON "RecoveryCode"("codeHash");
CREATE INDEX "RecoveryCode_userId_idx" ON "RecoveryCode"("userId");
CREATE UNIQUE INDEX "FactorChallenge_challengeHash_key" ON "FactorChallenge"("challengeHash");
CREATE INDEX "FactorChallenge_expiresAt_idx" ON "FactorChallenge"("expiresAt");
CREATE INDEX "FactorChallenge_userId_idx" ON "FactorChallenge"("userId");
CREATE UNIQUE INDEX "EmailChange_tokenHash_key" ON "EmailChange"("tokenHash");
CREATE UNIQUE INDEX "EmailChange_undoHash_key" ON "EmailChange"("undoHash");
CREATE INDEX "EmailChange_userId_idx" ON "EmailChange"("userId");
CREATE UNIQUE INDEX "DeviceGrant_deviceHash_key" ON "DeviceGrant"("deviceHash");
CREATE UNIQUE INDEX "DeviceGrant_userCode_key" ON "DeviceGrant"("userCode");
CREATE INDEX "DeviceGrant_expiresAt_idx" ON "DeviceGrant"("expiresAt");
CREATE INDEX "DeviceGrant_userId_idx" ON "DeviceGrant"("userId");
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");
CREATE INDEX "Invitation_publisherId_idx" ON "Invitation"("publisherId");
CREATE INDEX "Invitation_email_idx" ON "Invitation"("email");
CREATE INDEX "Invitation_invitedById_idx" ON "Invitation"("invitedById");
CREATE INDEX "NameProof_domain_idx" ON "NameProof"("domain");
CREATE INDEX "NameProof_nextCheckAt_idx" ON "NameProof"("nextCheckAt");
CREATE UNIQUE INDEX "NameProof_publisherId_domain_key" ON "NameProof"("publisherId", "domain");
CREATE INDEX "ListingTransfer_listingId_idx" ON "ListingTransfer"("listingId");
CREATE INDEX "ListingTransfer_fromPublisherId_idx" ON "ListingTransfer"("fromPublisherId");
CREATE INDEX "ListingTransfer_toPublisherId_idx" ON "ListingTransfer"("toPublisherId");
CREATE INDEX "NameClaim_kind_subject_idx" ON "NameClaim"("kind", "subject");
CREATE INDEX "NameClaim_userId_idx" ON "NameClaim"("userId");
CREATE INDEX "Announcement_startsAt_idx" ON "Announcement"("startsAt");
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Totp" ADD CONSTRAINT "Totp_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "FactorChallenge" ADD CONSTRAINT "FactorChallenge_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "EmailChange" ADD CONSTRAINT "EmailChange_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "DeviceGrant" ADD CONSTRAINT "DeviceGrant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "NameProof" ADD CONSTRAINT "NameProof_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ListingTransfer" ADD CONSTRAINT "ListingTransfer_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ListingTransfer" ADD CONSTRAINT "ListingTransfer_fromPublisherId_fkey" FOREIGN KEY ("fromPublisherId") REFERENCES "Publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ListingTransfer" ADD CONSTRAINT "ListingTransfer_toPublisherId_fkey" FOREIGN KEY ("toPublisherId") REFERENCES "Publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "NameClaim" ADD CONSTRAINT "NameClaim_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Rules that hold whatever the code does.
CREATE UNIQUE INDEX "Invitation_open" ON "Invitation" ("publisherId", "email") WHERE "acceptedAt" IS NULL AND "declinedAt" IS NULL AND "revokedAt" IS NULL;
CREATE UNIQUE INDEX "ListingTransfer_open" ON "ListingTransfer" ("listingId") WHERE "acceptedAt" IS NULL AND "declinedAt" IS NULL AND "withdrawnAt" IS NULL;
CREATE UNIQUE INDEX "NameClaim_open" ON "NameClaim" ("kind", "subject") WHERE "decidedAt" IS NULL;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_role" CHECK ("role" IN ('owner', 'maintainer', 'viewer'));
ALTER TABLE "NameProof" ADD CONSTRAINT "NameProof_method" CHECK ("method" IN ('dns', 'well-known'));
ALTER TABLE "ListingTransfer" ADD CONSTRAINT "ListingTransfer_sides" CHECK ("fromPublisherId" <> "toPublisherId");
ALTER TABLE "ListingTransfer" ADD CONSTRAINT "ListingTransfer_cause" CHECK ("cause" IN ('offer', 'claim'));
ALTER TABLE "NameClaim" ADD CONSTRAINT "NameClaim_kind" CHECK ("kind" IN ('listing', 'publisher'));
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_tone" CHECK ("tone" IN ('info', 'warning'));
ALTER TABLE "Totp" ADD CONSTRAINT "Totp_step" CHECK ("lastStep" >= 0);
