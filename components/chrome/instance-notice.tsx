import { TriangleAlert } from "lucide-react";

/** One line above every page while nothing can be changed: why, and that reading goes on. */
export function InstanceNotice({ readOnly }: { readOnly: string }) {
  return (
    <div role="status" className="border-b border-amber-line bg-amber-tint text-14">
      <p className="page flex items-baseline gap-2 py-2">
        <TriangleAlert aria-hidden className="size-4 shrink-0 self-center text-amber-ink" />
        <span>
          <span className="font-medium">Read-only for now:</span> {readOnly}. Browsing, the feed and downloads go on.
        </span>
      </p>
    </div>
  );
}
