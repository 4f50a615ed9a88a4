import { readFileSync } from "node:fs";

const INTERVAL_MS = 25;
const PAGE_BYTES = 4096;
const MIB = 1024 * 1024;

/**
 * Calls `exceeded` once when the process holds more than `mostMiB` of memory: a cap on the heap alone says nothing of
 * buffers and native code. `seen` gets each reading. Hands back what ends the watch. Without Linux's `/proc` there is nothing to watch.
 */
export function watchMemory(pid: number | undefined, mostMiB: number, seen: (bytes: number) => void, exceeded: () => void): () => void {
  if (pid === undefined || process.platform !== "linux") return () => undefined;
  const timer = setInterval(() => {
    const bytes = residentBytes(pid);
    seen(bytes);
    if (bytes <= mostMiB * MIB) return;
    clearInterval(timer);
    exceeded();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

// The second field of statm counts the pages in memory (proc_pid_statm(5)); a process that is gone holds none.
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
