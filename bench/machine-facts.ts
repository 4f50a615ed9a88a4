import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** What a reader needs to know about the machine to compare numbers; nothing that names it. */
export function machineFacts(): Record<string, string | number> {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.version,
    loadAverageAtStart: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
