import { z } from "zod";
import { RegistryError } from "#lib/http/index.ts";
import type { SentKey } from "#lib/trust/index.ts";

const MAX_BYTES = 64 * 1024;
const JsonKey = z.object({ format: z.enum(["openpgp", "ssh"]), key: z.string() });

/** The key of a request: an armored certificate as `application/pgp-keys`, or JSON `{format, key}`. */
export async function readKeyBody(request: Request): Promise<SentKey> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const text = await request.text();
  if (text.length > MAX_BYTES) throw new RegistryError("too-large", "A certificate has at most 64 KiB.");
  if (type === "application/pgp-keys") return { format: "openpgp", key: text };
  if (type !== "application/json") throw new RegistryError("unsupported-media", "Send one armored certificate as `application/pgp-keys`, or JSON `{format: \"openpgp\" | \"ssh\", key}`.");
  const parsed = JsonKey.safeParse(safeJson(text));
  if (!parsed.success) throw new RegistryError("bad-request", "The JSON must be `{format: \"openpgp\", key: \"-----BEGIN PGP PUBLIC KEY BLOCK-----…\"}` or `{format: \"ssh\", key: \"ssh-ed25519 AAAA… comment\"}`.");
  return parsed.data;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
