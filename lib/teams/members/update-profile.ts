import { textProblems, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { invalidInput } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { wrongField } from "../errors.ts";
import { holdAsOwner } from "../require-owner.ts";
import type { PublisherProfileView } from "../schema.ts";

interface Profile {
  name?: string | undefined;
  description?: string | null | undefined;
  website?: string | null | undefined;
}

/** Changes what a publisher's page says. What is left out stays, an empty text clears. Throws `invalid-input` with each fault's place. */
export async function updateProfile(deps: Deps, input: { principal: Principal; slug: string; profile: Profile }): Promise<PublisherProfileView> {
  const { name, description, website } = input.profile;
  const lines = (description ?? "").split(/\r?\n/);
  const problems = [...(name === undefined ? [] : textProblems(name, "/name", "name")), ...lines.flatMap((line) => textProblems(line, "/description", "description")).slice(0, 1)];
  if (problems.length > 0) throw invalidInput(problems);
  const data = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description === null || description === "" ? null : lines.join("\n") }),
    ...(website === undefined ? {} : { website: website === null || website === "" ? null : requireWebsite(website) }),
  };
  return await deps.db.$transaction(async (tx) => {
    const publisher = await holdAsOwner(tx, input.principal, input.slug);
    const row = await tx.publisher.update({ where: { id: publisher.id }, data });
    await recordEvent(tx, { name: "accounts:publisher:update", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { fields: Object.keys(data) } });
    return { slug: row.slug, name: row.name, description: row.description, website: row.website };
  });
}

/** It becomes a link on a public page: only what leads to a website, in its plain form. */
function requireWebsite(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "" || !url.hostname.includes(".")) throw wrongField("/website", "The website must be an address that starts with https:// or http://.");
  return url.href;
}
