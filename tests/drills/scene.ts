import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { uniqueName } from "#tests/support/accounts.ts";
import type { Topology } from "#tests/support/start-topology.ts";
import { hireActors, type Press } from "./actors.ts";
import { Caller, type Answer } from "./caller.ts";
import { oneOf, type Measures } from "./measures.ts";
import { jsonRequest, makePackage, parse, publishRequest, sha256, untilState, type Package } from "./publish-flow.ts";

/** A listing that the drill publishes versions of, one at a time, and downloads. */
export interface SceneListing {
  id: string;
  press: Press;
  /** What it is made of: a listing never changes its kind. */
  part: Package["part"];
  /** Of the newest published version. */
  version: number;
  sha256: string;
  publishing: boolean;
  /** A publish of it was left in the air: its next version may be taken. */
  retired: boolean;
}

export interface Scene {
  url: string;
  listings: SceneListing[];
  reviewers: string[];
  measures: Measures;
  /** One for each stranger: limits count by address. */
  callers: Caller[];
  /** The newest answer's entity tag, as a host remembers it. */
  etag: string;
  /** Submissions that were acknowledged. */
  acknowledged: string[];
  /** Publishes on their way; each becomes its listing once that is out, or null where it was refused on the way. */
  underWay: Set<Promise<SceneListing | null>>;
  /** Aborted when the load ends: what is under way then is waited for elsewhere, or not at all. */
  ending: AbortController;
}

const LISTINGS_OF_ONE = 4;
const AT_ONCE = 4;

/** Opens accounts, publishes the first version of each listing through the front door, and sees each downloadable. */
export async function setScene(topology: Topology, measures: Measures, wanted: { listings: number; callers: number; patienceMs: number }): Promise<Scene> {
  const { presses, reviewers } = await hireActors(topology.deps, { presses: Math.ceil(wanted.listings / LISTINGS_OF_ONE), reviewers: 6 });
  const listings = Array.from({ length: wanted.listings }, (_, n): SceneListing => ({ id: uniqueName("drill"), press: presses[Math.floor(n / LISTINGS_OF_ONE)] ?? never(), part: n % 5 === 4 ? "package" : "manifest", version: 0, sha256: "", publishing: false, retired: false }));
  const scene: Scene = { url: topology.url, listings, reviewers, measures, callers: Array.from({ length: wanted.callers }, (_, n) => new Caller(n, wanted.patienceMs)), etag: "", acknowledged: [], underWay: new Set(), ending: new AbortController() };
  const waiting = [...listings];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) if (!(await publishNext(scene, next))) throw new Error(`${next.id} was not published: the scene is not set`);
  }));
  return scene;
}

function never(): never {
  throw new Error("there is a publisher for every listing");
}

function pick<T>(list: T[]): T {
  return list[randomInt(list.length)] ?? never();
}

/** Publishes the listing's next version and approves it; true when it is out. Each step is measured. */
export async function publishNext(scene: Scene, listing: SceneListing): Promise<boolean> {
  listing.publishing = true;
  const started = performance.now();
  try {
    const caller = pick(scene.callers);
    const made = await makePackage(listing.id, `1.${listing.version}.0`, listing.part);
    const request = await publishRequest(listing.press, made);
    const sent = await scene.measures.time("publish", () => caller.ask(`${scene.url}/api/v1/publish`, request), rightWrite(202));
    if (sent === null) return false;
    listing.retired = true;
    const { id } = parse<{ submission: { id: string } }>(sent).submission;
    scene.acknowledged.push(id);
    const { stateVersion } = await untilState(caller, scene.url, listing.press, id, ["in_review"], scene.ending.signal);
    const decision = jsonRequest(pick(scene.reviewers), { decision: "approve", reason: "Read it; it does what it says.", stateVersion });
    if ((await scene.measures.time("approve", () => caller.ask(`${scene.url}/api/v1/submissions/${id}/decisions`, decision), rightWrite(201))) === null) return false;
    await untilState(caller, scene.url, listing.press, id, ["published"], scene.ending.signal);
    Object.assign(listing, { version: listing.version + 1, sha256: made.sha256, retired: false });
    scene.measures.note("publish, until it is out", null, performance.now() - started);
    return true;
  } finally {
    // Free again where it ended, and where nothing was accepted.
    listing.publishing = false;
  }
}

