const STEPS = [
  { unit: "year", seconds: 31_536_000 },
  { unit: "month", seconds: 2_592_000 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

const FORMAT = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** The distance between two moments in the largest whole unit: "just now", "5 minutes ago", "in 2 days". */
export function describeAge(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step === undefined ? "just now" : FORMAT.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** A length of time in seconds as "3 minutes", "2 hours", "4 days". */
export function describeDuration(seconds: number): string {
  const step = STEPS.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return "less than a minute";
  const amount = Math.floor(seconds / step.seconds);
  return `${amount} ${step.unit}${amount === 1 ? "" : "s"}`;
}
