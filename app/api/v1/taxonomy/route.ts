import { PERMISSIONS, TAXONOMY, TRUST_LEVELS } from "@kosmarket/kit";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/taxonomy", async () => ({ ...TAXONOMY, permissions: PERMISSIONS, trust: TRUST_LEVELS }));
