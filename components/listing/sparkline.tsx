import { joinClasses } from "#components/ui/join-classes.ts";

/** Daily counts as a line, oldest first; drawn only when there is something to draw. */
export function Sparkline({ daily, total, className }: { daily: readonly number[]; total: number; className?: string }) {
  if (total === 0 || daily.length < 2) return null;
  const highest = Math.max(...daily, 1);
  const step = 80 / (daily.length - 1);
  const points = daily.map((count, index) => `${(index * step).toFixed(1)},${(19 - (count / highest) * 17).toFixed(1)}`);
  return (
    <svg viewBox="-1 0 82 20" preserveAspectRatio="none" role="img" aria-label={`${total} ${total === 1 ? "download" : "downloads"} in ${daily.length} days`} className={joinClasses("h-5 w-20", className)}>
      <polygon points={`0,20 ${points.join(" ")} 80,20`} className="fill-grey-4" />
      <polyline points={points.join(" ")} fill="none" className="stroke-grey-10" strokeWidth="1.25" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
    </svg>
  );
}
