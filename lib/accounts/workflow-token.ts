import { recordEvent } from "#lib/audit/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { WorkflowIdentityView } from "./schema.ts";
import { hashSecret, newApiToken } from "./secrets.ts";

/** How long a build workflow may publish after it showed its identity. */
const LIFE_MS = 15 * 60_000;

/**
 * Issues the short token of a build workflow: it publishes in the name of `userId`, for the registration's publisher
 * alone, and only `listings` where any are named. It ends with the registration.
 */
export async function createWorkflowToken(tx: Tx, input: { userId: string; trustedWorkflowId: string; listings: string[]; identity: WorkflowIdentityView; now: Date }): Promise<{ id: string; token: string; expiresAt: Date }> {
  const { userId, trustedWorkflowId, listings, identity, now } = input;
  const token = newApiToken();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const id = newId();
  await tx.apiToken.create({ data: { id, userId, trustedWorkflowId, name: `${identity.repository} ${identity.workflow}`.slice(0, 80), prefix: token.slice(0, 10), tokenHash: hashSecret(token), scopes: ["publish"], listings, workflow: identity, createdAt: now, expiresAt } });
  await recordEvent(tx, { name: "accounts:token:create", subject: `token:${id}`, actorId: null, data: { scopes: ["publish"], listings, owner: userId, workflow: trustedWorkflowId } });
  return { id, token, expiresAt };
}
