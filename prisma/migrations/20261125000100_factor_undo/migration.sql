-- Links that take a first second factor away again: sent with the word of it, good once and for seven days.
-- Safe while older processes run: they know nothing of the table, and a factor that one of them adds only lacks its link.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE "FactorUndo" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "FactorUndo_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "FactorUndo_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "FactorUndo_tokenHash_key" ON "FactorUndo" ("tokenHash");
CREATE INDEX "FactorUndo_userId_idx" ON "FactorUndo" ("userId");
CREATE INDEX "FactorUndo_expiresAt_idx" ON "FactorUndo" ("expiresAt");
