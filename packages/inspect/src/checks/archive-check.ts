import type { Check } from "./check.ts";

/** The archive opens to the same files in every reader, none of them harmful by name or kind. */
export const archiveCheck: Check = {
  id: "archive",
  severity: "B",
  title: "Archive structure",
  needs: "nothing",
  run({ archive }) {
    if (archive === null) return { lookedAt: "Nothing: a manifest alone has no archive.", findings: [] };
    return { lookedAt: `The records of ${archive.entries.length === 1 ? "1 entry" : `${archive.entries.length} entries`}, each unpacked against its checksum.`, findings: archive.problems };
  },
};
