import type { SubmissionDetailView } from "#lib/submissions/schema.ts";

/** Commands with which anyone can check a published version against the feed, without trusting this page. */
export function verifyCommands(submission: SubmissionDetailView, origin: string): string {
  const { listing, version, artifact, signer, publisher } = submission;
  const keys = signer.by === "publisher" ? `/api/v1/publishers/${publisher.slug}/keys.asc` : "/api/v1/registry/keys.asc";
  const file = artifact.fileName;
  return [
    `curl -sS ${origin}${keys} | gpg --import`,
    `curl -sSL -o '${file}' '${origin}/api/service/${listing}/download?version=${version}'`,
    `curl -sS ${origin}/api/v1/listings/${listing}/versions/${version} | jq -r .signature > '${file}.asc'`,
    `echo '${artifact.sha256}  ${file}' | sha256sum --check`,
    `gpg --verify '${file}.asc' '${file}'`,
  ].join("\n");
}
