import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { importOsv, importPackageNames, readDependencies } from "#lib/catalog/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { REGISTRY_CHECKS } from "#lib/publishing/checks/index.ts";
import { runChecks, yankVersion } from "#lib/publishing/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { seedPlugin, seedSubmission } from "#tests/support/seed-plugin.ts";
import { submitPlugin } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
let publisher: string;
let folder: string;

beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
  publisher = await makePublisher(deps, owner);
  folder = mkdtempSync(join(tmpdir(), "kos-test-osv-"));
});
afterAll(async () => {
  await deps.close();
  rmSync(folder, { recursive: true, force: true });
});

const needs = (...lines: string[]) => ["dependencies:", ...lines.map((line) => `  - ${line}`)];

/** A published plugin that needs what the lines say; returns its id. */
async function published(name: string, version: string, lines: string[] = [], more: string[] = [], id = uniqueName(name)): Promise<string> {
  return await seedPlugin(deps, { publisher, id, version, manifest: [...(lines.length === 0 ? [] : needs(...lines)), ...more] });
}

async function findingsOf(checkId: string, lines: string[], input: { id?: string; version?: string; more?: string[] } = {}): Promise<ProblemView[]> {
  const submission = await seedSubmission(deps, { publisher, id: input.id ?? uniqueName("asks"), version: input.version ?? "1.0.0", manifest: [...needs(...lines), ...(input.more ?? [])] });
  const check = REGISTRY_CHECKS.find((each) => each.id === checkId);
  return (await check?.run(deps, submission))?.findings ?? [];
}

describe("what a plugin needs from other listings", () => {
  test("blocks where no version answers, and says the chain and the line", async () => {
    const b = await published("base", "1.0.0");
    await published("base", "2.0.0", [], [], b);
    const c = await published("old", "1.0.0", [`${b}: ^1.0.0`]);
    const id = uniqueName("asker");
    const { id: submissionId } = await submitPlugin(deps, { principal: owner, publisher }, { id, manifest: needs(`${b}: ^2.0.0`, `${c}: ^1.0.0`) });
    await runChecks(deps, { submissionId });
    const row = await deps.db.checkResult.findUniqueOrThrow({ where: { submissionId_checkId: { submissionId, checkId: "dependencies" } } });
    const found = row.findings as unknown as ProblemView[];
    expect(row.status).toBe("failed");
    expect(found).toEqual([expect.objectContaining({ code: "dependency.unsatisfiable", severity: "B", file: "plugin.yaml", line: expect.any(Number), detail: expect.stringContaining(`\`${c}\` 1.0.0 needs \`${b}\` ^1.0.0; no version of \`${b}\` satisfies both`) })]);
    expect(found[0]?.line).toBeGreaterThan(9);
    expect(await deps.db.submission.count({ where: { listingSlug: id, state: "needs_changes" } })).toBe(1);
  });

  test("blocks for a listing that does not exist, or was taken down meanwhile", async () => {
    const [missing] = await findingsOf("dependencies", ["nobody-made-this: ^1.0.0"]);
    expect(missing).toMatchObject({ code: "dependency.unsatisfiable", severity: "B", pointer: "/dependencies/0/nobody-made-this" });
    const id = await published("gone", "1.0.0");
    expect(await findingsOf("dependencies", [`${id}: ^1.0.0`])).toEqual([]);
    await deps.db.listing.update({ where: { slug: id }, data: { moderation: "quarantined", moderationReason: "malware" } });
    expect(await findingsOf("dependencies", [`${id}: 1.0.0`])).toMatchObject([{ code: "dependency.unsatisfiable", severity: "B" }]);
  });

  test("blocks a circle through the new version, and shows the way round", async () => {
    const first = await published("ring", "1.0.0");
    const second = await published("ring", "1.0.0", [`${first}: ">=1.0.0 <9"`]);
    const found = await findingsOf("dependencies", [`${second}: ^1.0.0`], { id: first, version: "1.1.0" });
    expect(found).toMatchObject([{ code: "dependency.cycle", severity: "B", detail: expect.stringContaining(`\`${first}\``) }]);
    expect(found[0]?.detail).toContain("→");
  });

  test("blocks for one platform out of several, and for hosts that cannot be", async () => {
    const linux = await published("penguin", "1.0.0", [], ["platforms: [linux]", "engines:", '  kos: "^2.0.0"']);
    const found = await findingsOf("dependencies", [`${linux}: ^1.0.0`], { more: ["platforms: [linux, macos]", "engines:", '  kos: "^3.0.0"'] });
    expect(found.map((each) => [each.code, each.severity])).toEqual([["dependency.unsatisfiable", "B"], ["dependency.unsatisfiable", "B"]]);
    expect(found.map((each) => each.detail).join("\n")).toMatch(/needs kOS \^3\.0\.0.*no version of kOS is in both[\s\S]*On macos: .* runs on macos/);
    expect(await findingsOf("dependencies", [`${linux}: ^1.0.0`], { more: ["platforms: [linux]", "engines:", '  kos: ">=2.0.0"'] })).toEqual([]);
  });

  test("warns of a range without an end and of a pin to a yanked version, and of nothing else", async () => {
    const id = await published("steady", "1.0.0");
    await published("steady", "1.1.0", [], [], id);
    await yankVersion(deps, { principal: owner, id, version: "1.1.0", reason: "Loses notes." });
    expect(await findingsOf("dependencies", [`${id}: "*"`])).toMatchObject([{ code: "dependency.unpinned", severity: "W" }]);
    expect(await findingsOf("dependencies", [`${id}: 1.1.0`])).toMatchObject([{ code: "dependency.yanked", severity: "W" }]);
    expect(await findingsOf("dependencies", [`${id}: ^1.1.0`])).toMatchObject([{ code: "dependency.unsatisfiable", severity: "B", detail: expect.stringContaining("yanked") }]);
    expect(await findingsOf("dependencies", [`${id}: ^1.0.0`, `"@tensorflow/tfjs": "^4.0.0"`])).toEqual([]);
  });
});

