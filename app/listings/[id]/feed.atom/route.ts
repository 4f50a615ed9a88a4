import { requireServed } from "#lib/catalog/index.ts";
import { latestVersions, writeAtom } from "#lib/feed/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../api/_route.ts";

export const GET = route("GET /listings/{id}/feed.atom", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const versions = await latestVersions(deps, params.id);
  if (versions.length === 0) throw notFound(`Listing \`${params.id}\``);
  return writeAtom(deps.config.publicUrl, { title: `${versions[0]?.name ?? params.id}: new versions`, path: `/listings/${params.id}/feed.atom` }, versions);
});
