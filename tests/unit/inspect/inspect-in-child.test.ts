import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findChildPath, inspectInChild, inspectPackage } from "@kosmarket/inspect";
import { buildZip, VALID_PLUGIN, validEntries } from "#tests/support/archive-builder.ts";

// Slow on a busy machine, not by nature.
vi.setConfig({ testTimeout: 60_000 });

let folder = "";
const place = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inspect-child-"));
  await writeFile(place("good.zip"), buildZip(validEntries()));
  await writeFile(place("plugin.yaml"), VALID_PLUGIN["plugin.yaml"] ?? "");
  await writeFile(place("crash.mjs"), "process.once('message', () => process.kill(process.pid, 'SIGSEGV'));\n");
  await writeFile(place("hang.mjs"), "process.once('message', () => { for (;;); });\n");
  await writeFile(place("grow.mjs"), "process.once('message', () => { const kept = []; for (;;) kept.push({ at: kept.length, more: [1, 2, 3] }); });\n");
  await writeFile(place("buffers.mjs"), "process.once('message', () => { const kept = []; setInterval(() => kept.push(Buffer.alloc(8 << 20, 1)), 1); });\n");
  await writeFile(place("environment.mjs"), "process.once('message', () => process.send({ ok: true, names: Object.keys(process.env) }));\n");
});
afterAll(() => rm(folder, { recursive: true }));

describe("inspection in a child process", () => {
  it("gives the same report as in this process", async () => {
    expect(await inspectInChild(place("good.zip"))).toEqual(await inspectPackage(place("good.zip")));
  });
  it("inspects bare manifests too", async () => {
    expect(await inspectInChild(place("plugin.yaml"), { what: "manifest", publishing: true })).toMatchObject({ ok: true, kind: "plugin" });
  });
  it("finds its program", () => {
    expect(findChildPath()).toMatch(/child\.ts$/);
  });
  for (const [name, limits, reason] of [
    ["crash.mjs", {}, "its process crashed (SIGSEGV)"],
    ["hang.mjs", { timeoutMs: 600 }, "it took longer than 0.6 seconds"],
    ["grow.mjs", { heapMiB: 32 }, "ran out of memory (32 MiB of heap)"],
    ["buffers.mjs", { memoryMiB: 256 }, "it needed more than 256 MiB of memory"],
    ["absent.mjs", {}, "its process crashed (code 1)"],
  ] as const) {
    it(`is never a pass when the child fails, and says how: ${name}`, async () => {
      const report = await inspectInChild(place("good.zip"), { ...limits, childPath: place(name) });
      expect(report).toMatchObject({ ok: false, manifest: null });
      expect(report.problems.map((each) => [each.code, each.severity])).toEqual([["package.inspection-failed", "B"]]);
      expect(report.problems[0]?.detail).toContain(reason);
    });
  }
  it("is never a pass when hostile nesting kills the parser", async () => {
    await writeFile(place("deep.zip"), buildZip([...validEntries(), { name: "deep.ts", method: 0, data: `x=${"[".repeat(400_000)}${"]".repeat(400_000)}` }]));
    expect((await inspectInChild(place("deep.zip"))).ok).toBe(false);
  });
  it("does not hand the environment down", async () => {
    process.env.INSPECT_TEST_SECRET = "x";
    const answer: object = await inspectInChild(place("good.zip"), { childPath: place("environment.mjs") });
    expect(Reflect.get(answer, "names")).not.toContain("INSPECT_TEST_SECRET");
    delete process.env.INSPECT_TEST_SECRET;
  });
});
