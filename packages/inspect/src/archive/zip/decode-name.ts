import type { FaultList } from "../archive-types.ts";
import { FLAG_UTF8 } from "./zip-records.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The name of an entry as every reader sees it: ASCII, or UTF-8 that says so in its flags. */
export function decodeName(raw: Buffer, flags: number, faults: FaultList): string {
  let name: string;
  try {
    name = strict.decode(raw);
  } catch {
    name = raw.toString("latin1");
    faults.add("archive.name-encoding", name, "The name is not valid UTF-8.", "Pack with a tool that writes names as UTF-8.");
    return name;
  }
  if (raw.some((byte) => byte > 0x7f) && (flags & FLAG_UTF8) === 0) {
    faults.add("archive.name-encoding", name, "The name is not ASCII and its entry does not say that it is UTF-8; readers decode it differently.", "Pack with a tool that sets the UTF-8 flag.");
  }
  return name;
}
