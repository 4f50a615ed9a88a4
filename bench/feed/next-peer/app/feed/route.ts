import { readFileSync } from "node:fs";

export const dynamic = "force-dynamic";

const body = readFileSync(process.env["BENCH_FEED_FILE"] ?? "/dev/null");
const headers = { etag: `"${process.env["BENCH_FEED_SHA256"]}"`, "cache-control": "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400", vary: "accept-encoding" };

export function GET(request: Request): Response {
  if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
}
