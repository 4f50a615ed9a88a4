import { readEntries } from "#lib/transparency/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/log/entries", ({ deps, query }) => readEntries(deps, query));
