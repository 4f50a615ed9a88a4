import { RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";

export const notAllowedNow = (detail: string, members: Record<string, unknown> = {}) => new RegistryError("move-not-allowed", detail, { members });
export const wrongField = (pointer: string, detail: string) => new RegistryError("invalid-input", detail, { errors: [fault(pointer, detail)] });

function fault(pointer: string, detail: string): ProblemView {
  return { code: "manifest.invalid-value", severity: "B", check: "input", file: null, line: null, column: null, pointer, detail, suggestion: null };
}
