import type { Rung } from "#lib/catalog/schema.ts";

/** The five rungs in order, with the question each answers. */
export const RUNGS = [
  { rung: "bytes", label: "Bytes", question: "Are these the bytes that were published?" },
  { rung: "author", label: "Author", question: "Who signed them, and with which key?" },
  { rung: "name", label: "Name", question: "Is the publisher who the name says?" },
  { rung: "record", label: "Record", question: "Is the release in a log that cannot be rewritten?" },
  { rung: "review", label: "Review", question: "Who looked at it, when, under which policy?" },
] as const satisfies readonly { rung: Rung["rung"]; label: string; question: string }[];

/** Words for the state of a rung. */
export const RUNG_STATES = {
  proven: { label: "proven", ink: "text-teal-ink" },
  missing: { label: "missing", ink: "text-grey-11" },
  failed: { label: "failed", ink: "text-red-ink" },
} as const satisfies Record<Rung["state"], { label: string; ink: string }>;
