import { join } from "node:path";
import { inspectInChild, type PackageReport } from "@kosmarket/inspect";
import { throughInspectionGate } from "./inspection-gate.ts";

export type UploadPart = "package" | "manifest";

/** The child's program, named from the project's root: bundled route handlers have no file of their own. */
const CHILD = () => join(process.cwd(), "packages", "inspect", "src", "child", "child.ts");

/**
 * Everything that the bytes at `path` alone tell, found in a child process with caps on memory and time. Never
 * throws for hostile input: its faults are in the report.
 */
export async function inspectUpload(input: { path: string; part: UploadPart; publishing: boolean }): Promise<PackageReport> {
  const options = input.part === "manifest" ? { what: "manifest" as const, publishing: input.publishing, file: "services.yaml" } : { what: "package" as const };
  return await throughInspectionGate(input.publishing ? "publish" : "validate", () => inspectInChild(input.path, { ...options, childPath: CHILD() }));
}
