/** The same as `read-vectors.ts` where there are no files: whoever starts the run hands the vectors in, base64 by `family/file`. */
const vectors = (globalThis as unknown as { kitVectors: Record<string, string> }).kitVectors;

export function readCases<T>(family: string): T[] {
  return JSON.parse(new TextDecoder().decode(readVector(family, "cases.json"))) as T[];
}

export function readVector(family: string, file: string): Uint8Array {
  const held = vectors[`${family}/${file}`];
  if (held === undefined) throw new Error(`there is no vector ${family}/${file}`);
  return Uint8Array.from(atob(held), (unit) => unit.charCodeAt(0));
}

export function readVectorText(family: string, file: string): string {
  return Array.from(readVector(family, file), (unit) => String.fromCharCode(unit)).join("");
}

export function listVectors(family: string): string[] {
  return Object.keys(vectors).filter((name) => name.startsWith(`${family}/`)).map((name) => name.slice(family.length + 1));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
