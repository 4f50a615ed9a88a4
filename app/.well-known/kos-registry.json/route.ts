import { registrySigner } from "#lib/trust/index.ts";
import { route } from "../../api/_route.ts";

export const GET = route("GET /.well-known/kos-registry.json", async ({ deps }) => {
  const { publicUrl } = deps.config;
  const signer = await registrySigner(deps.config);
  return {
    node: new URL(publicUrl).host,
    api: `${publicUrl}/api/v1`,
    feed: `${publicUrl}/api/feed.json`,
    keys: [{ format: "openpgp", fingerprint: signer.fingerprint, url: `${publicUrl}/api/v1/registry/keys.asc` }],
  };
});
