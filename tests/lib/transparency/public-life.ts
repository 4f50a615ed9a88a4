import type { Principal } from "#lib/accounts/index.ts";
import { changeListing, deleteVersion, deprecateVersion, undeprecateVersion, unyankVersion, yankVersion } from "#lib/publishing/index.ts";
import { decideSubmission, setPolicy } from "#lib/review/index.ts";
import { withdrawSubmission } from "#lib/submissions/index.ts";
import { revokeKey } from "#lib/trust/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { publishService, submissionInReview } from "#tests/support/submissions.ts";
import { liveInPublicAsTeam } from "./public-team-life.ts";
import type { TestDeps } from "#tests/support/test-deps.ts";

export interface PublicLife {
  owner: Principal;
  publisher: string;
  listing: string;
  submissionId: string;
}

/** Does everything once that the record tells of, through the functions that the addresses call. */
export async function livePublicly(deps: TestDeps): Promise<PublicLife> {
  const owner = await makePerson(deps, ["administrator"]);
  const publisher = await makePublisher(deps, owner);
  const listing = uniqueName("tide");
  const by = { principal: owner, publisher };
  const { submissionId } = await publishService(deps, by, listing);
  const flag = { principal: owner, id: listing, version: "1.0.0", reason: "It answers with yesterday's tide." };
  await yankVersion(deps, flag);
  await unyankVersion(deps, flag);
  const other = uniqueName("another-tide");
  await publishService(deps, by, other);
  await deprecateVersion(deps, { ...flag, successor: other });
  await undeprecateVersion(deps, flag);
  for (const verb of ["hide", "show", "deprecate", "undeprecate"] as const) await changeListing(deps, { principal: owner, id: listing, verb, reason: "The harbour moved.", successor: other });
  await deleteVersion(deps, { ...flag, id: other });
  await changeListing(deps, { principal: owner, id: other, verb: "delete", reason: "It was a trial." });
  const { fingerprint } = await registerKey(deps, owner, publisher);
  await revokeKey(deps.db, { principal: owner, slug: publisher, fingerprint, reason: "retired", compromisedSince: null, now: deps.now() });
  await setPolicy(deps.db, "solo");
  const returned = await submissionInReview(deps, by, uniqueName("ebb"));
  await decideSubmission(deps, { principal: owner, id: returned.id, decision: "request_changes", reason: "Name the harbour.", stateVersion: returned.stateVersion });
  await withdrawSubmission(deps.db, { principal: owner, id: returned.id, now: deps.now() });
  const undecided = await submissionInReview(deps, by, uniqueName("secret"));
  await withdrawSubmission(deps.db, { principal: owner, id: undecided.id, now: deps.now() });
  await liveInPublicAsTeam(deps, owner, publisher, listing);
  return { owner, publisher, listing, submissionId };
}
