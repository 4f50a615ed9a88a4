import { fork, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync, type WriteStream } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres.ts";
import { completeEnvironment, dataDirOf, readRunFile, readSecrets } from "./environment.ts";
import { prepareBuild, prepareClient } from "./prepare-build.ts";

const root = join(import.meta.dirname, "..");
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Ends the start with one readable line per fault. */
function refuse(lines: string[]): never {
  for (const line of lines) say(line);
  process.exit(1);
}

/** A process that ends sooner than this after its start did not really run. */
const RAN_MS = 10_000;
/** So many ends of that kind in a row are a fault that another start does not mend. */
const MOST_FAILURES = 5;
const LONGEST_PAUSE_MS = 8_000;

class Supervisor {
  private readonly children = new Map<string, ChildProcess>();
  private readonly failures = new Map<string, number>();
  private postgres: EmbeddedPostgres | null = null;
  private postgresLog: WriteStream | null = null;
  private publicUrl = "";
  private running = false;
  private readonly stopped = new AbortController();
  private stopping = false;
  private readonly dataDir = dataDirOf(process.env);

  async run(): Promise<void> {
    const started = Date.now();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void this.stop(0));
    process.on("disconnect", () => void this.stop(0));
    this.refuseSecondInstance();
    const [, config] = await Promise.all([prepareClient(), this.prepareEnvironment()]);
    await Promise.all([prepareBuild(say), this.startDatabase()]);
    const { migrate } = await import("./migrate.ts");
    const applied = await migrate(process.env["DATABASE_URL"] ?? "");
    if (applied.length > 0) say(`Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}`);
    const worker = this.child("worker", "worker/main.ts");
    // The worker makes the queue's tables; only a database that has them lets the web process start beside it.
    if (applied.length > 0) await worker;
    await Promise.all([this.child("web", "server.ts"), worker]);
    this.publicUrl = config.publicUrl;
    this.running = true;
    this.writeRunFile();
    const { administratorLink, isBootstrapped } = await import("./administrator-link.ts");
    if (!(await isBootstrapped())) await this.once("scripts/bootstrap.ts");
    this.announce(config.publicUrl, await administratorLink(), started);
  }

  private refuseSecondInstance(): void {
    const running = readRunFile(this.dataDir);
    if (running !== null) refuse([`This data folder is served already at ${running.address} (process ${running.pids["supervisor"]}).`]);
    mkdirSync(join(this.dataDir, "logs"), { recursive: true });
  }

  private async prepareEnvironment(): Promise<{ publicUrl: string }> {
    if (!process.env["DATABASE_URL"]) process.env["KOS_EMBEDDED_POSTGRES"] = "true";
    completeEnvironment(process.env);
    const { ConfigError, readConfig } = await import("#lib/platform/config.ts");
    try {
      // The embedded database's address is not known yet; everything else is checked before anything starts.
      return readConfig({ ...process.env, DATABASE_URL: process.env["DATABASE_URL"] ?? "postgresql://pending" });
    } catch (error) {
      if (error instanceof ConfigError) refuse(["The configuration has faults:", ...error.sentences.map((sentence) => `  ${sentence}`)]);
      throw error;
    }
  }

  private async startDatabase(): Promise<void> {
    if (process.env["DATABASE_URL"]) return;
    await this.openDatabase();
    process.env["DATABASE_URL"] = this.postgres?.url;
    if (this.stopping) await this.postgres?.stop();
  }

  /** A second start takes the first one's port: the other processes know no other. */
  private async openDatabase(): Promise<void> {
    // Never ended: what a killed server leaves running for a moment still writes.
    const log = (this.postgresLog ??= createWriteStream(join(this.dataDir, "logs", "postgres.log"), { flags: "a" }));
    const port = this.postgres === null ? undefined : Number(new URL(this.postgres.url).port);
    const started = Date.now();
    this.postgres = await startEmbeddedPostgres({ dataDir: this.dataDir, password: readSecrets(this.dataDir).POSTGRES_PASSWORD, onLog: (line) => log.write(`${line}\n`), say, ...(port === undefined ? {} : { port }) });
    void this.postgres.ended.then((code) => this.again("postgres", code, started, () => this.openDatabase()));
  }

  /** Starts a long-lived process and waits until it says that it serves. It ends when its channel to us closes. */
  private child(name: string, script: string): Promise<{ port: number }> {
    const child = fork(join(root, script), [], { cwd: root, stdio: ["ignore", "pipe", "pipe", "ipc"], detached: true, env: { ...process.env, NODE_ENV: "production" }, execArgv: ["--disable-warning=ExperimentalWarning"] });
    this.children.set(name, child);
    const log = createWriteStream(join(this.dataDir, "logs", `${name}.log`), { flags: "a" });
    const started = Date.now();
    let tail = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        log.write(text);
        tail = (tail + text).slice(-4000);
      });
    }
    return new Promise((resolve) => {
      child.on("message", (message: { ready?: boolean; port?: number }) => {
        if (message.ready === true) resolve({ port: message.port ?? 0 });
      });
      // Later than its exit: what it started may hold its streams.
      child.on("close", () => log.end());
      child.on("exit", (code, signal) => {
        this.children.delete(name);
        if (!this.stopping) say(tail.trimEnd().split("\n").slice(-5).join("\n"));
        void this.again(name, code ?? signal ?? 1, started, () => this.child(name, script));
      });
    });
  }

  /** Starts what ended, after a pause that grows while it keeps ending at once. During the start, and after too many such ends, everything stops. */
  private async again(name: string, code: number | string, started: number, start: () => Promise<unknown>): Promise<void> {
    if (this.stopping) return;
    const failures = Date.now() - started < RAN_MS ? (this.failures.get(name) ?? 0) + 1 : 1;
    this.failures.set(name, failures);
    if (!this.running || failures > MOST_FAILURES) {
      say(`${name} ended (${code}); stopping. Its log: ${relative(root, join(this.dataDir, "logs", `${name}.log`))}`);
      return await this.stop(1);
    }
    say(`${name} ended (${code}); starting it again`);
    const pause = failures === 1 ? 0 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** (failures - 2));
    await delay(pause, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    if (this.stopping) return;
    const again = Date.now();
    try {
      await start();
      this.writeRunFile();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      await this.again(name, 1, again, start);
    }
  }

  /** Runs a script to its end; what it prints goes to the terminal. */
  private once(script: string): Promise<void> {
    const child = fork(join(root, script), [], { cwd: root, stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env, LOG_LEVEL: "warn" }, execArgv: ["--disable-warning=ExperimentalWarning"] });
    return new Promise((resolve) => child.on("exit", (code) => (code === 0 || this.stopping ? resolve() : void this.stop(1))));
  }

  private writeRunFile(): void {
    const pids = { supervisor: process.pid, ...Object.fromEntries([...this.children].map(([name, child]) => [name, child.pid])), ...(this.postgres === null ? {} : { postgres: this.postgres.pid }) };
    const run = { address: this.publicUrl, pids, databaseUrl: process.env["DATABASE_URL"] };
    writeFileSync(join(this.dataDir, "run.json"), `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  }

  private announce(publicUrl: string, link: string, started: number): void {
    const doubles = [
      ...(process.env["KOS_EMBEDDED_POSTGRES"] === "true" ? ["embedded Postgres"] : []),
      ...(process.env["S3_BUCKET"] ? [] : ["embedded object store"]),
      ...(process.env["SMTP_URL"] ? [] : [`mail goes to ${publicUrl}/outbox, not to anyone`]),
      "registry keys in the data folder",
    ];
    say(`\nThe marketplace is at ${publicUrl} (ready in ${((Date.now() - started) / 1000).toFixed(1)} s)`);
    say(`Administrator sign-in, once: ${link}`);
    say(`Development defaults: ${doubles.join("; ")}. Data: ${relative(root, this.dataDir) || this.dataDir}. Ctrl-C stops everything.\n`);
    process.stdout.write(`${publicUrl}\n`);
  }

  async stop(code: number): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.stopped.abort();
    const ends = [...this.children.values()].map((child) => new Promise<void>((resolve) => (child.exitCode === null ? child.on("exit", () => resolve()).kill("SIGTERM") : resolve())));
    await Promise.all(ends);
    await this.postgres?.stop();
    this.removeRunFile();
    process.exit(code);
  }

  private removeRunFile(): void {
    const file = join(this.dataDir, "run.json");
    try {
      const run = JSON.parse(readFileSync(file, "utf8")) as { pids: { supervisor: number } };
      if (run.pids.supervisor === process.pid) rmSync(file);
    } catch {
      // No run file: the start never got that far.
    }
  }
}

const supervisor = new Supervisor();
await supervisor.run().catch(async (error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  await supervisor.stop(1);
});
