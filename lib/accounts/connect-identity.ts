import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { identityConnectedMail, queueMail } from "#lib/mail/index.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { OutsideIdentity } from "./judge-sign-in.ts";
import { requireSession, type Principal } from "./principal.ts";
import { hashSecret } from "./secrets.ts";
import { providerName, signInProviders } from "./sign-in-providers.ts";
import { requireStepUp } from "./step-up.ts";

/** How long an asked-for connection counts: the time to sign in at the provider. */
const INTENT_MS = 10 * 60_000;

/**
 * The signed-in owner says which provider to connect next; only within ten minutes of it does this session take an
 * identity. Throws `step-up-required`, `forbidden` for a token and `not-found` for a provider that is not set up.
 */
export async function askToConnect(deps: Deps, input: { principal: Principal; provider: string }): Promise<{ provider: string; until: string }> {
  const { userId } = input.principal;
  const sessionId = requireSession(input.principal);
  if (!signInProviders(deps.config).some(({ id }) => id === input.provider)) throw new RegistryError("not-found", `The provider \`${input.provider}\` does not exist.`);
  await requireStepUp(deps, input.principal);
  const until = new Date(deps.now().getTime() + INTENT_MS);
  await deps.db.session.updateMany({ where: { id: sessionId, userId }, data: { connecting: input.provider, connectingUntil: until } });
  return { provider: input.provider, until: until.toISOString() };
}

/**
 * Connects the identity to the account of the session that asked for it, and tells the owner. The intent is spent in
 * the same transaction. Throws `forbidden` without one; a unique violation when another account has the identity.
 */
export async function connectIdentity(deps: Deps, input: { sessionToken: string; userId: string; identity: OutsideIdentity }): Promise<void> {
  const { identity, userId } = input;
  const { publicUrl } = deps.config;
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { tokenHash: hashSecret(input.sessionToken), userId, connecting: identity.provider, connectingUntil: { gt: now } },
      data: { connecting: null, connectingUntil: null },
    });
    if (count !== 1) throw new RegistryError("forbidden", "Nobody asked in this session for the identity to be connected.");
    await tx.account.create({ data: { id: newId(), userId, type: "oauth", provider: identity.provider, providerAccountId: identity.key, label: identity.label, createdAt: now } });
    await recordEvent(tx, { name: "accounts:identity:link", subject: `user:${userId}`, actorId: userId, data: { provider: identity.provider } });
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
    await queueMail(tx, deps, { to: email, ...identityConnectedMail({ host: new URL(publicUrl).host, provider: providerName(deps.config, identity.provider), label: identity.label, at: now, url: `${publicUrl}/settings/sign-in` }) });
  });
}
