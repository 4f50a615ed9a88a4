import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";
import { newId, type Db } from "#lib/platform/index.ts";
import { hashSecret } from "./secrets.ts";
import { endSession, storeSession } from "./sessions.ts";
import { ensureUser } from "./users.ts";

/**
 * next-auth's view of our tables. Unlike the published Prisma adapter it stores session tokens hashed; e-mail
 * tokens arrive hashed already (next-auth does that itself).
 */
export function nextAuthAdapter(database: () => Promise<Db>): Adapter {
  const adapterUser = (user: { id: string; email: string; name: string | null; emailVerified: Date | null }): AdapterUser => ({ id: user.id, email: user.email, name: user.name, emailVerified: user.emailVerified });
  const find = async (where: { id: string } | { email: string }) => {
    const user = await (await database()).user.findFirst({ where: { ...where, suspendedAt: null, deletedAt: null } });
    return user === null ? null : adapterUser(user);
  };
  return {
    createUser: async (user: Omit<AdapterUser, "id">) => {
      const db = await database();
      const made = await ensureUser(db, user.email);
      return adapterUser(await db.user.update({ where: { id: made.id }, data: { emailVerified: user.emailVerified ?? null } }));
    },
    getUser: (id) => find({ id }),
    getUserByEmail: (email) => find({ email: email.toLowerCase() }),
    getUserByAccount: async ({ provider, providerAccountId }) => {
      const account = await (await database()).account.findUnique({ where: { provider_providerAccountId: { provider, providerAccountId } }, include: { user: true } });
      return account === null || account.user.suspendedAt !== null ? null : adapterUser(account.user);
    },
    updateUser: async ({ id, emailVerified, name }) => adapterUser(await (await database()).user.update({ where: { id }, data: { ...(emailVerified === undefined ? {} : { emailVerified }), ...(name === undefined ? {} : { name: name ?? null }) } })),
    linkAccount: async ({ userId, type, provider, providerAccountId }: AdapterAccount) => {
      await (await database()).account.create({ data: { id: newId(), userId, type, provider, providerAccountId } });
    },
    createSession: async ({ sessionToken, userId, expires }) => {
      await (await database()).$transaction((tx) => storeSession(tx, { token: sessionToken, userId, expires, now: new Date() }));
      return { sessionToken, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      const row = await (await database()).session.findUnique({ where: { tokenHash: hashSecret(sessionToken) }, include: { user: true } });
      if (row === null || row.user.suspendedAt !== null) return null;
      return { session: { sessionToken, userId: row.userId, expires: row.expires }, user: adapterUser(row.user) };
    },
    updateSession: async ({ sessionToken, expires }) => {
      const row = await (await database()).session.update({ where: { tokenHash: hashSecret(sessionToken) }, data: expires === undefined ? {} : { expires } });
      return { sessionToken, userId: row.userId, expires: row.expires };
    },
    deleteSession: async (sessionToken) => await endSession(await database(), sessionToken),
    createVerificationToken: async ({ identifier, token, expires }) => {
      await (await database()).verificationToken.create({ data: { identifier, tokenHash: token, expires } });
      return { identifier, token, expires };
    },
    useVerificationToken: async ({ identifier, token }) => {
      const rows = await (await database()).$queryRaw<{ identifier: string; expires: Date }[]>`
        DELETE FROM "VerificationToken" WHERE "identifier" = ${identifier} AND "tokenHash" = ${token} RETURNING "identifier", "expires"`;
      const row = rows[0];
      return row === undefined ? null : { identifier: row.identifier, token, expires: row.expires };
    },
  };
}
