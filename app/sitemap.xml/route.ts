import { listVisible } from "#lib/catalog/index.ts";
import { route } from "../api/_route.ts";

const MOST = 50_000;

export const GET = route("GET /sitemap.xml", async ({ deps }) => {
  const { publicUrl } = deps.config;
  const listings = await listVisible(deps, MOST - 4);
  const urls = ["/", "/search", "/taxonomy", "/log"].map((path) => `<url><loc>${publicUrl}${path}</loc></url>`);
  for (const listing of listings) urls.push(`<url><loc>${publicUrl}/listings/${listing.slug}</loc><lastmod>${listing.updatedAt.toISOString()}</lastmod></url>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join("\n")}\n</urlset>\n`;
  return new Response(body, { headers: { "content-type": "application/xml; charset=utf-8", "cache-control": "public, max-age=300" } });
});
