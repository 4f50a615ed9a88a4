import { generateSecret, generateURI } from "otplib";
import { renderSVG } from "uqr";
import { recordEvent } from "#lib/audit/index.ts";
import { forgiveInDatabase, notFound } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { requireSession, type Principal } from "../principal.ts";
import { hasSecondFactor, requireStepUp } from "../step-up.ts";
import { codeRefused, totpExists, totpNotStarted } from "./errors.ts";
import { dropIdleCodes } from "./manage-passkeys.ts";
import { markSteppedUp } from "./mark-stepped-up.ts";
import { matchStep } from "./match-step.ts";
import { relyingParty, SITE_NAME } from "./relying-party.ts";
import type { TotpSetup } from "./schema.ts";
import { sealSecret } from "./seal-secret.ts";
import { tellOfAddedFactor, tellOwner } from "./tell-owner.ts";

const CONFIRM_WITHIN_MS = 30 * 60 * 1000;

/**
 * Makes a secret for an authenticator app; it counts once a first code has confirmed it. Beginning again replaces a
 * secret that was not confirmed. Throws `move-not-allowed` while an app is set up.
 */
export async function startTotp(deps: Deps, principal: Principal): Promise<TotpSetup> {
  requireSession(principal);
  await requireStepUp(deps, principal);
  const secret = generateSecret({ length: 20 });
  const sealed = sealSecret(deps.config.authSecret, principal.userId, secret);
  const begun = await deps.db.$queryRaw<unknown[]>`
    INSERT INTO "Totp" AS held ("userId", "sealed", "createdAt", "lastStep") VALUES (${principal.userId}::uuid, ${sealed}, ${deps.now()}, 0)
    ON CONFLICT ("userId") DO UPDATE SET "sealed" = EXCLUDED."sealed", "createdAt" = EXCLUDED."createdAt", "lastStep" = 0 WHERE held."confirmedAt" IS NULL
    RETURNING 1`;
  if (begun.length === 0) throw totpExists();
  const uri = generateURI({ issuer: `${SITE_NAME} (${relyingParty(deps.config).id})`, label: principal.email, secret });
  return { secret, uri, qr: renderSVG(uri, { ecc: "M", border: 2, pixelSize: 4 }) };
}

/** Confirms the secret with a first code, which then counts no second time. Throws `factor-invalid` and `move-not-allowed`. */
export async function confirmTotp(deps: Deps, input: { principal: Principal; code: string }): Promise<void> {
  const { principal } = input;
  const sessionId = requireSession(principal);
  await requireStepUp(deps, principal);
  const now = deps.now();
  const row = await deps.db.totp.findFirst({ where: { userId: principal.userId, confirmedAt: null, createdAt: { gt: new Date(now.getTime() - CONFIRM_WITHIN_MS) } } });
  if (row === null) throw totpNotStarted();
  const step = matchStep(deps, row, input.code);
  if (step === null) throw codeRefused();
  await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    const first = !(await hasSecondFactor(tx, principal.userId));
    // The sealed text names the secret that the code was compared with: one that was replaced meanwhile is not confirmed.
    const { count } = await tx.totp.updateMany({ where: { userId: principal.userId, confirmedAt: null, sealed: row.sealed }, data: { confirmedAt: now, lastStep: step } });
    if (count !== 1) throw totpNotStarted();
    await markSteppedUp(tx, { sessionId, userId: principal.userId, factor: "totp", now });
    await recordEvent(tx, { name: "accounts:factor:add", subject: `user:${principal.userId}`, actorId: principal.userId, data: { factor: "totp" } });
    await forgiveInDatabase(tx, "second-factor", principal.userId);
    await tellOfAddedFactor(tx, deps, { userId: principal.userId, factor: { kind: "totp" }, first, now });
  });
}

/** Removes the authenticator app; takes a step-up. Throws `not-found` where none is set up. */
export async function removeTotp(deps: Deps, principal: Principal): Promise<void> {
  requireSession(principal);
  await requireStepUp(deps, principal);
  await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    const { count } = await tx.totp.deleteMany({ where: { userId: principal.userId, confirmedAt: { not: null } } });
    if (count !== 1) throw notFound("An authenticator app of this account");
    await dropIdleCodes(tx, principal.userId);
    await recordEvent(tx, { name: "accounts:factor:remove", subject: `user:${principal.userId}`, actorId: principal.userId, data: { factor: "totp" } });
    await tellOwner(tx, deps, principal.userId, (mails, url) => mails.removed({ factor: { kind: "totp" }, url }));
  });
}
