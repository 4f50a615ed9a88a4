import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { diffVersions } from "#lib/catalog/index.ts";
import { REGISTRY_CHECKS, type Checked } from "#lib/publishing/checks/index.ts";
import { isYoung } from "#lib/publishing/checks/young-key-check.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { seedPlugin, seedSubmission, type SeededPlugin } from "#tests/support/seed-plugin.ts";
import { approveAndPublish, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { runChecks } from "#lib/publishing/index.ts";

let deps: TestDeps;
let owner: Principal;
let publisher: string;

beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
  publisher = await makePublisher(deps, owner);
});
afterAll(() => deps.close());

async function run(checkId: string, submission: Checked) {
  const check = REGISTRY_CHECKS.find((each) => each.id === checkId);
  return (await check?.run(deps, submission))?.findings ?? [];
}
const after = async (checkId: string, input: Omit<SeededPlugin, "publisher">) => await run(checkId, await seedSubmission(deps, { publisher, ...input }, "needs_changes"));
const codes = (findings: { code: string; severity: string }[]) => findings.map(({ code, severity }) => `${severity} ${code}`);

describe("compatibility with the last version of the channel", () => {
  test("a break in a minor version is held, with its place in both; in a major one it is told", async () => {
    const id = await seedPlugin(deps, { publisher, manifest: ["platforms: [linux, macos]", "capabilities: [text_analysis]"] });
    const found = await after("compatibility", { id, version: "1.1.0", permissions: ["file_read"], manifest: ["platforms: [linux]"] });
    expect(codes(found)).toEqual(["H compatibility.breaking", "H compatibility.breaking", "H compatibility.breaking"]);
    expect(found.map((each) => each.detail)).toEqual([
      "The capability `text_analysis` is gone (1.0.0: plugin.yaml line 6 /capabilities/0).",
      "The permission `file_read` is asked for besides (not in 1.0.0).",
      "The platform `macos` is gone (1.0.0: plugin.yaml line 5 /platforms/1).",
    ]);
    expect(found[1]).toMatchObject({ file: "plugin.yaml", pointer: "/permissions/0", line: 6 });
    expect(codes(await after("compatibility", { id, version: "2.0.0", manifest: ["platforms: [linux]"] }))).toEqual(["I compatibility.announced", "I compatibility.announced"]);
    expect(await after("compatibility", { id, version: "1.0.1", manifest: ["platforms: [linux, macos, windows]", "capabilities: [text_analysis]"] })).toEqual([]);
    expect(await after("compatibility", {})).toEqual([]);
  });

  test("is held against the same channel, and against stable where the channel is new", async () => {
    const id = await seedPlugin(deps, { publisher, manifest: ["capabilities: [text_analysis]"] });
    expect(codes(await after("compatibility", { id, version: "1.1.0-beta.1" }))).toEqual(["H compatibility.breaking"]);
    await seedPlugin(deps, { publisher, id, version: "1.1.0-beta.2" });
    expect(await after("compatibility", { id, version: "1.1.0-beta.3" })).toEqual([]);
    expect(codes(await after("compatibility", { id, version: "1.1.0" }))).toEqual(["H compatibility.breaking"]);
  });

  test("reads the settings out of both packages", async () => {
    const id = uniqueName("settings");
    const pack = async (version: string, properties: object) =>
      await submitBytes(deps, { principal: owner, publisher }, "package", await packPlugin({ id, version, manifest: ["config_schema: settings.json"], files: { "settings.json": JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", properties }) } }));
    const first = await pack("1.0.0", { harbour: { type: "string" } });
    await runChecks(deps, { submissionId: first.id });
    await approveAndPublish(deps, first.id);
    const second = await pack("1.1.0", { harbour: { type: "number" } });
    await runChecks(deps, { submissionId: second.id });
    const row = await deps.db.checkResult.findUniqueOrThrow({ where: { submissionId_checkId: { submissionId: second.id, checkId: "compatibility" } } });
    expect([row.status, row.findings]).toEqual(["failed", [expect.objectContaining({ severity: "H", file: "settings.json", pointer: "/properties/harbour", detail: expect.stringContaining("`harbour` is number instead of string") })]]);
  }, 120_000);

  test("is shown by the comparison of two versions", async () => {
    const id = await seedPlugin(deps, { publisher, manifest: ["capabilities: [text_analysis]"] });
    await seedPlugin(deps, { publisher, id, version: "1.1.0" });
    expect(await diffVersions(deps, id, "1.0.0", "1.1.0")).toMatchObject({ breaking: [{ what: "the capability `text_analysis` is gone", before: "/capabilities/0", after: null }], breakingAnnounced: false });
  });
});

describe("what a plugin may do since its last version", () => {
  test("new permissions and network hosts are held, dropped ones are told", async () => {
    const id = await seedPlugin(deps, { publisher, permissions: ["network", "log_output"], manifest: ["network: [a.example, b.example]"] });
    const found = await after("permission-changes", { id, version: "1.1.0", permissions: ["network", "file_read"], manifest: ["network: [b.example, c.example]"] });
    expect(codes(found)).toEqual(["H permission.new", "I permission.dropped", "H host.new", "I host.dropped"]);
    expect(found[2]).toMatchObject({ pointer: "/network", detail: "The network host `c.example` is new since 1.0.0." });
    expect(await after("permission-changes", { id, version: "1.1.0", permissions: ["log_output", "network"], manifest: ["network: [b.example, a.example]"] })).toEqual([]);
    expect(await after("permission-changes", { permissions: ["network"], manifest: ["network: [a.example]"] })).toEqual([]);
  });
});

describe("the name of another listing", () => {
  test("goes to a person where another publisher has it, by name or as an id", async () => {
    const other = await makePublisher(deps, owner);
    const id = await seedPlugin(deps, { publisher: other });
    const name = "Grey Seal Atlas";
    await deps.db.listing.update({ where: { slug: id }, data: { name } });
    const shown = async (text: string, by = publisher) => {
      const submission = await seedSubmission(deps, { publisher: by }, "needs_changes");
      return codes(await run("shadowed-name", { ...submission, name: text }));
    };
    expect(await shown("grey seal atlas")).toEqual(["H name.shadows"]);
    expect(await shown(id.replace("-", " ").toUpperCase())).toEqual(["H name.shadows"]);
    expect([await shown("Grey Seal Map"), await shown(name, other)]).toEqual([[], []]);
  });
});

describe("who publishes", () => {
  test("a listing that changed hands goes to a person once", async () => {
    const id = await seedPlugin(deps, { publisher });
    const other = await makePublisher(deps, owner);
    expect(codes(await run("publisher-changed", await seedSubmission(deps, { publisher: other, id, version: "1.1.0" }, "needs_changes")))).toEqual(["H publisher.changed"]);
    await deps.db.listing.update({ where: { slug: id }, data: { publisherId: (await deps.db.publisher.findUniqueOrThrow({ where: { slug: other } })).id } });
    await seedPlugin(deps, { publisher: other, id, version: "1.2.0" });
    expect(await run("publisher-changed", await seedSubmission(deps, { publisher: other, id, version: "1.3.0" }, "needs_changes"))).toEqual([]);
    expect(await after("publisher-changed", {})).toEqual([]);
  });

  test("the age of a key is asked for where the policy names one", async () => {
    const submission = await seedSubmission(deps, { publisher });
    expect(await run("young-key", submission)).toEqual([]);
    const day = (number: number) => new Date(Date.UTC(2026, 0, number));
    expect([isYoung(day(1), day(7), 7), isYoung(day(1), day(8), 7)]).toEqual([true, false]);
  });
});
