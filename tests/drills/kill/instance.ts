import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync, type WriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { artifactKey, createEmbeddedStore, type EmbeddedObjectStore } from "#lib/storage/index.ts";
import { freePort } from "#scripts/embedded-postgres.ts";
import { readRunFile, type RunFile } from "#scripts/environment.ts";
import { choosePlace } from "#scripts/postgres/choose-place.ts";

const root = join(import.meta.dirname, "../../..");
const MOST_BYTES = 64 * 1024 * 1024;
const START_MS = 180_000;

export type Victim = "web" | "worker" | "postgres" | "all at once";

/** The registry as `npm start` runs it, in a data folder of its own. */
export class Instance {
  readonly url: string;
  readonly dataDir: string;
  private readonly port: number;
  private readonly log: WriteStream;
  private readonly store: EmbeddedObjectStore;
  private launcher: ChildProcess | null = null;
  private ready: Promise<void> = Promise.resolve();

  private constructor(port: number) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.dataDir = mkdtempSync(join(tmpdir(), "kos-kill-"));
    this.store = createEmbeddedStore({ root: join(this.dataDir, "objects"), publicUrl: this.url, secret: "the drill itself signs no address at all" });
    this.log = createWriteStream(join(this.dataDir, "supervisor.log"), { flags: "a" });
  }

  static async open(): Promise<Instance> {
    const instance = new Instance(await freePort());
    await instance.start().catch(async (error: unknown) => {
      await instance.stop();
      throw error;
    });
    return instance;
  }

  /** For whatever opens the same database and store. */
  get environment(): Record<string, string> {
    return { KOS_DATA_DIR: this.dataDir, PORT: String(this.port), PUBLIC_URL: this.url, LOG_LEVEL: "warn" };
  }

  /** Resolves when the supervisor has said where the marketplace is. */
  start(): Promise<void> {
    const { NODE_OPTIONS: _options, VITEST: _vitest, DATABASE_URL: _database, ...inherited } = process.env;
    const child = spawn(process.execPath, ["scripts/launch.mjs", "scripts/start.ts"], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true, env: { ...inherited, ...this.environment } });
    this.launcher = child;
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the registry did not start within ${START_MS / 1000} s:\n${this.tail()}`)), START_MS);
      child.stderr.on("data", (chunk: Buffer) => this.log.write(chunk));
      child.stdout.on("data", (chunk: Buffer) => {
        this.log.write(chunk);
        if (!chunk.toString().includes(this.url)) return;
        clearTimeout(late);
        resolve();
      });
      child.on("exit", (code, signal) => {
        clearTimeout(late);
        reject(new Error(`the supervisor ended (${code ?? signal}):\n${this.tail()}`));
      });
    });
    // Whoever waits hears of it; at other times `hasEnded` tells.
    this.ready.catch(() => undefined);
    return this.ready;
  }

  hasEnded(): boolean {
    return this.launcher === null || this.launcher.exitCode !== null || this.launcher.signalCode !== null;
  }

  /** Past the registry, from the disk; null where there is nothing. Throws where the store sees that the bytes are damaged. */
  readArtifact(sha256: string): Promise<Uint8Array | null> {
    return this.store.getBytes(artifactKey(sha256), MOST_BYTES);
  }

  run(): RunFile | null {
    try {
      return readRunFile(this.dataDir);
    } catch {
      // It is being written.
      return null;
    }
  }

  /** The process id of a victim that runs now; null while there is none. */
  pidOf(victim: "web" | "worker" | "postgres" | "supervisor"): number | null {
    const pid = victim === "postgres" ? this.postmaster() : (this.run()?.pids[victim] ?? null);
    return pid !== null && isAlive(pid) ? pid : null;
  }

  /** The shell that watches over the server is not the server: that one writes its own id. */
  private postmaster(): number | null {
    try {
      return Number(readFileSync(join(choosePlace(this.dataDir).data, "postmaster.pid"), "utf8").split("\n")[0]);
    } catch {
      return null;
    }
  }

  /** kill -9. Returns the ids that were killed; none when the victim does not run. */
  kill(victim: Victim): number[] {
    const names = victim === "all at once" ? (["supervisor", "web", "worker", "postgres"] as const) : ([victim] as const);
    const pids = names.map((name) => this.pidOf(name)).filter((pid) => pid !== null);
    if (victim === "all at once" && this.launcher?.pid !== undefined) pids.unshift(this.launcher.pid);
    return pids.filter((pid) => {
      try {
        return process.kill(pid, "SIGKILL");
      } catch {
        return false;
      }
    });
  }

  async stop(): Promise<void> {
    if (!this.hasEnded()) {
      const ended = new Promise((resolve) => this.launcher?.on("exit", resolve));
      this.launcher?.kill("SIGTERM");
      await Promise.race([ended, delay(40_000)]);
    }
    const { data } = choosePlace(this.dataDir);
    this.log.end();
    rmSync(this.dataDir, { recursive: true, force: true });
    if (data.startsWith("/var/lib/kos-marketplace/")) rmSync(join(data, ".."), { recursive: true, force: true });
  }

  tail(): string {
    return readFileSync(join(this.dataDir, "supervisor.log"), "utf8").slice(-3000);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
