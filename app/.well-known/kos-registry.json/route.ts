import { RegistryError } from "#lib/http/index.ts";
import { registrySigner } from "#lib/trust/index.ts";
import { readVerifierKey } from "#lib/transparency/index.ts";
import { route } from "../../api/_route.ts";

export const GET = route("GET /.well-known/kos-registry.json", async ({ deps }) => {
  const { publicUrl } = deps.config;
  const [signer, log] = await Promise.all([registrySigner(deps.config), readVerifierKey(deps).catch(nothingYet)]);
  return {
    node: new URL(publicUrl).host,
    api: `${publicUrl}/api/v1`,
    log: `${publicUrl}/log`,
    feed: `${publicUrl}/api/feed.json`,
    keys: [{ format: "openpgp", fingerprint: signer.fingerprint, url: `${publicUrl}/api/v1/registry/keys.asc` }, ...(log === null ? [] : [{ format: "note", verifier: log, url: `${publicUrl}/log/key` }])],
  };
});

/** Before the first worker ran, the log has no key. */
function nothingYet(error: unknown): null {
  if (error instanceof RegistryError && error.code === "not-found") return null;
  throw error;
}
