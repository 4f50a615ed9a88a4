-- Whose message it is: an address may belong to somebody else later. Safe while older processes run: they leave it
-- empty, and a column that may be empty and has no default is added without a rewrite.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "Mail" ADD COLUMN "userId" UUID;
