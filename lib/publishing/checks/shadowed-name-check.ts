import { idSkeleton } from "@kosmarket/kit";
import { finding, type RegistryCheck } from "./check.ts";
import { placeInManifest } from "./place-in-manifest.ts";

const MOST_FINDINGS = 10;

/**
 * Names that an assistant would call and take for another listing's: the shown name of another publisher's listing, or a
 * name that reads as another's id. Ids themselves are told apart before (look-alikes are refused).
 */
export const shadowedNameCheck: RegistryCheck = {
  id: "shadowed-name",
  title: "Names of other listings",
  severity: "H",
  kinds: ["service", "plugin"],
  async run({ db }, submission) {
    const { name, listingSlug, publisherId } = submission;
    const rows = await db.$queryRaw<{ slug: string; name: string }[]>`
      SELECT "slug", "name" FROM "Listing"
      WHERE "slug" <> ${listingSlug} AND "publisherId" <> ${publisherId}::uuid AND "moderation" = 'none' AND (lower("name") = lower(${name}) OR "skeleton" = ${idSkeleton(name)})
      ORDER BY "slug" LIMIT ${MOST_FINDINGS}`;
    const place = placeInManifest(submission, submission.kind === "service" ? "/services/0/name" : "/name");
    return {
      lookedAt: "The shown name against the names and ids of other publishers' listings.",
      findings: rows.map((row) => finding("shadowed-name", { code: "name.shadows", severity: "H", ...place, detail: `The name \`${name}\` is ${row.name.toLowerCase() === name.toLowerCase() ? "also that" : "read as the id"} of \`${row.slug}\`, which another publisher has.`, suggestion: "Choose a name that cannot be taken for it; a person decides otherwise." })),
    };
  },
};
