import { setTimeout as delay } from "node:timers/promises";
import { startTopology, type Topology } from "#tests/support/start-topology.ts";
import { Caller } from "../caller.ts";
import type { Drill, DrillInput, DrillResult, DrillTable } from "../drill.ts";
import { describeErrors, errorsOf, Measures, percentile } from "../measures.ts";
import { jsonRequest, sha256 } from "../publish-flow.ts";
import { poll, publishSome, readApi, readPage, setScene, untilInFeed, type Scene, type SceneListing } from "../scene.ts";
import { steadily } from "../steadily.ts";
import { downloadAsHost } from "./download-as-host.ts";
import { faultsOfRest } from "./check-rest.ts";

type Way = "stop" | "hang";
type Part = "postgres" | "store";

interface Outage {
  name: string;
  parts: Part[];
  way: Way;
  seconds: number;
}

/** Until a process has noticed: a look each second, two missed answers of a second and a half. */
const NOTICED_MS = 6_000;
/** A write that waits for what is away would wait ten seconds; the rest is room for a busy machine. */
const WRITE_MS = 5_000;
const CALM_MS = 8_000;
const BACK_MS = 90_000;
const HOT = 24;
const PUBLISHED = 16;

/** Database and store go away under load: what keeps answering, what is refused at once, how soon is all well again? */
export const outageDrill: Drill = {
  question: "what keeps answering while the database or the store is away, and how soon is all well again?",
  options: { variant: "stop,hang", seconds: "60", both: "20", warm: "20", polls: "500", downloads: "20", pages: "4", reads: "4", publish: "1" },
  run: async (input) => {
    const { options, say } = input;
    const outages = (options["variant"] ?? "").split(",").flatMap((way) => planOf(way as Way, Number(options["seconds"]), Number(options["both"])));
    const topology = await startTopology();
    const measures = new Measures("began");
    try {
      const scene = await setScene(topology, measures, { listings: HOT + PUBLISHED + outages.length, callers: 60, patienceMs: 10_000 });
      const drill = new OutageDrill(topology, scene, outages);
      return await drill.run(input);
    } finally {
      say("ending");
      await topology.stop();
    }
  },
};

function planOf(way: Way, seconds: number, both: number): Outage[] {
  if (way !== "stop" && way !== "hang") throw new Error("--variant is stop, hang or stop,hang");
  return [
    { name: `postgres, ${way}`, parts: ["postgres"], way, seconds },
    { name: `store, ${way}`, parts: ["store"], way, seconds },
    { name: `both, ${way}`, parts: ["postgres", "store"], way, seconds: both },
  ];
}

class OutageDrill {
  private readonly topology: Topology;
  private readonly scene: Scene;
  private readonly outages: Outage[];
  /** Downloaded all the time. */
  private readonly hot: SceneListing[];
  /** Published once and never asked for since: each is asked for after one outage. */
  private readonly cold: SceneListing[];
  private readonly recoveries: string[][] = [];
  private readonly broken: string[] = [];

  constructor(topology: Topology, scene: Scene, outages: Outage[]) {
    [this.topology, this.scene, this.outages] = [topology, scene, outages];
    this.hot = scene.listings.splice(0, HOT);
    this.cold = scene.listings.splice(0, outages.length);
  }

  async run({ options, say, signal }: DrillInput): Promise<DrillResult> {
    const { ending } = this.scene;
    const pids = this.pids();
    await this.warm();
    const load = this.load((name) => Number(options[name]), ending.signal);
    try {
      this.scene.measures.phase = "steady";
      await delay(Number(options["warm"]) * 1000, undefined, { signal }).catch(() => undefined);
      for (const [n, outage] of this.outages.entries()) if (!signal.aborted) await this.once(outage, this.cold[n], say);
    } finally {
      ending.abort();
      await load;
      for (const caller of this.scene.callers) caller.close();
    }
    if (this.pids() !== pids) this.broken.push(`processes were started anew: ${pids}, and now ${this.pids()}`);
    this.broken.push(...(await faultsOfRest(this.topology.deps, this.scene.acknowledged)));
    this.judge();
    return { tables: [...this.tables(), { title: "Recovery, seconds after the return", columns: ["", "first write accepted", "first cold download", "last publish of the outage out"], rows: this.recoveries }], broken: this.broken };
  }

  /** Each process keeps what it was asked for itself: every hot version is asked for once at each. */
  private async warm(): Promise<void> {
    const caller = new Caller(72, 10_000);
    for (const web of this.topology.webs) for (const { id, version } of this.hot) await caller.ask(`${web.url}/api/service/${id}/download?version=1.${version - 1}.0`);
    caller.close();
  }

  private pids(): string {
    return [...this.topology.webs, this.topology.worker].map((part) => part?.pid()).join(" ");
  }

