import type { Risk } from "#components/listing/vocabulary.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

/** Word, colour and shape of each risk class: a ring, a half disc, a triangle. */
export const RISK_STYLE = {
  low: { label: "Low risk", ink: "text-grey-11", fill: "text-grey-9" },
  medium: { label: "Medium risk", ink: "text-amber-ink", fill: "text-amber-solid" },
  high: { label: "High risk", ink: "text-red-ink", fill: "text-red-solid" },
} as const satisfies Record<Risk, { label: string; ink: string; fill: string }>;

/** The shape of a risk class; a word always stands beside it. */
export function RiskMark({ risk, className }: { risk: Risk; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={joinClasses("size-3 shrink-0", RISK_STYLE[risk].fill, className)}>
      {risk === "low" ? <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.8" /> : null}
      {risk === "medium" ? <path d="M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Zm0 1.6a3.2 3.2 0 0 0 0 6.4Z" fill="currentColor" fillRule="evenodd" /> : null}
      {risk === "high" ? <path d="M6 .8 11.7 11H.3Z" fill="currentColor" /> : null}
    </svg>
  );
}
