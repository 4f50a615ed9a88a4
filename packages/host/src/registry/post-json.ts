import type { z } from "zod";
import { callRegistry } from "./call-registry.ts";

/** Posts JSON and reads the JSON that answers it. */
export async function postJson<Shape extends z.ZodType>(call: { url: string; token?: string; json: Record<string, unknown> }, shape: Shape): Promise<z.output<Shape>> {
  const bytes = new TextEncoder().encode(JSON.stringify(call.json));
  const body = { stream: new Blob([bytes]).stream(), contentType: "application/json", length: bytes.length };
  return callRegistry({ url: call.url, ...(call.token === undefined ? {} : { token: call.token }), body }, shape);
}
