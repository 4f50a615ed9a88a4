import type { FaultList } from "./archive-types.ts";

/**
 * Finds paths that are one on some file system though they are two in the
 * archive: exact duplicates, names that differ only in case or compatibility
 * form (folders included), and files that others use as a folder.
 */
export function checkNameClashes(entries: readonly { path: string; isDirectory: boolean }[], faults: FaultList): void {
  const exact = new Set<string>();
  const folded = new Map<string, string>();
  const files = new Set<string>();
  for (const { path, isDirectory } of entries) {
    if (exact.has(path)) faults.add("archive.duplicate", path, "The path stands in the archive more than once; readers disagree on which one counts.", "Pack each file once.");
    exact.add(path);
    if (!isDirectory) files.add(path);
  }
  for (const { path } of entries) {
    for (const prefix of prefixes(path)) {
      const key = foldName(prefix);
      const other = folded.get(key);
      if (other === undefined) folded.set(key, prefix);
      else if (other !== prefix) faults.add("archive.name-clash", prefix, `On some systems this is the same name as \`${other}\`.`, "Rename one of them.");
      if (prefix !== path && files.has(prefix)) faults.add("archive.file-as-directory", prefix, `The path is a file, and \`${path}\` uses it as a folder.`, "Rename one of them.");
    }
  }
}

function prefixes(path: string): string[] {
  const all: string[] = [];
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) all.push(path.slice(0, at));
  all.push(path);
  return all;
}

// Upper case first: it joins letters that lower case keeps apart (long s, dotless i, final sigma).
function foldName(path: string): string {
  return path.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKC");
}