describe("names that are here and on npm", () => {
  test("go to a person, in both directions; npm's side only once its names are loaded", async () => {
    const id = await published("both", "1.0.0");
    expect(await findingsOf("dependency-names", [`npm: { ${id}: ^1.0.0 }`])).toMatchObject([{ code: "dependency.confusion", severity: "H", pointer: `/dependencies/0/npm/${id}` }]);
    expect(await findingsOf("dependency-names", [`${id}: ^1.0.0`])).toEqual([]);
    const file = join(folder, "names.txt");
    writeFileSync(file, `left-pad\n\n${id}\nasked-for-here\n${"x".repeat(300)}\n`);
    expect(await importPackageNames(deps, "npm", file)).toEqual({ read: 3, added: 3 });
    expect(await importPackageNames(deps, "npm", file)).toEqual({ read: 3, added: 0 });
    expect(await findingsOf("dependency-names", [`${id}: ^1.0.0`])).toMatchObject([{ code: "dependency.confusion", severity: "H" }]);
    expect(await findingsOf("dependency-names", [`"@kos/pad": ^1.0.0`], { id: "asked-for-here" })).toMatchObject([{ code: "dependency.confusion", severity: "H", pointer: "/id" }]);
    expect(await findingsOf("dependency-names", [`"@kos/pad": ^1.0.0`])).toEqual([]);
  });
});

