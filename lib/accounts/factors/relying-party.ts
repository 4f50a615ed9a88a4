import type { Config } from "#lib/platform/index.ts";

export const SITE_NAME = "kOS Marketplace";

/** Who asks for passkeys: they are bound to the host name of PUBLIC_URL and answer to its origin only (WebAuthn Level 3, section 5.1.2). */
export function relyingParty(config: Pick<Config, "publicUrl">): { id: string; origin: string } {
  const { hostname, origin } = new URL(config.publicUrl);
  return { id: hostname, origin };
}
