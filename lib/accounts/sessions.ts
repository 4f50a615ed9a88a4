import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { newId, type Db, type Tx } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";
import type { InstanceRole } from "./schema.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { NOWHERE, type SessionPlace } from "./session-place.ts";
import { shownRoles } from "./view-as.ts";

/** How long a session lasts, however it was opened. */
export const SESSION_SECONDS = 30 * 86_400;

/** How a session came to be, and where. */
export interface SessionOpening {
  /** "email", "link", "passkey", or the name of an outside provider. */
  method: string;
  place: SessionPlace;
  /** When the person was asked, where that was not just now: a provider may let a browser in that it asked hours ago. */
  askedAt?: Date | null | undefined;
  /** Set where signing in proved a second factor too. */
  steppedUpAt?: Date | undefined;
}

/** Opens a session that was just authenticated; the token is returned once and stored hashed. A sign-in goes through `openSession`. */
export async function createSession(tx: Tx, userId: string, now: Date, opening: SessionOpening = { method: "link", place: NOWHERE }): Promise<{ token: string; expires: Date }> {
  const token = newSecret();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await storeSession(tx, { token, userId, expires, now, ...opening });
  return { token, expires };
}

/** Writes a session whose token was made elsewhere, and its event; every sign-in passes here. Throws `forbidden` for an account that is suspended or deleted. */
export async function storeSession(tx: Tx, input: { token: string; userId: string; expires: Date; now: Date } & SessionOpening): Promise<void> {
  const { device, network } = input.place;
  const open = await tx.user.count({ where: { id: input.userId, suspendedAt: null, deletedAt: null } });
  if (open === 0) throw new RegistryError("forbidden", "This account is suspended or deleted.");
  const authenticatedAt = input.askedAt == null || input.askedAt > input.now ? input.now : input.askedAt;
  await tx.session.create({
    data: { id: newId(), tokenHash: hashSecret(input.token), userId: input.userId, expires: input.expires, createdAt: input.now, authenticatedAt, method: input.method, device, network, lastUsedAt: input.now, steppedUpAt: input.steppedUpAt ?? null },
  });
  await recordEvent(tx, { name: "accounts:session:create", subject: `user:${input.userId}`, actorId: input.userId, data: { method: input.method } });
}

/** The principal of a session token, or null when it is unknown, expired or its account suspended or deleted. */
export async function readSession(db: Db, token: string, now: Date): Promise<Principal | null> {
  const session = await db.session.findUnique({ where: { tokenHash: hashSecret(token) }, include: { user: { include: { roles: true } } } });
  if (session === null || session.expires <= now || session.user.suspendedAt !== null || session.user.deletedAt !== null) return null;
  return {
    userId: session.user.id,
    email: session.user.email,
    name: session.user.name,
    ...shownRoles(session.user.roles.map((row) => row.role as InstanceRole), session.viewAs),
    via: "session",
    scopes: null,
    listings: null,
    sessionId: session.id,
    authenticatedAt: session.authenticatedAt,
    steppedUpAt: session.steppedUpAt,
  };
}

/** Ends the session of the token; an unknown one is no error. */
export async function endSession(db: Db, token: string): Promise<void> {
  await db.$transaction((tx) => endSessionOf(tx, token));
}

/** The same inside the caller's transaction, as when a sign-in takes a session's place. Of two at once one ends it. */
export async function endSessionOf(tx: Tx, token: string): Promise<void> {
  const [session] = await tx.$queryRaw<{ userId: string }[]>`DELETE FROM "Session" WHERE "tokenHash" = ${hashSecret(token)} RETURNING "userId"`;
  if (session !== undefined) await recordEvent(tx, { name: "accounts:session:end", subject: `user:${session.userId}`, actorId: session.userId });
}
