import type { FaultList } from "../archive-types.ts";

// Times, owners, and the padding that jar and Android tools write: nothing that changes what is unpacked.
const HARMLESS = new Set([0x5455, 0x7855, 0x5855, 0x7875, 0x000a, 0xcafe, 0xd935, 0xa220]);
const ZIP64 = 0x0001;
const UNICODE_COMMENT = 0x6375;
const UNICODE_PATH = 0x7075;
const ENCRYPTION = new Set([0x0014, 0x0015, 0x0016, 0x0017, 0x0018, 0x0019, 0x9901]);

/**
 * Judges the extra fields of one header. Only fields that change nothing are accepted, so readers that know a
 * field and those that do not agree; the ZIP64 field, of which there is one at most, is handed back to be compared.
 */
export function checkExtraFields(extra: Buffer, name: string, faults: FaultList): Buffer | null {
  let zip64: Buffer | null = null;
  for (let at = 0; at < extra.length; ) {
    const end = at + 4 > extra.length ? Number.POSITIVE_INFINITY : at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) {
      faults.add("archive.extra-field", name, "The extra fields of the entry are cut off.");
      return zip64;
    }
    const id = extra.readUInt16LE(at);
    if (id === ZIP64 && zip64 !== null) faults.add("archive.zip64", name, "The entry carries two ZIP64 fields; readers disagree on which one counts.");
    if (id === ZIP64) zip64 = extra.subarray(at + 4, end);
    else reportField(id, name, faults);
    at = end;
  }
  return zip64;
}

function reportField(id: number, name: string, faults: FaultList): void {
  if (HARMLESS.has(id)) return;
  if (id === UNICODE_PATH || id === UNICODE_COMMENT) return faults.add("archive.unicode-path", name, "An extra field gives the entry a second name; readers disagree on which one counts.", "Write names as UTF-8 in the entry itself.");
  if (ENCRYPTION.has(id)) return faults.add("archive.encrypted", name, "An extra field says that the entry is encrypted.");
  faults.add("archive.extra-field", name, `The entry carries an extra field (0x${id.toString(16).padStart(4, "0")}) that some readers act on.`, "Pack without extra attributes (`zip -X`).");
}
