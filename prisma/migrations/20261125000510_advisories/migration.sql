-- Known vulnerabilities (OSV) and names of other registries, as an operator loads them from files. Safe while older
-- processes run: new tables, which they neither read nor write.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE "Advisory" (
    "id" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "severity" TEXT,
    "aliases" TEXT[],
    "url" TEXT,
    "modifiedAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),
    "importedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Advisory_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "AdvisoryPackage" (
    "advisoryId" TEXT NOT NULL,
    "ecosystem" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "range" TEXT,
    "versions" TEXT[],
    "fixed" TEXT[],
    CONSTRAINT "AdvisoryPackage_pkey" PRIMARY KEY ("ecosystem", "name", "advisoryId"),
    CONSTRAINT "AdvisoryPackage_advisoryId_fkey" FOREIGN KEY ("advisoryId") REFERENCES "Advisory"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "AdvisoryPackage_advisoryId_idx" ON "AdvisoryPackage" ("advisoryId");

CREATE TABLE "PackageName" (
    "ecosystem" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "PackageName_pkey" PRIMARY KEY ("ecosystem", "name")
);
