-- Trusted publishing: the build workflows that may publish for a publisher, and the identity tokens that were exchanged.
-- Safe while older processes run: they know neither table, and the new columns of the two old ones are empty for them.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE "TrustedWorkflow" (
    "id" UUID NOT NULL,
    "publisherId" UUID NOT NULL,
    "listingSlug" TEXT,
    "provider" TEXT NOT NULL CHECK ("provider" IN ('github', 'gitlab', 'generic')),
    "issuer" TEXT NOT NULL,
    "repository" TEXT NOT NULL,
    "repositoryKey" TEXT NOT NULL,
    "workflow" TEXT NOT NULL,
    "environment" TEXT,
    "ref" TEXT,
    "selfHosted" BOOLEAN NOT NULL DEFAULT false,
    "ownerId" TEXT,
    "repositoryId" TEXT,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    CONSTRAINT "TrustedWorkflow_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "TrustedWorkflow_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "TrustedWorkflow_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "TrustedWorkflow_publisherId_idx" ON "TrustedWorkflow" ("publisherId");
CREATE INDEX "TrustedWorkflow_issuer_repositoryKey_idx" ON "TrustedWorkflow" ("issuer", "repositoryKey");

CREATE TABLE "SpentIdentity" (
    "issuer" TEXT NOT NULL,
    "jtiHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "SpentIdentity_pkey" PRIMARY KEY ("issuer", "jtiHash")
);
CREATE INDEX "SpentIdentity_expiresAt_idx" ON "SpentIdentity" ("expiresAt");

ALTER TABLE "ApiToken" ADD COLUMN "trustedWorkflowId" UUID, ADD COLUMN "workflow" JSONB;
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_trustedWorkflowId_fkey" FOREIGN KEY ("trustedWorkflowId") REFERENCES "TrustedWorkflow" ("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "ApiToken" VALIDATE CONSTRAINT "ApiToken_trustedWorkflowId_fkey";
ALTER TABLE "Submission" ADD COLUMN "workflow" JSONB;
