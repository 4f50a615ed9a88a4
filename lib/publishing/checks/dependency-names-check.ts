import type { PluginManifest } from "@kosmarket/kit";
import { finding, type Checked, type RegistryCheck } from "./check.ts";
import { placeInManifest, placeOfDependency } from "./place-in-manifest.ts";

/** Names that exist both here and on npm, so that one may be installed for the other (dependency confusion). */
export const dependencyNamesCheck: RegistryCheck = {
  id: "dependency-names",
  title: "Names on npm",
  severity: "H",
  kinds: ["plugin"],
  async run({ db }, submission) {
    const { listings, npm } = (submission.manifest as unknown as PluginManifest).dependencies;
    const names = Object.keys(npm);
    const here = await db.listing.findMany({ where: { slug: { in: names } }, select: { slug: true } });
    const wanted = [...Object.keys(listings), submission.listingSlug];
    const there = await db.packageName.findMany({ where: { ecosystem: "npm", name: { in: wanted } }, select: { name: true } });
    const loaded = (await db.packageName.findFirst({ where: { ecosystem: "npm" }, select: { name: true } })) !== null;
    const known = await isPublished(db, submission.listingSlug);
    const findings = [
      ...here.map(({ slug }) => confusing(submission, slug, `The npm package \`${slug}\` has the name of a listing of this registry.`, `If the listing is meant, write it without \`npm:\`.`)),
      ...there.filter(({ name }) => name !== submission.listingSlug).map(({ name }) => confusing(submission, name, `The listing \`${name}\` has the name of an npm package.`, `If the package is meant, put it under \`npm:\`.`)),
      // A published id is what it is; a new one is asked about once.
      ...there.filter(({ name }) => name === submission.listingSlug && !known).map(({ name }) => finding("dependency-names", { code: "dependency.confusion", severity: "H", ...placeInManifest(submission, "/id"), detail: `The id \`${name}\` is the name of an npm package.`, suggestion: "A person decides whether one could be taken for the other." })),
    ];
    const list = loaded ? "and the listings that it names, with its own id, against npm's names" : "; npm's names are not loaded here, so its listings were not compared with them";
    return { lookedAt: `${names.length} npm packages against the ids of this registry${loaded ? " " : ""}${list}.`, findings };
  },
};

async function isPublished(db: { listing: { count: (query: { where: { slug: string } }) => Promise<number> } }, slug: string): Promise<boolean> {
  return (await db.listing.count({ where: { slug } })) > 0;
}

function confusing(submission: Checked, name: string, detail: string, suggestion: string) {
  return finding("dependency-names", { code: "dependency.confusion", severity: "H", ...placeOfDependency(submission, name), detail, suggestion });
}
