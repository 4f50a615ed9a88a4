import { readFile } from "node:fs/promises";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toTrustMaterial, type TrustMaterial } from "@sigstore/verify";
import type { Config } from "#lib/platform/index.ts";
import { attestationInvalid } from "./errors.ts";

/**
 * Whose certificates, logs and timestamps count, from the operator's file (a Sigstore `trusted_root.json`). It is read at
 * each use, so that a new one counts without a start; nothing is fetched. Throws `attestation-invalid` without one, and
 * a plain error for a file that cannot be read, which is the operator's to see.
 */
export async function readTrustRoot({ provenanceTrustRoot: path }: Pick<Config, "provenanceTrustRoot">): Promise<TrustMaterial> {
  if (path === null) throw attestationInvalid("no-trust-root", "This registry verifies no attestations: its operator has not said whose count.", "Publish without the attestation; nothing that is not verified is kept.");
  const root = TrustedRoot.fromJSON(JSON.parse(await readFile(path, "utf8")));
  if (root.certificateAuthorities.length === 0) throw new Error(`${path} names no certificate authority`);
  return toTrustMaterial(root);
}
