import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inspectArchive } from "@kosmarket/inspect";
import { buildTgz, buildZip, paxRecord, validEntries, type TarEntrySpec, type ZipEntrySpec } from "#tests/support/archive-builder.ts";
import { openReaders, type Readers } from "#tests/support/readers/compare-readers.ts";
import { mutateArchive } from "#tests/fuzz/mutate-archive.ts";
import { createRandom } from "#tests/fuzz/random.ts";

// Slow on a busy machine, not by nature.
vi.setConfig({ testTimeout: 60_000 });

let readers: Readers;
beforeAll(() => {
  readers = openReaders();
});
afterAll(() => readers.close());

const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** Names that every system takes, unique whatever their case; one file stands in each folder that has one. */
const fileNames = fc.uniqueArray(fc.stringMatching(/^[a-z\u00e0-\u00f6\u4e00-\u4e20]{1,12}$/).filter((name) => !/^(?:con|prn|aux|nul)$/.test(name)), { minLength: 1, maxLength: 8, selector: (name) => name.normalize("NFKC") });
const contents = fc.oneof(fc.uint8Array({ maxLength: 3_000 }), fc.constantFrom(0, 1, 511, 512, 513, 65_536).map((length) => new Uint8Array(length).fill(0x61)));
const files = fileNames.chain((names) => fc.tuple(...names.map((name, at) => fc.record({ path: fc.constant(at % 3 === 2 ? `folder-${at}/${name}.txt` : `${name}.txt`), data: contents, form: fc.nat({ max: 5 }) }))));

type File = { path: string; data: Uint8Array; form: number };

// Each of the forms in which an honest tool may write an entry.
function zipEntry({ path, data, form }: File): ZipEntrySpec {
  const plain = { name: path, data, method: form === 1 || form === 4 ? 0 : 8 };
  if (form === 2) return { ...plain, descriptor: "signed" };
  if (form === 3) return { ...plain, descriptor: "plain" };
  if (form === 4) return { ...plain, extra: Buffer.from("555405000100000000", "hex") };
  return plain;
}

function tarEntries({ path, data, form }: File): TarEntrySpec[] {
  const entry: TarEntrySpec = { name: path, data };
  if (form === 1) return [{ name: "PaxHeaders/x", type: "x", data: paxRecord("path", path) + paxRecord("size", String(data.length)) }, { ...entry, name: "x" }];
  if (form === 2) return [{ name: "././@LongLink", type: "L", format: "gnu", data: `${path}\0` }, { ...entry, name: path.slice(0, 20), format: "gnu" }];
  if (form === 3) return [{ ...entry, name: `./${path}` }];
  if (form === 4) return [{ ...entry, format: "gnu", type: "\0" }];
  return [entry];
}

async function expectContents(bytes: Uint8Array, format: "zip" | "tgz", expected: ReadonlyMap<string, string>): Promise<void> {
  const verdict = await inspectArchive(bytes);
  expect(verdict.problems).toEqual([]);
  expect(new Map(verdict.entries.map(({ path, sha256: digest }) => [path, digest]))).toEqual(expected);
  expect(await readers.disagreements(bytes, format, expected)).toEqual([]);
}

describe("any honest archive", () => {
  it("has readers of other people to be compared with", () => {
    expect(readers.names.length).toBeGreaterThan(0);
  });

  it("is accepted as a zip, with the contents that every reader sees", async () => {
    await fc.assert(fc.asyncProperty(files, (list) => expectContents(buildZip(list.map(zipEntry)), "zip", new Map(list.map(({ path, data }) => [path, sha256(data)])))), { numRuns: 25 });
  });

  it("is accepted as a tar, with the contents that every reader sees", async () => {
    await fc.assert(fc.asyncProperty(files, (list) => expectContents(buildTgz(list.flatMap(tarEntries)), "tgz", new Map(list.map(({ path, data }) => [path, sha256(data)])))), { numRuns: 25 });
  });
});

describe("an archive whose structure was changed", () => {
  const folder = { name: "docs/", data: "", method: 0 };
  const bases = [
    buildZip([...validEntries(), folder, { name: "note.txt", data: "a note\n", method: 0 }, { name: "more.txt", data: "more\n".repeat(50), descriptor: "signed" }], { comment: Buffer.from("made for a test") }),
    buildZip(validEntries(), { zip64End: {} }),
    buildTgz([{ name: "./", type: "5" }, ...validEntries(), { name: "PaxHeaders/x", type: "x", data: paxRecord("path", "docs/x.txt") }, { name: "x", data: "x" }]),
  ];

  it("is refused, or every reader sees the same in it", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases), fc.constantFrom(...bases), fc.integer(), async (base, other, seed) => {
        const bytes = mutateArchive(createRandom(seed, 0), base, other);
        const verdict = await inspectArchive(bytes);
        if (verdict.problems.length > 0 || verdict.format === null) return;
        accepted++;
        const expected = new Map(verdict.entries.filter(({ isDirectory }) => !isDirectory).map(({ path, sha256: digest }) => [path, digest]));
        expect(await readers.disagreements(bytes, verdict.format, expected)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
