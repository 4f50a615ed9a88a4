import type { FaultList } from "../archive-types.ts";

// Times, owners, and the padding that jar and Android tools write: nothing that changes what is unpacked.
const HARMLESS = new Set([0x5455, 0x7855, 0x5855, 0x7875, 0x000a, 0xcafe, 0xd935, 0xa220]);
const ZIP64 = 0x0001;
const UNICODE_COMMENT = 0x6375;
const UNICODE_PATH = 0x7075;
const ENCRYPTION = new Set([0x0014, 0x0015, 0x0016, 0x0017, 0x0018, 0x0019, 0x9901]);

/** Judges the extra fields of one header. Only fields that change nothing are accepted, so readers that know a field and those that do not agree. */
export function checkExtraFields(extra: Buffer, name: string, faults: FaultList): void {
  let at = 0;
  while (at < extra.length) {
    if (at + 4 > extra.length || at + 4 + extra.readUInt16LE(at + 2) > extra.length) {
      return faults.add("archive.extra-field", name, "The extra fields of the entry are cut off.");
    }
    reportField(extra.readUInt16LE(at), name, faults);
    at += 4 + extra.readUInt16LE(at + 2);
  }
}

function reportField(id: number, name: string, faults: FaultList): void {
  if (HARMLESS.has(id)) return;
  if (id === ZIP64) return faults.add("archive.zip64", name, "The entry carries ZIP64 sizes, which a package of this size never needs.", "Pack from files instead of a stream, or with another tool.");
  if (id === UNICODE_PATH || id === UNICODE_COMMENT) return faults.add("archive.unicode-path", name, "An extra field gives the entry a second name; readers disagree on which one counts.", "Write names as UTF-8 in the entry itself.");
  if (ENCRYPTION.has(id)) return faults.add("archive.encrypted", name, "An extra field says that the entry is encrypted.");
  faults.add("archive.extra-field", name, `The entry carries an extra field (0x${id.toString(16).padStart(4, "0")}) that some readers act on.`, "Pack without extra attributes (`zip -X`).");
}
