import { fork } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { TARGETS } from "./targets/index.ts";
import type { WorkerMessage } from "./worker.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".fuzz");
/** A turn that takes longer than this is a finding: the door would hold a request up for as long. */
const SILENCE_MS = 30_000;
/** At low priority on a busy machine a worker may take minutes to load. */
const START_MS = 300_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Outcome {
  executions: number;
  accepted: number;
  findings: string[];
}

/** Runs one target in a process of its own, at low priority; starts it again behind an input that ended it. */
async function fuzz(name: string, seed: number, seconds: number, from: number): Promise<Outcome> {
  const until = Date.now() + seconds * 1000;
  const outcome: Outcome = { executions: 0, accepted: 0, findings: [] };
  let turn = from;
  while (Date.now() < until) {
    const reached = await runWorker(name, seed, Math.ceil((until - Date.now()) / 1000), turn, outcome);
    if (reached === null) break;
    turn = reached + 1;
  }
  return outcome;
}

/** The turn at which the worker ended early, or null when its time was over. */
function runWorker(name: string, seed: number, seconds: number, from: number, outcome: Outcome): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, "worker.ts"), [name, String(seed), String(seconds), String(from), folder], { cwd: root, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    if (child.pid !== undefined) setPriority(child.pid, 19);
    const before = { executions: outcome.executions, accepted: outcome.accepted };
    let reached = from;
    let silence = setTimeout(() => child.kill("SIGKILL"), START_MS);
    child.on("message", (message: WorkerMessage) => {
      clearTimeout(silence);
      silence = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
      reached = message.turn;
      if ("finding" in message) {
        outcome.findings.push(`${message.file.slice(root.length + 1)}: ${message.finding}`);
        say(`  ${outcome.findings.at(-1) ?? ""}`);
        return;
      }
      outcome.executions = before.executions + message.turn - from;
      outcome.accepted = before.accepted + message.accepted;
    });
    child.on("exit", (code, signal) => {
      clearTimeout(silence);
      if (code === 0) return resolve(null);
      const last = join(folder, `${name}-last.bin`);
      if (!existsSync(last)) return reject(new Error(`the worker for ${name} did not start (${signal ?? `code ${code ?? "unknown"}`})`));
      const kept = join(folder, `${name}-${seed}-after-${reached}.bin`);
      renameSync(last, kept);
      outcome.findings.push(`${kept.slice(root.length + 1)}: the process ended (${signal ?? `code ${code ?? "unknown"}`}) or was silent for ${SILENCE_MS / 1000} s`);
      say(`  ${outcome.findings.at(-1) ?? ""}`);
      // How far it came since it last told is not known: go on well behind it.
      resolve(reached + 10_000);
    });
  });
}

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, target: { type: "string", default: "all" }, seed: { type: "string" }, from: { type: "string", default: "0" } } });
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const names = values.target === "all" ? Object.keys(TARGETS) : [values.target];
if (!(seconds > 0) || !Number.isInteger(seed) || !names.every((name) => Object.hasOwn(TARGETS, name))) {
  say(`usage: npm run fuzz -- [--seconds 60] [--target ${Object.keys(TARGETS).join("|")}|all] [--seed N] [--from TURN]`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
say(`seed ${seed}; the same again: npm run fuzz -- --seed ${seed} --seconds ${seconds} --target ${values.target}`);
let found = 0;
for (const name of names) {
  const { executions, accepted, findings } = await fuzz(name, seed, seconds / names.length, Number(values.from));
  rmSync(join(folder, `${name}-last.bin`), { force: true });
  found += findings.length;
  say(`${name.padEnd(10)} ${String(executions).padStart(9)} executions, ${accepted} accepted, ${findings.length} findings`);
}
process.exit(found === 0 ? 0 : 1);
