import { feedJsonSchema, pluginJsonSchema, serviceJsonSchema } from "@kosmarket/kit";
import { notFound } from "#lib/http/index.ts";
import { route } from "../../api/_route.ts";

const SCHEMAS: Record<string, () => object> = { "services.v1.json": serviceJsonSchema, "plugin.v1.json": pluginJsonSchema, "feed.v1.json": feedJsonSchema };

export const GET = route("GET /schemas/{file}", async ({ params }) => {
  const schema = Object.hasOwn(SCHEMAS, params.file) ? SCHEMAS[params.file] : undefined;
  if (schema === undefined) throw notFound(`A schema \`${params.file}\` (there are ${Object.keys(SCHEMAS).join(", ")})`);
  return Response.json(schema(), { headers: { "content-type": "application/schema+json", "cache-control": "public, max-age=3600", "access-control-allow-origin": "*" } });
});
