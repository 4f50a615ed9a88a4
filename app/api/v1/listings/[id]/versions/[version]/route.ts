import { diffVersions, readVersion, requireServed } from "#lib/catalog/index.ts";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../../../../_route.ts";

const one = route("GET /api/v1/listings/{id}/versions/{version}", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const version = await readVersion(deps, params.id, params.version);
  if (version === null) throw notFound(`Listing \`${params.id}\` version \`${params.version}\``);
  return version;
});

const difference = route("GET /api/v1/listings/{id}/versions/{a}...{b}", async ({ deps, params }) => {
  await requireServed(deps, params.id);
  const [from = "", to = ""] = params.version.split("...");
  const diff = await diffVersions(deps, params.id, from, to);
  if (diff === null) throw notFound(`One of \`${params.id}\` ${from} and ${to}`);
  return diff;
});

/** One segment of the path is either a version or two of them joined by `...`, as in `1.0.0...1.1.0`. */
export async function GET(request: Request, context: { params: Promise<{ id: string; version: string }> }): Promise<Response> {
  const { version } = await context.params;
  return version.includes("...") ? difference(request, context) : one(request, context);
}
