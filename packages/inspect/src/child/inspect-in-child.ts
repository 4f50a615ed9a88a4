import { makeProblem } from "@kosmarket/kit";
import { spawn } from "node:child_process";
import type { InspectManifestOptions, InspectOptions, PackageReport } from "../package/index.ts";
import type { ChildRequest } from "./child-request.ts";
import { findChildPath } from "./find-child-path.ts";
import { watchMemory } from "./watch-memory.ts";

export interface ChildLimits {
  /** milliseconds until the child is killed; 60,000 by default */
  timeoutMs?: number;
  /** MiB of JavaScript heap; 384 by default */
  heapMiB?: number;
  /** MiB of memory in all, buffers and native code included, above which the child is killed; 768 by default (Linux) */
  memoryMiB?: number;
  /** told the child's memory, in bytes, every few milliseconds (Linux) */
  onMemory?: (bytes: number) => void;
  /** absolute path of `child.ts` or its built form, where {@link findChildPath} cannot find it */
  childPath?: string;
}

export type InspectInChildOptions = ChildLimits & ({ what?: "package" } & InspectOptions | ({ what: "manifest" } & InspectManifestOptions));

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_HEAP_MIB = 384;
const DEFAULT_MEMORY_MIB = 768;
// What V8 and the shell say when memory ran out: its own abort, or the system's killer.
const OUT_OF_MEMORY_SIGNALS = new Set<string | null>(["SIGABRT", "SIGKILL"]);

/**
 * Inspects a hostile file at `path` in a process of its own, with a cap on memory and
 * time and without this process's environment. A crash, a timeout or exhausted memory gives a
 * report with the blocking problem `package.inspection-failed`: never a pass, never an exception.
 */
export async function inspectInChild(path: string, options: InspectInChildOptions = {}): Promise<PackageReport> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, heapMiB = DEFAULT_HEAP_MIB, memoryMiB = DEFAULT_MEMORY_MIB, childPath = findChildPath(), onMemory = () => undefined, ...rest } = options;
  if (childPath === null) return failedReport("the inspection program was not found");
  const request: ChildRequest = rest.what === "manifest" ? { what: "manifest", path, options: { publishing: rest.publishing, file: rest.file } } : { what: "package", path, options: { kindHint: rest.kindHint } };
  return runChild(childPath, request, { timeoutMs, heapMiB, memoryMiB, onMemory });
}

function runChild(childPath: string, request: ChildRequest, { timeoutMs, heapMiB, memoryMiB, onMemory }: Required<Omit<ChildLimits, "childPath">>): Promise<PackageReport> {
  return new Promise((resolve) => {
    // A list of names instead of our environment: secrets of the server have no business in there. Where the operator
    // keeps compiled code (NODE_COMPILE_CACHE), the child starts in half of the time.
    const { PATH = "", NODE_COMPILE_CACHE } = process.env;
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMiB}`, "--no-warnings", childPath], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { PATH, TZ: "UTC", ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
      serialization: "json",
    });
    let settled = false;
    const settle = (report: PackageReport): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      stopWatching();
      child.kill("SIGKILL");
      resolve(report);
    };
    const timer = setTimeout(() => settle(failedReport(`it took longer than ${timeoutMs / 1000} seconds`)), timeoutMs);
    const stopWatching = watchMemory(child.pid, memoryMiB, onMemory, () => settle(failedReport(`it needed more than ${memoryMiB} MiB of memory`)));
    child.once("error", (error) => settle(failedReport(error.message)));
    child.once("exit", (code, signal) => settle(failedReport(howItEnded(code, signal, heapMiB))));
    child.once("message", (message) => settle(message as PackageReport));
    child.send(request, (error) => {
      if (error !== null) settle(failedReport(error.message));
    });
  });
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null, heapMiB: number): string {
  if (OUT_OF_MEMORY_SIGNALS.has(signal)) return `its process ran out of memory (${heapMiB} MiB of heap) or was killed (${signal ?? ""})`;
  return `its process crashed (${signal ?? `code ${code ?? "unknown"}`})`;
}

function failedReport(reason: string): PackageReport {
  const problem = makeProblem({ code: "package.inspection-failed", check: "archive", severity: "B", detail: `The inspection did not finish: ${reason}.`, suggestion: "Try again; if it happens again, pack with fewer or smaller files." });
  return {
    ok: false, sha256: "", size: 0, format: null, kind: null, manifest: null, manifestText: null, files: [], readme: null, changelog: null, licenseFile: null, icon: null, permissions: [],
    checks: [{ id: "archive", severity: "B", title: "Archive structure", status: "failed", lookedAt: "The inspection did not finish.", findings: [problem] }],
    problems: [problem],
  };
}
