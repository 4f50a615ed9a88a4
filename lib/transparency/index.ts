export { recordLeaf, RECORD_CHANNEL } from "./append-leaf.ts";
export { backfillLeaves } from "./backfill-leaves.ts";
export { RecordContradiction } from "./errors.ts";
export { PUBLIC_ENDS, PUBLIC_EVENTS, PUBLIC_REVERSALS } from "./public-events.ts";
export { findVersionRecords, readEntries, readRecord, readVerifierKey, type VersionRecord } from "./read-entries.ts";
export { readConsistencyProof, readInclusionProof } from "./read-proofs.ts";
export { readCheckpoint, readTile } from "./read-tile.ts";
export { sequenceLeaves } from "./sequence-leaves.ts";
export { verifyRecord } from "./verify-record.ts";
