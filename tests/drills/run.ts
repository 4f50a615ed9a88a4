import { prepareClient } from "#scripts/prepare-build.ts";
import { printTable } from "../../bench/print-table.ts";
import type { Drill } from "./drill.ts";
import { readOptions } from "./read-options.ts";

/** Every drill by the name that `npm run drill -- NAME` takes; loaded only when it runs. */
const DRILLS: Readonly<Record<string, () => Promise<Drill>>> = {
  archives: async () => (await import("./archives/archives-drill.ts")).archivesDrill,
  kill: async () => (await import("./kill/kill-drill.ts")).killDrill,
  outage: async () => (await import("./outage/outage-drill.ts")).outageDrill,
  signatures: async () => (await import("./signatures/signatures-drill.ts")).signaturesDrill,
  soak: async () => (await import("./soak/soak-drill.ts")).soakDrill,
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main([name = "", ...words]: string[]): Promise<number> {
  const open = Object.hasOwn(DRILLS, name) ? DRILLS[name] : undefined;
  if (open === undefined) {
    say(`usage: npm run drill -- NAME [options]; NAME is one of ${Object.keys(DRILLS).join(", ")}`);
    return 2;
  }
  // Before anything that loads the database's client.
  await prepareClient();
  const drill = await open();
  const options = readOptions(words, drill.options);
  if (typeof options === "string") {
    say(`${options}\nOptions of ${name}, with what they are unless given:\n${Object.entries(drill.options).map(([option, fallback]) => `  --${option} ${fallback}`).join("\n")}`);
    return 2;
  }
  say(`${name}: ${drill.question}`);
  const started = Date.now();
  const { tables, broken } = await drill.run({ options, say, signal: stopping.signal });
  for (const { title, columns, rows } of tables) process.stdout.write(`\n${title}\n\n${printTable(columns, rows)}\n`);
  process.stdout.write(`\n${broken.length === 0 ? "No promise was broken." : `Broken:\n${broken.map((line) => `  ${line}`).join("\n")}`} (${Math.round((Date.now() - started) / 1000)} s)\n`);
  return broken.length === 0 ? 0 : 1;
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));
process.on("disconnect", () => stopping.abort());
// It goes on when its terminal is closed: an hour is long.
process.on("SIGHUP", () => undefined);
const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
});
process.exit(code);
