import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { acceptInvitation, declineInvitation, invitationsFor, inviteMember, inviteOrSetRole, listInvitations, readInvitation, revokeInvitation } from "#lib/teams/index.ts";
import { addMember, makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
let owner: Principal;
let slug: string;
beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
  slug = await makePublisher(deps, owner);
});
afterAll(() => deps.close());

/** Someone whose address is verified. */
async function verified(): Promise<Principal> {
  const person = await makePerson(deps);
  await deps.db.user.update({ where: { id: person.userId }, data: { emailVerified: deps.now() } });
  return person;
}

/** Invites and reads the token out of the mail, as the invited one does. */
async function invite(email: string, role: "owner" | "maintainer" | "viewer" = "maintainer", publisher = slug): Promise<{ id: string; token: string }> {
  const { id } = await inviteMember(deps, { principal: { ...owner, authenticatedAt: deps.now() }, slug: publisher, email, role });
  const mail = await deps.db.mail.findFirstOrThrow({ where: { to: email, event: "team.invitation" }, orderBy: { createdAt: "desc" } });
  return { id, token: /invitations\?token=([\w-]+)/.exec(mail.text)?.[1] ?? "" };
}

const accept = (principal: Principal, token: string) => acceptInvitation(deps, { principal, which: { token } });
const isMember = async (person: Principal) => (await deps.db.membership.count({ where: { userId: person.userId, publisher: { slug } } })) > 0;

