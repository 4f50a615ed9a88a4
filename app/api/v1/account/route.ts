import { readViewer, updateProfile } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/account", async ({ deps, principal }) => await readViewer(deps, principal));

export const PATCH = route("PATCH /api/v1/account", async ({ deps, principal, body }) => await updateProfile(deps, { principal, ...body }));
