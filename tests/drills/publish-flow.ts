import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { publishForm } from "#tests/support/publish-form.ts";
import { packPlugin, serviceManifest } from "#tests/support/packages.ts";
import type { Press } from "./actors.ts";
import type { Answer, Ask, Caller } from "./caller.ts";

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export interface Package {
  listing: string;
  version: string;
  part: "manifest" | "package";
  bytes: Uint8Array;
  sha256: string;
}

/** The bytes of one version: a service's manifest, or a small plugin. */
export async function makePackage(listing: string, version: string, part: Package["part"]): Promise<Package> {
  const bytes = part === "manifest" ? serviceManifest(listing, version, `Answers questions about tides, edition ${version}.`) : await packPlugin({ id: listing, version });
  return { listing, version, part, bytes, sha256: sha256(bytes) };
}

/** A signed publish, ready to be sent. */
export async function publishRequest(press: Press, made: Package): Promise<Ask> {
  const form = new Response(publishForm({ publisher: press.slug, [made.part]: made.bytes, signature: await press.sign(made.bytes) }));
  return { method: "POST", headers: { authorization: `Bearer ${press.token}`, "content-type": form.headers.get("content-type") ?? "" }, body: Buffer.from(await form.arrayBuffer()) };
}

export function jsonRequest(token: string, body?: unknown): Ask {
  return { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body ?? {})) };
}

export interface SeenSubmission {
  state: string;
  stateVersion: number;
}

/** Null while there is no answer. */
export async function readSubmission(caller: Caller, url: string, press: Press, id: string): Promise<SeenSubmission | null> {
  const answer = await caller.ask(`${url}/api/v1/submissions/${id}`, { headers: { authorization: `Bearer ${press.token}` } }).catch(() => null);
  return answer?.status === 200 ? parse<SeenSubmission>(answer) : null;
}

export const parse = <T>(answer: Answer): T => JSON.parse(answer.body.toString("utf8")) as T;

const REST_SECONDS = 240;

/** Waits until the submission is in one of these states; throws with where it stands when that takes longer, or when `signal` aborts. */
export async function untilState(caller: Caller, url: string, press: Press, id: string, states: string[], signal?: AbortSignal): Promise<SeenSubmission> {
  const end = Date.now() + REST_SECONDS * 1000;
  for (let pause = 100; ; pause = Math.min(1_000, pause * 1.3)) {
    const seen = await readSubmission(caller, url, press, id);
    if (seen !== null && states.includes(seen.state)) return seen;
    signal?.throwIfAborted();
    if (Date.now() > end) throw new Error(`submission ${id} is ${seen?.state ?? "not readable"} after ${REST_SECONDS} s, not ${states.join(" or ")}`);
    await delay(pause);
  }
}
