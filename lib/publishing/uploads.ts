import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { requireScope, type Principal } from "#lib/accounts/index.ts";
import type { UploadPart } from "#lib/artifacts/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { PresignedPut } from "#lib/storage/index.ts";
import { submitPackage, type Submitted } from "./submit-package.ts";

const MINUTES = 15;
/** Uploads that one account may have announced and not submitted: what they may hold is room in the store. */
const MOST_OPEN = 20;

/** Announces a large upload: a random staging key and an address that takes exactly these bytes for some minutes. Throws `rate-limited` while too many of the account's are open. */
export async function createUpload(deps: Deps, input: { principal: Principal; size: number; sha256: string }): Promise<PresignedPut & { id: string; expiresAt: string }> {
  requireScope(input.principal, "publish");
  const open = await deps.db.upload.count({ where: { userId: input.principal.userId, completedAt: null, expiresAt: { gt: deps.now() } } });
  if (open >= MOST_OPEN) throw new RegistryError("rate-limited", `You have ${open} announced uploads that were not submitted; submit one, or wait until one expires.`, { headers: { "retry-after": "60" } });
  const id = newId();
  const expiresAt = new Date(deps.now().getTime() + MINUTES * 60_000);
  const stagingKey = `staging/${crypto.randomUUID()}`;
  const put = await deps.store.presignPut(stagingKey, { size: input.size, sha256: input.sha256, contentType: "application/octet-stream", expiresInSeconds: MINUTES * 60 });
  await deps.db.upload.create({ data: { id, userId: input.principal.userId, size: input.size, sha256: input.sha256, stagingKey, expiresAt } });
  return { id, ...put, expiresAt: expiresAt.toISOString() };
}

/**
 * Submits an upload that was put: the staged object is read once and hashed, what was hashed is submitted, and the
 * staging is never read again. Throws `not-found` for another's, a spent or an expired upload.
 */
export async function completeUpload(deps: Deps, input: { principal: Principal; uploadId: string; publisher: string; part: UploadPart; signature: string | null; attestation?: string | null }): Promise<Submitted> {
  const now = deps.now();
  const upload = await deps.db.upload.findFirst({ where: { id: input.uploadId, userId: input.principal.userId, completedAt: null, expiresAt: { gt: now } } });
  if (upload === null) throw notFound(`An open upload \`${input.uploadId}\` of yours`);
  const object = await deps.store.get(upload.stagingKey);
  if (object === null) throw new RegistryError("invalid-upload", "Nothing was put to the upload's address yet.");
  const folder = await mkdtemp(join(tmpdir(), "kos-staged-"));
  try {
    const path = join(folder, "upload");
    const sha256 = await hashInto(object.body, path);
    if (sha256 !== upload.sha256) throw new RegistryError("invalid-upload", `The stored bytes hash to ${sha256}, not to the announced ${upload.sha256}.`);
    const submitted = await submitPackage(deps, { principal: input.principal, publisher: input.publisher, part: input.part, path, signature: input.signature, attestation: input.attestation ?? null });
    await deps.db.upload.update({ where: { id: upload.id }, data: { completedAt: now } });
    await deps.store.delete(upload.stagingKey);
    return submitted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hashInto(body: NodeJS.ReadableStream, path: string): Promise<string> {
  const hash = createHash("sha256");
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(body, through, createWriteStream(path, { mode: 0o600 }));
  return hash.digest("hex");
}
