import { makeProblem, type Problem } from "@kosmarket/kit";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const PROGRAMS: readonly { name: string; magic: readonly number[] }[] = [
  { name: "a Linux program or library (ELF)", magic: [0x7f, 0x45, 0x4c, 0x46] },
  { name: "a macOS program (Mach-O)", magic: [0xfe, 0xed, 0xfa, 0xce] },
  { name: "a macOS program (Mach-O)", magic: [0xfe, 0xed, 0xfa, 0xcf] },
  { name: "a macOS program (Mach-O)", magic: [0xce, 0xfa, 0xed, 0xfe] },
  { name: "a macOS program (Mach-O)", magic: [0xcf, 0xfa, 0xed, 0xfe] },
  { name: "a macOS universal program or Java class", magic: [0xca, 0xfe, 0xba, 0xbe] },
  { name: "a WebAssembly module", magic: [0x00, 0x61, 0x73, 0x6d] },
  { name: "a nested zip or Java archive", magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: "a compressed file (gzip)", magic: [0x1f, 0x8b] },
];

/** Holds packages with compiled programs that the manifest does not name, whatever their file is called. */
export const binariesCheck: Check = {
  id: "binaries",
  severity: "H",
  title: "Undeclared binaries",
  needs: "sound-archive",
  run({ archive, plugin }) {
    const findings: Problem[] = [];
    for (const path of archive?.files.paths ?? []) {
      const kind = programKind(archive?.files.head(path) ?? new Uint8Array(0));
      if (kind === null || path === plugin?.entrypoint) continue;
      findings.push(
        makeProblem({
          code: "package.undeclared-binary",
          check: "binaries",
          severity: "H",
          file: path,
          detail: `The file is ${kind}, and the manifest does not name it; nobody can read what it does.`,
          suggestion: "Leave it out, or make it the entrypoint with `runtime: wasm`.",
        }),
      );
    }
    return { lookedAt: `The first bytes of ${countOf(archive?.files.paths.length ?? 0, "file")}.`, findings };
  },
};

function programKind(head: Uint8Array): string | null {
  // `MZ` alone also begins ordinary text: a Windows program has a binary header behind it.
  if (head[0] === 0x4d && head[1] === 0x5a && head.length > 32 && head.subarray(2, 32).includes(0)) return "a Windows program";
  return PROGRAMS.find(({ magic }) => head.length >= magic.length && magic.every((byte, at) => head[at] === byte))?.name ?? null;
}
