import { randomBytes } from "node:crypto";
import { activeOwners, requireMember, requireScope, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest, notFound } from "#lib/http/index.ts";
import { nameMethodChangedMail, queueMail } from "#lib/mail/index.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { domainSkeleton, parseDomain } from "./parse-domain.ts";

const MOST_NAMES = 20;

/**
 * Begins to prove a domain: gives out the token that its holder publishes. Asking again keeps the token, and may change
 * the way: a proven domain is then lost, and told so in the record, until the new way is found good. Throws
 * `invalid-input` for what is no domain of one party.
 */
export async function requestName(deps: Deps, input: { principal: Principal; slug: string; domain: string; method: "dns" | "well-known" }): Promise<{ id: string }> {
  requireScope(input.principal, "keys");
  const { domain } = parseDomain(input.domain);
  const skeleton = domainSkeleton(domain);
  return await deps.db.$transaction(async (tx) => {
    const publisher = await requireMember(tx, input.principal, input.slug, "keys");
    await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "id" = ${publisher.id}::uuid FOR NO KEY UPDATE`;
    const others = await tx.nameProof.count({ where: { publisherId: publisher.id, domain: { not: domain } } });
    if (others >= MOST_NAMES) throw badRequest(`A publisher proves at most ${MOST_NAMES} domains; take one back first.`);
    const key = { publisherId: publisher.id, domain };
    await tx.$queryRaw`SELECT 1 FROM "NameProof" WHERE "publisherId" = ${publisher.id}::uuid AND "domain" = ${domain} FOR UPDATE`;
    const before = await tx.nameProof.findUnique({ where: { publisherId_domain: key } });
    const lost = before !== null && before.method !== input.method && before.provenAt !== null && before.lostAt === null;
    const row = await tx.nameProof.upsert({
      where: { publisherId_domain: key },
      create: { id: newId(), ...key, skeleton, method: input.method, token: randomBytes(16).toString("hex") },
      update: { skeleton, method: input.method, ...(lost ? { lostAt: deps.now(), failures: 0, lastError: null } : {}) },
    });
    await recordEvent(tx, { name: "trust:name:request", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { domain, method: input.method } });
    if (lost) {
      const event = await recordEvent(tx, { name: "trust:name:lose", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { domain, reason: "The publisher changed the way of proving it." } });
      await recordLeaf(tx, `event:${event}`, input.principal.userId);
      for (const owner of await activeOwners(tx, publisher.id)) await queueMail(tx, deps, { to: owner.email, ...nameMethodChangedMail({ publisher: publisher.name, domain, url: `${deps.config.publicUrl}/teams/${publisher.slug}` }) });
    }
    return { id: row.id };
  });
}

/** Takes a domain back. That of a proven one is told in the record; a mere request leaves quietly. Throws `not-found`. */
export async function removeName(deps: Deps, input: { principal: Principal; slug: string; id: string }): Promise<void> {
  requireScope(input.principal, "keys");
  await deps.db.$transaction(async (tx) => {
    const publisher = await requireMember(tx, input.principal, input.slug, "keys");
    await tx.$queryRaw`SELECT 1 FROM "NameProof" WHERE "id" = ${input.id}::uuid FOR UPDATE`;
    const row = await tx.nameProof.findFirst({ where: { id: input.id, publisherId: publisher.id } });
    if (row === null) throw notFound(`A proof \`${input.id}\` of \`${input.slug}\``);
    await tx.nameProof.delete({ where: { id: row.id } });
    const proven = row.provenAt !== null && row.lostAt === null;
    const event = await recordEvent(tx, { name: proven ? "trust:name:remove" : "trust:name:cancel", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { domain: row.domain, reason: "Taken back by the publisher." } });
    if (proven) await recordLeaf(tx, `event:${event}`, input.principal.userId);
  });
}
