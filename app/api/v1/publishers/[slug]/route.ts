import { readPublisher } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { updateProfile } from "#lib/teams/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}", async ({ deps, params }) => {
  const publisher = await readPublisher(deps, params.slug);
  if (publisher === null) throw notFound(`Publisher \`${params.slug}\``);
  return publisher;
});

export const PATCH = route("PATCH /api/v1/publishers/{slug}", ({ deps, principal, params, body }) => updateProfile(deps, { principal, slug: params.slug, profile: body }));
