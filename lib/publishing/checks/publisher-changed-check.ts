import { finding, type RegistryCheck } from "./check.ts";

/** The first version after a listing changed hands goes to a person: who was trusted is not who signs now. */
export const publisherChangedCheck: RegistryCheck = {
  id: "publisher-changed",
  title: "Same publisher",
  severity: "H",
  kinds: ["service", "plugin"],
  async run({ db }, submission) {
    const last = await db.version.findFirst({ where: { listing: { slug: submission.listingSlug } }, orderBy: { publishedAt: "desc" }, select: { version: true, submission: { select: { publisher: { select: { id: true, slug: true } } } } } });
    if (last === null) return { lookedAt: "Nothing to compare with: this is the first version.", findings: [] };
    const before = last.submission.publisher;
    const lookedAt = `Who submits this against who submitted ${last.version}, the version published last.`;
    if (before.id === submission.publisherId) return { lookedAt, findings: [] };
    return { lookedAt, findings: [finding("publisher-changed", { code: "publisher.changed", severity: "H", detail: `${last.version} came from \`${before.slug}\`; the listing has changed hands since.`, suggestion: "A reviewer compares the files with those of the last version." })] };
  },
};
