import { generateSync } from "otplib";
import { confirmTotp, createSession, passkeyRegistrationOptions, readSession, registerPasskey, startTotp, type Principal } from "#lib/accounts/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { makeAuthenticator, type SoftwareAuthenticator } from "./software-authenticator.ts";

/** The person as the principal of a stored session that was opened just now. */
export async function signedIn(deps: Pick<Deps, "db" | "now">, person: Principal): Promise<Principal> {
  return await again(deps, { ...person, token: (await deps.db.$transaction((tx) => createSession(tx, person.userId, deps.now()))).token });
}

/** The session's principal as it is stored now. */
async function again(deps: Pick<Deps, "db" | "now">, { token }: { token: string }): Promise<Principal> {
  const principal = await readSession(deps.db, token, deps.now());
  if (principal === null) throw new Error("the session is good");
  return principal;
}

/** When the principal's session last proved a factor, as stored. */
export async function steppedUpAt(deps: Pick<Deps, "db">, principal: Principal): Promise<Date | null> {
  return (await deps.db.session.findUniqueOrThrow({ where: { id: principal.sessionId ?? "" } })).steppedUpAt;
}

/** The principal with what its session holds by now. */
export async function fresh(deps: Pick<Deps, "db">, principal: Principal): Promise<Principal> {
  return { ...principal, steppedUpAt: await steppedUpAt(deps, principal) };
}

/** Adds a passkey to the account of this session. */
export async function addPasskey(deps: Deps, principal: Principal, authenticator: SoftwareAuthenticator = makeAuthenticator(deps.config.publicUrl)): Promise<SoftwareAuthenticator> {
  const options = await passkeyRegistrationOptions(deps, principal);
  await registerPasskey(deps, { principal, name: "Laptop", answer: authenticator.register(options) });
  return authenticator;
}

/** The code that an app with this secret shows, `steps` of 30 seconds from now. */
export function codeAt(deps: Pick<Deps, "now">, secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(deps.now().getTime() / 1000) + steps * 30 });
}

/** Sets up an authenticator app for the account of this session, confirmed with the code of the step before. */
export async function addTotp(deps: Deps, principal: Principal): Promise<string> {
  const { secret } = await startTotp(deps, principal);
  await confirmTotp(deps, { principal, code: codeAt(deps, secret, -1) });
  return secret;
}

/** The person in a session that was opened and stepped up just now, with an authenticator app. */
export async function withFactor(deps: Deps, person: Principal): Promise<Principal> {
  const session = await signedIn(deps, person);
  await addTotp(deps, session);
  return await fresh(deps, session);
}
