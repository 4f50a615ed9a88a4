import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyBinaries, restoreSymlinks, type Binaries } from "./binaries.ts";

export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/** Where the database of a data folder lives, and as whom it runs. */
export interface Place {
  /** Its `PG_VERSION` says of which major version it is. */
  data: string;
  /** Null: as whoever runs this. */
  account: Account | null;
}

const FALLBACK = "/var/lib/kos-marketplace";

/** As root the server runs as another account; where that account cannot enter the data folder, the database lives elsewhere. */
export function choosePlace(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true });
  const data = join(realpathSync(dataDir), "postgres");
  if (process.getuid?.() !== 0) return { data, account: null };
  const account = unprivilegedAccount();
  const elsewhere = join(FALLBACK, createHash("sha256").update(instanceId(dataDir)).digest("hex").slice(0, 16), "postgres");
  return { account, data: isReachable(dirname(data), account) ? data : elsewhere };
}

/** The folder of binaries that the account can run: the package's own, or a copy. */
export function reachableBinaries(binaries: Binaries, account: Account | null): string {
  const native = account === null || isReachable(binaries.native, account) ? binaries.native : copyBinaries(binaries, FALLBACK);
  restoreSymlinks(native);
  return native;
}

/** A new data folder means a new instance, even where the database cannot live inside it. */
function instanceId(dataDir: string): string {
  const file = join(dataDir, "instance-id");
  if (!existsSync(file)) writeFileSync(file, crypto.randomUUID());
  return readFileSync(file, "utf8").trim();
}

function unprivilegedAccount(): Account {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (name !== undefined && uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("Postgres does not run as root and neither `postgres` nor `nobody` exists: create one of them, or set DATABASE_URL");
}

function isReachable(path: string, account: Account): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
