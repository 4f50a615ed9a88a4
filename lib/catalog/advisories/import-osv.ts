import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { affectedVersions } from "./affected-range.ts";
import { OsvEntry } from "./osv-schema.ts";

/** Ecosystems that anything here can depend on; all others are passed over. */
const ECOSYSTEMS = ["npm", "kOS"] as const;
const AT_ONCE = 200;
const LARGEST_FILE = 64 * 1024 * 1024;
const MOST_REFUSED = 20;

export interface OsvReport {
  files: number;
  /** advisories that are new or newer than what was there */
  written: number;
  unchanged: number;
  /** about packages that nothing here can depend on */
  passedOver: number;
  refused: { file: string; detail: string }[];
}

/**
 * Loads advisories from a JSON file (one, or a list), a `.jsonl` file, or a folder of such, however deep. Idempotent:
 * an advisory replaces an older one of its id, and nothing else. What is no advisory is reported, and the rest loaded.
 */
export async function importOsv(deps: Deps, path: string): Promise<OsvReport> {
  const report: OsvReport = { files: 0, written: 0, unchanged: 0, passedOver: 0, refused: [] };
  let batch: OsvEntry[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const written = await writeAdvisories(deps, batch);
    report.written += written;
    report.unchanged += batch.length - written;
    batch = [];
  };
  for await (const { file, value } of readEntries(path)) {
    if (value === FILE) report.files++;
    else {
      const parsed = OsvEntry.safeParse(value);
      if (!parsed.success) refuse(report, file, parsed.error.issues[0]?.message ?? "not an advisory");
      else if (!concernsUs(parsed.data)) report.passedOver++;
      else if (batch.push(parsed.data) >= AT_ONCE) await flush();
    }
  }
  await flush();
  return report;
}

function refuse(report: OsvReport, file: string, detail: string): void {
  if (report.refused.length < MOST_REFUSED) report.refused.push({ file, detail });
}

function concernsUs(entry: OsvEntry): boolean {
  return (entry.affected ?? []).some((affected) => ECOSYSTEMS.some((ecosystem) => ecosystem === affected.package?.ecosystem));
}

/** Marks the beginning of a file among what was read. */
const FILE = Symbol("file");

async function* readEntries(path: string): AsyncGenerator<{ file: string; value: unknown }> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw badRequest(`There is no file or folder \`${path}\`.`);
  if (found.isDirectory()) {
    for (const name of (await readdir(path)).sort()) {
      const inner = join(path, name);
      if (/\.jsonl?$/i.test(name) || (await stat(inner)).isDirectory()) yield* readEntries(inner);
    }
    return;
  }
  yield { file: path, value: FILE };
  if (/\.jsonl$/i.test(path)) {
    for await (const line of createInterface({ input: createReadStream(path, "utf8") })) if (line.trim() !== "") yield { file: path, value: parse(line) };
    return;
  }
  if (found.size > LARGEST_FILE) throw badRequest(`\`${path}\` is larger than ${LARGEST_FILE} bytes; give advisories one in a line (.jsonl), or one in a file.`);
  const value = parse(await readFile(path, "utf8"));
  for (const one of Array.isArray(value) ? value : [value]) yield { file: path, value: one };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function writeAdvisories(deps: Deps, entries: OsvEntry[]): Promise<number> {
  return await deps.db.$transaction(
    async (tx) => {
      const known = new Map((await tx.advisory.findMany({ where: { id: { in: entries.map((entry) => entry.id) } }, select: { id: true, modifiedAt: true } })).map((row) => [row.id, row.modifiedAt]));
      let written = 0;
      for (const entry of entries) {
        const before = known.get(entry.id);
        const modified = new Date(entry.modified);
        if (before !== undefined && before >= modified) continue;
        await writeAdvisory(tx, entry, modified, deps.now());
        known.set(entry.id, modified);
        written++;
      }
      if (written > 0) await recordEvent(tx, { name: "catalog:advisories:import", subject: "advisories:osv", actorId: null, data: { written } });
      return written;
    },
    { timeout: 60_000 },
  );
}

const text = (value: string): string => value.replaceAll("\0", "").trim();

async function writeAdvisory(tx: Tx, entry: OsvEntry, modifiedAt: Date, importedAt: Date): Promise<void> {
  const rated = entry.database_specific?.severity;
  const data = {
    summary: text(entry.summary ?? entry.details ?? entry.id).slice(0, 500),
    severity: typeof rated === "string" ? text(rated).slice(0, 300) : (entry.severity?.[0]?.score ?? null),
    aliases: entry.aliases ?? [],
    url: entry.references?.find((reference) => reference.type === "ADVISORY" && /^https?:\/\//.test(reference.url))?.url ?? null,
    modifiedAt,
    withdrawnAt: entry.withdrawn == null ? null : new Date(entry.withdrawn),
    importedAt,
  };
  await tx.advisory.upsert({ where: { id: entry.id }, create: { id: entry.id, ...data }, update: data });
  await tx.advisoryPackage.deleteMany({ where: { advisoryId: entry.id } });
  const packages = Map.groupBy(
    (entry.affected ?? []).filter((affected) => ECOSYSTEMS.some((ecosystem) => ecosystem === affected.package?.ecosystem)),
    (affected) => `${affected.package?.ecosystem}\n${affected.package?.name}`,
  );
  await tx.advisoryPackage.createMany({
    data: [...packages].map(([key, affected]) => {
      const [ecosystem = "", name = ""] = key.split("\n");
      return { advisoryId: entry.id, ecosystem, name: text(name), ...affectedVersions(affected) };
    }),
  });
}
