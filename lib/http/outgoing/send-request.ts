import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { canonicalAddress } from "../canonical-address.ts";
import { OutgoingError } from "./errors.ts";
import type { Target } from "./parse-target.ts";
import type { CheckedAddress } from "./resolve-target.ts";

const MAX_HEADER_BYTES = 16 * 1024;
const CERTIFICATE = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL_)/;

export interface SendOptions {
  method: "GET" | "HEAD" | "POST";
  headers: Record<string, string>;
  body: Uint8Array | null;
  maxBytes: number;
  connectMs: number;
  /** Certificates to trust besides the system's. */
  ca: string | null;
  signal: AbortSignal;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The address that the connection was really made to. */
  address: string;
}

/** One request on a connection of its own, to none but the given addresses. The name stays in Host and in the certificate check. */
export async function sendRequest(target: Target, addresses: CheckedAddress[], options: SendOptions): Promise<RawAnswer> {
  const secure = target.url.protocol === "https:";
  const request: RequestOptions & { ca?: string } = {
    method: options.method,
    headers: options.headers,
    // A connection kept from another name, or another check, is never used.
    agent: false,
    lookup: pinned(addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal: options.signal,
    insecureHTTPParser: false,
    ...(secure ? { rejectUnauthorized: true, ...(options.ca === null ? {} : { ca: options.ca }) } : {}),
  };
  let sent: ClientRequest;
  try {
    sent = (secure ? httpsRequest : httpRequest)(target.url, request);
  } catch (error) {
    throw new OutgoingError("outgoing-url-refused", `The request to \`${target.host}\` cannot be written.`, error);
  }
  try {
    const answer = await answered(sent, target, addresses, options);
    return { status: answer.statusCode ?? 0, headers: plainHeaders(answer), address: answer.socket.remoteAddress ?? "", body: await readBody(answer, options) };
  } catch (error) {
    throw translate(error, target, options.signal);
  } finally {
    sent.destroy();
  }
}

/** Node's own resolver is not asked a second time: its answer could be another one. */
function pinned(addresses: CheckedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function answered(sent: ClientRequest, target: Target, addresses: CheckedAddress[], options: SendOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const slow = setTimeout(() => reject(new OutgoingError("outgoing-timeout", `\`${target.host}\` did not take the connection in time.`)), options.connectMs);
    const connected = (socket: Socket) => {
      clearTimeout(slow);
      const place = canonicalAddress(socket.remoteAddress ?? "");
      if (addresses.some(({ address }) => canonicalAddress(address) === place)) return;
      reject(new OutgoingError("outgoing-address-refused", `The connection to \`${target.host}\` went to an address that was not checked.`));
    };
    sent.on("socket", (socket) => socket.once(target.url.protocol === "https:" ? "secureConnect" : "connect", () => connected(socket)));
    sent.on("response", resolve);
    sent.on("upgrade", () => reject(new OutgoingError("outgoing-answer-refused", `\`${target.host}\` wants to speak another protocol.`)));
    sent.on("close", () => clearTimeout(slow));
    sent.on("error", (error) => {
      clearTimeout(slow);
      reject(error);
    });
    sent.end(options.body);
  });
}

/** Only bytes as they are: what is packed could unpack to any size, and was not asked for. */
async function readBody(answer: IncomingMessage, { maxBytes, method }: SendOptions): Promise<Buffer> {
  const tooLarge = () => new OutgoingError("outgoing-too-large", `The answer has more than ${maxBytes} bytes.`);
  const encoding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "") throw new OutgoingError("outgoing-answer-refused", "The answer is compressed, although that was not asked for.");
  if (method !== "HEAD" && Number(answer.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plainHeaders(answer: IncomingMessage): Record<string, string> {
  const { "set-cookie": _cookies, ...headers } = answer.headers;
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

function translate(error: unknown, { host }: Target, signal: AbortSignal): unknown {
  if (error instanceof OutgoingError) return error;
  if (signal.aborted) return signal.reason;
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (code === "HPE_HEADER_OVERFLOW") return new OutgoingError("outgoing-too-large", `The headers of \`${host}\` have more than ${MAX_HEADER_BYTES} bytes.`, error);
  if (code.startsWith("HPE_")) return new OutgoingError("outgoing-answer-refused", `The answer of \`${host}\` is not well-formed HTTP.`, error);
  if (CERTIFICATE.test(code)) return new OutgoingError("outgoing-certificate-refused", `The certificate of \`${host}\` does not hold (${code}).`, error);
  if (code === "ECONNRESET" || code === "ECONNABORTED") return new OutgoingError("outgoing-answer-refused", `\`${host}\` broke the connection off.`, error);
  return new OutgoingError("outgoing-connect-failed", `\`${host}\` cannot be reached${code === "" ? "" : ` (${code})`}.`, error);
}
