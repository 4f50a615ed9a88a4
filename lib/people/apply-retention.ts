import { NOT_KEPT } from "#lib/mail/index.ts";
import type { Db } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { SWEPT, type SweptId } from "./schema.ts";

const DAY_MS = 86_400_000;
/** The database's clock decides about limits, this one about sweeping. */
const SPENT_GRACE_MS = 60_000;

/** What goes by itself, each by its row of the table that the privacy page shows. `before`: older than that is due. */
const SWEEPS: Record<SweptId, (db: Db, before: Date) => Promise<unknown>> = {
  sessions: (db, before) => db.session.deleteMany({ where: { expires: { lt: before } } }),
  networks: async (db, before) => {
    await db.session.updateMany({ where: { network: { not: null }, OR: [{ lastUsedAt: { lt: before } }, { lastUsedAt: null, createdAt: { lt: before } }] }, data: { network: null } });
    await db.apiToken.updateMany({ where: { lastNetwork: { not: null }, lastUsedAt: { lt: before } }, data: { lastNetwork: null } });
  },
  places: (db, before) => db.knownPlace.deleteMany({ where: { createdAt: { lt: before } } }),
  "sign-in-links": async (db, before) => {
    await db.signInLink.deleteMany({ where: { expiresAt: { lt: before } } });
    await db.verificationToken.deleteMany({ where: { expires: { lt: before } } });
  },
  challenges: (db, before) => db.factorChallenge.deleteMany({ where: { expiresAt: { lt: before } } }),
  "factor-undos": (db, before) => db.factorUndo.deleteMany({ where: { expiresAt: { lt: before } } }),
  devices: (db, before) => db.deviceGrant.deleteMany({ where: { expiresAt: { lt: before } } }),
  "email-changes": (db, before) => db.emailChange.deleteMany({ where: { createdAt: { lt: before } } }),
  invitations: (db, before) => db.invitation.deleteMany({ where: { OR: [{ expiresAt: { lt: before } }, { acceptedAt: { lt: before } }, { declinedAt: { lt: before } }, { revokedAt: { lt: before } }] } }),
  "mail-texts": (db, before) => db.mail.updateMany({ where: { createdAt: { lt: before }, text: { not: "" } }, data: { text: "", html: "" } }),
  mails: (db, before) => db.mail.deleteMany({ where: { createdAt: { lt: before } } }),
  "last-mails": (db, before) => db.mail.deleteMany({ where: { event: { in: [...NOT_KEPT] }, createdAt: { lt: before } } }),
  workflows: async (db, before) => {
    await db.spentIdentity.deleteMany({ where: { expiresAt: { lt: before } } });
    await db.apiToken.deleteMany({ where: { trustedWorkflowId: { not: null }, expiresAt: { lt: before } } });
  },
  // A key whose uses have all come back counts as one that was never used.
  limits: (db, before) => db.rateLimit.deleteMany({ where: { spentUntil: { lt: new Date(before.getTime() - SPENT_GRACE_MS) } } }),
};

/** What ends by itself and is of no use from then on: few rows, found by an index. Safe to run twice and beside others. */
export async function removeEnded(deps: Pick<Deps, "db" | "now">): Promise<void> {
  await apply(deps, (days) => days === 0);
}

/** What is kept for days after its moment, and no longer. Safe to run twice and beside others. */
export async function removeOutdated(deps: Pick<Deps, "db" | "now">): Promise<void> {
  await apply(deps, (days) => days > 0);
}

async function apply(deps: Pick<Deps, "db" | "now">, chosen: (days: number) => boolean): Promise<void> {
  const now = deps.now().getTime();
  for (const [id, sweep] of Object.entries(SWEEPS) as [SweptId, (typeof SWEEPS)[SweptId]][]) {
    const { days } = SWEPT[id];
    if (chosen(days)) await sweep(deps.db, new Date(now - days * DAY_MS));
  }
}
