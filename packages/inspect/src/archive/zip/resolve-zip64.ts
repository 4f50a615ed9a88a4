import type { FaultList } from "../archive-types.ts";
import { ELSEWHERE_16, ELSEWHERE_32 } from "./zip-records.ts";

/** The fields of a directory record that a ZIP64 field may stand in for, in the order of APPNOTE 4.5.3. */
export interface CentralSizes {
  size: number;
  packedSize: number;
  localOffset: number;
  disk: number;
}

const ADVICE = "Pack with a tool that writes plain zip records.";

/**
 * The sizes and the offset that count. A ZIP64 field holds exactly the values whose own field says "elsewhere", or
 * repeats all of them: then it does not matter which of the two a reader believes. Everything else is a fault.
 */
export function resolveCentral(plain: CentralSizes, zip64: Buffer | null, name: string, faults: FaultList): CentralSizes {
  const fields = [
    { key: "size", length: 8, moved: plain.size === ELSEWHERE_32 },
    { key: "packedSize", length: 8, moved: plain.packedSize === ELSEWHERE_32 },
    { key: "localOffset", length: 8, moved: plain.localOffset === ELSEWHERE_32 },
    { key: "disk", length: 4, moved: plain.disk === ELSEWHERE_16 },
  ] as const;
  const moved = fields.filter((field) => field.moved);
  if (zip64 === null) {
    if (moved.length > 0) faults.add("archive.zip64", name, "The entry's sizes are moved to a ZIP64 field that is not there.", ADVICE);
    return plain;
  }
  const resolved = { ...plain };
  let at = 0;
  for (const { key, length } of moved.length > 0 ? moved : fields) {
    if (at + length > zip64.length) break;
    const value = length === 8 ? Number(zip64.readBigUInt64LE(at)) : zip64.readUInt32LE(at);
    if (moved.length === 0 && value !== plain[key]) faults.add("archive.zip64", name, "The entry gives two values for a size or its place; readers disagree on which one counts.", ADVICE);
    resolved[key] = value;
    at += length;
  }
  const expected = moved.reduce((sum, { length }) => sum + length, 0);
  if (at !== zip64.length || (moved.length > 0 && at !== expected)) faults.add("archive.zip64", name, "The entry's ZIP64 field does not hold just the values that are moved there.", ADVICE);
  return moved.length > 0 ? resolved : plain;
}

/**
 * The sizes that a local header gives. Its ZIP64 field holds both, size before packed size, and either both plain fields
 * say "elsewhere" or the two places say the same.
 */
export function resolveLocal(plain: { size: number; packedSize: number }, zip64: Buffer | null, name: string, faults: FaultList): { size: number; packedSize: number } {
  const moved = plain.size === ELSEWHERE_32 || plain.packedSize === ELSEWHERE_32;
  if (zip64 === null) {
    if (moved) faults.add("archive.zip64", name, "The entry's sizes are moved to a ZIP64 field that is not there.", ADVICE);
    return plain;
  }
  if (zip64.length !== 16) {
    faults.add("archive.zip64", name, "The entry's own ZIP64 field does not hold just its two sizes.", ADVICE);
    return plain;
  }
  const inField = { size: Number(zip64.readBigUInt64LE(0)), packedSize: Number(zip64.readBigUInt64LE(8)) };
  const agrees = (key: "size" | "packedSize"): boolean => plain[key] === ELSEWHERE_32 || plain[key] === inField[key];
  if (!agrees("size") || !agrees("packedSize") || (moved && plain.size !== plain.packedSize)) {
    faults.add("archive.zip64", name, "The entry gives two values for its sizes; readers disagree on which one counts.", ADVICE);
  }
  return moved ? inField : plain;
}
