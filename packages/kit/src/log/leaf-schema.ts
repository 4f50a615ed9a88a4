import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";

/** An entry's length is written in two bytes (C2SP tlog-tiles). */
export const MAX_LEAF_BYTES = 65_535;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Of an OpenPGP certificate in hexadecimal digits, or of an OpenSSH key as `ssh-keygen -l` prints it. */
const fingerprint = z.string().regex(/^(?:[0-9a-f]{40}(?:[0-9a-f]{24})?|SHA256:[A-Za-z0-9+/]{43})$/);
const uuid = z.uuid();
const time = z.iso.datetime();
const onVersion = { listing: z.string(), version: z.string() };

/** What every leaf has. Nobody is named: `actor` is SHA-256 over a salt, which the registry keeps apart, and the account's id. */
const head = {
  v: z.literal(1),
  id: uuid,
  /** When it happened. */
  at: time,
  /** Null: the registry itself, or not recorded. */
  actor: sha256.nullable(),
  /** Present on what was written into the log after the fact, from the registry's tables. */
  late: z.literal(true).optional(),
};

const leaf = <T extends string, S extends z.ZodRawShape>(type: T, fields: S) => z.strictObject({ ...head, type: z.literal(type), ...fields });

/** Everything that the log can say, by `type`. */
export const LeafSchema = z.discriminatedUnion("type", [
  leaf("publisher-created", { publisher: z.string() }),
  leaf("listing-created", { listing: z.string(), kind: z.enum(["service", "plugin"]), publisher: z.string() }),
  leaf("version-published", {
    ...onVersion,
    kind: z.enum(["service", "plugin"]),
    publisher: z.string(),
    sha256,
    size: z.number().int().positive(),
    signer: z.enum(["publisher", "registry"]),
    signerFingerprint: fingerprint,
    permissionHash: sha256,
    submission: uuid,
  }),
  leaf("version-yanked", { ...onVersion, reason: z.string() }),
  leaf("version-unyanked", { ...onVersion, reason: z.string() }),
  leaf("version-deprecated", { ...onVersion, reason: z.string(), successor: z.string().nullable() }),
  leaf("version-undeprecated", { ...onVersion, reason: z.string() }),
  leaf("version-deleted", { ...onVersion, reason: z.string() }),
  leaf("listing-changed", { listing: z.string(), change: z.enum(["hidden", "shown", "deprecated", "undeprecated", "deleted"]), reason: z.string(), successor: z.string().nullable(), until: time.nullable() }),
  leaf("submission-decided", {
    ...onVersion,
    submission: uuid,
    decision: z.enum(["approve", "request_changes", "reject"]),
    reason: z.string(),
    sha256,
    permissionHash: sha256,
    policy: z.string(),
    policyRevision: z.string(),
    note: z.string().nullable(),
  }),
  leaf("submission-moved", { ...onVersion, submission: uuid, from: z.string(), to: z.string() }),
  leaf("key-added", { publisher: z.string(), fingerprint }),
  leaf("key-revoked", { publisher: z.string(), fingerprint, reason: z.string(), compromisedSince: time.nullable() }),
  leaf("listing-transferred", { listing: z.string(), from: z.string(), to: z.string(), cause: z.enum(["offer", "claim"]) }),
  leaf("publisher-suspended", { publisher: z.string(), reason: z.string() }),
  leaf("publisher-restored", { publisher: z.string(), reason: z.string() }),
  leaf("publisher-handed-over", { publisher: z.string(), reason: z.string() }),
  leaf("name-proven", { publisher: z.string(), domain: z.string(), method: z.enum(["dns", "well-known"]) }),
  leaf("name-lost", { publisher: z.string(), domain: z.string(), reason: z.string() }),
  leaf("policy-set", { policy: z.string(), policyRevision: z.string() }),
]);
export type Leaf = z.infer<typeof LeafSchema>;
export type LeafType = Leaf["type"];

export const LEAF_TYPES: readonly LeafType[] = LeafSchema.options.map((option) => option.shape.type.value);

/** The bytes of a leaf: what is hashed, stored and served. Throws when the leaf is malformed or too long. */
export function writeLeaf(value: Leaf): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(canonicalJson(LeafSchema.parse(value)));
  if (bytes.length > MAX_LEAF_BYTES) throw new RangeError(`a leaf has at most ${MAX_LEAF_BYTES} bytes, this one ${bytes.length}`);
  return bytes;
}

/** Reads a leaf's bytes; null when they are not exactly what `writeLeaf` writes. */
export function readLeaf(bytes: Uint8Array): Leaf | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const parsed = LeafSchema.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}
