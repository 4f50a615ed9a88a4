import type { WorkflowIdentityView } from "#lib/accounts/schema.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import { workflowRefused, type WorkflowFault } from "./errors.ts";

const INCLUDE = { publisher: { include: { members: { where: { role: "owner", user: { suspendedAt: null, deletedAt: null } } } } } } as const;
export type WorkflowRow = Prisma.TrustedWorkflowGetPayload<{ include: typeof INCLUDE }>;
export interface MatchedRow extends WorkflowRow {
  /** The owner in whose name it publishes, still one now. */
  createdById: string;
}

/** Faults by how near they are to a match: the nearest one is told. */
const NEARNESS = ["unknown", "other-file", "other-environment", "other-ref", "runner", "other-repository-id", "publisher-suspended", "resting"] as const satisfies readonly WorkflowFault[];
type Miss = (typeof NEARNESS)[number];

/**
 * The registrations that a run fits, all of one publisher, locked until the transaction ends. Throws
 * `workflow-not-trusted` with what is missing to the nearest one.
 */
export async function matchWorkflows(tx: Tx, identity: WorkflowIdentityView, publisher: string | null): Promise<MatchedRow[]> {
  const where = { issuer: identity.issuer, repositoryKey: identity.repository.toLowerCase(), ...(publisher === null ? {} : { publisher: { slug: publisher } }) };
  const named = await tx.trustedWorkflow.findMany({ where, select: { id: true, createdById: true }, orderBy: { id: "asc" } });
  // Accounts first, as those take them who give one back or delete it (lock-account.ts): neither waits for the other.
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ANY(${named.flatMap(({ createdById }) => createdById ?? [])}::uuid[]) ORDER BY "id" FOR KEY SHARE`;
  if (named.length > 0) await tx.$queryRaw`SELECT 1 FROM "TrustedWorkflow" WHERE "id" = ANY(${named.map(({ id }) => id)}::uuid[]) ORDER BY "id" FOR UPDATE`;
  const rows = await tx.trustedWorkflow.findMany({ where: { id: { in: named.map(({ id }) => id) } }, include: INCLUDE, orderBy: { id: "asc" } });
  const judged = rows.map((row) => ({ row, miss: missOf(row, identity) }));
  const fitting = judged.filter(({ miss }) => miss === null).map(({ row }) => row as MatchedRow);
  if (fitting.length === 0) throw refusal(judged.map(({ miss }) => miss ?? "unknown"), identity);
  const slugs = [...new Set(fitting.map((row) => row.publisher.slug))];
  if (slugs.length > 1) throw workflowRefused("several-publishers", `Several publishers trust this workflow: ${slugs.map((slug) => `\`${slug}\``).join(", ")}.`, "Name one of them as `publisher`.");
  return fitting;
}

/** Why a run does not fit a registration; null when it does. */
function missOf(row: WorkflowRow, identity: WorkflowIdentityView): Miss | null {
  if (row.workflow !== workflowOf(row.provider, identity.workflow)) return "other-file";
  if (row.environment !== null && !isSameEnvironment(row, identity.environment)) return "other-environment";
  if (row.ref !== null && !fitsRef(row.ref, identity.ref)) return "other-ref";
  if (identity.selfHosted && !row.selfHosted) return "runner";
  if ((row.repositoryId ?? identity.repositoryId) !== identity.repositoryId || (row.ownerId ?? identity.ownerId) !== identity.ownerId) return "other-repository-id";
  if (row.publisher.suspendedAt !== null) return "publisher-suspended";
  return row.publisher.members.some((member) => member.userId === row.createdById) ? null : "resting";
}

/** GitHub does not tell `Release` from `release`; elsewhere these are two environments, of which only one may be protected. */
function isSameEnvironment({ provider, environment }: WorkflowRow, claimed: string | null): boolean {
  return environment === claimed || (provider === "github" && environment?.toLowerCase() === claimed?.toLowerCase());
}

const GITHUB_FOLDER = ".github/workflows/";

/** A registration for GitHub names the file alone, as its settings pages do. */
export function workflowOf(provider: string, path: string): string {
  return provider === "github" && path.startsWith(GITHUB_FOLDER) ? path.slice(GITHUB_FOLDER.length) : path;
}

function fitsRef(rule: string, ref: string): boolean {
  return rule.endsWith("*") ? ref.startsWith(rule.slice(0, -1)) : ref === rule;
}

const SENTENCES: Record<Miss, (identity: WorkflowIdentityView) => [string, string | null]> = {
  unknown: ({ repository }) => [`No publisher here trusts a workflow of \`${repository}\`.`, "An owner of the publisher adds it under Trusted publishing."],
  "other-file": ({ repository, workflow }) => [`A workflow of \`${repository}\` is trusted, but not \`${workflow}\`.`, "Add this file, or publish from the one that is trusted."],
  "other-environment": ({ environment }) => [`The workflow is trusted in another environment, not ${environment === null ? "without one" : `in \`${environment}\``}.`, "Set `environment:` on the job."],
  "other-ref": ({ ref }) => [`The workflow is trusted on other refs, not on \`${ref}\`.`, null],
  runner: () => ["The job ran on a self-hosted machine, which may remember earlier jobs.", "Allow self-hosted runners in the registration, if they are fresh for each job."],
  "other-repository-id": ({ repository }) => [`\`${repository}\` is not the repository that was first trusted under this name: its number is another.`, "If it is yours, remove the registration and add it again."],
  "publisher-suspended": () => ["The publisher that trusts this workflow is suspended.", null],
  resting: () => ["The owner who added this workflow is none any more.", "Another owner of the publisher confirms it under Trusted publishing."],
};

function refusal(misses: Miss[], identity: WorkflowIdentityView) {
  const nearest = misses.reduce<Miss>((best, miss) => (NEARNESS.indexOf(miss) > NEARNESS.indexOf(best) ? miss : best), "unknown");
  const [detail, suggestion] = SENTENCES[nearest](identity);
  return workflowRefused(nearest, detail, suggestion);
}
