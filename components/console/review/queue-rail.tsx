import Link from "next/link";
import { joinClasses } from "#components/ui/join-classes.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { QueueItemView } from "#lib/submissions/schema.ts";
import { describeClaim, describeFindings } from "#components/console/review/describe-item.ts";

/** The queue beside the change under review, oldest first. */
export function QueueRail({ items, current }: { items: readonly QueueItemView[]; current: string }) {
  return (
    <nav aria-label="Review queue" className="min-w-0">
      <div className="flex h-11 items-center justify-between border-b px-3">
        <Link href="/review" className="text-13 font-semibold hover:underline">
          Queue
        </Link>
        <span className="font-mono text-12 text-grey-11 tabular-nums">{items.length}</span>
      </div>
      {items.length === 0 ? <p className="p-3 text-13 text-grey-11">Nothing else waits.</p> : null}
      <ul className="divide-y">
        {items.map((item) => (
          <li key={item.id}>
            <Link
              href={`/review/${item.id}`}
              aria-current={item.id === current ? "page" : undefined}
              className={joinClasses(
                "flex flex-col gap-0.5 border-l-2 px-3 py-2 text-13 transition-colors focus-visible:-outline-offset-2",
                item.id === current ? "border-accent bg-grey-3" : "border-transparent hover:bg-grey-3",
              )}
            >
              <span className="truncate font-medium">{item.name}</span>
              <code className="truncate text-12 text-grey-11">{item.listing} {item.version}</code>
              <span className="text-12 text-grey-11">
                <RelativeTime at={item.queuedAt} />
                {item.highestRisk === "none" ? "" : `, ${item.highestRisk} risk`}
                {item.findings.B + item.findings.H > 0 ? `, ${describeFindings({ ...item.findings, W: 0, I: 0 })}` : ""}
                {item.claim === null ? "" : `, ${describeClaim(item.claim)}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
