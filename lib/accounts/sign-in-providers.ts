import type { Config } from "#lib/platform/index.ts";

/** Outside providers of sign-ins, in the order of their buttons. */
export const PROVIDERS = ["github", "oidc"] as const;
export type ProviderId = (typeof PROVIDERS)[number];

export interface ProviderChoice {
  id: ProviderId;
  /** What its button says. */
  name: string;
}

/** The providers that this instance is set up for. */
export function signInProviders(config: Pick<Config, ProviderId>): ProviderChoice[] {
  return PROVIDERS.flatMap((id) => (config[id] === null ? [] : [{ id, name: config[id].name }]));
}

/** How a provider is called, also when it is no longer set up. */
export function providerName(config: Pick<Config, ProviderId>, id: string): string {
  return PROVIDERS.includes(id as ProviderId) ? (config[id as ProviderId]?.name ?? (id === "github" ? "GitHub" : "Single sign-on")) : id;
}
