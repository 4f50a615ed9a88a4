import type { Page } from "@playwright/test";
import type { Instance } from "./fixtures.ts";

/** The dialog that asks for a fresh proof. */
export const QUESTION = { name: "Confirm that it is you" } as const;

/** A platform authenticator of the browser's own, which verifies its person at once. */
export async function plugInAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
}

/** As if five minutes had passed since the proof. */
export async function forgetProof(instance: Instance, userId: string): Promise<void> {
  await instance.deps.db.session.updateMany({ where: { userId }, data: { steppedUpAt: null } });
}
