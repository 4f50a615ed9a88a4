-- Until when a token that a command line was signed in with may change keys and publishers. Safe while older processes
-- run: the column may be null, and a process that does not read it gives such a token the scope at no time.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "ApiToken" ADD COLUMN "keysUntil" TIMESTAMPTZ(3);
