import { RegistryError } from "#lib/http/index.ts";
import { addKey, listKeys } from "#lib/trust/index.ts";
import { route } from "../../../../_route.ts";
import { readKeyBody } from "./_read-key-body.ts";

export const GET = route("GET /api/v1/publishers/{slug}/keys", async ({ deps, params }) => {
  const publisher = await deps.db.publisher.findUnique({ where: { slug: params.slug }, select: { id: true } });
  if (publisher === null) throw new RegistryError("not-found", `There is no publisher \`${params.slug}\`.`);
  const items = (await listKeys(deps, params.slug)).map(({ addedBy: _by, lastUsedAt: _used, ...key }) => key);
  return { items, nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/keys", async ({ deps, principal, params, request }) =>
  addKey(deps.db, { principal, slug: params.slug, key: await readKeyBody(request), now: deps.now() }),
);
