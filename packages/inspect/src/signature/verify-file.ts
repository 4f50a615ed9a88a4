import { beginVerification, type SignatureClaim, type VerifiedContent } from "@kosmarket/kit";
import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";

/** Large enough that the hash, not the reading, takes the time; two of them are held. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Verifies a detached signature over the file at `path` and hashes the file, in one pass. Throws only when the file
 * cannot be read; what is wrong with a signature is in the verdict.
 */
export async function verifyFile(path: string, claim: SignatureClaim): Promise<VerifiedContent> {
  const verification = await beginVerification({ ...claim, startHash: (name) => createHash(name) });
  const file = await open(path, "r");
  try {
    for await (const bytes of readAhead(file)) verification.update(bytes);
  } finally {
    await file.close();
  }
  return verification.finish();
}

/** The file's bytes in order; each part is good until the next but one is asked for, since the next is read meanwhile. */
async function* readAhead(file: FileHandle): AsyncGenerator<Uint8Array> {
  let [current, other] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)];
  let reading = file.read(current, 0, CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await reading;
    if (bytesRead === 0) return;
    reading = file.read(other, 0, CHUNK_BYTES);
    yield current.subarray(0, bytesRead);
    [current, other] = [other, current];
  }
}
