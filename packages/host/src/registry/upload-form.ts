import type { z } from "zod";
import { callRegistry } from "./call-registry.ts";

export interface FormUpload {
  url: string;
  token?: string;
  /** text fields */
  fields: Record<string, string>;
  /** file parts by field name */
  files: Record<string, { bytes: Uint8Array; fileName: string }>;
  /** bytes that the connection took so far, and all of them */
  onProgress?: (sent: number, total: number) => void;
}

const CHUNK_BYTES = 64 * 1024;

/** The signature as a file part: a form's text fields get their line feeds rewritten. */
export function signaturePart(signature: string | null): FormUpload["files"] {
  return signature === null ? {} : { signature: { bytes: new TextEncoder().encode(signature), fileName: "signature.asc" } };
}

/** The attestation of a build as a file part. */
export function attestationPart(attestation: string | null): FormUpload["files"] {
  return attestation === null ? {} : { attestation: { bytes: new TextEncoder().encode(attestation), fileName: "attestation.sigstore.json" } };
}

/** Posts a multipart form and reads the JSON that answers it. */
export async function uploadForm<Shape extends z.ZodType>({ url, token, fields, files, onProgress }: FormUpload, shape: Shape): Promise<z.output<Shape>> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, { bytes, fileName }] of Object.entries(files)) form.set(name, new Blob([new Uint8Array(bytes)]), fileName);
  // The platform encodes the form; having it as bytes gives the length in advance and lets the progress be counted.
  const encoded = new Response(form);
  const bytes = await encoded.bytes();
  const body = { stream: inChunks(bytes, onProgress), contentType: encoded.headers.get("content-type") ?? "multipart/form-data", length: bytes.length };
  return callRegistry({ url, ...(token === undefined ? {} : { token }), body }, shape);
}

function inChunks(bytes: Uint8Array, onProgress: FormUpload["onProgress"]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      onProgress?.(at, bytes.length);
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + CHUNK_BYTES));
      at = Math.min(bytes.length, at + CHUNK_BYTES);
    },
  }, { highWaterMark: 0 });
}
