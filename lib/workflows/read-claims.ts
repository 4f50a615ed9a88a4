import { RELEASE_EVENTS } from "#lib/provenance/index.ts";
import type { TrustedIssuer } from "#lib/platform/index.ts";
import type { WorkflowIdentityView } from "#lib/accounts/schema.ts";
import { identityRefused, workflowRefused } from "./errors.ts";
import type { IdentityClaims } from "./verify-identity.ts";

/**
 * What a verified token says of the run that asks, in the same words for every provider. Throws `identity-refused` for a
 * missing claim, and `workflow-not-trusted` for a run that no registration may allow: of another event than a push, a
 * release, a timetable or a person's button, on an unprotected ref, or by a workflow that was called from elsewhere.
 */
export function readClaims(issuer: TrustedIssuer, claims: IdentityClaims): WorkflowIdentityView {
  const identity = READERS[issuer.provider](issuer, claims);
  if (!isTrue(claims["ref_protected"])) throw workflowRefused("ref-unprotected", `\`${identity.ref}\` is not protected: whoever may push there could publish.`, "Protect the branch or tag, or publish from one that is.");
  return identity;
}

type Reader = (issuer: TrustedIssuer, claims: IdentityClaims) => WorkflowIdentityView;

/** https://docs.github.com/actions/reference/security/oidc */
const readGithub: Reader = (issuer, claims) => {
  const repository = text(claims, "repository");
  const ref = text(claims, "ref");
  const whole = text(claims, "workflow_ref");
  requireEvent(RELEASE_EVENTS.github, text(claims, "event_name"));
  // Told apart from what cannot be read: a called file whose name hides something is a called file.
  const called = claims["job_workflow_ref"] ?? whole;
  if (called !== whole) throw workflowRefused("reusable", "The job runs a workflow that another file calls; the called file decides what it publishes.", "Publish from a job that stands in the registered file itself.");
  const run = optional(claims, "run_id");
  return {
    provider: "github",
    issuer: issuer.url,
    repository,
    repositoryId: text(claims, "repository_id"),
    ownerId: text(claims, "repository_owner_id"),
    workflow: within(whole, `${repository}/`, `@${ref}`),
    ref,
    commit: text(claims, "sha"),
    environment: optional(claims, "environment"),
    event: text(claims, "event_name"),
    selfHosted: text(claims, "runner_environment") !== "github-hosted",
    // Only github.com's pages are known to stand there.
    runUrl: run !== null && issuer.url === "https://token.actions.githubusercontent.com" && /^\d+$/.test(run) ? `https://github.com/${repository}/actions/runs/${run}` : null,
  };
};

/** https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload */
const readGitlab: Reader = (issuer, claims) => {
  const repository = text(claims, "project_path");
  const ref = text(claims, "ref_path");
  requireEvent(RELEASE_EVENTS.gitlab, text(claims, "pipeline_source"));
  const job = optional(claims, "job_id");
  return {
    provider: "gitlab",
    issuer: issuer.url,
    repository,
    repositoryId: text(claims, "project_id"),
    ownerId: text(claims, "namespace_id"),
    workflow: within(text(claims, "ci_config_ref_uri"), `${new URL(issuer.url).host}/${repository}//`, `@${ref}`),
    ref,
    commit: text(claims, "sha"),
    environment: optional(claims, "environment"),
    event: text(claims, "pipeline_source"),
    selfHosted: text(claims, "runner_environment") !== "gitlab-hosted",
    runUrl: job !== null && /^\d+$/.test(job) ? `${issuer.url}/${repository}/-/jobs/${job}` : null,
  };
};

/** Our own words, for whoever writes an issuer (docs/trusted-publishing.md). */
const readGeneric: Reader = (issuer, claims) => ({
  provider: "generic",
  issuer: issuer.url,
  repository: text(claims, "repository"),
  repositoryId: text(claims, "repository_id"),
  ownerId: text(claims, "repository_owner_id"),
  workflow: text(claims, "workflow"),
  ref: text(claims, "ref"),
  commit: text(claims, "sha"),
  environment: optional(claims, "environment"),
  event: "run",
  selfHosted: false,
  runUrl: null,
});

const READERS = { github: readGithub, gitlab: readGitlab, generic: readGeneric } as const satisfies Record<TrustedIssuer["provider"], Reader>;

function requireEvent(allowed: readonly string[], event: string): void {
  if (allowed.includes(event)) return;
  throw workflowRefused("event", `A run for the event \`${event.slice(0, 60)}\` may not publish; ${allowed.map((name) => `\`${name}\``).join(", ")} may.`, "Publish from a run that no stranger's change can start.");
}

function text(claims: IdentityClaims, name: string): string {
  const value = optional(claims, name);
  if (value === null) throw identityRefused("claim-missing", `The token lacks the claim \`${name}\`.`);
  return value;
}

/** Numbers come as text from one provider and as numbers from the other. What could hide something is as good as missing. */
function optional(claims: IdentityClaims, name: string): string | null {
  const value = claims[name];
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^[\x20-\x7e]{1,300}$/.test(value) ? value : null;
}

const isTrue = (value: unknown): boolean => value === true || value === "true";

/** The path between the repository and the ref, which the same token names elsewhere. */
function within(whole: string, before: string, after: string): string {
  const fits = whole.startsWith(before) && whole.endsWith(after) && whole.length > before.length + after.length;
  if (!fits) throw identityRefused("claim-missing", "The token's workflow is not of the repository and ref that it names.");
  return whole.slice(before.length, -after.length);
}