describe("an invitation", () => {
  test("makes the invited one a member with its role, and its token is stored nowhere", async () => {
    const guest = await verified();
    const { id, token } = await invite(guest.email);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(await deps.db.invitation.findUniqueOrThrow({ where: { id } }))).not.toContain(token);
    expect(await readInvitation(deps, token)).toMatchObject({ publisher: { slug }, email: guest.email, role: "maintainer", state: "open" });
    expect(await accept(guest, token)).toEqual({ publisher: slug, role: "maintainer" });
    expect(await deps.db.membership.findFirst({ where: { userId: guest.userId, publisher: { slug } } })).toMatchObject({ role: "maintainer" });
    for (const event of await deps.db.auditEvent.findMany({ where: { name: { startsWith: "accounts:invitation" } } })) expect(JSON.stringify(event)).not.toContain("@");
  });

  test("is for the account of its address alone, whoever else holds the mail", async () => {
    const guest = await verified();
    const thief = await verified();
    const { id, token } = await invite(guest.email, "owner");
    const before = await countTraces(deps);
    await expect(accept(thief, token)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("another address") });
    await expect(declineInvitation(deps, { principal: thief, which: { token } })).rejects.toMatchObject({ code: "forbidden" });
    await expect(acceptInvitation(deps, { principal: thief, which: { id } })).rejects.toMatchObject({ code: "not-found" });
    expect(await countTraces(deps)).toEqual(before);
    expect(await isMember(thief)).toBe(false);
    await accept(guest, token);
  });

  test("is not for an account that never verified the address", async () => {
    const squatter = await makePerson(deps);
    const { id, token } = await invite(squatter.email);
    await expect(accept(squatter, token)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("not verified") });
    await expect(acceptInvitation(deps, { principal: squatter, which: { id } })).rejects.toMatchObject({ code: "forbidden" });
    expect(await invitationsFor(deps, squatter)).toEqual([]);
  });

  test("works once", async () => {
    const guest = await verified();
    const { token } = await invite(guest.email);
    await accept(guest, token);
    await expect(accept(guest, token)).rejects.toMatchObject({ code: "gone" });
    expect(await readInvitation(deps, token)).toBeNull();
  });

  test("by 50 presses at once makes one member and one event", async () => {
    const guest = await verified();
    const { id, token } = await invite(guest.email);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(guest, token)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "gone" });
    expect(await deps.db.auditEvent.count({ where: { name: "accounts:invitation:accept", data: { path: ["invitation"], equals: id } } })).toBe(1);
  });

  test("accepted and revoked at once is one of the two", async () => {
    for (let round = 0; round < 10; round++) {
      const guest = await verified();
      const { id, token } = await invite(guest.email);
      const [accepted, revoked] = await Promise.allSettled([accept(guest, token), revokeInvitation(deps, { principal: owner, slug, id })]);
      expect([accepted.status, revoked.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect(await isMember(guest)).toBe(accepted.status === "fulfilled");
    }
  });

  test("after seven days is over", async () => {
    const guest = await verified();
    const { token } = await invite(guest.email);
    deps.advance(7 * DAY + 1000);
    await expect(accept(guest, token)).rejects.toMatchObject({ code: "gone", message: expect.stringContaining("expired") });
    expect(await readInvitation(deps, token)).toBeNull();
    expect((await listInvitations(deps, slug)).find((row) => row.email === guest.email)).toMatchObject({ state: "expired" });
    const again = await invite(guest.email);
    await accept(guest, again.token);
  });

  test("taken back or declined is over", async () => {
    const guest = await verified();
    const first = await invite(guest.email);
    await revokeInvitation(deps, { principal: owner, slug, id: first.id });
    await expect(accept(guest, first.token)).rejects.toMatchObject({ code: "gone" });
    const second = await invite(guest.email);
    await declineInvitation(deps, { principal: guest, which: { id: second.id } });
    await expect(accept(guest, second.token)).rejects.toMatchObject({ code: "gone" });
    expect(await isMember(guest)).toBe(false);
  });

  test("sent again replaces the one before, so that one is open", async () => {
    const guest = await verified();
    const first = await invite(guest.email, "owner");
    const second = await invite(guest.email.toUpperCase().toLowerCase(), "viewer");
    await expect(accept(guest, first.token)).rejects.toMatchObject({ code: "gone" });
    expect(await accept(guest, second.token)).toMatchObject({ role: "viewer" });
  });

  test("by many owners' presses at once leaves one open", async () => {
    const email = `${uniqueName("guest")}@example.org`;
    await Promise.all(Array.from({ length: 8 }, () => inviteMember(deps, { principal: { ...owner, authenticatedAt: deps.now() }, slug, email, role: "viewer" })));
    expect(await deps.db.invitation.count({ where: { email, revokedAt: null } })).toBe(1);
  });

  test.each([
    ["no owner any more", (slugOf: string, host: Principal) => deps.db.membership.updateMany({ where: { publisher: { slug: slugOf }, userId: host.userId }, data: { role: "viewer" } })],
    ["suspended", (_: string, host: Principal) => deps.db.user.update({ where: { id: host.userId }, data: { suspendedAt: deps.now() } })],
  ])("from someone who is %s brings nobody in", async (_, fall) => {
    const [guest, host] = [await verified(), await makePerson(deps)];
    const other = await makePublisher(deps, host);
    await addMember(deps, host, other, owner, "owner");
    const { id } = await inviteMember(deps, { principal: { ...host, authenticatedAt: deps.now() }, slug: other, email: guest.email, role: "owner" });
    expect((await invitationsFor(deps, guest)).map((row) => row.state)).toEqual(["open"]);
    await fall(other, host);
    expect([...(await invitationsFor(deps, guest)), ...(await listInvitations(deps, other))].map((row) => row.state)).toEqual(["void", "void"]);
    const before = await countTraces(deps);
    await expect(acceptInvitation(deps, { principal: guest, which: { id } })).rejects.toMatchObject({ code: "gone", message: expect.stringContaining("no owner any more") });
    expect(await countTraces(deps)).toEqual(before);
    expect(await deps.db.membership.count({ where: { userId: guest.userId } })).toBe(0);
  });

  test("to a suspended publisher makes nobody a member", async () => {
    const guest = await verified();
    const other = await makePublisher(deps, owner);
    const { token } = await invite(guest.email, "viewer", other);
    await deps.db.publisher.update({ where: { slug: other }, data: { suspendedAt: deps.now() } });
    await expect(accept(guest, token)).rejects.toMatchObject({ code: "forbidden" });
    expect(await deps.db.invitation.count({ where: { publisher: { slug: other }, acceptedAt: null } })).toBe(1);
  });

  test("of another publisher is not revoked, and one by a stranger is not made", async () => {
    const guest = await verified();
    const other = await makePublisher(deps, guest);
    const { id } = await invite(`${uniqueName("guest")}@example.org`);
    await expect(revokeInvitation(deps, { principal: guest, slug: other, id })).rejects.toMatchObject({ code: "not-found" });
    const before = await countTraces(deps);
    await expect(inviteMember(deps, { principal: guest, slug, email: "x@example.org", role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await countTraces(deps)).toEqual(before);
  });
});

test("adding by address changes a member's role, and invites whoever is none", async () => {
  const guest = await verified();
  const input = { principal: { ...owner, authenticatedAt: deps.now() }, slug, email: guest.email };
  await inviteOrSetRole(deps, { ...input, role: "viewer" });
  expect(await isMember(guest)).toBe(false);
  const [invitation] = await invitationsFor(deps, guest);
  await acceptInvitation(deps, { principal: guest, which: { id: invitation?.id ?? "" } });
  await inviteOrSetRole(deps, { ...input, role: "maintainer" });
  expect(await deps.db.membership.findFirst({ where: { userId: guest.userId } })).toMatchObject({ role: "maintainer" });
});
