import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** A server under measurement. */
export interface Peer {
  name: string;
  version: string;
  /** Where it serves the feed. */
  url: string;
  /** The process whose CPU counts, descendants included. */
  pid: number;
  /** How it was started, for the record. */
  command: string;
  stop(): Promise<void>;
}

/** In place of a peer that this machine cannot run. */
export interface Skipped {
  skipped: string;
}

/** Ends the child on request, and with this process at the latest. */
export function stopper(child: ChildProcess): () => Promise<void> {
  const kill = (): void => void child.kill("SIGTERM");
  process.on("exit", kill);
  return async () => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
    kill();
    await ended;
  };
}

/** Waits until the address answers; throws with the child's last output when it ends first or takes over 30 s. */
export async function untilAnswers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (child.exitCode !== null) throw new Error(`a server ended (${child.exitCode}) before it answered:\n${output()}`);
    const status = await fetch(url).then((response) => response.arrayBuffer().then(() => response.status), () => 0);
    if (status === 200) return;
    await delay(100);
  }
  throw new Error(`no answer at ${url} within 30 s:\n${output()}`);
}

/** Keeps the end of what a child prints. */
export function tailOf(child: ChildProcess): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (tail = (tail + text).slice(-4000)));
  return () => tail.trimEnd();
}
