import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectManifest } from "@kosmarket/inspect";
import { VALID_PLUGIN } from "#tests/support/archive-builder.ts";

const entry = (id: string, version: string): string => `  - id: ${id}\n    name: Chat ${id}\n    type: llm\n    provider: harbour\n    endpoint: https://api.harbour.example/v1\n    auth:\n      type: none\n    capabilities:\n      - embeddings\n${version}`;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inspect-manifest-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a bare manifest", () => {
  it("of a plugin is checked without the package checks", async () => {
    const path = join(folder, "plugin.yaml");
    await writeFile(path, VALID_PLUGIN["plugin.yaml"] ?? "");
    const report = await inspectManifest(path);
    expect(report).toMatchObject({ ok: true, format: null, kind: "plugin", manifest: { id: "harbour-lights" }, files: [] });
    expect(report.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(report.checks.map((each) => each.id)).not.toContain("entrypoint");
    expect(report.checks.map((each) => each.id)).toContain("licence");
  });
  it("of several services is valid, but not for publishing", async () => {
    const several = encode(`services:\n${entry("one-chat", "")}${entry("two-chat", "")}`);
    expect(await inspectManifest(several)).toMatchObject({ ok: true, kind: "service", manifest: null });
    const publishing = await inspectManifest(several, { publishing: true });
    expect(publishing.ok).toBe(false);
    expect(publishing.problems.map((each) => each.code)).toContain("manifest.not-one-service");
  });
  it("of one service with a version may be published", async () => {
    expect(await inspectManifest(encode(`services:\n${entry("one-chat", "    version: 1.0.0\n")}`), { publishing: true })).toMatchObject({ ok: true, kind: "service", manifest: { kind: "service", id: "one-chat" } });
  });
  it("that is hostile gives problems", async () => {
    for (const text of ["", "\0", "[".repeat(5_000), "a: &b 1\nc: *b\n", "- 1\n", "\ufeffid: x\n"]) expect((await inspectManifest(encode(text))).ok).toBe(false);
    expect((await inspectManifest(join(folder, "absent.yaml"))).problems.map((each) => each.code)).toEqual(["archive.unreadable"]);
  });
});
