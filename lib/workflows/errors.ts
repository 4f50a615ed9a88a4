import { inputProblem, invalidInput, notFound, RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";

/** What can be wrong with an identity token itself; the part behind `identity.` of a problem's code. */
export type IdentityFault =
  | "malformed" | "algorithm" | "issuer-unknown" | "issuer-unusable" | "key-unknown" | "signature" | "audience"
  | "expired" | "not-yet-valid" | "too-long-lived" | "claim-missing" | "replayed";
/** Why a sound identity may not publish; the part behind `workflow.`. */
export type WorkflowFault =
  | "event" | "ref-unprotected" | "runner" | "reusable"
  | "unknown" | "other-file" | "other-environment" | "other-ref" | "other-repository-id" | "resting" | "publisher-suspended" | "several-publishers";

const problem = (code: string, detail: string, suggestion: string | null): ProblemView => ({ code, severity: "B", check: "identity", file: null, line: null, column: null, pointer: "/token", detail, suggestion });

export const identityRefused = (fault: IdentityFault, detail: string, suggestion: string | null = null) => new RegistryError("identity-refused", detail, { errors: [problem(`identity.${fault}`, detail, suggestion)] });
export const workflowRefused = (fault: WorkflowFault, detail: string, suggestion: string | null = null) => new RegistryError("workflow-not-trusted", detail, { errors: [problem(`workflow.${fault}`, detail, suggestion)] });
export const issuerUnreachable = (issuer: string, why: string) => new RegistryError("unavailable", `The keys of ${issuer} could not be fetched: ${why} Nothing was spent; try again.`, { headers: { "retry-after": "30" } });
export const workflowMissing = (id: string) => notFound(`Trusted workflow \`${id}\``);
export const wrongField = (pointer: string, detail: string) => invalidInput([inputProblem(pointer, detail)]);
