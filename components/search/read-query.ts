import { ListingQuery } from "#lib/catalog/schema.ts";
import type { ListingQueryInput } from "#lib/catalog/schema.ts";

/** The search that an address asks for. What cannot be read is left out, rather than refusing the whole page. */
export function readQuery(params: Record<string, string | string[] | undefined>): ListingQueryInput {
  const whole = ListingQuery.safeParse(params);
  if (whole.success) return whole.data;
  const faulty = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
  const readable = Object.fromEntries(Object.entries(params).filter(([key]) => !faulty.has(key)));
  const words = [params.q].flat()[0] ?? "";
  return ListingQuery.parse({ ...readable, q: words.slice(0, 200) });
}
