import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readToken, requireMember, type Principal } from "#lib/accounts/index.ts";
import { inviteMember, leavePublisher, listMembers, removeMember, setMemberRole, updateProfile } from "#lib/teams/index.ts";
import { addMember, makePerson, makePublisher, makeToken } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
});
afterAll(() => deps.close());

const setRole = (principal: Principal, slug: string, of: Principal, role: "owner" | "maintainer" | "viewer") => setMemberRole(deps, { principal, slug, userId: of.userId, role });
const owners = (slug: string) => deps.db.membership.count({ where: { publisher: { slug }, role: "owner" } });

async function pair(role: "owner" | "maintainer" | "viewer" = "owner"): Promise<{ slug: string; second: Principal }> {
  const slug = await makePublisher(deps, owner);
  const second = await makePerson(deps);
  await addMember(deps, owner, slug, second, role);
  return { slug, second };
}

describe("the last owner", () => {
  test("keeps the role and stays until there is another", async () => {
    const slug = await makePublisher(deps, owner);
    await expect(setRole(owner, slug, owner, "viewer")).rejects.toMatchObject({ code: "move-not-allowed" });
    await expect(leavePublisher(deps, { principal: owner, slug })).rejects.toMatchObject({ code: "move-not-allowed" });
    await addMember(deps, owner, slug, await makePerson(deps), "owner");
    await setRole(owner, slug, owner, "viewer");
    await expect(requireMember(deps.db, owner, slug, "members")).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each([
    ["step down", (slug: string, one: Principal) => setRole(one, slug, one, "viewer")],
    ["leave", (slug: string, one: Principal) => leavePublisher(deps, { principal: one, slug })],
  ])("is left over when two owners %s at once, time after time", async (_, go) => {
    const pairs = await Promise.all(Array.from({ length: 12 }, () => pair()));
    for (const { slug, second } of pairs) {
      const results = await Promise.allSettled([owner, second].map((one) => go(slug, one)));
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await owners(slug)).toBe(1);
    }
  });

  test("is left over when many owners remove each other at once", async () => {
    const slug = await makePublisher(deps, owner);
    const people = [owner, ...(await Promise.all(Array.from({ length: 5 }, () => makePerson(deps))))];
    for (const person of people.slice(1)) await addMember(deps, owner, slug, person, "owner");
    await Promise.allSettled(people.map((principal, place) => removeMember(deps, { principal, slug, userId: people[(place + 1) % people.length]?.userId ?? "" })));
    expect(await owners(slug)).toBeGreaterThanOrEqual(1);
    await deps.db.membership.findFirstOrThrow({ where: { publisher: { slug }, role: "owner" } });
  });

  test("is not one whose account is suspended", async () => {
    const { slug, second } = await pair();
    await deps.db.user.update({ where: { id: second.userId }, data: { suspendedAt: deps.now() } });
    await expect(leavePublisher(deps, { principal: owner, slug })).rejects.toMatchObject({ code: "move-not-allowed" });
  });
});

describe("who changes whom", () => {
  test.each(["maintainer", "viewer"] as const)("a %s changes nobody, and may go", async (role) => {
    const { slug, second } = await pair(role);
    await expect(setRole(second, slug, second, "owner")).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeMember(deps, { principal: second, slug, userId: owner.userId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateProfile(deps, { principal: second, slug, profile: { name: "Mine" } })).rejects.toMatchObject({ code: "forbidden" });
    await leavePublisher(deps, { principal: second, slug });
    expect(await listMembers(deps, slug)).toHaveLength(1);
  });

  test("a stranger is told the same of every publisher", async () => {
    const slug = await makePublisher(deps, owner);
    const stranger = await makePerson(deps);
    for (const name of [slug, "nobody-has-this"]) {
      await expect(setRole(stranger, name, owner, "viewer")).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("not a member") });
      await expect(leavePublisher(deps, { principal: stranger, slug: name })).rejects.toMatchObject({ code: "not-found" });
    }
  });

  test("an owner is made and unmade only after a recent proof; other roles change without", async () => {
    const { slug, second } = await pair("viewer");
    const stale = { ...owner, authenticatedAt: new Date(deps.now().getTime() - 2 * 3_600_000) };
    await setRole(stale, slug, second, "maintainer");
    await expect(setRole(stale, slug, second, "owner")).rejects.toMatchObject({ code: "step-up-required" });
    await setRole(owner, slug, second, "owner");
    await expect(setRole(stale, slug, second, "viewer")).rejects.toMatchObject({ code: "step-up-required" });
    await expect(removeMember(deps, { principal: stale, slug, userId: second.userId })).rejects.toMatchObject({ code: "step-up-required" });
    await expect(leavePublisher(deps, { principal: stale, slug })).rejects.toMatchObject({ code: "step-up-required" });
    expect(await owners(slug)).toBe(2);
  });

  test("nobody changes the team of a suspended publisher", async () => {
    const { slug, second } = await pair("viewer");
    await deps.db.publisher.update({ where: { slug }, data: { suspendedAt: deps.now() } });
    await expect(setRole(owner, slug, second, "maintainer")).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
    await expect(inviteMember(deps, { principal: owner, slug, email: "new@example.org", role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a token for certain listings reaches no team", async () => {
    const { slug, second } = await pair("viewer");
    const narrow: Principal = { ...owner, via: "token", scopes: ["keys"], listings: ["some-listing"] };
    await expect(setRole(narrow, slug, second, "maintainer")).rejects.toMatchObject({ code: "forbidden" });
    await setRole({ ...narrow, listings: null }, slug, second, "maintainer");
  });
});

test("whoever is removed loses every right at once, with session and token kept, and the invitations they made", async () => {
  const { slug, second } = await pair();
  const raw = await makeToken(deps, second, ["publish", "keys"]);
  await inviteMember(deps, { principal: second, slug, email: "second-address@example.org", role: "owner" });
  await removeMember(deps, { principal: owner, slug, userId: second.userId });
  const token = await readToken(deps.db, raw, deps.now());
  expect(token).not.toBeNull();
  if (token !== null) await expect(requireMember(deps.db, token, slug, "publish")).rejects.toMatchObject({ code: "forbidden" });
  expect(await deps.db.invitation.count({ where: { publisher: { slug }, revokedAt: null } })).toBe(0);
  const event = await deps.db.auditEvent.findFirstOrThrow({ where: { name: "accounts:member:remove", subject: `publisher:${slug}` } });
  expect(event).toMatchObject({ actorId: owner.userId, data: { user: second.userId } });
});

describe("the profile", () => {
  test("changes what is given and keeps what is not", async () => {
    const slug = await makePublisher(deps, owner);
    await updateProfile(deps, { principal: owner, slug, profile: { name: "Harbour Office", description: "Tides\nand lights.", website: "https://harbour.example.org" } });
    expect(await updateProfile(deps, { principal: owner, slug, profile: { description: "" } })).toEqual({ slug, name: "Harbour Office", description: null, website: "https://harbour.example.org/" });
  });

  test.each([
    ["/name", { name: "Har\u202ebour" }],
    ["/name", { name: "Har\nbour" }],
    ["/description", { description: "line\nwith \u200b nothing" }],
    ["/website", { website: "javascript:alert(1)" }],
    ["/website", { website: "https://user:secret@harbour.example.org" }],
    ["/website", { website: "harbour" }],
  ])("refuses at %s what others must not meet: %j", async (pointer, profile) => {
    const slug = await makePublisher(deps, owner);
    await expect(updateProfile(deps, { principal: owner, slug, profile })).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer })] });
  });
});
