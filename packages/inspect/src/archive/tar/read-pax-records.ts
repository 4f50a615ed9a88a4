import type { FaultList } from "../archive-types.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
// Nothing here changes which bytes land under which name, except `path` and `size`, which the caller compares.
const ENTRY_KEYS = new Set(["path", "size", "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment", "LIBARCHIVE.creationtime", "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink"]);
const GLOBAL_KEYS = new Set(["comment"]);
const NUMBER_KEYS = new Map([
  ["size", /^(?:0|[1-9]\d{0,14})$/],
  ["uid", /^\d{1,20}$/],
  ["gid", /^\d{1,20}$/],
  ["mtime", /^-?\d{1,20}(?:\.\d{1,20})?$/],
  ["atime", /^-?\d{1,20}(?:\.\d{1,20})?$/],
  ["ctime", /^-?\d{1,20}(?:\.\d{1,20})?$/],
]);

/**
 * Reads the records of a pax extended header: `LENGTH KEY=VALUE\n`, filling
 * `data` exactly, each key once. `scope` is `global` for a header that holds for all
 * entries, of which only a comment is accepted. Null when they are malformed.
 */
export function readPaxRecords(data: Buffer, scope: "entry" | "global", faults: FaultList): Map<string, string> | null {
  const records = new Map<string, string>();
  let at = 0;
  while (at < data.length) {
    const length = /^[1-9]\d{0,8}(?= )/.exec(data.toString("latin1", at, at + 10))?.[0];
    const end = at + Number(length ?? 0);
    if (length === undefined || end > data.length || end < at + length.length + 3 || data[end - 1] !== 0x0a) return refuse(faults, "A record's length is wrong.");
    const text = decodeRecord(data.subarray(at + length.length + 1, end - 1));
    const equals = text?.indexOf("=") ?? -1;
    if (text === null || equals < 1) return refuse(faults, "A record is not UTF-8 text of the form `key=value`, or holds NUL or CR.");
    const key = text.slice(0, equals);
    const value = text.slice(equals + 1);
    if (records.has(key)) return refuse(faults, `The key \`${key}\` is given twice.`);
    if (!acceptRecord(key, value, scope, faults)) return null;
    records.set(key, value);
    at = end;
  }
  return records;
}

function decodeRecord(raw: Buffer): string | null {
  try {
    const text = strict.decode(raw);
    return /[\0\r]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function acceptRecord(key: string, value: string, scope: "entry" | "global", faults: FaultList): boolean {
  const shown = key.slice(0, 80);
  if (key === "linkpath") {
    faults.add("archive.link", null, "An extended header names the target of a link.", "Pack the file itself.");
    return false;
  }
  if (!(scope === "global" ? GLOBAL_KEYS : ENTRY_KEYS).has(key)) {
    refuse(faults, `The key \`${shown}\` is not accepted in ${scope === "global" ? "a global" : "an"} extended header.`);
    return false;
  }
  const form = NUMBER_KEYS.get(key);
  if (value === "" || (form !== undefined && !form.test(value))) {
    refuse(faults, `The value of \`${shown}\` is not in canonical form.`);
    return false;
  }
  return true;
}

function refuse(faults: FaultList, detail: string): null {
  faults.add("archive.tar-extended-header", null, detail, "Pack with `tar --format=ustar` or a plain `--format=pax`.");
  return null;
}
