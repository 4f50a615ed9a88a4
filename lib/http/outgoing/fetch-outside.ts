import { allowedOutside, type AllowedOutside } from "./allowed-outside.ts";
import { OutgoingError } from "./errors.ts";
import { takeSlot } from "./outgoing-slots.ts";
import { parseTarget, type Target } from "./parse-target.ts";
import { resolveTarget } from "./resolve-target.ts";
import { sendRequest, type RawAnswer } from "./send-request.ts";

const USER_AGENT = "kOS-Marketplace";
const USUAL_REDIRECTS = 3;
const MIB = 1024 * 1024;
/** Set here, or never sent. */
const OWN_HEADERS = new Set(["host", "connection", "cookie", "user-agent", "accept-encoding", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer", "proxy-authorization"]);

export interface OutgoingOptions {
  /** Entries of `OUTGOING_ALLOW` (`config.outgoingAllow`): what may be reached although it is not on the internet. */
  allow: string[];
  method?: "GET" | "HEAD" | "POST";
  headers?: Record<string, string>;
  /** Only with POST. */
  body?: Uint8Array;
  httpsOnly?: boolean;
  /** Most bytes of an answer's body; 1 MiB unless told. */
  maxBytes?: number;
  /** Milliseconds for everything together, redirects included; 10,000 unless told. */
  deadlineMs?: number;
  /** Milliseconds for one connection with its TLS; 3,000 unless told. */
  connectMs?: number;
  /** Redirects that are followed; 3 unless told. */
  redirects?: number;
  signal?: AbortSignal;
  /** Name servers as `address:port`; the system's unless told. */
  resolver?: string[];
  /** Certificates (PEM) that are trusted instead of the system's. */
  ca?: string;
}

export interface OutgoingAnswer extends RawAnswer {
  /** The address that answered, after redirects. */
  url: string;
  redirects: number;
  /** Milliseconds from the call to the last byte. */
  ms: number;
}

/**
 * The only door to addresses that others wrote. Reads the address, resolves the name, checks every address it has, and
 * connects to exactly those; each redirect goes through all of it again. Sends no cookies and nothing from this
 * machine. Any status is an answer. Throws an OutgoingError with the reason otherwise.
 */
export async function fetchOutside(url: string, options: OutgoingOptions): Promise<OutgoingAnswer> {
  const started = performance.now();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new OutgoingError("outgoing-timeout", "The answer did not come in time.")), options.deadlineMs ?? 10_000);
  const stop = () => deadline.abort(new OutgoingError("outgoing-aborted", "The request was taken back."));
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted === true) stop();
  const allowed = allowedOutside(options.allow);
  try {
    let target = parseTarget(url, options.httpsOnly ?? false);
    for (let redirects = 0; ; redirects++) {
      const sameOrigin = target.url.origin === new URL(url).origin;
      const answer = await requestOnce(target, allowed, { ...options, signal: deadline.signal }, sameOrigin);
      const next = nextTarget(target, answer, options, redirects);
      if (next === null) return { ...answer, url: target.url.href, redirects, ms: Math.round(performance.now() - started) };
      target = next;
    }
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

async function requestOnce(target: Target, allowed: AllowedOutside, options: OutgoingOptions & { signal: AbortSignal }, sameOrigin: boolean): Promise<RawAnswer> {
  const { signal } = options;
  signal.throwIfAborted();
  const addresses = await resolveTarget(target, allowed, { resolver: options.resolver ?? null, signal });
  const release = await takeSlot(addresses[0]?.address ?? target.host, signal);
  try {
    return await sendRequest(target, addresses, {
      method: options.method ?? "GET",
      headers: headersFor(options, sameOrigin),
      body: options.method === "POST" ? (options.body ?? new Uint8Array()) : null,
      maxBytes: options.maxBytes ?? MIB,
      connectMs: options.connectMs ?? 3000,
      ca: options.ca ?? null,
      signal,
    });
  } finally {
    release();
  }
}

/** What the caller adds may be a secret for the origin that it named, and for no other. */
function headersFor({ headers = {}, method, body }: OutgoingOptions, sameOrigin: boolean): Record<string, string> {
  const refused = Object.keys(headers).find((name) => OWN_HEADERS.has(name.toLowerCase()));
  if (refused !== undefined) throw new OutgoingError("outgoing-url-refused", `The header \`${refused}\` is not the caller's to set.`);
  return { ...(sameOrigin ? headers : {}), "user-agent": USER_AGENT, "accept-encoding": "identity", ...(method === "POST" ? { "content-length": String(body?.length ?? 0) } : {}) };
}

function nextTarget(from: Target, answer: RawAnswer, options: OutgoingOptions, redirects: number): Target | null {
  const location = answer.headers["location"];
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return null;
  const refuse = (why: string) => new OutgoingError("outgoing-redirect-refused", `\`${from.host}\` redirects, ${why}.`);
  if (options.method === "POST") throw refuse("and what is posted is sent to the named address alone");
  const most = options.redirects ?? USUAL_REDIRECTS;
  if (redirects >= most) throw refuse(most === 0 ? "and this must be answered at its own address" : `after ${most} redirects`);
  if (!URL.canParse(location, from.url)) throw refuse("to what is no address");
  const next = new URL(location, from.url);
  if (from.url.protocol === "https:" && next.protocol === "http:") throw refuse("from https to http");
  return parseTarget(next.href, options.httpsOnly ?? false);
}
