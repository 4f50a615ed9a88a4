import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";
import type { Db } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { connectIdentity } from "./connect-identity.ts";
import { createIdentityAccount } from "./create-identity-account.ts";
import type { SignInAttempt } from "./judge-sign-in.ts";
import { openSession } from "./open-session.ts";
import { hashSecret } from "./secrets.ts";
import { endSession } from "./sessions.ts";
import { ensureUser, type UserRow } from "./users.ts";

const OPEN = { suspendedAt: null, deletedAt: null };
const adapterUser = ({ id, email, name, emailVerified }: UserRow): AdapterUser => ({ id, email, name, emailVerified });

/**
 * next-auth's view of our tables, for one request. Unlike the published Prisma adapter it stores session tokens hashed
 * (e-mail tokens arrive hashed already: next-auth does that itself), keeps no tokens of outside providers, and follows
 * what `judgeIdentity` found out about the attempt.
 */
export function nextAuthAdapter(deps: Deps, attempt: SignInAttempt): Adapter {
  return { ...users(deps, attempt), ...sessions(deps, attempt), ...verificationTokens(deps.db) };
}

function users(deps: Deps, attempt: SignInAttempt): Pick<Adapter, "createUser" | "getUser" | "getUserByEmail" | "getUserByAccount" | "updateUser" | "linkAccount"> {
  const { db } = deps;
  const find = async (where: { id: string } | { email: string }) => {
    const user = await db.user.findFirst({ where: { ...where, ...OPEN } });
    return user === null ? null : adapterUser(user);
  };
  return {
    createUser: async (user: Omit<AdapterUser, "id">) => {
      const { identity } = attempt;
      if (identity !== null) return adapterUser(await db.$transaction((tx) => createIdentityAccount(tx, identity, deps.now())));
      // The person followed a link in a mail to it: whose account it has become meanwhile is theirs.
      return adapterUser(await db.$transaction(async (tx) => tx.user.update({ where: { id: (await ensureUser(tx, user.email)).id }, data: { emailVerified: user.emailVerified ?? null } })));
    },
    getUser: (id) => find({ id }),
    getUserByEmail: (email) => find({ email: email.toLowerCase() }),
    getUserByAccount: async ({ provider, providerAccountId }) => {
      const account = await db.account.findFirst({ where: { provider, providerAccountId, user: OPEN }, include: { user: true } });
      return account === null ? null : adapterUser(account.user);
    },
    // A provider's word changes nothing here: neither the name that the record shows, nor the address.
    updateUser: async ({ id, emailVerified }) => adapterUser(await db.user.update({ where: { id }, data: emailVerified === undefined ? {} : { emailVerified } })),
    linkAccount: async ({ userId }: AdapterAccount) => {
      // An account that the identity itself opened has it since then.
      if (!attempt.connecting) return;
      if (attempt.identity === null || attempt.sessionToken === null) throw new Error("An identity is connected to a session only.");
      await connectIdentity(deps, { sessionToken: attempt.sessionToken, userId, identity: attempt.identity });
    },
  };
}

function sessions(deps: Deps, attempt: SignInAttempt): Pick<Adapter, "createSession" | "getSessionAndUser" | "updateSession" | "deleteSession"> {
  const { db } = deps;
  return {
    createSession: async ({ sessionToken, userId, expires }) => {
      const { identity, place, sessionToken: replaces } = attempt;
      const now = deps.now();
      await db.$transaction(async (tx) => {
        await openSession(deps, tx, { userId, method: identity?.provider ?? "email", place, replaces, now, askedAt: identity?.askedAt ?? null, token: sessionToken, expires });
        if (identity !== null) await tx.account.updateMany({ where: { provider: identity.provider, providerAccountId: identity.key, userId }, data: { lastUsedAt: now, label: identity.label } });
      });
      return { sessionToken, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      // Whoever signs in anew gets a session anew: next-auth would keep the one whose cookie came along.
      if (attempt.identity !== null && !attempt.connecting) return null;
      const row = await db.session.findFirst({ where: { tokenHash: hashSecret(sessionToken), user: OPEN }, include: { user: true } });
      return row === null ? null : { session: { sessionToken, userId: row.userId, expires: row.expires }, user: adapterUser(row.user) };
    },
    // next-auth moves the end of a session that is in use, for ever: ours ends when it was said to at the sign-in.
    updateSession: async ({ sessionToken }) => {
      const row = await db.session.findUnique({ where: { tokenHash: hashSecret(sessionToken) } });
      return row === null ? null : { sessionToken, userId: row.userId, expires: row.expires };
    },
    deleteSession: async (sessionToken) => await endSession(db, sessionToken),
  };
}

function verificationTokens(db: Db): Pick<Adapter, "createVerificationToken" | "useVerificationToken"> {
  return {
    createVerificationToken: async ({ identifier, token, expires }) => {
      await db.verificationToken.create({ data: { identifier, tokenHash: token, expires } });
      return { identifier, token, expires };
    },
    // One statement decides a race.
    useVerificationToken: async ({ identifier, token }) => {
      const rows = await db.$queryRaw<{ identifier: string; expires: Date }[]>`
        DELETE FROM "VerificationToken" WHERE "identifier" = ${identifier} AND "tokenHash" = ${token} RETURNING "identifier", "expires"`;
      const row = rows[0];
      return row === undefined ? null : { identifier: row.identifier, token, expires: row.expires };
    },
  };
}
