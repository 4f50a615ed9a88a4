import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import { INSTANCE_ROLES, type InstanceRole } from "./schema.ts";

export interface UserRow {
  id: string;
  email: string;
  name: string | null;
  emailVerified: Date | null;
}

const FIELDS = { id: true, email: true, name: true, emailVerified: true } as const;
const EMAIL = /^[^\s@<>"(),;:\\[\]]{1,64}@[^\s@<>"(),;:\\[\]]{1,190}$/;

/** The address in the one form that accounts are kept under. Throws `bad-request` for what is not exactly one address. */
export function requireEmail(text: string): string {
  const address = text.trim().toLowerCase();
  // No mail ever reaches `.invalid` (RFC 2606): deleted accounts stand under it.
  if (!EMAIL.test(address) || /[@.]invalid$/.test(address)) throw new RegistryError("bad-request", `\`${text.slice(0, 80)}\` is not an e-mail address.`);
  return address;
}

/** The account of the address, made when there is none. Throws `bad-request` for what is not an address. */
export async function ensureUser(tx: Tx, email: string): Promise<UserRow> {
  const address = requireEmail(email);
  const existing = await tx.user.findUnique({ where: { email: address }, select: FIELDS });
  if (existing !== null) return existing;
  const user = await tx.user.create({ data: { id: newId(), email: address }, select: FIELDS });
  await recordEvent(tx, { name: "accounts:user:create", subject: `user:${user.id}`, actorId: null });
  return user;
}

/** The account of the address. Throws `not-found`. */
export async function requireUser(tx: Tx, email: string): Promise<UserRow> {
  const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() }, select: FIELDS });
  if (user === null) throw new RegistryError("not-found", `No account has the address ${email}. Make one with create-user.`);
  return user;
}

/** Gives the account an instance role; giving it twice changes nothing. */
export async function grantRole(tx: Tx, input: { userId: string; role: string; actorId: string | null; reason?: string }): Promise<void> {
  const role = INSTANCE_ROLES.find((known) => known === input.role);
  if (role === undefined) throw new RegistryError("bad-request", `\`${input.role}\` is not a role; the roles are ${INSTANCE_ROLES.join(", ")}.`);
  await tx.userRole.upsert({ where: { userId_role: { userId: input.userId, role } }, create: { userId: input.userId, role, grantedBy: input.actorId }, update: {} });
  await recordEvent(tx, { name: "accounts:user:grant", subject: `user:${input.userId}`, actorId: input.actorId, data: { role, ...(input.reason === undefined ? {} : { reason: input.reason }) } });
}

/** Instance roles of an account. */
export async function rolesOf(tx: Tx, userId: string): Promise<InstanceRole[]> {
  const rows = await tx.userRole.findMany({ where: { userId }, orderBy: { role: "asc" } });
  return rows.map((row) => row.role as InstanceRole);
}
