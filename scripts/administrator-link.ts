import { createSignInLink, ensureUser, grantRole, rolesOf } from "#lib/accounts/index.ts";
import { connectDatabase, readConfig } from "#lib/platform/index.ts";

/** Address of the administrator that the first start makes. */
export const FIRST_ADMINISTRATOR = "admin@localhost";

/** Key of the setting that the first start leaves when everything that ships is published. */
export const BOOTSTRAP_SETTING = "bootstrap";

/** True once the first start has published what ships with the registry. */
export async function isBootstrapped(): Promise<boolean> {
  const db = connectDatabase(readConfig(process.env).databaseUrl, 1);
  try {
    return (await db.setting.findUnique({ where: { key: BOOTSTRAP_SETTING } })) !== null;
  } finally {
    await db.$disconnect();
  }
}

/** A fresh one-time link for the first administrator account, which is made when absent. */
export async function administratorLink(): Promise<string> {
  const config = readConfig(process.env);
  const db = connectDatabase(config.databaseUrl, 1);
  try {
    return await db.$transaction(async (tx) => {
      const user = await ensureUser(tx, FIRST_ADMINISTRATOR);
      if (user.name === null) await tx.user.update({ where: { id: user.id }, data: { name: "Administrator" } });
      if (!(await rolesOf(tx, user.id)).includes("administrator")) await grantRole(tx, { userId: user.id, role: "administrator", actorId: null });
      return (await createSignInLink(tx, { userId: user.id, publicUrl: config.publicUrl, now: new Date() })).url;
    });
  } finally {
    await db.$disconnect();
  }
}
