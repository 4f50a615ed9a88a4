import type { Deps } from "#lib/runtime/index.ts";
import type { StorageView } from "./schema.ts";

/** Objects of one kind that are looked at; a store has no count of its own. */
const MOST = 10_000;
const KINDS = { icons: "icons/", feeds: "feed/", "staged uploads": "staging/", record: "log/" } as const;

/** What the store holds, by kind. Artifacts are counted from their rows, and those that neither a version nor a submission names besides. */
export async function readStorage(deps: Deps): Promise<StorageView> {
  const unused = { versions: { none: {} }, submissions: { none: {} } };
  const [artifacts, unreferenced, ...others] = await Promise.all([
    deps.db.artifact.aggregate({ _count: true, _sum: { size: true } }),
    deps.db.artifact.aggregate({ where: unused, _count: true, _sum: { size: true } }),
    ...Object.entries(KINDS).map(async ([kind, prefix]) => await count(deps, kind, prefix)),
  ]);
  return {
    driver: deps.store.kind,
    kinds: [{ kind: "artifacts", objects: artifacts._count, bytes: artifacts._sum.size ?? 0, counted: true }, ...others],
    unreferenced: { objects: unreferenced._count, bytes: unreferenced._sum.size ?? 0 },
  };
}

async function count(deps: Deps, kind: string, prefix: string): Promise<StorageView["kinds"][number]> {
  let [objects, bytes] = [0, 0];
  for await (const object of deps.store.list(prefix)) {
    if (objects === MOST) return { kind, objects, bytes, counted: false };
    objects++;
    bytes += object.size;
  }
  return { kind, objects, bytes, counted: true };
}
