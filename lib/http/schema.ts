import { z } from "zod";

/** One fault of an input, with its place: the shape of `problems` and of `errors` in every answer. */
export const ProblemSchema = z
  .object({
    code: z.string(),
    severity: z.enum(["B", "H", "W", "I"]),
    check: z.string(),
    file: z.string().nullable(),
    line: z.number().int().nullable(),
    column: z.number().int().nullable(),
    pointer: z.string().nullable(),
    detail: z.string(),
    suggestion: z.string().nullable(),
  })
  .meta({ id: "Problem" });
export type ProblemView = z.infer<typeof ProblemSchema>;

/** An error answer, `application/problem+json` (RFC 9457) with the registry's own members. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(ProblemSchema).optional(),
  })
  .loose()
  .meta({ id: "ProblemDocument" });

/** A page of a list: `nextCursor` is null on the last page. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
