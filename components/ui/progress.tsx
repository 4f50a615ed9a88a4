/** How far something is, with numbers. `value` of `max`; null while the amount is not known yet. */
export function Progress({ value, max, label, detail }: { value: number | null; max: number; label: string; detail?: string }) {
  const share = value === null || max <= 0 ? null : Math.min(1, value / max);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-3 text-13">
        <span>{label}</span>
        <span className="font-mono text-grey-11 tabular-nums">{detail ?? (share === null ? "" : `${Math.round(share * 100)} %`)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value ?? undefined}
        aria-valuetext={detail}
        className="h-1.5 overflow-hidden rounded-full bg-grey-5"
      >
        <div className={share === null ? "skeleton-shade h-full w-full" : "h-full rounded-full bg-accent transition-[width]"} style={share === null ? undefined : { width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
