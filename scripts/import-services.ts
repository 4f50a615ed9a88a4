import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { parseServicesYaml, signDetached } from "@kosmarket/kit";
import type { Principal } from "#lib/accounts/index.ts";
import { badRequest } from "#lib/http/index.ts";
import { submitPackage } from "#lib/publishing/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

const PUBLISHER = "kos-catalogue";

export interface ImportReport {
  submitted: { id: string; version: string; submission: string }[];
  refused: { id: string; detail: string }[];
}

/** Submits each entry of `services:` files as a manifest of its own, signed with the catalogue's key. Every entry that could not be carried is in the report. */
export async function importServices(deps: Deps, files: string[]): Promise<ImportReport> {
  const member = await deps.db.membership.findFirst({ where: { publisher: { slug: PUBLISHER }, role: "owner" }, include: { user: true } });
  if (member === null) throw badRequest("The catalogue's publisher does not exist yet: run `npm start` once first.");
  const principal: Principal = { userId: member.userId, email: member.user.email, name: member.user.name, roles: [], via: "operator", scopes: null, listings: null, sessionId: null, authenticatedAt: null, steppedUpAt: null };
  const privateKey = readFileSync(join(deps.config.dataDir, "keys", `${PUBLISHER}.asc`), "utf8");
  const report: ImportReport = { submitted: [], refused: [] };
  for (const file of files) await importFile(deps, principal, privateKey, resolve(process.env["KOS_CALLER_DIR"] ?? process.cwd(), file), report);
  return report;
}

async function importFile(deps: Deps, principal: Principal, privateKey: string, file: string, report: ImportReport): Promise<void> {
  const bytes = readFileSync(file);
  const { services, problems } = parseServicesYaml(bytes, { file, publishing: true });
  for (const problem of problems.filter((found) => found.severity === "B")) report.refused.push({ id: problem.pointer ?? file, detail: `${file}:${problem.line ?? 1}: ${problem.detail}` });
  const raw = (parse(bytes.toString("utf8")) as { services?: { id: string }[] } | null)?.services ?? [];
  for (const service of services) await submitOne(deps, principal, privateKey, raw.find((entry) => entry.id === service.id), { id: service.id, version: service.version ?? "" }, report);
}

async function submitOne(deps: Deps, principal: Principal, privateKey: string, entry: unknown, service: { id: string; version: string }, report: ImportReport): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kos-import-"));
  try {
    const bytes = new TextEncoder().encode(stringify({ services: [entry] }));
    const path = join(folder, "services.yaml");
    writeFileSync(path, bytes);
    const submission = await submitPackage(deps, { principal, publisher: PUBLISHER, part: "manifest", path, signature: await signDetached(bytes, privateKey), unlimited: true });
    report.submitted.push({ ...service, submission: submission.id });
  } catch (error) {
    report.refused.push({ id: service.id, detail: error instanceof Error ? error.message : String(error) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
