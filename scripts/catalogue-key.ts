import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSigningKey } from "@kosmarket/kit";
import type { Principal } from "#lib/accounts/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { addKey } from "#lib/trust/index.ts";

/**
 * The keys that sign what ships with the registry, one per collection (a key belongs to one publisher), made at the
 * first start and kept in the data folder with mode 0600. Returns the private halves by publisher.
 */
export async function catalogueKey(deps: Deps, principal: Principal, collections: readonly { slug: string; name: string }[]): Promise<Record<string, string>> {
  const folder = join(deps.config.dataDir, "keys");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys: Record<string, string> = {};
  for (const { slug, name } of collections) {
    const file = join(folder, `${slug}.asc`);
    if (!existsSync(file)) {
      const made = await generateSigningKey({ name, email: `${slug}@${new URL(deps.config.publicUrl).hostname}` });
      await addKey(deps.db, { principal, slug, key: { format: "openpgp", key: made.publicKey }, now: deps.now() });
      writeFileSync(file, made.privateKey, { mode: 0o600 });
    }
    keys[slug] = readFileSync(file, "utf8");
  }
  return keys;
}
