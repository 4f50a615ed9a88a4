import { route } from "../../api/_route.ts";

const YEAR_MS = 365 * 86_400_000;

export const GET = route("GET /.well-known/security.txt", async ({ deps }) => {
  const { publicUrl } = deps.config;
  // RFC 9116: a contact and a date after which nobody should rely on it.
  const expires = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + YEAR_MS).toISOString();
  const lines = [`Contact: mailto:${securityContact(deps.config.mailFrom)}`, `Expires: ${expires}`, "Preferred-Languages: en", `Encryption: ${publicUrl}/api/v1/registry/keys.asc`, `Canonical: ${publicUrl}/.well-known/security.txt`];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=86400" } });
});

function securityContact(mailFrom: string): string {
  return /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
}
