import type { z } from "zod";
import { CommandError, registryFailed, registryUnreachable } from "../command-line/errors.ts";
import { ProblemDocument } from "./answers.ts";

export interface RegistryCall {
  /** absolute address */
  url: string;
  token?: string;
  /** makes it a POST */
  body?: { stream: ReadableStream<Uint8Array>; contentType: string; length: number };
}

// Far above any answer; a registry that sends more is not one.
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const ANSWER_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 15 * 60_000;

/**
 * One call that answers JSON of a known shape. Throws `registry-refused` with every fault that the answer names
 * (4xx), `registry-failed` (5xx, or not the shape), `registry-unreachable`.
 */
export async function callRegistry<Shape extends z.ZodType>(call: RegistryCall, shape: Shape): Promise<z.output<Shape>> {
  const response = await send(call);
  const text = new TextDecoder().decode(await readBody(response, call.url, MAX_ANSWER_BYTES));
  if (!response.ok) throw errorOf(call.url, response, text);
  const parsed = shape.safeParse(parseJson(text));
  if (!parsed.success) throw registryFailed(call.url, "the answer is not what a kOS registry sends");
  return parsed.data;
}

/** Downloads bytes, following redirects, at most `maxBytes` of them. */
export async function download(url: string, maxBytes: number, onProgress: (received: number) => void = () => undefined): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) }).catch((error: unknown) => {
    throw registryUnreachable(url, error);
  });
  const bytes = await readBody(response, url, maxBytes, onProgress);
  if (!response.ok) throw errorOf(url, response, new TextDecoder().decode(bytes));
  return bytes;
}

async function send({ url, token, body }: RegistryCall): Promise<Response> {
  const headers = new Headers({ accept: "application/json, application/problem+json" });
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (body !== undefined) {
    headers.set("content-type", body.contentType);
    headers.set("content-length", String(body.length));
  }
  const upload = body === undefined ? {} : { method: "POST", body: body.stream, duplex: "half" as const };
  try {
    // A redirect would carry the token, or a body that was already sent, to a place that nobody named.
    return await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(body === undefined ? ANSWER_TIMEOUT_MS : UPLOAD_TIMEOUT_MS), ...upload });
  } catch (error) {
    throw registryUnreachable(url, error);
  }
}

async function readBody(response: Response, url: string, maxBytes: number, onProgress: (received: number) => void = () => undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      if (received > maxBytes) throw registryFailed(url, `it sends more than ${maxBytes} bytes`);
      chunks.push(chunk);
      onProgress(received);
    }
  } catch (error) {
    throw error instanceof CommandError ? error : registryUnreachable(url, error);
  }
  return Buffer.concat(chunks);
}

function errorOf(url: string, response: Response, text: string): CommandError {
  const parsed = ProblemDocument.safeParse(parseJson(text));
  const { status } = response;
  if (!parsed.success) return status >= 400 && status < 500 ? refused(status, `${url} answered ${status}`, {}) : registryFailed(url, `it answered ${status}`, { status });
  const { title, detail, code, requestId, errors, ...rest } = parsed.data;
  const members = { ...rest, status, code, title, detail, requestId, retryAfter: response.headers.get("retry-after") ?? undefined };
  if (status >= 500) return registryFailed(url, `${detail || title} (request ${requestId ?? "unknown"})`, members);
  return refused(status, `${title}: ${detail || `status ${status}`}`, members, errors);
}

function refused(status: number, message: string, members: Record<string, unknown>, problems: CommandError["problems"] = []): CommandError {
  const hint = status === 401 ? "Is the token right, not expired, and of this registry?" : status === 413 ? "Leave files out with .kosignore." : null;
  return new CommandError("registry-refused", message, { hint, problems, members: { status, ...members } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
