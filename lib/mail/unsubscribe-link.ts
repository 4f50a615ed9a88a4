import { createHmac, timingSafeEqual } from "node:crypto";
import { isId, type Config } from "#lib/platform/index.ts";
import { OPTIONAL_GROUPS, type MailGroup } from "./schema.ts";

type Secret = Pick<Config, "authSecret" | "publicUrl">;
export type OptionalGroup = (typeof OPTIONAL_GROUPS)[number];

/**
 * The address that switches one kind of mail off for one account without a sign-in (RFC 8058). It says whom and what,
 * and a code over both that only this instance can make; it does nothing else, so it may stay valid for ever.
 */
export function unsubscribeLink(config: Secret, input: { userId: string; group: MailGroup }): string {
  return `${config.publicUrl}/api/v1/mail/unsubscribe?t=${input.userId}.${input.group}.${sign(config, input.userId, input.group)}`;
}

/** Whom and what the code of such an address names; null for one that this instance did not make. */
export function readUnsubscribe(config: Secret, token: string): { userId: string; group: OptionalGroup } | null {
  const [userId = "", name = "", code = "", ...rest] = token.split(".");
  const group = OPTIONAL_GROUPS.find((known) => known === name);
  if (!isId(userId) || group === undefined || rest.length > 0) return null;
  const [given, expected] = [Buffer.from(code), Buffer.from(sign(config, userId, group))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? { userId, group } : null;
}

function sign(config: Secret, userId: string, group: string): string {
  return createHmac("sha256", config.authSecret).update(`mail:unsubscribe\0${userId}\0${group}`).digest("base64url");
}
