import { PERMISSIONS, TAXONOMY } from "@kosmarket/kit";

export type Risk = "low" | "medium" | "high";
export type GlyphHue = "generation" | "analysis" | "storage" | "processing" | "plain";

interface PermissionWord {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  readonly risk: Risk;
  readonly enforcement: string;
}

const PERMISSION_BY_ID: ReadonlyMap<string, PermissionWord> = new Map(PERMISSIONS.map((permission) => [permission.id, permission]));
const CAPABILITY_BY_ID: ReadonlyMap<string, { id: string; class: string; meaning: string }> = new Map(TAXONOMY.capabilities.map((capability) => [capability.id, capability]));

/** A permission's words; one that the vocabulary lost counts as high, as everywhere. */
export function permissionWords(id: string): PermissionWord {
  return PERMISSION_BY_ID.get(id) ?? { id, label: id, risk: "high", sentence: "This permission is not in the vocabulary any more.", enforcement: "A host refuses it." };
}

/** The one-line meaning of a capability, or null when the taxonomy does not know it. */
export function capabilityMeaning(id: string): string | null {
  return CAPABILITY_BY_ID.get(id)?.meaning ?? null;
}

/** A capability id as words: `speech_to_text` reads "speech to text". */
export function capabilityWords(id: string): string {
  return id.replaceAll("_", " ");
}

/** The label of a listing type. */
export function typeLabel(id: string): string {
  return TAXONOMY.types.find((type) => type.id === id)?.label ?? id;
}

/** The class whose hue a listing's glyph takes: that of its first known capability. */
export function glyphHue(capabilities: readonly string[]): GlyphHue {
  const found = capabilities.map((id) => CAPABILITY_BY_ID.get(id)?.class).find((name) => name !== undefined);
  return found === "generation" || found === "analysis" || found === "storage" || found === "processing" ? found : "plain";
}

/** How many of the permissions stand in each risk class. */
export function countRisks(permissions: readonly string[]): Record<Risk, number> {
  const counts = { low: 0, medium: 0, high: 0 };
  for (const id of permissions) counts[permissionWords(id).risk] += 1;
  return counts;
}
