import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { CommandError, wrongUsage } from "../command-line/errors.ts";
import { SLUG } from "../registry/answers.ts";
import { callRegistry } from "../registry/call-registry.ts";
import { createPublisher } from "./create-publisher.ts";
import { accountOf, type Session } from "./open-session.ts";

const ListingAnswer = z.looseObject({ publisher: z.looseObject({ slug: z.string() }) });

/**
 * For whom a version is published: whom a build workflow's identity is trusted for; `--publisher`; whose listing it is; the only one that there is; and else whom the
 * person at the terminal chooses or creates. Throws a usage error with the command to run where nobody can be asked.
 */
export async function choosePublisher(context: CommandContext, session: Session, { path, id }: { path: string; id: string | null }): Promise<string> {
  const given = context.args.text("publisher");
  if (given !== undefined && !SLUG.test(given)) throw wrongUsage(`\`${given}\` is not the slug of a publisher`, "Lower-case letters, digits and inner hyphens.");
  if (session.publisher !== null) return session.publisher;
  if (given !== undefined) return context.args.flag("create-publisher") ? await requirePublisher(context, session, given) : given;
  const mine = (await accountOf(session)).publishers.filter(({ role }) => role !== "viewer").map(({ slug }) => slug);
  const holder = mine.length > 1 && id !== null ? await holderOf(session.registry, id) : null;
  const evident = holder !== null && mine.includes(holder) ? holder : mine.length === 1 ? mine[0] : undefined;
  if (evident !== undefined) return evident;
  if (context.prompts === null) throw unclear(session, path, mine);
  if (mine.length === 0) return await createPublisher(context, session);
  const chosen = await context.prompts.choose("For which publisher?", [...mine.map((slug) => ({ label: slug, value: slug })), { label: "a new one", value: null }]);
  return chosen ?? (await createPublisher(context, session));
}

async function requirePublisher(context: CommandContext, session: Session, slug: string): Promise<string> {
  const { publishers } = await accountOf(session);
  return publishers.some((one) => one.slug === slug) ? slug : await createPublisher(context, session, slug);
}

/** Who publishes a listing; null for one that is not there yet. */
async function holderOf(registry: string, id: string): Promise<string | null> {
  try {
    return (await callRegistry({ url: `${registry}/api/v1/listings/${id}` }, ListingAnswer)).publisher.slug;
  } catch (error) {
    if (error instanceof CommandError && error.members.status === 404) return null;
    throw error;
  }
}

function unclear({ registry }: Session, path: string, mine: readonly string[]): CommandError {
  const [first] = mine;
  if (first === undefined) return wrongUsage(`you have no publisher at ${registry} yet`, `Run \`kos publish ${path} --publisher SLUG --create-publisher\`, with a slug that is yours for good from then on.`);
  return wrongUsage(`for which publisher? You publish for ${mine.join(", ")}`, `Run \`kos publish ${path} --publisher ${first}\`.`);
}
