import { readStorage } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/storage", async ({ deps }) => await readStorage(deps));
