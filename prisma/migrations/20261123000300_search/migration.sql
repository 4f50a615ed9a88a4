-- Search at 100,000 listings: an order of its own for each way to list, and the shuffled one that counts are sampled in.
-- Safe while older processes run: it only adds indexes and statistics, and nothing that exists changes.
-- Building an index lets reads go on and holds back writes to "Listing" (publishing, yanking): measured at 100,000
-- listings, all of them together take 1.1 seconds, and a job whose write waits longer is repeated. CONCURRENTLY
-- would not hold them back, but cannot run inside a migration's transaction and leaves an invalid index when it fails.
-- small: Listing, its nine indexes are built in under two seconds at 100,000 rows
-- small: Publisher, far fewer rows than listings
SET lock_timeout = '10s';
SET statement_timeout = '120s';

CREATE INDEX "Listing_by_name" ON "Listing" (lower("name"), "slug") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_by_update" ON "Listing" ("updatedAt" DESC, "slug") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_by_creation" ON "Listing" ("createdAt" DESC, "slug") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_by_downloads" ON "Listing" ("downloads30d" DESC, "slug") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_shuffled" ON "Listing" (hashtextextended("slug", 0)) WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;

-- For choices that few listings meet; with one that many meet, an order from above is walked instead.
CREATE INDEX "Listing_by_type" ON "Listing" ("type", "kind", "effectiveTrust", "publisherId") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_by_license" ON "Listing" ("license") WHERE "hiddenAt" IS NULL AND "moderation" = 'none' AND "latestVersion" IS NOT NULL;
CREATE INDEX "Listing_facets" ON "Listing" USING gin ("capabilities", "classes", "permissions");

-- A type goes with its kind: without this the planner multiplies their shares and walks in vain.
CREATE STATISTICS "Listing_type_kind_trust" (mcv, dependencies) ON "type", "kind", "effectiveTrust" FROM "Listing";

-- The few suspended publishers, whose listings no list shows.
CREATE INDEX "Publisher_suspended" ON "Publisher" ("id") WHERE "suspendedAt" IS NOT NULL;
