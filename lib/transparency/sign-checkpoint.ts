import { createHash } from "node:crypto";
import { checkpointText, noteVerifier, parseCheckpointText, parseNote, parseVerifierKey, verifyNote, type Checkpoint } from "@kosmarket/kit";
import type { Deps } from "#lib/runtime/index.ts";
import { RecordContradiction } from "./errors.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import { logOrigin, logSigner } from "./log-key.ts";
import { CHECKPOINT_KEY } from "./store-tiles.ts";
import { rootInDatabase } from "./tree-tiles.ts";

const MOST_BYTES = 100_000;

/**
 * Requires that everything signed before is the beginning of the tree in the database: the newest checkpoint that the
 * database remembers, and the one that the world saw, which the object store kept when the database came back from an
 * older backup. Throws RecordContradiction.
 */
export async function requireConsistent(deps: Deps): Promise<void> {
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  await requireOwnKey(deps, head.verifierKey);
  const last = await findNewestCheckpoint(deps);
  if (last !== null) await requireBeginning(deps, { origin: "the database", size: last.size, root: new Uint8Array(Buffer.from(last.root, "hex")) }, Number(head.size));
  const seen = await publishedCheckpoint(deps);
  if (seen !== null) await requireBeginning(deps, { ...seen, origin: CHECKPOINT_KEY }, Number(head.size));
}

/** A worker with a data folder of its own would make a key of its own, and two logs would bear one name. */
async function requireOwnKey(deps: Deps, known: string | null): Promise<void> {
  const { verifier } = await logSigner(deps.config);
  const other = known === null ? null : await parseVerifierKey(known);
  if (other === null || Buffer.from(other.publicKey).equals(verifier.publicKey)) return;
  throw new RecordContradiction(`keys/log.key is not the key that signed before (${known}). Give every worker the same keys folder.`);
}

async function requireBeginning(deps: Deps, signed: Checkpoint, size: number): Promise<void> {
  if (signed.size > size) throw new RecordContradiction(`${signed.origin} has a signed checkpoint over ${signed.size} entries, the database numbers only ${size}. Restore a newer backup.`);
  const root = await rootInDatabase(deps.db, signed.size).catch(() => Buffer.alloc(0));
  if (!root.equals(signed.root)) throw new RecordContradiction(`the root over the first ${signed.size} entries is not the one that was signed (${signed.origin}).`);
}

/** The checkpoint in the object store; null before the first. Throws RecordContradiction on one that this log did not sign. */
async function publishedCheckpoint(deps: Deps): Promise<Checkpoint | null> {
  const bytes = await deps.store.getBytes(CHECKPOINT_KEY, MOST_BYTES);
  if (bytes === null) return null;
  const note = parseNote(Buffer.from(bytes).toString("utf8"));
  const checkpoint = note === null ? null : parseCheckpointText(note.text);
  if (note === null || checkpoint === null) throw new RecordContradiction(`${CHECKPOINT_KEY} is not a checkpoint.`);
  const { verifier } = await logSigner(deps.config);
  // After a change of the public address the last note still bears the old name, under the same key.
  if (!(await verifyNote(note, await noteVerifier(checkpoint.origin, verifier.publicKey)))) throw new RecordContradiction(`${CHECKPOINT_KEY} is not signed by keys/log.key.`);
  return checkpoint;
}

/** Signs the tree of `size` entries, whose tiles are stored: first the row, then the object that the world reads. */
export async function signCheckpoint(deps: Deps, size: number): Promise<void> {
  // Whoever was overtaken must not put an older checkpoint over a newer one.
  if (((await findNewestCheckpoint(deps))?.size ?? 0) > size) return;
  const signer = await logSigner(deps.config);
  const root = await rootInDatabase(deps.db, size);
  const note = signer.sign(checkpointText({ origin: logOrigin(deps.config), size, root: new Uint8Array(root) }));
  await deps.db.logCheckpoint.createMany({ data: [{ size: BigInt(size), root: root.toString("hex"), at: deps.now(), note }], skipDuplicates: true });
  const bytes = Buffer.from(note, "utf8");
  await deps.store.put(CHECKPOINT_KEY, bytes, { sha256: createHash("sha256").update(bytes).digest("hex"), contentType: "text/plain; charset=utf-8", cacheControl: "public, max-age=5" });
  await deps.db.logHead.update({ where: { id: 1 }, data: { confirmedAt: deps.now(), verifierKey: signer.verifierKey, fault: null } });
}
