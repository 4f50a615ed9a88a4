import { describeInterface } from "../_openapi.ts";
import { route } from "../_route.ts";

export const GET = route("GET /api/openapi.json", async ({ deps }) => describeInterface(deps.config.publicUrl));
