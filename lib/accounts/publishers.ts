import { checkListingId, findCharacterFaults, idSkeleton } from "@kosmarket/kit";
import { recordEvent } from "#lib/audit/index.ts";
import { inputProblem, invalidInput, RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { isUniqueViolation, newId, type Db, type Tx } from "#lib/platform/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { requireUnrestricted, type Principal } from "./principal.ts";
import type { PublisherRole } from "./schema.ts";

export interface PublisherRow {
  id: string;
  slug: string;
  name: string;
  bootstrap: boolean;
}

/** What a member may do, by role: the only table of publisher rights. */
const RIGHTS = {
  publish: ["owner", "maintainer"],
  yank: ["owner", "maintainer"],
  keys: ["owner"],
  members: ["owner"],
  view: ["owner", "maintainer", "viewer"],
} as const satisfies Record<string, readonly PublisherRole[]>;
export type PublisherRight = keyof typeof RIGHTS;
/** Rights that a token for some listings may use; all others reach beyond them. */
const LISTING_RIGHTS: readonly PublisherRight[] = ["publish", "yank", "view"];

/**
 * Claims a publisher name; the caller becomes its owner. Throws `invalid-input` for a malformed or reserved slug
 * and `id-taken` (409) for a taken or look-alike one.
 */
export async function createPublisher(db: Db, input: { principal: Principal; slug: string; name: string; bootstrap?: boolean }): Promise<PublisherRow> {
  requireUnrestricted(input.principal);
  const problems = [...checkListingId(input.slug).map((problem) => ({ ...problem, pointer: "/slug" })), ...textProblems(input.name, "/name", "name")];
  if (problems.length > 0 && input.bootstrap !== true) throw invalidInput(problems);
  try {
    return await db.$transaction(async (tx) => {
      const row = await tx.publisher.create({ data: { id: newId(), slug: input.slug, skeleton: idSkeleton(input.slug), name: input.name, bootstrap: input.bootstrap ?? false } });
      await tx.membership.create({ data: { publisherId: row.id, userId: input.principal.userId, role: "owner" } });
      await recordEvent(tx, { name: "accounts:publisher:create", subject: `publisher:${row.slug}`, actorId: input.principal.userId });
      await recordLeaf(tx, `publisher:${row.id}`, input.principal.userId);
      return row;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await publisherTaken(db, input.slug);
    throw error;
  }
}

/**
 * Faults of a text that stands on other people's pages and in XML: nothing in it may hide, reorder or break what is
 * around it. `pointer` is its place in the input, `what` its name in a sentence.
 */
export function textProblems(text: string, pointer: string, what: string): ProblemView[] {
  const found = findCharacterFaults(text)[0]?.name ?? (/[\t\r\n\u0085]/.test(text) ? "a line end or tab" : null);
  if (found === null) return [];
  return [inputProblem(pointer, `The ${what} holds ${found}, which a reader cannot see.`, `Type the ${what} anew.`)];
}

async function publisherTaken(db: Db, slug: string): Promise<RegistryError> {
  const other = await db.publisher.findUnique({ where: { skeleton: idSkeleton(slug) }, select: { slug: true } });
  const detail = other === null || other.slug === slug ? `The publisher name \`${slug}\` is taken.` : `\`${slug}\` looks like the existing publisher \`${other.slug}\`; choose a name that cannot be mistaken for it.`;
  return new RegistryError("id-taken", detail);
}

/**
 * The publisher, when the principal's stored membership grants the right. Someone without any membership is told
 * the same whether or not the publisher exists. A token for some listings gets no right over the publisher itself.
 */
export async function requireMember(tx: Tx, principal: Principal, slug: string, right: PublisherRight): Promise<PublisherRow> {
  const member = await tx.membership.findFirst({ where: { userId: principal.userId, publisher: { slug } }, include: { publisher: true } });
  if (member === null) throw new RegistryError("forbidden", `You are not a member of a publisher \`${slug}\`. Create it, or ask its owner for an invitation.`);
  if (member.publisher.suspendedAt !== null) throw new RegistryError("forbidden", `The publisher \`${slug}\` is suspended.`);
  if (principal.workflow && principal.workflow.publisher !== slug) throw new RegistryError("forbidden", `This token is of a workflow of the publisher \`${principal.workflow.publisher}\`, not of \`${slug}\`.`);
  const allowed: readonly string[] = RIGHTS[right];
  if (!allowed.includes(member.role)) throw new RegistryError("forbidden", `As \`${member.role}\` of \`${slug}\` you cannot do this; it takes ${allowed.map((role) => `\`${role}\``).join(" or ")}.`);
  if (!LISTING_RIGHTS.includes(right)) requireUnrestricted(principal);
  return member.publisher;
}
