import { PERMISSIONS } from "@kosmarket/kit";
import { activePolicy } from "#lib/accounts/index.ts";
import type { ViewerView } from "#lib/accounts/schema.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { readSubmission } from "#lib/submissions/index.ts";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";

const TEXT_FILE = /(^|\/)(license|licence|readme|changelog|notice|makefile|dockerfile)$|\.(ts|tsx|js|mjs|cjs|jsx|json|ya?ml|toml|md|txt|css|html?|svg|wat|py|sh|xml|csv|ics|d\.ts)$/i;

/** Everything the review page shows of a submission, the permission diff against the highest published version included. */
export async function readReviewBundle(deps: Deps, id: string, viewer: ViewerView): Promise<ReviewBundleView | null> {
  const submission = await readSubmission(deps, id, viewer);
  if (submission === null) return null;
  const row = await deps.db.submission.findUniqueOrThrow({ where: { id } });
  const previous = await deps.db.version.findFirst({ where: { listing: { slug: row.listingSlug }, submissionId: { not: id } }, orderBy: { sortKey: "desc" }, select: { version: true, permissions: true } });
  const policy = await activePolicy(deps.db);
  const files = row.files as { path: string; size: number; sha256: string }[];
  return {
    submission,
    manifestText: row.manifestText,
    manifest: row.manifest,
    files: files.map((file) => ({ ...file, text: TEXT_FILE.test(file.path) })),
    permissions: permissionChanges(row.permissions, previous?.permissions ?? []),
    previousVersion: previous?.version ?? null,
    policy: { name: policy.name, revision: policy.pinned, selfApproval: policy.independence === "none", selfApprovalNote: policy.self_approval_note ?? null },
    viewerIsSubmitter: row.submittedById === viewer.id,
  };
}

function permissionChanges(now: string[], before: string[]): ReviewBundleView["permissions"] {
  return [...new Set([...now, ...before])].sort().map((id) => {
    const known = PERMISSIONS.find((permission) => permission.id === id);
    return {
      id,
      sentence: known?.sentence ?? id,
      risk: known?.risk ?? "high",
      change: !before.includes(id) ? "added" : now.includes(id) ? "kept" : "dropped",
    };
  });
}
