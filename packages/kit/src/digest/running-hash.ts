/** The hashes that signatures may use. */
export type HashName = "sha256" | "sha384" | "sha512";

/** A hash that takes its input in parts and can be continued twice, as Node's `crypto.Hash` can. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  /** The same state once more; neither copy changes the other. */
  copy(): RunningHash;
  digest(): Uint8Array;
}

/** Starts a hash of the platform's own: `(name) => createHash(name)` in Node. */
export type StartHash = (name: HashName) => RunningHash;
