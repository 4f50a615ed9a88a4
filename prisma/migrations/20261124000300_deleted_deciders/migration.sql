-- A decision may forget how its decider was named once that account is deleted; nothing else about it may change.
-- Safe while older processes run: it allows one change more than before, which they never make.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person text[] := ARRAY['deciderId', 'deciderName'];
BEGIN
  IF (NEW."deciderId" IS NOT NULL AND NEW."deciderId" IS DISTINCT FROM OLD."deciderId")
     OR (NEW."deciderName" IS DISTINCT FROM OLD."deciderName" AND NEW."deciderName" <> 'a deleted account')
     OR (to_jsonb(NEW) - person) IS DISTINCT FROM (to_jsonb(OLD) - person) THEN
    RAISE EXCEPTION 'a decision is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
