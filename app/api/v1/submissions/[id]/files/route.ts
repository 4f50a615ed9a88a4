import { readFile } from "node:fs/promises";
import { readEntry } from "@kosmarket/inspect";
import { throughInspectionGate, withArtifactFile } from "#lib/artifacts/index.ts";
import { notFound } from "#lib/http/index.ts";
import { readSubmission, submissionMissing } from "#lib/submissions/index.ts";
import { route } from "../../../../_route.ts";

const MAX_BYTES = 512 * 1024;

export const GET = route("GET /api/v1/submissions/{id}/files", async ({ deps, principal, params, query }) => {
  const submission = await readSubmission(deps, params.id, principal);
  if (submission === null) throw submissionMissing(params.id);
  const { sha256, fileName } = submission.artifact;
  // A manifest submitted on its own is the one file that there is.
  const bare = fileName.endsWith(".yaml") && query.path === "services.yaml";
  // Unpacking takes as much memory as the package unpacks to: never more than a few at once.
  const bytes = await throughInspectionGate("read", () => withArtifactFile(deps.store, sha256, (path) => (bare ? readFile(path) : readEntry(path, query.path, MAX_BYTES))));
  if (bytes === null) throw notFound(`A file \`${query.path}\` of at most 512 KiB in this package`);
  return new Response(Buffer.from(bytes), { headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff", "cache-control": "no-store" } });
});
