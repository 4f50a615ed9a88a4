import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

export interface TiedProcess {
  /** The program itself, not the shell that watches over it. */
  pid: number;
  /** What it printed last. */
  tail: () => string;
  exited: Promise<void>;
  hasExited: () => boolean;
  stop: (signal: NodeJS.Signals) => Promise<void>;
}

/**
 * Starts a program that ends when this process does, however that happens: a tiny shell waits for the end of a pipe
 * and then sends `signal`.
 */
export async function spawnTied(program: string, args: string[], options: { signal: string; uid?: number; gid?: number; env?: Record<string, string> }): Promise<TiedProcess> {
  const script = `exec 3<&0; "$@" </dev/null 3<&- & p=$!; echo "pid $p"; (cat <&3 >/dev/null; kill -CONT $p 2>/dev/null; kill -${options.signal} $p 2>/dev/null) & w=$!; wait $p; s=$?; kill $w 2>/dev/null; exit $s`;
  const identity = options.uid === undefined ? {} : { uid: options.uid, gid: options.gid };
  const child = spawn("/bin/sh", ["-c", script, "sh", program, ...args], { cwd: "/", stdio: ["pipe", "pipe", "pipe"], detached: true, env: { PATH: process.env["PATH"], ...options.env } as unknown as NodeJS.ProcessEnv, ...identity });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-8000)));
  const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const pid = await pidOf(child, () => output);
  const stop = async (signal: NodeJS.Signals) => {
    if (hasExited()) return;
    process.kill(pid, "SIGCONT");
    process.kill(pid, signal);
    await exited;
  };
  return { pid, tail: () => output, exited, hasExited, stop };
}

function pidOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const found = /^pid (\d+)$/m.exec(output())?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.on("exit", () => reject(new Error(`a program ended while starting:\n${output()}`)));
    child.on("error", reject);
  });
}

/** Sends a signal to a process and to everything that it started; those that ended meanwhile are passed over. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  const children = childrenOf(pid);
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  for (const child of children) signalTree(child, signal);
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter((text) => text !== "").map(Number);
  } catch {
    return [];
  }
}
