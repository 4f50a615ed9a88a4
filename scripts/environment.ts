import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = join(import.meta.dirname, "..");

export interface RunFile {
  address: string;
  /** Process ids by role. */
  pids: Record<string, number>;
  databaseUrl: string;
}

interface Secrets {
  AUTH_SECRET: string;
  KOS_KEY_SECRET: string;
  POSTGRES_PASSWORD: string;
}

/** Absolute path of the data folder that an environment names. */
export function dataDirOf(environment: Record<string, string | undefined>): string {
  return resolve(root, environment["KOS_DATA_DIR"] || ".data");
}

/** What a running instance wrote about itself; null when none did or its supervisor is gone. */
export function readRunFile(dataDir: string): RunFile | null {
  const file = join(dataDir, "run.json");
  if (!existsSync(file)) return null;
  const run = JSON.parse(readFileSync(file, "utf8")) as RunFile;
  return isSupervisor(run.pids["supervisor"] ?? 0) ? run : null;
}

/** After a crash the id may be another program's, this one's own in a container, or a dead process's that nobody has collected. */
function isSupervisor(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("start.ts");
  } catch {
    return false;
  }
}

/** Secrets made at the first start and kept in the data folder, readable by its owner only. */
export function readSecrets(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secrets.json");
  if (!existsSync(file)) {
    const secret = () => randomBytes(32).toString("base64url");
    const made: Secrets = { AUTH_SECRET: secret(), KOS_KEY_SECRET: secret(), POSTGRES_PASSWORD: secret() };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Secrets;
}

/** Fills in what the environment leaves out and the data folder knows: secrets, and the database and address of a running instance. */
export function completeEnvironment(environment: Record<string, string | undefined>): void {
  const dataDir = dataDirOf(environment);
  if (!environment["AUTH_SECRET"] || !environment["KOS_KEY_SECRET"]) {
    const secrets = readSecrets(dataDir);
    environment["AUTH_SECRET"] ||= secrets.AUTH_SECRET;
    environment["KOS_KEY_SECRET"] ||= secrets.KOS_KEY_SECRET;
  }
  const running = environment["DATABASE_URL"] ? null : readRunFile(dataDir);
  if (running === null) return;
  environment["DATABASE_URL"] = running.databaseUrl;
  // Links that the operator makes lead to where the instance really is.
  environment["PUBLIC_URL"] ||= running.address;
}
