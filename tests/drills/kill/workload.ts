import { randomInt } from "node:crypto";
import { uniqueName } from "#tests/support/accounts.ts";
import type { Actors, Press } from "../actors.ts";
import { Caller, type Answer } from "../caller.ts";
import { oneOf, type Measures } from "../measures.ts";
import { jsonRequest, makePackage, parse, publishRequest, readSubmission, sha256, untilState, type SeenSubmission } from "../publish-flow.ts";
import { steadily } from "../steadily.ts";
import { emptyLedger, type Entry, type Told, type Verdict } from "./ledger.ts";

export interface Rates {
  publishes: number;
  polls: number;
  downloads: number;
  pages: number;
}

interface Shelf {
  press: Press;
  listing: string;
  next: number;
  busy: boolean;
}

const NEW_LISTINGS_EACH = 4;
const NEW_LISTING_WINDOW_MS = 600_000;
const RETRIES = 20;

/** Everything that happens to a registry at once, with a ledger of what its clients were told. */
export class Workload {
  readonly ledger = emptyLedger();
  private readonly shelves: Shelf[] = [];
  private readonly opened = new Map<Press, number[]>();
  private readonly callers = Array.from({ length: 20 }, (_, n) => new Caller(n, 15_000, 32));
  private readonly url: string;
  private readonly actors: Actors;
  private readonly measures: Measures;
  private ending: AbortSignal = AbortSignal.abort();

  constructor(url: string, actors: Actors, measures: Measures) {
    this.url = url;
    this.actors = actors;
    this.measures = measures;
  }

  /** Runs until `signal` aborts and every submission has come to rest. */
  async run(rates: Rates, signal: AbortSignal): Promise<void> {
    this.ending = signal;
    await Promise.all([
      steadily(rates.publishes, signal, (n) => this.publish(n)),
      steadily(rates.polls, signal, () => this.read("feed poll", "/api/feed.json")),
      steadily(rates.downloads, signal, () => this.download()),
      steadily(rates.pages, signal, (n) => this.read("page", ["/", "/search", "/taxonomy"][n % 3] ?? "/")),
    ]);
    for (const caller of this.callers) caller.close();
  }

  /** One small write; true when it was accepted. */
  async probe(token: string): Promise<boolean> {
    const request = jsonRequest(token, { size: 10, sha256: "0".repeat(64) });
    return await this.caller().ask(`${this.url}/api/v1/uploads`, request).then(({ status }) => status === 201, () => false);
  }

  private caller(): Caller {
    return this.callers[randomInt(this.callers.length)] as Caller;
  }

  private async read(kind: string, path: string): Promise<void> {
    await this.measures.time(kind, () => this.caller().ask(`${this.url}${path}`), oneOf(200));
  }

  private async download(): Promise<void> {
    const out = this.ledger.entries.filter(({ published }) => published);
    const entry = out[randomInt(Math.max(1, out.length))];
    if (entry === undefined) return;
    const caller = this.caller();
    const found = await this.measures.time("download", () => caller.ask(`${this.url}/api/service/${entry.made.listing}/download?version=${entry.made.version}`), oneOf(302));
    if (found === null) return;
    this.ledger.downloads.push(Date.now());
    await this.measures.time("download", () => caller.ask(found.headers.location ?? ""), (answer) => (answer.status !== 200 ? String(answer.status) : sha256(answer.body) === entry.made.sha256 ? null : "other bytes"));
  }

  private async publish(n: number): Promise<void> {
    const shelf = this.shelf();
    if (shelf === undefined) return;
    shelf.busy = true;
    const made = await makePackage(shelf.listing, `1.${shelf.next}.0`, n % 5 === 4 ? "package" : "manifest");
    const entry: Entry = { press: shelf.press, made, told: "nothing", id: null, decision: null, published: false, yank: null, kill: null, stuck: null };
    this.ledger.entries.push(entry);
    const request = await publishRequest(shelf.press, made);
    const { told, answer } = await this.write("publish", "/api/v1/publish", request, 202);
    entry.told = told;
    // Whoever was told nothing does not know whether the version is taken: that listing is left alone.
    if (answer === null || told !== "done") return;
    entry.id = parse<{ submission: { id: string } }>(answer).submission.id;
    shelf.next++;
    try {
      await this.review(entry, entry.id);
      shelf.busy = false;
    } catch (error) {
      entry.stuck = error instanceof Error ? error.message : String(error);
    }
  }

