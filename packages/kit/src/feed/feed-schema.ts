import { z } from "zod";
import { ListingIdSchema, VersionSchema } from "../manifests/field-schemas.ts";

/** One listing in the simple feed: exactly these four keys, since clients in the field parse them. */
export const FeedEntrySchema = z.strictObject({
  latest: VersionSchema,
  url: z.string().regex(/^https?:\/\/[^\s"<>\\]+$/).max(2048),
  checksum: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  signature: z.string().regex(/^-----BEGIN PGP SIGNATURE-----\r?\n/).max(65536),
});

/** The simple feed: listing id to its newest stable version, and no other key. */
export const FeedSchema = z.record(ListingIdSchema, FeedEntrySchema);

export type FeedEntry = z.output<typeof FeedEntrySchema>;
export type Feed = z.output<typeof FeedSchema>;
