import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "@kosmarket/kit";
import { packReproducible } from "@kosmarket/inspect";
import { describe, expect, it } from "vitest";
import { pluginFiles, runKos, serviceYaml, temporaryFolder, writeFiles } from "./run-kos.ts";
import { serveRegistry } from "./serve-registry.ts";

const blocking = (problems: unknown): string[] => (problems as Problem[]).filter((problem) => problem.severity === "B").map((problem) => problem.code);

describe("kos validate", { timeout: 60_000 }, () => {
  it("finds nothing that blocks in a sound folder", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    const ran = await runKos(["validate", ".", "--json"], { cwd: folder.path });
    expect(ran.code).toBe(0);
    expect(Object.keys(ran.json())).toEqual(["ok", "problems"]);
    expect(ran.json().ok).toBe(true);
    expect(blocking(ran.json().problems)).toEqual([]);
  });

  it("prints each problem with file, line, column, severity, code and suggestion, and exits 1", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, { "plugin.yaml": pluginFiles()["plugin.yaml"]?.replace("  - log_output", "  - log_outputs") ?? "" });
    const ran = await runKos(["validate", "plugin.yaml"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^plugin\.yaml:7:5 B permission\.unknown .+\n {4}.*log_output/m);
    expect(ran.stdout).toContain("plugin.yaml: 1 blocking");
    expect(ran.stdout).not.toContain("\u001b");
  });

  it("groups by file, shows each line with its place marked, and sums up, for a folder and for its package alike", async () => {
    using folder = temporaryFolder();
    const files = pluginFiles({ "main.ts": "export function init(): void {\n\teval(\"1\");\n}\n" });
    writeFiles(join(folder.path, "tide"), files);
    writeFileSync(join(folder.path, "tide.zip"), (await packReproducible(join(folder.path, "tide"))).bytes);
    const ofFolder = await runKos(["validate", "tide"], { cwd: folder.path });
    expect(ofFolder.stdout).toMatch(/^main\.ts {2}.+\nmain\.ts:2:2 H .+\n {6}2 \| \teval\("1"\);\n {8}\| \t\^\n/m);
    expect(ofFolder.stdout).toMatch(/^plugin\.yaml {2}.+\n/m);
    expect(ofFolder.stdout).toMatch(/\ntide: .*for a person to judge/);
    expect((await runKos(["validate", "tide.zip"], { cwd: folder.path })).stdout.replaceAll("tide.zip:", "tide:")).toBe(ofFolder.stdout);
  });

  it("shows no line of a file that only a registry names", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles());
    writeFileSync(join(folder.path, "secret"), "hush\n");
    const problems = ["../secret", join(folder.path, "secret")].map((file) => ({ code: "x.y", severity: "W", check: "x", file, line: 1, column: 1, pointer: null, detail: "Look.", suggestion: null }));
    await using registry = await serveRegistry({ "POST /api/v1/validate": () => ({ body: { ok: true, problems } }) });
    const ran = await runKos(["validate", "tide", "--online"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url } });
    expect([ran.code, ran.stdout.includes("Look."), ran.stdout.includes("hush")]).toEqual([0, true, false]);
  });

  it("says the same of a folder with a faulty manifest", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles({ "plugin.yaml": "id: Tide Table\nname: Tide Table\nentrypoint: main.ts\nversion: 1.2\n" }));
    const ran = await runKos(["validate", ".", "--json"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(blocking(ran.json().problems)).toEqual(expect.arrayContaining(["id.invalid", "version.not-quoted"]));
  });

  it("checks the package too, not only the manifest", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles({ "main.ts": null }));
    const ran = await runKos(["validate", ".", "--json"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(blocking(ran.json().problems)).toContain("entrypoint.missing");
  });

  it("says the same of a folder and of its package", async () => {
    using folder = temporaryFolder();
    writeFiles(join(folder.path, "tide"), pluginFiles());
    expect((await runKos(["pack", "tide", "--out", "tide.zip"], { cwd: folder.path })).code).toBe(0);
    const ofFolder = await runKos(["validate", "tide", "--json"], { cwd: folder.path });
    const ofPackage = await runKos(["validate", "tide.zip", "--json"], { cwd: folder.path });
    expect(ofPackage.code).toBe(0);
    expect(ofPackage.json()).toEqual(ofFolder.json());
  });

  it("accepts several services without versions in one file", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "services.yaml"), `services:\n${serviceYaml("east", null)}${serviceYaml("west", null)}`);
    const ran = await runKos(["validate", "services.yaml", "--json"], { cwd: folder.path });
    expect({ code: ran.code, json: ran.json() }).toEqual({ code: 0, json: { ok: true, problems: [] } });
  });

  it("gives hostile bytes a verdict, not a crash", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "x.zip"), "not a zip at all");
    const ran = await runKos(["validate", "x.zip", "--json"], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(blocking(ran.json().problems)).toContain("archive.unknown-format");
  });

  it("tells a wrong path from a wrong package by the exit code", async () => {
    using folder = temporaryFolder();
    const missing = await runKos(["validate", "nowhere"], { cwd: folder.path });
    expect({ code: missing.code, stdout: missing.stdout }).toEqual({ code: 2, stdout: "" });
    expect(missing.stderr).toContain("`nowhere` cannot be read (ENOENT)");
    writeFileSync(join(folder.path, "notes.txt"), "hello");
    expect((await runKos(["validate", "notes.txt"], { cwd: folder.path })).code).toBe(2);
  });

  it("asks the registry with --online and prints its verdict", async () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, pluginFiles());
    const verdict = { ok: false, problems: [{ code: "id.taken-by-another", severity: "B", check: "names", file: "plugin.yaml", line: 1, column: 1, pointer: "/id", detail: "Taken.", suggestion: null }] };
    await using registry = await serveRegistry({ "POST /api/v1/validate": () => ({ body: verdict }) });
    const ran = await runKos(["validate", ".", "--online", "--publisher", "ada", "--json"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url } });
    expect({ code: ran.code, json: ran.json() }).toEqual({ code: 1, json: verdict });
    const form = await registry.seen[0]?.form();
    expect(form?.get("publisher")).toBe("ada");
    expect((form?.get("package") as File).name).toBe("tide-table-1.2.0.zip");
  });
});
