import { editDistance } from "@kosmarket/kit";
import { finding, type RegistryCheck } from "./check.ts";

/** Ids this close to a published one go to a person; equal look-alike forms were refused before. */
const SIMILAR_DISTANCE = 1;

/** Ids of other publishers that could be mistaken for this one. */
export const similarNameCheck: RegistryCheck = {
  id: "similar-name",
  title: "Similar names",
  severity: "H",
  kinds: ["service", "plugin"],
  async run({ db }, { listingSlug, publisherId }) {
    const near = await db.$queryRaw<{ slug: string }[]>`
      SELECT "slug" FROM "Listing" WHERE "slug" <> ${listingSlug} AND "publisherId" <> ${publisherId}::uuid AND "slug" % ${listingSlug} ORDER BY "slug" <-> ${listingSlug} LIMIT 20`;
    const similar = near.filter((row) => row.slug.length > 3 && editDistance(row.slug, listingSlug) <= SIMILAR_DISTANCE);
    const findings = similar.map((row) => finding("similar-name", { code: "id.similar", severity: "H", detail: `The id \`${listingSlug}\` differs from the existing \`${row.slug}\` by one character.`, suggestion: "A reviewer decides whether the two can be mistaken for each other." }));
    return { lookedAt: "The id against every published id.", findings };
  },
};