  private async load(number: (name: string) => number, signal: AbortSignal): Promise<void> {
    const { scene } = this;
    await Promise.all([
      steadily(number("polls"), signal, (n) => poll(scene, n)),
      steadily(number("downloads"), signal, (n) => downloadAsHost(scene, this.hot[n % this.hot.length])),
      steadily(number("pages"), signal, (n) => readPage(scene, n)),
      steadily(number("reads"), signal, () => readApi(scene)),
      steadily(number("publish"), signal, () => publishSome(scene)),
    ]);
  }

  private async once(outage: Outage, cold: SceneListing | undefined, say: (line: string) => void): Promise<void> {
    const { measures } = this.scene;
    say(`  ${outage.name} for ${outage.seconds} s`);
    measures.phase = `${outage.name}, until noticed`;
    await this.act(outage, "away");
    await delay(Math.min(NOTICED_MS, outage.seconds * 500));
    measures.phase = outage.name;
    await delay(Math.max(0, outage.seconds * 1000 - NOTICED_MS));
    measures.phase = `${outage.name}, returning`;
    await this.act(outage, "back");
    const back = Date.now();
    const [write, read, out] = await Promise.all([this.until(back, () => this.writes()), this.until(back, () => this.downloadsCold(cold)), this.untilOut(back)]);
    this.recoveries.push([outage.name, write, read, out]);
    await delay(CALM_MS);
    measures.phase = "steady";
    await delay(CALM_MS);
  }

  private async act({ parts, way }: Outage, to: "away" | "back"): Promise<void> {
    const { postgres, store } = this.topology;
    const orders = { away: { stop: "stop", hang: "pause" }, back: { stop: "start", hang: "resume" } } as const;
    await Promise.all(parts.map(async (part) => await (part === "postgres" ? postgres : store)?.[orders[to][way]]()));
  }

  private async writes(): Promise<boolean> {
    const [listing] = this.scene.listings;
    const caller = new Caller(70, 5_000);
    const request = jsonRequest(listing?.press.token ?? "", { size: 10, sha256: "0".repeat(64) });
    return await caller.ask(`${this.scene.url}/api/v1/uploads`, request).then(({ status }) => status === 201, () => false).finally(() => caller.close());
  }

  private async downloadsCold(cold: SceneListing | undefined): Promise<boolean> {
    const caller = new Caller(71, 5_000);
    try {
      const found = await caller.ask(`${this.scene.url}/api/service/${cold?.id}/download`);
      const bytes = found.status === 302 ? await caller.ask(found.headers.location ?? "") : found;
      return bytes.status === 200 && sha256(bytes.body) === cold?.sha256;
    } catch {
      return false;
    } finally {
      caller.close();
    }
  }

  private async until(since: number, ask: () => Promise<boolean>): Promise<string> {
    while (Date.now() < since + BACK_MS) {
      if (await ask()) return ((Date.now() - since) / 1000).toFixed(1);
      await delay(100);
    }
    this.broken.push(`no recovery within ${BACK_MS / 1000} s`);
    return "-";
  }

  /** Of the publishes that the return found on their way: when the feed named the last. */
  private async untilOut(back: number): Promise<string> {
    const met = [...this.scene.underWay].map(async (publish) => {
      const listing = await publish;
      if (listing === null) return 0;
      await untilInFeed(this.scene, { ...listing });
      return Date.now() - back;
    });
    const times = (await Promise.all(met)).filter((ms) => ms > 0);
    return times.length === 0 ? "-" : `${(Math.max(...times) / 1000).toFixed(1)} (of ${times.length})`;
  }

  private judge(): void {
    const { measures } = this.scene;
    const phases = this.phases();
    const mustBeRight = (kind: string, phase: string) => {
      const cell = measures.cell(kind, phase);
      if (errorsOf(cell) > 0) this.broken.push(`${kind} (${phase}): ${describeErrors(cell)}`);
    };
    for (const phase of phases) for (const kind of ["feed poll", "download: address", "download, as a host does it"]) mustBeRight(kind, phase);
    for (const { name } of this.outages) {
      mustBeRight("download: bytes", name);
      const cell = measures.cell("publish", name);
      const strange = [...cell.errors].filter(([fault]) => fault !== "503");
      if (strange.length > 0) this.broken.push(`publish (${name}): ${describeErrors(cell)}`);
      const slowest = Math.max(0, ...cell.times);
      if (slowest > WRITE_MS) this.broken.push(`publish (${name}): refused after ${Math.round(slowest)} ms`);
    }
  }

  private phases(): string[] {
    return ["steady", ...this.outages.flatMap(({ name }) => [`${name}, until noticed`, name, `${name}, returning`])];
  }

  private tables(): DrillTable[] {
    const { measures } = this.scene;
    const columns = ["", "requests", "errors", "p50 ms", "p99 ms", "max ms"];
    return this.phases().map((phase) => ({
      title: phase,
      columns,
      rows: measures.kinds().map((kind) => [kind, measures.cell(kind, phase)] as const).filter(([, cell]) => cell.requests > 0)
        .map(([kind, cell]) => [kind, String(cell.requests), describeErrors(cell), percentile(cell.times, 0.5), percentile(cell.times, 0.99), percentile(cell.times, 1)]),
    }));
  }
}
