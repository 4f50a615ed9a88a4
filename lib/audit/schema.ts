import { z } from "zod";

/** Why somebody decided it: kept for ever, so it names nobody by address. */
export const LastingReason = z
  .string()
  .trim()
  .min(1, "Give a reason: it is kept in the audit trail.")
  .max(1000)
  .refine((text) => !/\S@\S+\.\S/.test(text), "Reasons are kept for ever: leave e-mail addresses out.");
