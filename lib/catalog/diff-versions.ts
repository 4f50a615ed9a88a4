import { findBreakingChanges, mayBreak, PERMISSIONS, type Manifest } from "@kosmarket/kit";
import type { Db } from "#lib/platform/index.ts";
import type { VersionDiffView } from "./schema.ts";

interface FileEntry {
  path: string;
  size: number;
  sha256: string;
}

/** What changed from one published version to another: permissions first, then what breaks, then manifest fields, then files. Null when either is missing. */
export async function diffVersions(deps: { db: Db }, id: string, from: string, to: string): Promise<VersionDiffView | null> {
  const rows = await deps.db.version.findMany({ where: { listing: { slug: id }, version: { in: [from, to] }, deletedAt: null } });
  const before = rows.find((row) => row.version === from);
  const after = rows.find((row) => row.version === to);
  if (before === undefined || after === undefined) return null;
  return {
    listing: id,
    from,
    to,
    permissions: permissionChanges(before.permissions, after.permissions),
    breaking: findBreakingChanges(before.manifest as unknown as Manifest, after.manifest as unknown as Manifest),
    breakingAnnounced: mayBreak(from, to),
    manifest: manifestChanges(before.manifest, after.manifest, ""),
    files: fileChanges(before.files as unknown as FileEntry[], after.files as unknown as FileEntry[]),
  };
}

function permissionChanges(before: string[], after: string[]): VersionDiffView["permissions"] {
  const view = (id: string) => {
    const known = PERMISSIONS.find((permission) => permission.id === id);
    return { id, sentence: known?.sentence ?? id, risk: known?.risk ?? ("high" as const) };
  };
  return { added: after.filter((id) => !before.includes(id)).map(view), dropped: before.filter((id) => !after.includes(id)).map(view) };
}

/** Every JSON pointer whose value differs; arrays are compared whole, since their order means something. */
function manifestChanges(before: unknown, after: unknown, pointer: string): VersionDiffView["manifest"] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ pointer, before: before ?? null, after: after ?? null }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => manifestChanges(before[key], after[key], `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fileChanges(before: FileEntry[], after: FileEntry[]): VersionDiffView["files"] {
  const old = new Map(before.map((file) => [file.path, file]));
  const now = new Map(after.map((file) => [file.path, file]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was?.sha256 === is?.sha256) return [];
    return [{ path, change: was === undefined ? ("added" as const) : is === undefined ? ("removed" as const) : ("changed" as const), before: was?.size ?? null, after: is?.size ?? null }];
  });
}