describe("known vulnerabilities", () => {
  const advisory = (id: string, affected: unknown, more: object = {}) => ({ schema_version: "1.6.0", id, modified: "2026-01-02T03:04:05Z", summary: `Fault ${id}`, affected, ...more });
  const npm = (name: string, events: object[]) => [{ package: { ecosystem: "npm", name }, ranges: [{ type: "SEMVER", events }] }];

  test("are loaded from files and folders, once each, and what is no advisory is told", async () => {
    writeFileSync(join(folder, "a.json"), JSON.stringify(advisory("GHSA-one", npm("tide-tables", [{ introduced: "0" }, { fixed: "4.2.1" }]))));
    writeFileSync(join(folder, "b.jsonl"), [advisory("GHSA-two", npm("sea-charts", [{ introduced: "2.0.0" }])), advisory("PYSEC-3", [{ package: { ecosystem: "PyPI", name: "waves" } }]), { nonsense: true }].map((each) => JSON.stringify(each)).join("\n"));
    writeFileSync(join(folder, "c.json"), "{ not json");
    const first = await importOsv(deps, folder);
    expect(first).toMatchObject({ files: 3, written: 2, unchanged: 0, passedOver: 1, refused: [{ file: join(folder, "b.jsonl") }, { file: join(folder, "c.json") }] });
    const before = await countTraces(deps);
    expect(await importOsv(deps, folder)).toMatchObject({ written: 0, unchanged: 2 });
    expect(await countTraces(deps)).toEqual(before);
    await expect(importOsv(deps, join(folder, "nowhere"))).rejects.toMatchObject({ code: "bad-request" });
  });

  test("block where the range allows nothing else, warn where it also allows what is fixed", async () => {
    expect(await findingsOf("vulnerabilities", [`npm: { tide-tables: ~4.2.0 }`])).toMatchObject([{ code: "dependency.vulnerable", severity: "W", detail: expect.stringContaining(">=0.0.0-0 <4.2.1"), suggestion: "Fixed in 4.2.1." }]);
    expect(await findingsOf("vulnerabilities", [`npm: { tide-tables: 4.2.0 }`])).toMatchObject([{ severity: "B" }]);
    expect(await findingsOf("vulnerabilities", [`npm: { sea-charts: ^2.0.0 }`])).toMatchObject([{ severity: "B", suggestion: "No fixed version is known: leave it out." }]);
    expect(await findingsOf("vulnerabilities", [`npm: { tide-tables: ^4.2.1, sea-charts: ^1.0.0 }`])).toEqual([]);
  });

  test("are judged by the version that would be chosen, for listings; a newer advisory replaces, a withdrawn one counts no more", async () => {
    const weak = await published("weak", "1.0.0");
    const middle = await published("middle", "1.0.0", [`${weak}: ^1.0.0`]);
    const own = (modified: string, more: object = {}) => writeFileSync(join(folder, "d.json"), JSON.stringify(advisory("KOS-1", [{ package: { ecosystem: "kOS", name: weak }, versions: ["1.0.0"] }], { modified, ...more })));
    own("2026-02-01T00:00:00Z");
    await importOsv(deps, join(folder, "d.json"));
    expect(await findingsOf("vulnerabilities", [`${weak}: ^1.0.0`])).toMatchObject([{ severity: "B" }]);
    expect(await findingsOf("vulnerabilities", [`${middle}: ^1.0.0`])).toMatchObject([{ severity: "W" }]);
    expect((await readDependencies(deps, middle))?.graph?.nodes.find((node) => node.name === weak)?.advisories).toMatchObject([{ id: "KOS-1", affected: "1.0.0" }]);
    own("2026-01-01T00:00:00Z", { withdrawn: "2026-01-01T00:00:00Z" });
    expect(await importOsv(deps, join(folder, "d.json"))).toMatchObject({ written: 0 });
    own("2026-03-01T00:00:00Z", { withdrawn: "2026-03-01T00:00:00Z" });
    await importOsv(deps, join(folder, "d.json"));
    expect(await findingsOf("vulnerabilities", [`${weak}: ^1.0.0`])).toEqual([]);
  });
});

describe("the graph", () => {
  test("of a channel that nothing answers, with an advisory on it, is read all the same", async () => {
    const gone = uniqueName("vanished");
    writeFileSync(join(folder, "channel.json"), JSON.stringify({ id: "KOS-CHANNEL", modified: "2026-01-01T00:00:00Z", summary: "x", affected: [{ package: { ecosystem: "kOS", name: gone }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] }] }));
    await importOsv(deps, join(folder, "channel.json"));
    const asker = await published("asker", "1.0.0", [`${gone}: beta`]);
    expect((await readDependencies(deps, asker))?.graph?.nodes.find((node) => node.name === gone)?.advisories).toMatchObject([{ id: "KOS-CHANNEL" }]);
  });

  test("names every listing with the version that would be chosen, both directions, and counts whoever needs it", async () => {
    const base = await published("ground", "1.0.0");
    await published("ground", "1.2.0", [], [], base);
    const wall = await published("wall", "1.0.0", [`${base}: ^1.0.0`, `npm: { mortar: ^2.0.0 }`]);
    const roof = await published("roof", "1.0.0", [`${wall}: ^1.0.0`]);
    const view = await readDependencies(deps, roof);
    expect(view).toMatchObject({ version: "1.0.0", requires: [{ source: "listing", name: wall, range: "^1.0.0", published: true }], requiredBy: [], dependents: { direct: 0, total: 0 } });
    expect(view?.graph).toMatchObject({ root: `listing:${roof}`, outcome: "resolved", conflicts: [], cycles: [], complete: true });
    expect(view?.graph?.nodes.map(({ key, version, depth }) => [key, version, depth])).toEqual([[`listing:${roof}`, "1.0.0", 0], [`listing:${wall}`, "1.0.0", 1], [`listing:${base}`, "1.2.0", 2], ["npm:mortar", null, 2]]);
    expect(await readDependencies(deps, base)).toMatchObject({ requiredBy: [{ id: wall, range: "^1.0.0" }], dependents: { direct: 1, total: 2 } });
    expect(await readDependencies(deps, roof, { version: "9.9.9" })).toBeNull();
    expect(await readDependencies(deps, "no-such-listing")).toBeNull();
    await deps.db.listing.update({ where: { slug: base }, data: { moderation: "removed", moderationReason: "a court's order" } });
    expect((await readDependencies(deps, roof))?.graph).toMatchObject({ outcome: "unsatisfiable", conflicts: [expect.stringContaining(`there is no listing \`${base}\``)] });
  });
});
