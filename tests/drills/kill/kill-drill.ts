import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime } from "#lib/runtime/index.ts";
import { verifyRecord } from "#lib/transparency/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";
import { hireActors, type Actors } from "../actors.ts";
import type { Drill, DrillInput, DrillResult } from "../drill.ts";
import { describeErrors, errorsOf, merge, Measures } from "../measures.ts";
import { checkLedger, checkSince } from "./check-ledger.ts";
import { Instance, type Victim } from "./instance.ts";
import type { Entry, Fault } from "./ledger.ts";
import { Chance, VICTIMS } from "./chance.ts";
import { Workload } from "./workload.ts";

const NEWS_EVERY = 20;
const BACK_MS = 180_000;
/** Counts and the feed catch up within seconds after the last request. */
const SETTLE_MS = 8_000;

/** `kill -9` at random instants under mixed load: is everything that was acknowledged there, once, unaltered? */
export const killDrill: Drill = {
  question: "is everything that was acknowledged there, once and unaltered, whatever is killed at whatever instant?",
  options: { instants: "200", seed: "0", victims: VICTIMS.join(","), presses: "60", publishes: "0.8", polls: "20", downloads: "5", pages: "1" },
  run: async ({ options, say, signal }) => {
    const victims = VICTIMS.filter((victim) => (options["victims"] ?? "").split(",").includes(victim));
    if (victims.length === 0) throw new Error(`--victims is a list out of ${VICTIMS.join(",")}`);
    const seed = Number(options["seed"]) || randomInt(1, 2 ** 31);
    say(`seed ${seed}`);
    const instance = await Instance.open();
    const measures = new Measures("ended");
    try {
      const actors = await hire(instance, Number(options["presses"]));
      const workload = new Workload(instance.url, actors, measures);
      const ending = new AbortController();
      const rates = { publishes: Number(options["publishes"]), polls: Number(options["polls"]), downloads: Number(options["downloads"]), pages: Number(options["pages"]) };
      measures.phase = "between";
      const load = workload.run(rates, ending.signal);
      const killing = new Killing(instance, workload, measures, actors, new Chance(seed, victims));
      await killing.run(Number(options["instants"]), { say, signal }).finally(() => ending.abort());
      measures.phase = "between";
      say(`${killing.instants} instants; waiting until every submission has come to rest`);
      await load;
      await delay(SETTLE_MS);
      const faults = [...killing.faults, ...(await checkLedger(instance, workload.ledger)), ...(await faultsOfRecord(instance))];
      return report(seed, killing, workload, measures, faults);
    } finally {
      await instance.stop();
    }
  },
};

async function hire(instance: Instance, presses: number): Promise<Actors> {
  const deps = await openDeps(instance);
  try {
    return await hireActors(deps, { presses, reviewers: 20 });
  } finally {
    await deps.queue.stop();
    await deps.db.$disconnect();
  }
}

async function openDeps(instance: Instance) {
  const environment: Record<string, string | undefined> = { ...instance.environment };
  completeEnvironment(environment);
  return await openRuntime(readConfig(environment), "client", []);
}

/** The registry's own verdict on its log, read again from the first leaf. */
async function faultsOfRecord(instance: Instance): Promise<Fault[]> {
  const deps = await openDeps(instance);
  try {
    if ((await deps.db.logHead.findFirst())?.size === 0n) return [];
    return (await verifyRecord(deps)).faults.map(({ place, detail }) => ({ sort: "other", kill: null, text: `${place}: ${detail}` }));
  } finally {
    await deps.queue.stop();
    await deps.db.$disconnect();
  }
}

/** Chooses victims, kills them, waits until the registry is whole again and looks whether anything is missing. */
class Killing {
  readonly faults: Fault[] = [];
  readonly seconds = new Map<Victim, number[]>();
  instants = 0;
  private checked = 0;
  private readonly instance: Instance;
  private readonly workload: Workload;
  private readonly measures: Measures;
  private readonly actors: Actors;
  private readonly chance: Chance;

  constructor(instance: Instance, workload: Workload, measures: Measures, actors: Actors, chance: Chance) {
    [this.instance, this.workload, this.measures, this.actors, this.chance] = [instance, workload, measures, actors, chance];
  }

  async run(instants: number, { say, signal }: Pick<DrillInput, "say" | "signal">): Promise<void> {
    while (this.instants < instants && !signal.aborted) {
      await delay(this.chance.pauseMs(), undefined, { signal }).catch(() => undefined);
      await this.once(say);
      if (++this.instants % NEWS_EVERY === 0) say(`  ${this.instants} of ${instants}, ${this.workload.ledger.entries.length} publishes sent, ${this.faults.length} faults`);
    }
  }

