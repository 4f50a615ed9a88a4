import Link from "next/link";

const RUNGS = [2, 5.5, 9, 12.5, 16] as const;

/** The mark: a ladder of five rungs, the one idea of this registry. */
function LadderMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 18 20" aria-hidden className={className}>
      <path d="M3 0v20M15 0v20" stroke="currentColor" strokeWidth="1.6" />
      {RUNGS.map((y) => (
        <path key={y} d={`M3 ${y + 1}h12`} stroke="var(--color-accent)" strokeWidth="1.6" />
      ))}
    </svg>
  );
}

/** Mark and name, leading home. */
export function Wordmark() {
  return (
    <Link href="/" aria-label="kOS Marketplace, home" className="flex h-8 items-center gap-2 rounded-md pr-1 text-14 font-semibold tracking-tight">
      <LadderMark className="h-5 w-[18px]" />
      <span>
        kOS<span className="hidden font-normal text-grey-11 lg:inline"> Marketplace</span>
      </span>
    </Link>
  );
}
