import { readConsistencyProof } from "#lib/transparency/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/log/proofs/consistency", ({ deps, query }) => readConsistencyProof(deps, query));
