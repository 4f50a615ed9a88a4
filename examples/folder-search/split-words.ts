/**
 * The words of a text as they stand in the index: without case and accents, letters and digits only.
 * "Café-Menü 2026" gives cafe, menu, 2026.
 */
export function splitWords(text: string): string[] {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
