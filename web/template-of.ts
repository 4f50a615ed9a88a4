import { routeTemplates } from "#lib/platform/index.ts";
import { PAGES, RULES } from "../app/api/_rules.ts";

/** Addresses that no table names, or not to their end: this server's own, Next's and next-auth's, the log's tiles. */
const OTHERS = ["/healthz", "/readyz", "/metrics", "/_objects/{key...}", "/_next/{file...}", "/api/auth/{action...}", "/log/tile/{path...}"];

/** The template of a path, from the tables of addresses and pages; the rest are one. */
export const templateOf = routeTemplates([...Object.keys(RULES).map((name) => name.replace(/^[A-Z]+ /, "")), ...Object.keys(PAGES), ...OTHERS]);
