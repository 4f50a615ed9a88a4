import fc from "fast-check";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { inspectPackage } from "@kosmarket/inspect";
import { buildTgz, buildZip, paxRecord, validEntries } from "#tests/support/archive-builder.ts";

// Slow on a busy machine, not by nature.
vi.setConfig({ testTimeout: 60_000 });

const zip = buildZip(validEntries());
const tgz = buildTgz(validEntries());

async function expectReport(bytes: Uint8Array): Promise<Awaited<ReturnType<typeof inspectPackage>>> {
  const report = await inspectPackage(bytes);
  expect(report.ok).toBe(report.problems.every((each) => each.severity !== "B"));
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  return report;
}

describe("hostile bytes", () => {
  it("random bytes give problems, never an exception", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.constantFrom("", "PK\u0003\u0004", "PK\u0005\u0006", "\u001f\u008b\u0008\u0000"), async (bytes, magic) => {
        expect((await expectReport(Buffer.concat([Buffer.from(magic, "latin1"), bytes]))).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("a truncated archive is refused at every length", async () => {
    for (const whole of [zip, tgz]) {
      for (let length = 0; length < whole.length; length += 7) expect((await expectReport(whole.subarray(0, length))).ok).toBe(false);
    }
  });

  it("a flipped bit never throws, and never changes what an accepted archive holds", async () => {
    const honest = await inspectPackage(zip);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(zip, tgz), fc.nat(), fc.integer({ min: 0, max: 7 }), async (whole, position, bit) => {
        const bytes = Buffer.from(whole);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const report = await expectReport(bytes);
        if (report.checks.find((each) => each.id === "archive")?.status !== "passed") return;
        expect(report.files).toEqual(honest.files);
      }),
      { numRuns: 1_500 },
    );
  });

  it("a changed byte inside a tar never throws, and what is accepted has safe names only", async () => {
    const tar = gunzipSync(buildTgz([...validEntries(), { name: "PaxHeaders/x", type: "x", data: paxRecord("path", "docs/x.txt") }, { name: "x", data: "x" }]));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (position, value, repairs) => {
        const bytes = Buffer.from(tar);
        const at = position % bytes.length;
        bytes[at] = value;
        if (repairs) repairChecksum(bytes, at);
        const report = await expectReport(gzipSync(bytes, { level: 1 }));
        if (report.checks.find((each) => each.id === "archive")?.status !== "passed") return;
        for (const { path } of report.files) expect(path).toMatch(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\:\p{Cc}]+$/u);
      }),
      { numRuns: 1_500 },
    );
  });

  it("bytes inserted or removed in the middle are refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(zip, tgz), fc.nat(), fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 40 }), async (whole, position, inserted, removed) => {
        const at = position % whole.length;
        const bytes = Buffer.concat([whole.subarray(0, at), inserted, whole.subarray(at + removed)]);
        fc.pre(bytes.length !== whole.length && !(whole === tgz && unpacksAlike(bytes)));
        expect((await expectReport(bytes)).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Compressed data has many forms: once in a few hundred thousand a changed one still unpacks to the very same bytes, and is sound. */
function unpacksAlike(changed: Buffer): boolean {
  try {
    return gunzipSync(changed).equals(gunzipSync(tgz));
  } catch {
    return false;
  }
}

// A change in a header that keeps its checksum right reaches the rules behind the checksum.
function repairChecksum(tar: Buffer, at: number): void {
  const start = at - (at % 512);
  const block = tar.subarray(start, start + 512);
  if (block.toString("latin1", 257, 262) !== "ustar") return;
  block.fill(" ", 148, 156);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
}
