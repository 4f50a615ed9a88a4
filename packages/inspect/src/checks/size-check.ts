import { makeProblem, type Problem } from "@kosmarket/kit";
import type { Check } from "./check.ts";

const MIB = 1024 * 1024;
const LARGE_PACKED = 10 * MIB;
const LARGE_UNPACKED = 50 * MIB;

/** Warns about packages that hosts will wait for; the hard caps are part of the archive check. */
export const sizeCheck: Check = {
  id: "size",
  severity: "W",
  title: "Size",
  needs: "sound-archive",
  run({ archive }) {
    if (archive === null) return { lookedAt: "Nothing.", findings: [] };
    const unpacked = archive.entries.reduce((sum, entry) => sum + entry.size, 0);
    const findings: Problem[] = [];
    if (archive.size > LARGE_PACKED || unpacked > LARGE_UNPACKED) {
      findings.push(
        makeProblem({
          code: "package.size",
          check: "size",
          severity: "W",
          detail: `The package has ${mebibytes(archive.size)} MiB, unpacked ${mebibytes(unpacked)} MiB; every host downloads it at every update.`,
          suggestion: "Leave out what the plugin does not read when it runs, with a `.kosignore` file.",
        }),
      );
    }
    return { lookedAt: `${archive.size} bytes packed, ${unpacked} unpacked.`, findings };
  },
};

function mebibytes(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
