-- The record: tables of the transparency log. Safe while older processes run: it only creates, and nothing that exists refers to it.
-- What happened before is written into the log by the first worker that starts after it.
SET lock_timeout = '10s';
SET statement_timeout = '120s';

CREATE TABLE "LogLeaf" (
    "id" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "listing" TEXT,
    "body" BYTEA NOT NULL,
    "leafHash" CHAR(64) NOT NULL,
    "seq" BIGINT,

    CONSTRAINT "LogLeaf_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "LogCommitment" (
    "leafId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "LogCommitment_pkey" PRIMARY KEY ("leafId")
);

CREATE TABLE "LogTile" (
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "hashes" BYTEA NOT NULL,

    CONSTRAINT "LogTile_pkey" PRIMARY KEY ("level","index")
);

CREATE TABLE "LogHead" (
    "id" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "storedSize" BIGINT NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "verifierKey" TEXT,
    "fault" TEXT,

    CONSTRAINT "LogHead_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "LogCheckpoint" (
    "size" BIGINT NOT NULL,
    "root" CHAR(64) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "LogCheckpoint_pkey" PRIMARY KEY ("size")
);

CREATE UNIQUE INDEX "LogLeaf_source_key" ON "LogLeaf"("source");
CREATE UNIQUE INDEX "LogLeaf_leafHash_key" ON "LogLeaf"("leafHash");
CREATE UNIQUE INDEX "LogLeaf_seq_key" ON "LogLeaf"("seq");
CREATE INDEX "LogLeaf_type_seq_idx" ON "LogLeaf"("type", "seq");
CREATE INDEX "LogLeaf_listing_seq_idx" ON "LogLeaf"("listing", "seq");
CREATE INDEX "LogCommitment_userId_idx" ON "LogCommitment"("userId");
ALTER TABLE "LogCommitment" ADD CONSTRAINT "LogCommitment_leafId_fkey" FOREIGN KEY ("leafId") REFERENCES "LogLeaf"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LogCommitment" ADD CONSTRAINT "LogCommitment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What waits for a number, in the order in which it gets one.
CREATE INDEX "LogLeaf_waiting" ON "LogLeaf" ("at", "ordinal") WHERE "seq" IS NULL;

INSERT INTO "LogHead" ("id", "size", "storedSize") VALUES (1, 0, 0);

-- Rules that hold whatever the code does. A leaf's hash is the one of RFC 6962 over its bytes; an entry's length fits two bytes.
ALTER TABLE "LogLeaf" ADD CONSTRAINT "LogLeaf_hash_of_body" CHECK ("leafHash" = encode(sha256('\x00'::bytea || "body"), 'hex'));
ALTER TABLE "LogLeaf" ADD CONSTRAINT "LogLeaf_size" CHECK (octet_length("body") BETWEEN 2 AND 65535);
ALTER TABLE "LogLeaf" ADD CONSTRAINT "LogLeaf_seq_range" CHECK ("seq" >= 0);
ALTER TABLE "LogCommitment" ADD CONSTRAINT "LogCommitment_salt_size" CHECK (octet_length("salt") = 32);
ALTER TABLE "LogTile" ADD CONSTRAINT "LogTile_form" CHECK ("level" BETWEEN 0 AND 5 AND "index" >= 0 AND octet_length("hashes") BETWEEN 32 AND 8192 AND octet_length("hashes") % 32 = 0);
ALTER TABLE "LogHead" ADD CONSTRAINT "LogHead_one" CHECK ("id" = 1 AND "storedSize" BETWEEN 0 AND "size");
ALTER TABLE "LogCheckpoint" ADD CONSTRAINT "LogCheckpoint_form" CHECK ("size" >= 0 AND "root" ~ '^[0-9a-f]{64}$');

CREATE FUNCTION keep_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."seq" IS NOT NULL OR NEW."seq" IS NULL OR (to_jsonb(NEW) - 'seq') IS DISTINCT FROM (to_jsonb(OLD) - 'seq') THEN
    RAISE EXCEPTION 'a leaf of the record is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "LogLeaf_immutable" BEFORE UPDATE ON "LogLeaf" FOR EACH ROW EXECUTE FUNCTION keep_leaf();
CREATE TRIGGER "LogLeaf_no_delete" BEFORE DELETE ON "LogLeaf" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "LogLeaf_no_truncate" BEFORE TRUNCATE ON "LogLeaf" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_tile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."level" <> OLD."level" OR NEW."index" <> OLD."index" OR substring(NEW."hashes" FROM 1 FOR octet_length(OLD."hashes")) <> OLD."hashes" THEN
    RAISE EXCEPTION 'a tile of the record only grows' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "LogTile_grows" BEFORE UPDATE ON "LogTile" FOR EACH ROW EXECUTE FUNCTION keep_tile();
CREATE TRIGGER "LogTile_no_delete" BEFORE DELETE ON "LogTile" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "LogTile_no_truncate" BEFORE TRUNCATE ON "LogTile" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."size" < OLD."size" OR NEW."storedSize" < OLD."storedSize" THEN
    RAISE EXCEPTION 'the record only grows' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "LogHead_grows" BEFORE UPDATE ON "LogHead" FOR EACH ROW EXECUTE FUNCTION keep_head();
CREATE TRIGGER "LogHead_no_delete" BEFORE DELETE ON "LogHead" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER "LogCheckpoint_append_only" BEFORE UPDATE OR DELETE ON "LogCheckpoint" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "LogCheckpoint_no_truncate" BEFORE TRUNCATE ON "LogCheckpoint" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
