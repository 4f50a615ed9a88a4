import { IncomingMessage } from "node:http";
import { RegistryError } from "./errors.ts";

/** Bytes of the largest body that is no upload: JSON, a form, a certificate. */
const MAX_BODY_BYTES = 512 * 1024;

const tooLarge = () => new RegistryError("too-large", `A request's body has at most ${MAX_BODY_BYTES / 1024} KiB here; packages go to \`/api/v1/publish\` as multipart, or to \`/api/v1/uploads\`.`);

/**
 * The body of a request that is no upload, in memory. Nothing behind this reads more than what passed here, so that
 * nobody, signed in or not, can fill the memory. Throws `too-large` (413), announced or not.
 */
export async function receiveBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection stays open for the answer that says why.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The same request with this body, or none, left to read: Next refuses one whose body was consumed. */
export function withBody(request: IncomingMessage, body: Buffer | null): IncomingMessage {
  const bare = new IncomingMessage(request.socket);
  const { "content-length": _length, "transfer-encoding": _transfer, ...headers } = request.headers;
  if (body === null) delete headers["content-type"];
  Object.assign(bare, { method: request.method, url: request.url, headers, httpVersion: request.httpVersion, httpVersionMajor: request.httpVersionMajor, httpVersionMinor: request.httpVersionMinor, complete: true });
  if (body !== null && body.length > 0) {
    bare.headers["content-length"] = String(body.length);
    bare.push(body);
  }
  bare.push(null);
  return bare;
}