/** A write is accepted, or refused with 503 and the time to wait; a refusal counts as an error by its own name. */
function rightWrite(accepted: number): (answer: Answer) => string | null {
  return ({ status, headers }) => (status === accepted ? null : status === 503 && headers["retry-after"] === undefined ? "503 without Retry-After" : String(status));
}

const PAST_THE_CACHE = { cookie: "past=the-cache" };

/** A poll as a host makes it: conditional nine times of ten, half of them past the proxy's cache. */
export async function poll(scene: Scene, n: number): Promise<void> {
  const headers = { "accept-encoding": "gzip", ...(n % 2 === 0 ? PAST_THE_CACHE : {}), ...(n % 10 === 0 || scene.etag === "" ? {} : { "if-none-match": scene.etag }) };
  const answer = await scene.measures.time("feed poll", () => pick(scene.callers).ask(`${scene.url}/api/feed.json`, { headers }), oneOf(200, 304));
  if (typeof answer?.headers.etag === "string") scene.etag = answer.headers.etag;
}

/** Follows the address of a version as a host does, and compares the bytes with what was published. */
export async function download(scene: Scene, listing: SceneListing, kind = "download"): Promise<boolean> {
  const { version, sha256: expected } = listing;
  const caller = pick(scene.callers);
  const found = await scene.measures.time(`${kind}: address`, () => caller.ask(`${scene.url}/api/service/${listing.id}/download?version=1.${version - 1}.0`), oneOf(302, 200));
  if (found === null) return false;
  const isRight = (answer: Answer) => (answer.status !== 200 ? String(answer.status) : sha256(answer.body) === expected ? null : "other bytes");
  const bytes = found.status === 200 ? () => Promise.resolve(found) : () => caller.ask(found.headers.location ?? "");
  return (await scene.measures.time(`${kind}: bytes`, bytes, isRight)) !== null;
}

export const anyListing = (scene: Scene): SceneListing => pick(scene.listings);

/** Pages that anyone reads, the listings' own among them. */
export async function readPage(scene: Scene, n: number): Promise<void> {
  const path = ["/", `/listings/${anyListing(scene).id}`, "/search", "/taxonomy"][n % 4];
  await scene.measures.time("page", () => pick(scene.callers).ask(`${scene.url}${path}`, { headers: PAST_THE_CACHE }), oneOf(200));
}

export async function readApi(scene: Scene): Promise<void> {
  await scene.measures.time("API read", () => pick(scene.callers).ask(`${scene.url}/api/v1/listings/${anyListing(scene).id}`, { headers: PAST_THE_CACHE }), oneOf(200));
}

export async function search(scene: Scene, n: number): Promise<void> {
  const words = ["tide", "harbour", "chat", "tides", "lights", "talk"][n % 6];
  await scene.measures.time("search", () => pick(scene.callers).ask(`${scene.url}/api/v1/listings?q=${words}`, { headers: PAST_THE_CACHE }), oneOf(200));
}

/** Publishes the next version of some listing that no other publish is busy with. */
export async function publishSome(scene: Scene): Promise<void> {
  const free = scene.listings.filter(({ publishing, retired }) => !publishing && !retired);
  if (free.length === 0) return;
  const listing = pick(free);
  const publish = publishNext(scene, listing).then((isOut) => (isOut ? listing : null), (error: unknown) => {
    if (!scene.ending.signal.aborted) scene.measures.note("publish, until it is out", error instanceof Error ? error.message : String(error), 0);
    return null;
  });
  scene.underWay.add(publish);
  await publish.finally(() => scene.underWay.delete(publish));
}

/** Waits until the feed names this version, or a later one, past every cache. */
export async function untilInFeed(scene: Scene, { id, version }: SceneListing): Promise<void> {
  const wanted = version - 1;
  for (;;) {
    const answer = await pick(scene.callers).ask(`${scene.url}/api/feed.json`, { headers: PAST_THE_CACHE }).catch(() => null);
    const latest = answer?.status === 200 ? parse<Record<string, { latest: string } | undefined>>(answer)[id]?.latest : undefined;
    if (Number(latest?.split(".")[1] ?? -1) >= wanted) return;
    scene.ending.signal.throwIfAborted();
    await delay(200);
  }
}
