import { readInclusionProof } from "#lib/transparency/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/log/proofs/inclusion", ({ deps, query }) => readInclusionProof(deps, query));
