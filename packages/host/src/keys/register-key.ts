import { z } from "zod";
import { callRegistry } from "../registry/call-registry.ts";

const KeyList = z.looseObject({ items: z.array(z.looseObject({ fingerprint: z.string(), revoked: z.unknown().optional() })) });

/** How a registry knows a key of a publisher. */
export async function standingOfKey(registry: string, publisher: string, fingerprint: string): Promise<"unknown" | "registered" | "revoked"> {
  const { items } = await callRegistry({ url: `${registry}/api/v1/publishers/${publisher}/keys` }, KeyList);
  const found = items.find((item) => item.fingerprint === fingerprint);
  if (found === undefined) return "unknown";
  return found.revoked === null || found.revoked === undefined ? "registered" : "revoked";
}

/** Registers the public half of a key; needs the scope `keys` of an owner. */
export async function registerKey(registry: string, token: string, publisher: string, certificate: string): Promise<void> {
  const bytes = new TextEncoder().encode(certificate);
  const body = { stream: new Blob([bytes]).stream(), contentType: "application/pgp-keys", length: bytes.length };
  await callRegistry({ url: `${registry}/api/v1/publishers/${publisher}/keys`, token, body }, z.looseObject({ fingerprint: z.string() }));
}