  private async once(say: (line: string) => void): Promise<void> {
    const victim = this.chance.victim();
    const before = new Map(VICTIMS.filter((name) => name !== "all at once").map((name) => [name, this.instance.pidOf(name)]));
    const at = Date.now();
    this.measures.phase = victim;
    const known = this.workload.ledger.entries.filter(({ id }) => id !== null);
    const pids = this.instance.kill(victim);
    if (victim === "all at once") await this.instance.start();
    else if (pids.length === 0) say(`  ${victim} did not run at this instant`);
    const names = [...before.keys()].filter((name) => victim === "all at once" || victim === name);
    await this.untilWhole(victim, () => names.every((name) => this.instance.pidOf(name) !== null && (pids.length === 0 || this.instance.pidOf(name) !== before.get(name))), say);
    const until = Date.now();
    this.seconds.set(victim, [...(this.seconds.get(victim) ?? []), (until - at) / 1000]);
    this.workload.ledger.kills.push({ victim, at, until });
    this.chance.isBack(victim);
    this.faults.push(...(await checkSince(this.instance, this.unchecked(known), victim)));
    this.measures.phase = "between";
  }

  private unchecked(known: Entry[]): Entry[] {
    const since = known.slice(this.checked);
    this.checked = known.length;
    return since;
  }

  /** Whole: the victim runs again under another id, and a write that was sent after that is accepted. */
  private async untilWhole(victim: Victim, isBack: () => boolean, say: (line: string) => void): Promise<void> {
    const end = Date.now() + BACK_MS;
    for (let attempt = 0; Date.now() < end; attempt++) {
      if (this.instance.hasEnded()) {
        this.faults.push({ sort: "other", kill: victim, text: `the supervisor gave up:\n${this.instance.tail()}` });
        say("  the supervisor gave up; starting it again");
        await this.instance.start();
      }
      if (isBack() && (await this.workload.probe(this.actors.presses[attempt % this.actors.presses.length]?.token ?? ""))) return;
      await delay(50);
    }
    throw new Error(`${victim} was killed, and after ${BACK_MS / 1000} s no write was accepted:\n${this.instance.tail()}`);
  }
}

function report(seed: number, killing: Killing, workload: Workload, measures: Measures, faults: Fault[]): DrillResult {
  const { ledger } = workload;
  const sum = (phase: string, of: (cell: ReturnType<Measures["cell"]>) => number) => measures.kinds().reduce((total, kind) => total + of(measures.cell(kind, phase)), 0);
  const count = (sort: Fault["sort"], kill: Victim | null) => String(faults.filter((fault) => fault.sort === sort && fault.kill === kill).length);
  const row = (name: string, victim: Victim | null): string[] => {
    const seconds = victim === null ? [] : (killing.seconds.get(victim) ?? []).sort((a, b) => a - b);
    const instants = victim === null ? "" : String(seconds.length);
    const phase = victim ?? "between";
    return [name, instants, String(sum(phase, ({ requests }) => requests)), String(sum(phase, errorsOf)), ...(["lost", "doubled", "altered", "stuck"] as const).map((sort) => count(sort, victim)), seconds[Math.floor(seconds.length / 2)]?.toFixed(1) ?? "", seconds.at(-1)?.toFixed(1) ?? ""];
  };
  const told = (wanted: string) => ledger.entries.filter(({ told: what }) => what === wanted).length;
  const slowest = (times: number[]) => (times.length === 0 ? "-" : (Math.max(...times) / 1000).toFixed(1));
  const facts = [
    ["publishes acknowledged", told("done")], ["publishes refused", told("refused")], ["publishes without an answer to rely on", told("nothing")],
    ["decisions acknowledged", ledger.entries.filter(({ decision }) => decision?.told === "done").length], ["versions published", ledger.entries.filter(({ published }) => published).length], ["yanks acknowledged", ledger.entries.filter(({ yank }) => yank === "done").length],
    ["downloads answered", ledger.downloads.length], ["slowest way through the checks, s", slowest(ledger.checked)], ["slowest way from approval to published, s", slowest(ledger.published)], ["seed", seed],
  ].map(([name, value]) => [String(name), String(value)]);
  return {
    tables: [
      { title: "By what was killed (seconds until it was back and a write was accepted)", columns: ["", "instants", "requests", "failed", "lost", "doubled", "altered", "stuck", "median s", "max s"], rows: [...VICTIMS.map((victim) => row(victim, victim)), row("between", null)] },
      { title: "What the ledger holds", columns: ["", "count"], rows: facts },
      { title: "What the requests were answered", columns: ["", "requests", "failed while all ran", "failed around a kill"], rows: measures.kinds().map((kind) => [kind, String([...VICTIMS, "between"].reduce((total, phase) => total + measures.cell(kind, phase).requests, 0)), describeErrors(measures.cell(kind, "between")), describeErrors(merge(VICTIMS.map((victim) => measures.cell(kind, victim))))]) },
    ],
    broken: faults.map(({ sort, text }) => `${sort}: ${text}`).slice(0, 50),
  };
}
