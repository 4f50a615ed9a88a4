import type { parseManifestYaml } from "@kosmarket/kit";

export interface Identity {
  id: string;
  version: string | null;
}

/** The id and version that a manifest declares, for showing what is about to be published; null when it cannot be read. */
export async function readIdentity(manifest: { path: string; text: string } | null): Promise<Identity | null> {
  if (manifest === null) return null;
  const kit = await import("@kosmarket/kit");
  const parsed: ReturnType<typeof parseManifestYaml> = kit.parseManifestYaml(new TextEncoder().encode(manifest.text), { file: manifest.path });
  if (parsed.plugin !== null) return { id: parsed.plugin.id, version: parsed.plugin.version };
  const service = parsed.services.length === 1 ? parsed.services[0] : undefined;
  return service === undefined ? null : { id: service.id, version: service.version ?? null };
}
