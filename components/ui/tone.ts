/** The families of meaning. A tone is never shown without a word beside it. */
export type Tone = "neutral" | "accent" | "violet" | "teal" | "amber" | "red" | "green" | "blue";

/** Fill, border and text of a tone; each pair of fill and text is at least 4.5:1 in both themes. */
export const TONE_SURFACE = {
  neutral: "bg-grey-3 border-grey-6 text-grey-11",
  accent: "bg-accent-tint border-accent-line text-accent-ink",
  violet: "bg-violet-tint border-violet-line text-violet-ink",
  teal: "bg-teal-tint border-teal-line text-teal-ink",
  amber: "bg-amber-tint border-amber-line text-amber-ink",
  red: "bg-red-tint border-red-line text-red-ink",
  green: "bg-green-tint border-green-line text-green-ink",
  blue: "bg-blue-tint border-blue-line text-blue-ink",
} as const satisfies Record<Tone, string>;

/** Text colour of a tone on a page or panel background. */
export const TONE_INK = {
  neutral: "text-grey-11",
  accent: "text-accent-ink",
  violet: "text-violet-ink",
  teal: "text-teal-ink",
  amber: "text-amber-ink",
  red: "text-red-ink",
  green: "text-green-ink",
  blue: "text-blue-ink",
} as const satisfies Record<Tone, string>;
