-- Places that an account was signed in from. Safe while older processes run: a table that they do not read.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE "KnownPlace" (
    "userId" UUID NOT NULL,
    "placeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KnownPlace_pkey" PRIMARY KEY ("userId", "placeHash")
);

ALTER TABLE "KnownPlace" ADD CONSTRAINT "KnownPlace_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
