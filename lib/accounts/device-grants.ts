import { randomInt } from "node:crypto";
import { findCharacterFaults } from "@kosmarket/kit";
import { recordEvent } from "#lib/audit/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { isUniqueViolation, newId, type Db, type Tx } from "#lib/platform/index.ts";
import { networkOf } from "./network-of.ts";
import { requireSession, type Principal } from "./principal.ts";
import type { DeviceCodeView, DeviceGrantView, TokenScope } from "./schema.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { requireStepUp } from "./step-up.ts";

const LIFE_SECONDS = 600;
/** Seconds that a program waits between two questions. */
export const POLL_SECONDS = 2;
/** No vowels, so that no words arise, and nothing that reads as something else (RFC 8628, 6.1). */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const ATTEMPTS = 5;

/**
 * Begins the sign-in of a command line (RFC 8628, 3.2): a long code for the program, stored hashed, and a short one for
 * the person. Grants nothing until a person approves it. Throws `bad-request` for a client's name that hides something.
 */
export async function beginDeviceGrant(deps: { db: Db; config: { publicUrl: string }; now: () => Date }, input: { client: string; scopes: TokenScope[]; from: string }): Promise<DeviceCodeView> {
  if (findCharacterFaults(input.client).length > 0) throw new RegistryError("bad-request", "The client's name holds a character that a reader cannot see.");
  const deviceCode = newSecret();
  const now = deps.now();
  const userCode = await storeGrant(deps.db, { deviceHash: hashSecret(deviceCode), client: input.client, scopes: [...new Set(input.scopes)], network: networkOf(input.from), createdAt: now, expiresAt: new Date(now.getTime() + LIFE_SECONDS * 1000) });
  const address = `${deps.config.publicUrl}/device`;
  return { device_code: deviceCode, user_code: userCode, verification_uri: address, verification_uri_complete: `${address}?code=${userCode}`, expires_in: LIFE_SECONDS, interval: POLL_SECONDS };
}

async function storeGrant(db: Db, grant: { deviceHash: string; client: string; scopes: TokenScope[]; network: string | null; createdAt: Date; expiresAt: Date }): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    try {
      await db.deviceGrant.create({ data: { id: newId(), userCode, ...grant } });
      return userCode;
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** What asks under this short code. Throws `not-found`, alike for a code that never was, has ended or was answered. */
export async function readDeviceGrant(deps: { db: Db; now: () => Date }, typed: string): Promise<DeviceGrantView> {
  const row = await openGrant(deps.db, typed, deps.now());
  return { userCode: row.userCode, client: row.client, scopes: row.scopes as TokenScope[], network: row.network, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
}

/**
 * A person's answer to what asks under this short code, given once. Approval takes a session that proved its person
 * lately (`step-up-required`); a token answers nothing (`forbidden`).
 */
export async function answerDeviceGrant(deps: { db: Db; now: () => Date }, input: { principal: Principal; userCode: string; approve: boolean }): Promise<void> {
  const { principal } = input;
  requireSession(principal);
  if (input.approve) await requireStepUp(deps, principal);
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    const row = await openGrant(tx, input.userCode, now);
    const answer = input.approve ? { approvedAt: now } : { deniedAt: now };
    const { count } = await tx.deviceGrant.updateMany({ where: { id: row.id, approvedAt: null, deniedAt: null, expiresAt: { gt: now } }, data: { userId: principal.userId, ...answer } });
    if (count !== 1) throw codeUnknown();
    await recordEvent(tx, { name: input.approve ? "accounts:device:approve" : "accounts:device:deny", subject: `device:${row.id}`, actorId: principal.userId, data: { scopes: row.scopes } });
  });
}

async function openGrant(tx: Tx, typed: string, now: Date) {
  const letters = typed.toUpperCase().replace(/[^A-Z]/g, "");
  const row = await tx.deviceGrant.findFirst({ where: { userCode: `${letters.slice(0, 4)}-${letters.slice(4)}`, approvedAt: null, deniedAt: null, expiresAt: { gt: now } } });
  if (row === null) throw codeUnknown();
  return row;
}

const codeUnknown = () => notFound("A sign-in that waits under this code");
