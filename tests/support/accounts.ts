import { randomBytes } from "node:crypto";
import { createPublisher, createSession, createToken, ensureUser, grantRole, rolesOf, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole, PublisherRole, TokenScope } from "#lib/accounts/schema.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

type Where = Pick<Deps, "db" | "now">;

/** A name that no other test uses: letters only, so that no two are look-alikes. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${[...randomBytes(10)].map((byte) => "abcdefghjkmnpqrtuvwxyz"[byte % 22]).join("")}`;
}

/** An account with these instance roles, as the principal of a session that was opened just now. */
export async function makePerson(deps: Where, roles: InstanceRole[] = [], name = uniqueName("person")): Promise<Principal> {
  const user = await ensureUser(deps.db, `${name}@example.org`);
  for (const role of roles) await grantRole(deps.db, { userId: user.id, role, actorId: null });
  return { userId: user.id, email: user.email, name: user.name, roles: await rolesOf(deps.db, user.id), via: "session", scopes: null, listings: null, sessionId: newId(), authenticatedAt: deps.now(), steppedUpAt: null };
}

/** The bearer text of a token of this person. */
export async function makeToken(deps: Where, person: Principal, scopes: TokenScope[]): Promise<string> {
  const { token } = await deps.db.$transaction((tx) => createToken(tx, { userId: person.userId, actorId: null, roles: person.roles, name: "test", scopes, expiresInDays: 1, now: deps.now() }));
  return token;
}

/** The Cookie header of a session that was opened just now. */
export async function makeSessionCookie(deps: Where, person: Principal): Promise<string> {
  const { token } = await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()));
  return `kos-session=${token}`;
}

/** A publisher owned by this person. */
export async function makePublisher(deps: Where, owner: Principal, slug = uniqueName("press")): Promise<string> {
  return (await createPublisher(deps.db, { principal: owner, slug, name: `Press ${slug}` })).slug;
}

/** Puts someone among a publisher's members, as an accepted invitation does. */
export async function addMember(deps: Where, _owner: Principal, slug: string, member: Principal, role: PublisherRole): Promise<void> {
  const { id: publisherId } = await deps.db.publisher.findUniqueOrThrow({ where: { slug } });
  const key = { publisherId, userId: member.userId };
  await deps.db.membership.upsert({ where: { publisherId_userId: key }, create: { ...key, role }, update: { role } });
}
