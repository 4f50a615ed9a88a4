import { suggestSlug } from "@kosmarket/kit";
import { z } from "zod";
import type { CommandContext } from "../command-line/command.ts";
import { CommandError } from "../command-line/errors.ts";
import { printProblems } from "../command-line/print-problems.ts";
import { PublisherSlug } from "../registry/answers.ts";
import { postJson } from "../registry/post-json.ts";
import { accountOf, withKeysScope, type Session } from "./open-session.ts";

const CreatedAnswer = z.looseObject({ slug: PublisherSlug });
/** What a person can mend by another slug: it is taken, too like another, or malformed. */
const MENDABLE = new Set([400, 409, 422]);

/**
 * Creates a publisher: under `slug`, or under the one that the person at the terminal answers with, who is asked again
 * while it is taken or malformed. Returns its slug.
 */
export async function createPublisher(context: CommandContext, session: Session, slug?: string): Promise<string> {
  const { terminal, prompts } = context;
  if (slug !== undefined || prompts === null) return await create(context, session, slug ?? "");
  const { name, email } = await accountOf(session);
  const suggestion = suggestSlug(name ?? "") || suggestSlug(email.split("@")[0] ?? "") || undefined;
  terminal.note("A publisher is who stands behind a listing: you, or your organisation. Its slug is part of addresses, and yours for good.");
  for (;;) {
    try {
      return await create(context, session, await prompts.ask("Slug of your publisher:", suggestion));
    } catch (error) {
      if (!(error instanceof CommandError) || !MENDABLE.has(Number(error.members.status))) throw error;
      terminal.note({ style: "yellow", text: error.message });
      printProblems(terminal.note, error.problems);
    }
  }
}

async function create(context: CommandContext, session: Session, slug: string): Promise<string> {
  const { name } = await accountOf(session);
  const json = { slug, name: context.args.text("publisher-name") ?? name ?? slug };
  const created = await withKeysScope(context, session, (token) => postJson({ url: `${session.registry}/api/v1/publishers`, token, json }, CreatedAnswer));
  session.account = null;
  context.terminal.note({ style: "green", text: "Created" }, ` the publisher ${created.slug}: ${session.registry}/publishers/${created.slug}`);
  return created.slug;
}
