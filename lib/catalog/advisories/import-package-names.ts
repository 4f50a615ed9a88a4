import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

const AT_ONCE = 5_000;
const LONGEST_NAME = 214;

/** Loads the names of another registry, one in a line, so that a name which exists in both is seen. Names that are there stay. */
export async function importPackageNames(deps: Deps, ecosystem: "npm", path: string): Promise<{ read: number; added: number }> {
  if (!((await stat(path).catch(() => null))?.isFile() ?? false)) throw badRequest(`There is no file \`${path}\`.`);
  let read = 0;
  let added = 0;
  let batch: string[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const names = batch;
    batch = [];
    added += await deps.db.$transaction(async (tx) => {
      const { count } = await tx.packageName.createMany({ data: names.map((name) => ({ ecosystem, name })), skipDuplicates: true });
      if (count > 0) await recordEvent(tx, { name: "catalog:names:import", subject: `names:${ecosystem}`, actorId: null, data: { added: count } });
      return count;
    });
  };
  for await (const line of createInterface({ input: createReadStream(path, "utf8") })) {
    const name = line.replaceAll("\0", "").trim();
    if (name === "" || name.length > LONGEST_NAME) continue;
    read++;
    if (batch.push(name) >= AT_ONCE) await flush();
  }
  await flush();
  return { read, added };
}
