import { z } from "zod";
import { LEAF_TYPES, LeafSchema, type LeafType } from "@kosmarket/kit";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const EntryView = z
  .object({
    /** Place in the log, from 0; null while the entry waits for its number. */
    seq: z.number().int().nullable(),
    /** The leaf hash of RFC 6962, which proofs are about. */
    hash,
    at: z.string(),
    type: z.string(),
    listing: z.string().nullable(),
    leaf: LeafSchema,
  })
  .meta({ id: "RecordEntry" });
export type RecordEntryView = z.infer<typeof EntryView>;

export const EntriesQuery = z.object({
  type: z.enum(LEAF_TYPES as [LeafType, ...LeafType[]]).optional(),
  listing: z.string().max(64).optional(),
  /** Only entries with a lower number: `nextCursor` of the page before. */
  before: count.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const InclusionQuery = z
  .object({ leaf: hash.optional(), seq: count.optional(), size: count.optional() })
  .refine((query) => (query.leaf === undefined) !== (query.seq === undefined), { error: "Name the entry by `leaf` or by `seq`, one of them." });
export const InclusionView = z
  .object({ seq: z.number().int(), leaf: hash, size: z.number().int(), root: hash, proof: z.array(hash), checkpoint: z.string() })
  .meta({ id: "InclusionProof" });

export const ConsistencyQuery = z.object({ from: count, to: count.optional() });
export const ConsistencyView = z
  .object({ from: z.number().int(), to: z.number().int(), fromRoot: hash, toRoot: hash, proof: z.array(hash), checkpoint: z.string() })
  .meta({ id: "ConsistencyProof" });

/** What the record's page shows. */
export interface RecordPageView {
  origin: string;
  /** Null before the first checkpoint. */
  verifierKey: string | null;
  checkpoint: { size: number; root: string; signedAt: string; confirmedAt: string; note: string } | null;
  /** Leaves that wait for a number. */
  waiting: number;
  /** Why the log stopped; null while it runs. */
  fault: string | null;
  entries: RecordEntryView[];
  nextCursor: string | null;
}
