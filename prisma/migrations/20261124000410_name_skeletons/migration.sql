-- The form under which a domain looks like others, kept so that look-alikes are found by an index.
-- Safe while older processes run: they neither read nor write the column, and the next check of a domain fills it.
-- small: NameProof, twenty rows for a publisher at most, and few publishers prove a domain
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "NameProof" ADD COLUMN "skeleton" TEXT;
CREATE INDEX "NameProof_skeleton_idx" ON "NameProof" ("skeleton");