  /** A listing that nobody is busy with, or a new one while limits allow; three of ten times a new one first. */
  private shelf(): Shelf | undefined {
    const free = this.shelves.filter(({ busy }) => !busy);
    if (free.length > 0 && randomInt(10) >= 3) return free[randomInt(free.length)];
    const since = Date.now() - NEW_LISTING_WINDOW_MS;
    const press = this.actors.presses.find((one) => (this.opened.get(one) ?? []).filter((at) => at > since).length < NEW_LISTINGS_EACH);
    if (press === undefined) return free[0];
    this.opened.set(press, [...(this.opened.get(press) ?? []), Date.now()]);
    const shelf = { press, listing: uniqueName("killed"), next: 0, busy: false };
    this.shelves.push(shelf);
    return shelf;
  }

  private async review(entry: Entry, id: string): Promise<void> {
    const submitted = performance.now();
    const waiting = await this.until(entry, id, ["in_review"]);
    this.ledger.checked.push(performance.now() - submitted);
    if (this.ending.aborted) return;
    const verdict: Verdict = randomInt(10) < 8 ? "approve" : randomInt(2) === 0 ? "reject" : "request_changes";
    await this.decide(entry, id, verdict, waiting);
    if (verdict !== "approve") return;
    const approved = performance.now();
    await this.until(entry, id, ["published"]);
    this.ledger.published.push(performance.now() - approved);
    entry.published = true;
    if (randomInt(10) === 0 && !this.ending.aborted) entry.yank = (await this.write("yank", `/api/v1/listings/${entry.made.listing}/versions/${entry.made.version}/yank`, jsonRequest(entry.press.token, { reason: "A drill." }), 200)).told;
  }

  private until(entry: Entry, id: string, states: string[]): Promise<SeenSubmission> {
    return untilState(this.caller(), this.url, entry.press, id, states);
  }

  /** A reviewer whose answer did not come looks again, and decides again where nothing was decided. */
  private async decide(entry: Entry, id: string, verdict: Verdict, { stateVersion }: SeenSubmission): Promise<void> {
    const token = this.actors.reviewers[randomInt(this.actors.reviewers.length)] ?? "";
    if (randomInt(2) === 0) await this.write("claim", `/api/v1/submissions/${id}/claim`, jsonRequest(token), 200);
    const body = { decision: verdict, reason: "Read it; it does what it says.", stateVersion };
    for (let attempt = 1; ; attempt++) {
      const { told } = await this.write("decision", `/api/v1/submissions/${id}/decisions`, jsonRequest(token, body), 201);
      entry.decision = { verdict, told };
      if (told === "done") return;
      const seen = await this.untilReadable(entry, id);
      if (seen.state !== "in_review") return;
      if (attempt === RETRIES) throw new Error(`submission ${id} could not be decided on in ${RETRIES} attempts`);
    }
  }

  private async untilReadable(entry: Entry, id: string): Promise<SeenSubmission> {
    for (const end = Date.now() + 240_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 250))) {
      const seen = await readSubmission(this.caller(), this.url, entry.press, id);
      if (seen !== null) return seen;
    }
    throw new Error(`submission ${id} could not be read for four minutes`);
  }

  private async write(kind: string, path: string, request: Parameters<Caller["ask"]>[1], accepted: number): Promise<{ told: Told; answer: Answer | null }> {
    let told: Told = "nothing";
    const answer = await this.measures.time(kind, () => this.caller().ask(`${this.url}${path}`, request), ({ status }) => {
      told = status === accepted ? "done" : status < 500 ? "refused" : "nothing";
      return status === accepted ? null : String(status);
    });
    return { told, answer };
  }
}
