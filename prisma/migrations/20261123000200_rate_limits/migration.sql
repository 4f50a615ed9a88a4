-- Rate limits by one moment for each key. Safe while older processes run: it only creates, and they go on counting in "RateWindow",
-- which a later migration removes. While both run, each counts for itself.
SET lock_timeout = '10s';
SET statement_timeout = '120s';

CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "spentUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "RateLimit_spentUntil_idx" ON "RateLimit"("spentUntil");
