import { randomBytes } from "node:crypto";
import { recordEvent } from "#lib/audit/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { requireSession, type Principal } from "../principal.ts";
import { hashSecret } from "../secrets.ts";
import { hasSecondFactor, requireStepUp } from "../step-up.ts";
import { noFactorYet } from "./errors.ts";
import { tellOwner } from "./tell-owner.ts";

const CODES = 10;
/** Crockford's base 32: no letter that reads as a digit. 16 of them are 80 bits, so that a plain hash is enough. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Makes ten recovery codes, shown once and stored hashed; those from before count no more. Throws `move-not-allowed` without a factor. */
export async function makeRecoveryCodes(deps: Deps, principal: Principal): Promise<string[]> {
  requireSession(principal);
  await requireStepUp(deps, principal);
  const codes = Array.from({ length: CODES }, newCode);
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    if (!(await hasSecondFactor(tx, principal.userId))) throw noFactorYet();
    await tx.recoveryCode.deleteMany({ where: { userId: principal.userId } });
    await tx.recoveryCode.createMany({ data: codes.map((code) => ({ id: newId(), userId: principal.userId, codeHash: hashSecret(readCode(code)), createdAt: now })) });
    await recordEvent(tx, { name: "accounts:factor:add", subject: `user:${principal.userId}`, actorId: principal.userId, data: { factor: "recovery-codes" } });
    await tellOwner(tx, deps, principal.userId, (mails, url) => mails.recoveryCodesMade({ url }));
  });
  return codes;
}

/** Uses up a recovery code of the account and mails its owner; false where it is unknown or used. One conditional update decides a race. */
export async function spendRecoveryCode(tx: Tx, deps: Deps, userId: string, text: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({ where: { userId, codeHash: hashSecret(readCode(text)), usedAt: null }, data: { usedAt: deps.now() } });
  if (count !== 1) return false;
  const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } });
  await recordEvent(tx, { name: "accounts:factor:use-recovery-code", subject: `user:${userId}`, actorId: userId, data: { left } });
  await tellOwner(tx, deps, userId, (mails, url) => mails.recoveryCodeUsed({ left, url }));
  return true;
}

function newCode(): string {
  const characters = [...randomBytes(16)].map((byte) => ALPHABET[byte % 32] ?? "0").join("");
  return (characters.match(/.{4}/g) ?? []).join("-");
}

/** A code as it was made, however it was typed: hyphens, spaces and capitals do not matter, nor O for 0 and I or L for 1. */
function readCode(text: string): string {
  return text.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
}
