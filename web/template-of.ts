import { routeTemplates } from "#lib/platform/index.ts";
import { PAGES, RULES } from "../app/api/_rules.ts";

/** Addresses that no table names: this server's own, Next's and next-auth's. */
const OTHERS = ["/healthz", "/readyz", "/metrics", "/_objects/{key...}", "/_next/{file...}", "/api/auth/{action...}"];

/** The template of a path, from the tables of addresses and pages; the rest are one. */
export const templateOf = routeTemplates([...Object.keys(RULES).map((name) => name.replace(/^[A-Z]+ /, "")), ...Object.keys(PAGES), ...OTHERS]);
