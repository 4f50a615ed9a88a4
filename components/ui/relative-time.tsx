import { describeAge } from "#components/ui/describe-age.ts";

const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** A moment as "3 days ago", with the exact time in UTC on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const exact = `${EXACT.format(new Date(at))} UTC`;
  return (
    <time dateTime={at} title={exact} className={className} suppressHydrationWarning>
      {describeAge(new Date(at), new Date())}
    </time>
  );
}

/** A moment as "3 May 2026", with the exact time in UTC on hover. */
export function ExactDate({ at, className }: { at: string; className?: string }) {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(at));
  return (
    <time dateTime={at} title={`${EXACT.format(new Date(at))} UTC`} className={className}>
      {day}
    </time>
  );
}

/** A moment as "3 May 2026 at 10:00 UTC". */
export function ExactTime({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} className={className}>
      {EXACT.format(new Date(at))} UTC
    </time>
  );
}
