import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { lacksSecondFactor, readSession, readViewer, sessionCookie, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole, ViewerView } from "#lib/accounts/schema.ts";
import { runtime } from "#lib/runtime/index.ts";
import { noteUse } from "./_note-use.ts";

/** The principal of this request's session cookie, read once per request; null when signed out. */
export const sessionPrincipal = cache(async (): Promise<Principal | null> => {
  const jar = await cookies();
  const deps = await runtime();
  const token = jar.get(sessionCookie(deps.config.publicUrl).name)?.value;
  const principal = token === undefined ? null : await readSession(deps.db, token, deps.now());
  noteUse(deps, principal, await headers());
  return principal;
});

/** The signed-in person, or null. A page for everyone keeps working, signed out, when the database is away. */
export const viewer = cache(async (): Promise<ViewerView | null> => {
  const principal = await sessionPrincipal();
  return principal === null ? null : await viewerOf(principal);
});

/** Read once per request: the principal of a request is one object. */
const viewerOf = cache(async (principal: Principal): Promise<ViewerView> => await readViewer(await runtime(), principal));

/** Who acts in this request; sends everyone who is signed out to the sign-in page and back. */
export async function requirePrincipal(returnTo: string): Promise<Principal> {
  return (await sessionPrincipal()) ?? redirect(`/sign-in?next=${encodeURIComponent(returnTo)}`);
}

/** The signed-in person; sends everyone else to the sign-in page and back. */
export async function requireViewer(returnTo: string): Promise<ViewerView> {
  return await viewerOf(await requirePrincipal(returnTo));
}

/** For pages of a role: sends whoever needs a second factor to act in it to where one is set up. */
export async function requireFactorFor(person: ViewerView, roles: readonly InstanceRole[]): Promise<void> {
  if (await lacksSecondFactor(await runtime(), { userId: person.id, roles: person.roles }, roles)) redirect("/settings/security");
}
