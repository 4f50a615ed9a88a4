import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RESERVED_IDS } from "@kosmarket/kit";
import { createPublisher, requireMember, type Principal } from "#lib/accounts/index.ts";
import { addMember, makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
});
afterAll(() => deps.close());

const claim = (slug: string, principal = owner) => createPublisher(deps.db, { principal, slug, name: "A name" });

describe("claiming a publisher name", () => {
  test("makes the caller its owner", async () => {
    await claim("quiet-harbour");
    expect(await requireMember(deps.db, owner, "quiet-harbour", "members")).toMatchObject({ slug: "quiet-harbour" });
  });

  test.each(["quiet-harbour", "quiet_harbour", "quietharbour", "qu1et-harb0ur"])("%s, taken or a look-alike of a taken one, is refused without a trace", async (slug) => {
    const before = await countTraces(deps);
    const publishers = await deps.db.publisher.count();
    await expect(claim(slug, await makeOther())).rejects.toMatchObject({ status: slug.includes("_") ? 400 : 409 });
    expect(await deps.db.publisher.count()).toBe(publishers);
    expect(await countTraces(deps)).toEqual({ ...before, AuditEvent: (before["AuditEvent"] ?? 0) + 1 });
  });

  /** Making the account is the one event of the test above. */
  const makeOther = () => makePerson(deps);

  test.each([...RESERVED_IDS].slice(0, 10))("%s is reserved", async (slug) => {
    await expect(claim(slug)).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/slug" })] });
  });

  test.each(["Quiet\u202eruobraH", "Quiet\u200bHarbour", "Quiet\u0001Harbour", "Quiet\nHarbour"])("with the display name %j, part of which nobody sees, is refused", async (name) => {
    await expect(createPublisher(deps.db, { principal: owner, slug: uniqueName("hidden"), name })).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/name" })] });
  });

  test("by many at once has one owner", async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, async () => claim("one-of-many", await makePerson(deps))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "id-taken" });
  });
});

describe("members", () => {
  test.each([
    ["maintainer", "publish", true],
    ["maintainer", "yank", true],
    ["maintainer", "keys", false],
    ["maintainer", "members", false],
    ["viewer", "view", true],
    ["viewer", "publish", false],
    ["viewer", "yank", false],
  ] as const)("a %s and the right %s: %s", async (role, right, allowed) => {
    const slug = await makePublisher(deps, owner);
    const member = await makePerson(deps);
    await addMember(deps, owner, slug, member, role);
    const asked = requireMember(deps.db, member, slug, right);
    if (allowed) await expect(asked).resolves.toMatchObject({ slug });
    else await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a stranger is told the same of a publisher that exists and of one that does not", async () => {
    const slug = await makePublisher(deps, owner);
    const stranger = await makePerson(deps);
    const answer = async (name: string) => (await requireMember(deps.db, stranger, name, "view").catch((error: Error) => error.message)).toString().replaceAll(name, "NAME");
    expect(await answer(slug)).toBe(await answer("nobody-has-this"));
  });

  test("nobody acts for a suspended publisher", async () => {
    const slug = await makePublisher(deps, owner);
    await deps.db.publisher.update({ where: { slug }, data: { suspendedAt: deps.now() } });
    await expect(requireMember(deps.db, owner, slug, "publish")).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
  });
});
