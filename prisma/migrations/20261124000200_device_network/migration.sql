-- Where a device's sign-in was asked for, to be shown to whoever approves it. Safe while older processes run: they
-- neither read nor write the table, and the column may be null.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE "DeviceGrant" ADD COLUMN "network" TEXT;
