import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { RegistryError } from "./errors.ts";
import type { StagedUpload } from "./staged-uploads.ts";

/** Bytes of the largest package, and of the multipart form around it. */
export const MAX_PACKAGE_BYTES = 52_428_800;
export const MAX_FORM_BYTES = MAX_PACKAGE_BYTES + 512 * 1024;
const MAX_SIGNATURE_BYTES = 20_000;
const MAX_ATTESTATION_BYTES = 256 * 1024;

const invalid = (detail: string) => new RegistryError("invalid-upload", detail);
const tooLarge = () => new RegistryError("too-large", "A package has at most 50 MiB; split it, or leave out what hosts do not need.");

/**
 * Streams a multipart form to disk without holding it in memory: one file part `package` or `manifest`, an optional
 * `signature` as text or file, an optional file `attestation`, short text fields. Returns the upload and how to remove it. Throws 400, 413 or 415 and
 * leaves nothing behind.
 */
export async function receiveMultipart(request: IncomingMessage): Promise<{ upload: StagedUpload; remove: () => Promise<void> }> {
  const type = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) throw new RegistryError("unsupported-media", "Send `multipart/form-data` with the part `package` (a .zip or .tgz) or `manifest` (a YAML file).");
  if (Number(request.headers["content-length"] ?? 0) > MAX_FORM_BYTES) throw tooLarge();
  const folder = await mkdtemp(join(tmpdir(), "kos-upload-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return { upload: await receive(request, folder), remove };
  } catch (error) {
    request.resume();
    await remove();
    throw error;
  }
}

interface Received {
  fields: Record<string, string>;
  file: Omit<StagedUpload, "signature" | "attestation" | "fields"> | null;
  signature: string | null;
  attestation: string | null;
}

async function receive(request: IncomingMessage, folder: string): Promise<StagedUpload> {
  const received: Received = { fields: {}, file: null, signature: null, attestation: null };
  const parts: Readable[] = [];
  const writes: Promise<void>[] = [];
  try {
    await readForm(request, folder, received, parts, writes);
    await Promise.all(writes);
  } catch (error) {
    request.unpipe();
    // A part that will never end keeps its file open, and an open file keeps its bytes on the disk after its removal.
    for (const part of parts) part.destroy();
    await Promise.allSettled(writes);
    throw error;
  }
  if (received.file === null) throw invalid("The form has neither a part `package` nor a part `manifest`.");
  return { ...received.file, signature: received.signature, attestation: received.attestation, fields: received.fields };
}

function readForm(request: IncomingMessage, folder: string, received: Received, parts: Readable[], writes: Promise<void>[]): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let form: InstanceType<typeof Busboy>;
    try {
      form = new Busboy({ headers: request.headers as BusboyHeaders, limits: { fileSize: MAX_PACKAGE_BYTES, files: 3, fields: 10, fieldSize: MAX_SIGNATURE_BYTES, parts: 13 } });
    } catch {
      reject(invalid("The multipart form has no boundary."));
      return;
    }
    form.on("file", (name, stream) => {
      parts.push(stream);
      const write = takeFile(received, folder, name, stream);
      write.catch(reject);
      writes.push(write);
    });
    form.on("field", (name, value, _nameTruncated, truncated) => {
      if (truncated) reject(invalid(`The field \`${name.slice(0, 40)}\` is longer than ${MAX_SIGNATURE_BYTES} bytes.`));
      else if (value.includes("\0")) reject(invalid(`The field \`${name.slice(0, 40)}\` holds a NUL character.`));
      else takeField(received, name, value);
    });
    for (const event of ["partsLimit", "filesLimit", "fieldsLimit"] as const) form.on(event, () => reject(invalid("The form has too many parts.")));
    form.on("error", () => reject(invalid("The multipart form is broken.")));
    form.on("finish", resolve);
    request.on("error", reject).on("aborted", () => reject(invalid("The upload was cut off.")));
    request.pipe(form);
  });
}

function takeField(received: Received, name: string, value: string): void {
  // Forms write every line end of a text field as CRLF; the armor came with LF.
  if (name === "signature") received.signature = value.trim() === "" ? null : value.replaceAll("\r\n", "\n");
  else if (Object.keys(received.fields).length < 10) received.fields[name] = value;
}

async function takeFile(received: Received, folder: string, name: string, stream: Readable & { truncated?: boolean }): Promise<void> {
  if (name === "signature") {
    received.signature = await smallText(stream, MAX_SIGNATURE_BYTES, "A signature");
    return;
  }
  if (name === "attestation") {
    received.attestation = await smallText(stream, MAX_ATTESTATION_BYTES, "An attestation");
    return;
  }
  if (name !== "package" && name !== "manifest") {
    stream.resume();
    throw invalid(`The form has an unknown file part \`${name.slice(0, 40)}\`; it takes \`package\` or \`manifest\`, \`signature\` and \`attestation\`.`);
  }
  if (received.file !== null) {
    stream.resume();
    throw invalid("Send one file: either `package` or `manifest`.");
  }
  const path = join(folder, "upload");
  received.file = { part: name, path, size: 0 };
  let size = 0;
  stream.on("data", (chunk: Buffer) => (size += chunk.length));
  await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
  if (stream.truncated === true) throw tooLarge();
  received.file.size = size;
}

async function smallText(stream: Readable, most: number, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  if (size > most) throw invalid(`${what} has at most ${most} bytes.`);
  return Buffer.concat(chunks).toString("utf8");
}
