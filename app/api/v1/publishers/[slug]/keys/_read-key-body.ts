import { z } from "zod";
import { RegistryError } from "#lib/http/index.ts";

const MAX_BYTES = 64 * 1024;
const JsonKey = z.object({ format: z.literal("openpgp"), key: z.string() });

/** The armored certificate of a request: the body itself as `application/pgp-keys`, or JSON `{format, key}`. */
export async function readKeyBody(request: Request): Promise<string> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const text = await request.text();
  if (text.length > MAX_BYTES) throw new RegistryError("too-large", "A certificate has at most 64 KiB.");
  if (type === "application/pgp-keys") return text;
  if (type !== "application/json") throw new RegistryError("unsupported-media", "Send one armored certificate as `application/pgp-keys`, or JSON `{format: \"openpgp\", key}`.");
  const parsed = JsonKey.safeParse(safeJson(text));
  if (!parsed.success) throw new RegistryError("bad-request", "The JSON must be `{format: \"openpgp\", key: \"-----BEGIN PGP PUBLIC KEY BLOCK-----…\"}`.");
  return parsed.data.key;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
