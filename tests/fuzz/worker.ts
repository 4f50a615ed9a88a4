import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "./random.ts";
import { TARGETS } from "./targets/index.ts";

/** What a worker tells its parent: where it is, about once a second, and what it found. */
export type WorkerMessage = { turn: number; accepted: number } | { turn: number; finding: string; file: string };

// One target until the time is over: `node tests/fuzz/worker.ts TARGET SEED SECONDS FROM FOLDER`. The input under test lies in
// a file while it is tested, so that even one that ends this process is not lost.
const [name = "", seed = "0", seconds = "0", from = "0", folder = "."] = process.argv.slice(2);
const target = TARGETS[name]?.();
if (target === undefined) throw new Error(`there is no target ${name}`);
const last = join(folder, `${name}-last.bin`);
const until = performance.now() + Number(seconds) * 1000;
let turn = Number(from);
let accepted = 0;
let told = 0;
process.once("disconnect", () => process.exit(1));
for (; performance.now() < until; turn++) {
  const random = createRandom(Number(seed), turn);
  const input = target.mutate(random, random.pick(target.seeds), random.pick(target.seeds));
  writeFileSync(last, input);
  const verdict = await target.judge(input).catch((error: unknown) => ({ accepted: false, finding: `threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }));
  if (verdict.accepted) accepted++;
  if (verdict.finding !== null) {
    const file = join(folder, `${name}-${seed}-${turn}.bin`);
    writeFileSync(file, input);
    process.send?.({ turn, finding: verdict.finding, file });
  }
  if (performance.now() - told < 1000) continue;
  told = performance.now();
  process.send?.({ turn: turn + 1, accepted });
}
target.close();
process.send?.({ turn, accepted }, () => process.exit(0));
