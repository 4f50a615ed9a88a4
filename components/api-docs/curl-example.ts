import type { ApiOperation, ApiSchema } from "#components/api-docs/api-document.ts";

/** Something that exists on every registry, so that reading examples can be run as they are. */
const KNOWN = { id: "whisper", version: "1.0.0", slug: "kos-catalogue", file: "services.v1.json" } as Record<string, string>;

/** Bodies that are not JSON, as curl sends them. */
const PARTS = {
  "multipart/form-data": ["-F publisher=$PUBLISHER", "-F package=@plugin.zip", "-F signature=@plugin.zip.asc"],
  "application/pgp-keys": ["-H 'content-type: application/pgp-keys'", "--data-binary @public.asc"],
} as Record<string, string[]>;

/** A command that calls the operation, or null for the forms of the sign-in pages, which programs do not use. */
export function curlExample(server: string, path: string, method: string, operation: ApiOperation): string | null {
  const [type = null, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (type === "application/x-www-form-urlencoded") return null;
  const body = type === null ? [] : type === "application/json" ? jsonBody(content?.schema ?? {}) : (PARTS[type] ?? []);
  const verb = method === "get" || (method === "post" && body.length > 0) ? [] : [`-X ${method.toUpperCase()}`];
  const token = operation.security === undefined ? [] : ['-H "Authorization: Bearer $KOS_TOKEN"'];
  const address = `${server}${fillPath(path)}${sampleQuery(path, operation)}`;
  const follow = path.endsWith("/download") ? ["-L -O -J"] : [];
  return ["curl", ...verb, ...token, ...body, ...follow, /[?&]/.test(address) ? `"${address}"` : address].join(" \\\n  ");
}

function fillPath(path: string): string {
  const known = /^\/(api\/(service|v1\/(listings|publishers))|listings|schemas)\//.test(path);
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => (known ? KNOWN[name] : undefined) ?? `$${(name === "id" ? ownerOf(path) : name).toUpperCase()}`);
}

/** What an id on this path is the id of: `submissions` gives `submission`. */
function ownerOf(path: string): string {
  return /\/(\w+)s\/\{id\}/.exec(path)?.[1] ?? "id";
}

function sampleQuery(path: string, operation: ApiOperation): string {
  if (path === "/api/v1/listings") return "?q=speech+to+text&type=media_proc";
  const needed = operation.parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  return needed.length === 0 ? "" : `?${needed.map((parameter) => `${parameter.name}=${parameter.name === "path" ? "plugin.yaml" : "…"}`).join("&")}`;
}

function jsonBody(schema: ApiSchema): string[] {
  return ["-H 'content-type: application/json'", `-d '${JSON.stringify(sampleOf(schema))}'`];
}

/** The smallest body that names every required field. */
function sampleOf(schema: ApiSchema, name = "value"): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [sampleOf(schema.items, name)];
  if (schema.properties) {
    const required = new Set(schema.required);
    return Object.fromEntries(Object.entries(schema.properties).filter(([key]) => required.has(key)).map(([key, value]) => [key, sampleOf(value, key)]));
  }
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 0;
  return schema.type === "boolean" ? true : `<${name}>`;
}
