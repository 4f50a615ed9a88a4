import { recordEvent } from "#lib/audit/index.ts";
import { invalidInput } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { requireSession, type Principal } from "./principal.ts";
import { textProblems } from "./publishers.ts";
import type { Language, AccountProfileView } from "./schema.ts";

/** What an account's owner sees of it in the settings. */
export async function readProfile(deps: Pick<Deps, "db">, userId: string): Promise<AccountProfileView> {
  const { id, email, name, language } = await deps.db.user.findUniqueOrThrow({ where: { id: userId } });
  return { id, email, name, language: language as Language };
}

/**
 * Changes the shown name (an empty one takes it away) and the language. Throws `invalid-input` for a name with
 * characters that a reader cannot see: it stands in the public record; `forbidden` for a token.
 */
export async function updateProfile(deps: Pick<Deps, "db">, input: { principal: Principal; name?: string | null | undefined; language?: Language | undefined }): Promise<AccountProfileView> {
  requireSession(input.principal);
  const { userId } = input.principal;
  const name = input.name === undefined ? undefined : input.name === null || input.name === "" ? null : requireVisible(input.name);
  const changes = { ...(name === undefined ? {} : { name }), ...(input.language === undefined ? {} : { language: input.language }) };
  await deps.db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: changes });
    await recordEvent(tx, { name: "accounts:user:update", subject: `user:${userId}`, actorId: userId, data: { fields: Object.keys(changes) } });
  });
  return await readProfile(deps, userId);
}

function requireVisible(name: string): string {
  const problems = textProblems(name, "/name", "name");
  if (problems.length > 0) throw invalidInput(problems);
  return name;
}
