import { inspectArchive } from "@kosmarket/inspect";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReaders } from "#tests/support/readers/compare-readers.ts";
import type { Drill, DrillResult } from "../drill.ts";
import { fetchDebianArchives } from "./fetch-debian-archives.ts";
import { fetchNpmTarballs, type ForeignArchive } from "./fetch-npm-tarballs.ts";

const LEAST = 200;

interface Judged extends ForeignArchive {
  codes: string[];
  disagreements: string[];
}

/** The structural verdict on archives that others wrote: how many it refuses, by which rule, and whether other readers see the same in the rest. */
export const archivesDrill: Drill = {
  question: "what does the verdict say of archives that we did not write?",
  options: { npm: "200", debian: "yes" },
  async run({ options, say, signal }): Promise<DrillResult> {
    const home = mkdtempSync(join(tmpdir(), "archives-drill-"));
    const readers = openReaders();
    try {
      const found = fetchNpmTarballs(join(home, "npm"), Number(options["npm"]), say);
      if (options["debian"] === "yes") found.push(...fetchDebianArchives(join(home, "debian"), say));
      say(`Judging ${found.length} archives; beside the verdict read ${readers.names.join(", ")}`);
      const judged: Judged[] = [];
      for (const archive of found) {
        if (signal.aborted) break;
        judged.push(await judge(archive, readers));
      }
      return { tables: [bySource(judged), byRule(judged)], broken: brokenPromises(judged) };
    } finally {
      readers.close();
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function judge(archive: ForeignArchive, readers: ReturnType<typeof openReaders>): Promise<Judged> {
  const { bytes } = archive;
  const verdict = await inspectArchive(bytes);
  const codes = [...new Set(verdict.problems.map((problem) => problem.code))];
  if (codes.length > 0 || verdict.format === null) return { ...archive, bytes: Buffer.alloc(0), codes, disagreements: [] };
  const expected = new Map(verdict.entries.filter(({ isDirectory }) => !isDirectory).map(({ path, sha256 }) => [path, sha256]));
  return { ...archive, bytes: Buffer.alloc(0), codes, disagreements: await readers.disagreements(bytes, verdict.format, expected) };
}

function bySource(judged: readonly Judged[]): DrillResult["tables"][number] {
  const rows = [...Map.groupBy(judged, ({ source }) => source)].map(([source, all]) => [source, String(all.length), String(all.filter(({ codes }) => codes.length === 0).length), String(all.filter(({ codes }) => codes.length > 0).length)]);
  const refused = judged.filter(({ codes }) => codes.length > 0).length;
  return { title: "Archives by where they come from", columns: ["source", "archives", "accepted", "refused"], rows: [...rows, ["together", String(judged.length), String(judged.length - refused), String(refused)]] };
}

function byRule(judged: readonly Judged[]): DrillResult["tables"][number] {
  const said = judged.flatMap(({ codes, name }) => codes.map((code) => ({ code, name })));
  const rows = [...Map.groupBy(said, ({ code }) => code)].sort((a, b) => b[1].length - a[1].length).map(([code, all]) => [code, String(all.length), all.slice(0, 3).map(({ name }) => name).join(", ")]);
  return { title: "Refusals by rule (an archive may break several)", columns: ["rule", "archives", "such as"], rows };
}

function brokenPromises(judged: readonly Judged[]): string[] {
  const few = judged.length < LEAST ? [`Only ${judged.length} archives were judged; ${LEAST} are wanted.`] : [];
  return [...few, ...judged.flatMap(({ name, disagreements }) => disagreements.slice(0, 3).map((differs) => `${name} is accepted, and ${differs}.`))];
}
