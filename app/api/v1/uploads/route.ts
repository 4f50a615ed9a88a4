import { createUpload } from "#lib/publishing/index.ts";
import { route } from "../../_route.ts";

export const POST = route("POST /api/v1/uploads", ({ deps, principal, body }) => createUpload(deps, { principal, ...body }));
