import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { newId, type Db, type Tx } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";
import type { InstanceRole } from "./schema.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { shownRoles } from "./view-as.ts";

/** How long a session lasts, however it was opened. */
export const SESSION_SECONDS = 30 * 86_400;

/** How a session was opened, where not by an e-mailed link. */
interface Opening {
  method?: string;
  /** Set where signing in proved a second factor too. */
  steppedUpAt?: Date;
}

/** Opens a session that was just authenticated; the token is returned once and stored hashed. */
export async function createSession(tx: Tx, userId: string, now: Date, opening: Opening = {}): Promise<{ token: string; expires: Date }> {
  const token = newSecret();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await storeSession(tx, { token, userId, expires, now, ...opening });
  return { token, expires };
}

/** Writes a session whose token was made elsewhere, and its event; every sign-in passes here. Throws `forbidden` for an account that is suspended or deleted. */
export async function storeSession(tx: Tx, input: Opening & { token: string; userId: string; expires: Date; now: Date }): Promise<void> {
  const { method = "email", steppedUpAt = null } = input;
  const open = await tx.user.count({ where: { id: input.userId, suspendedAt: null, deletedAt: null } });
  if (open === 0) throw new RegistryError("forbidden", "This account is suspended or deleted.");
  await tx.session.create({ data: { id: newId(), tokenHash: hashSecret(input.token), userId: input.userId, expires: input.expires, authenticatedAt: input.now, method, steppedUpAt } });
  await recordEvent(tx, { name: "accounts:session:create", subject: `user:${input.userId}`, actorId: input.userId });
}

/** The principal of a session token, or null when it is unknown, expired or its account suspended. */
export async function readSession(db: Db, token: string, now: Date): Promise<Principal | null> {
  const session = await db.session.findUnique({ where: { tokenHash: hashSecret(token) }, include: { user: { include: { roles: true } } } });
  if (session === null || session.expires <= now || session.user.suspendedAt !== null) return null;
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
  await db.$transaction(async (tx) => {
    const session = await tx.session.findUnique({ where: { tokenHash: hashSecret(token) } });
    if (session === null) return;
    await tx.session.delete({ where: { id: session.id } });
    await recordEvent(tx, { name: "accounts:session:end", subject: `user:${session.userId}`, actorId: session.userId });
  });
}
