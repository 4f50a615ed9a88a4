import { resolve } from "node:path";
import { badRequest } from "#lib/http/index.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openStore, type Deps } from "#lib/runtime/index.ts";
import { readBackup, type ReadBackup } from "../backup/read-backup.ts";
import { restoreBackup, type Restored } from "../backup/restore-backup.ts";
import { writeBackup } from "../backup/write-backup.ts";
import { Refusal } from "../database/refusal.ts";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { completeEnvironment, dataDirOf, readRunFile, readSecrets } from "../environment.ts";
import type { Answer, Options } from "./command.ts";
import { MAIL_COMMANDS } from "./mail-commands.ts";

/** Backs up what runs, or what would run: `admin -- backup`. */
export const BACKUP_COMMANDS = {
  backup: {
    usage: "backup FOLDER [--without-secrets] [--link-from EARLIER]",
    does: "write database, objects, keys and secrets to a new folder, with the registry running or not",
    run: async (deps: Deps, [folder]: string[], options: Options): Promise<Answer> => {
      const { config, store } = deps;
      const secrets = options["without-secrets"] === true ? null : { AUTH_SECRET: config.authSecret, KOS_KEY_SECRET: config.keySecret };
      const linkFrom = options["link-from"] === undefined ? null : folderOf(options["link-from"]);
      const target = folderOf(folder);
      const manifest = await writeBackup({ databaseUrl: config.databaseUrl, store, dataDir: config.dataDir, secrets, folder: target, linkFrom });
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      const kept = secrets === null ? "without keys and secrets: keep those yourself" : "with keys and secrets: protect it";
      return { text: `Backed up to ${target}: ${rows} rows in ${manifest.tables.length} tables, ${manifest.objects.count} objects (${manifest.objects.bytes} bytes), ${kept}`, json: { folder: target, ...manifest } };
    },
  },
};

/** Commands that open what they need themselves, since nothing is there yet. */
export const LONE_COMMANDS: Record<string, { usage: string; does: string; runAlone(args: string[], options: Options): Promise<Answer> }> = {
  ...MAIL_COMMANDS,
  restore: {
    usage: "restore FOLDER",
    does: "put a backup into the empty database, the store and the data folder that the configuration names",
    runAlone: async ([folder]) => {
      const given = { AUTH_SECRET: process.env["AUTH_SECRET"], KOS_KEY_SECRET: process.env["KOS_KEY_SECRET"] };
      const backup = await readBackup(folderOf(folder));
      requireSameSecrets(backup, given);
      const dataDir = dataDirOf(process.env);
      const running = process.env["DATABASE_URL"] ? null : readRunFile(dataDir);
      if (running !== null) throw new Refusal(`This data folder is served at ${running.address}: stop the registry first. Nothing was restored.`);
      const restored = await restoreInto(backup, dataDir);
      return { text: describe(backup, restored), json: { folder: backup.folder, ...restored } };
    },
  },
};

async function restoreInto(backup: ReadBackup, dataDir: string): Promise<Restored> {
  const postgres = process.env["DATABASE_URL"] ? null : await startEmbeddedPostgres({ dataDir, password: readSecrets(dataDir).POSTGRES_PASSWORD });
  try {
    const databaseUrl = postgres?.url ?? process.env["DATABASE_URL"] ?? "";
    const environment = { ...process.env, DATABASE_URL: databaseUrl };
    completeEnvironment(environment);
    return await restoreBackup({ backup, databaseUrl, store: openStore(readConfig(environment)), dataDir });
  } finally {
    await postgres?.stop();
  }
}

/** Secrets of the environment win over those of the data folder: others than the backup's would unlock nothing. */
function requireSameSecrets({ secrets }: ReadBackup, given: Record<keyof NonNullable<ReadBackup["secrets"]>, string | undefined>): void {
  if (secrets === null) return;
  for (const name of ["KOS_KEY_SECRET", "AUTH_SECRET"] as const) {
    if (given[name] && given[name] !== secrets[name]) throw new Refusal(`${name} is set to another value than the backup's. Set it to the backup's (its secrets.json), or unset it. Nothing was restored.`);
  }
}

function describe(backup: ReadBackup, restored: Restored): string {
  const { manifest } = backup;
  const tables = restored.tables.map(({ name, rows, sha256 }) => `${name.padEnd(28)} ${String(rows).padStart(10)} rows  ${sha256}  as backed up`);
  const objects = `objects ${" ".repeat(20)} ${String(restored.objects.count).padStart(10)} of ${manifest.objects.count}, ${restored.objects.bytes} bytes, each with the sha256 of its listing`;
  const feed = manifest.feed === null ? [] : [`feed ${manifest.feed.seq.padEnd(23)} ${manifest.feed.sha256}  as backed up`];
  const keys = backup.secrets === null ? "The backup has no keys and secrets: put back your own before the first start." : `${restored.keys} keys and the secrets are back.`;
  const later = restored.migrated.length === 0 ? [] : [`Later migrations applied: ${restored.migrated.join(", ")}`];
  return [...tables, objects, ...feed, ...later, keys, `Restored the backup of ${manifest.createdAt} (release ${manifest.application}). Start with: npm start`].join("\n");
}

/** Relative to where the command was typed. */
function folderOf(text: string | undefined): string {
  if (text === undefined || text === "") throw badRequest("FOLDER is missing.");
  return resolve(process.env["KOS_CALLER_DIR"] ?? process.cwd(), text);
}
