import { sessionCookie } from "#lib/accounts/index.ts";
import { deleteAccount } from "#lib/people/index.ts";
import { route } from "../../../_route.ts";

export const POST = route("POST /api/v1/account/delete", async ({ deps, principal, body }) => {
  await deleteAccount(deps, { principal, email: body.email });
  const { name, options } = sessionCookie(deps.config.publicUrl);
  const gone = `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${options.secure ? "; Secure" : ""}`;
  return Response.json({ deleted: true }, { headers: { "set-cookie": gone, "cache-control": "no-store" } });
});
