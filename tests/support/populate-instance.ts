import type { Principal } from "#lib/accounts/index.ts";
import { countDownload, flushDownloads } from "#lib/analytics/index.ts";
import { buildSnapshot } from "#lib/feed/index.ts";
import { runChecks } from "#lib/publishing/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { makePerson, makePublisher, makeSessionCookie, makeToken, uniqueName } from "./accounts.ts";
import { packPlugin, serviceManifest } from "./packages.ts";
import { registerKey } from "./signing-keys.ts";
import { approveAndPublish, publishService, submissionInReview, submitBytes, type Submitter } from "./submissions.ts";

export interface Populated {
  owner: Principal;
  by: Submitter;
  /** A published service. */
  listing: string;
  /** A submission whose checks wait in the queue. */
  waiting: string;
}

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';

/** Something of everything, made by the code that makes it in life: no worker runs, so that jobs wait. */
export async function populate(deps: Deps): Promise<Populated> {
  const owner = await makePerson(deps, ["administrator"]);
  await makeToken(deps, owner, ["publish"]);
  await makeSessionCookie(deps, owner);
  const by = { principal: owner, publisher: await makePublisher(deps, owner) };
  const listing = uniqueName("tides");
  await publishService(deps, by, listing, "1.0.0");
  await publishService(deps, by, listing, "1.1.0");
  await publishPlugin(deps, by);
  const rejected = await submissionInReview(deps, by, uniqueName("refused"));
  await decideSubmission(deps, { principal: owner, ...rejected, decision: "reject", reason: "It does\tnot do\nwhat it \\says: ü." });
  await submissionInReview(deps, by, uniqueName("reviewed"));
  const { id: waiting } = await submitBytes(deps, by, "manifest", serviceManifest(uniqueName("queued")));
  const version = await deps.db.version.findFirstOrThrow({ where: { listing: { slug: listing } } });
  for (let count = 0; count < 7; count++) countDownload(version.id);
  await flushDownloads(deps);
  await buildSnapshot(deps);
  return { owner, by, listing, waiting };
}

/** Signed by its publisher, with an icon. */
async function publishPlugin(deps: Deps, by: Submitter): Promise<void> {
  const id = uniqueName("lamp");
  const manifest = [`id: ${id}`, "name: Harbour Lamp", "description: Shows a lamp.", "entrypoint: main.ts", "version: 1.0.0", "permissions:", "  - log_output", "trust_level: unverified", "license: Apache-2.0", "ui:", "  icon: icon.svg", ""];
  const bytes = await packPlugin({ id, files: { "plugin.yaml": manifest.join("\n"), "icon.svg": ICON } });
  const { sign } = await registerKey(deps, by.principal, by.publisher);
  const { id: submissionId } = await submitBytes(deps, { ...by, signature: await sign(bytes) }, "package", bytes);
  await runChecks(deps, { submissionId });
  await approveAndPublish(deps, submissionId);
}
