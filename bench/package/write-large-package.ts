import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildTar, buildZip, VALID_PLUGIN } from "#tests/support/archive-builder.ts";

const SOURCES = 900;
const PAGES = 496;
const PICTURES = 600;
const PICTURE_BYTES = 80_000;

/** The largest package that is allowed, or nearly: 2,000 files, 49 MiB packed, the same bytes on every machine. Returns the paths of a zip and a tgz. */
export function writeLargePackage(folder: string): { zip: string; tgz: string; files: number; unpackedBytes: number } {
  const entries = [
    ...Object.entries(VALID_PLUGIN).map(([name, data]) => ({ name, data: Buffer.from(data) })),
    ...Array.from({ length: SOURCES }, (_, at) => ({ name: `src/part-${Math.floor(at / 50)}/module-${at}.ts`, data: writeSource(at) })),
    ...Array.from({ length: PAGES }, (_, at) => ({ name: `docs/chapter-${Math.floor(at / 50)}/page-${at}.md`, data: writePage(at) })),
    ...Array.from({ length: PICTURES }, (_, at) => ({ name: `assets/set-${Math.floor(at / 50)}/picture-${at}.png`, data: writePicture(at) })),
  ];
  const paths = { zip: join(folder, "large.zip"), tgz: join(folder, "large.tgz") };
  writeFileSync(paths.zip, buildZip(entries));
  writeFileSync(paths.tgz, gzipSync(buildTar(entries), { level: 6 }));
  return { ...paths, files: entries.length, unpackedBytes: entries.reduce((sum, { data }) => sum + data.length, 0) };
}

/** Bytes that nothing compresses, from a number. */
function noise(seed: string, length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update(seed).digest();
}

function writeSource(at: number): Buffer {
  const lines = [...noise(`source ${at}`, 20 + ((at * 7) % 120))].map((byte, line) => `/** Tide number ${byte} of harbour ${at}. */\nexport function tide${line}(hour: number): string {\n  const height = hour * ${byte} + ${line};\n  return \`high water at \${height} of harbour ${at}\`;\n}\n`);
  return Buffer.from(lines.join("\n"));
}

function writePage(at: number): Buffer {
  const words = [...noise(`page ${at}`, 900)].map((byte) => `harbour${byte.toString(36)}`);
  return Buffer.from(`# Chapter ${at}\n\n${words.join(" ")}\n`);
}

function writePicture(at: number): Buffer {
  return Buffer.concat([Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), noise(`picture ${at}`, PICTURE_BYTES)]);
}
