import type { ReactNode } from "react";
import type { Rung } from "#lib/catalog/schema.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

const SHAPES = {
  proven: (
    <>
      <circle cx="8" cy="8" r="7.5" className="fill-teal-solid" />
      <path d="m4.7 8.3 2.3 2.3 4.3-4.9" fill="none" className="stroke-panel" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  missing: (
    <>
      <circle cx="8" cy="8" r="6" className="fill-panel stroke-grey-9" strokeWidth="1.5" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="7.5" className="fill-red-solid" />
      <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" className="stroke-panel" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
} as const satisfies Record<Rung["state"], ReactNode>;

/** The state of one rung as a shape: a tick, an open ring, a cross. The word stands beside it or in its label. */
export function RungMark({ state, className }: { state: Rung["state"]; className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden className={joinClasses("size-4 shrink-0", className)}>
      {SHAPES[state]}
    </svg>
  );
}
