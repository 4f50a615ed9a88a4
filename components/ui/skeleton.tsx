import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

/** A grey block in the place and size of what is loading; size it with width and height classes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={joinClasses("skeleton-shade block", className)} />;
}

/** Names a group of skeletons once for screen readers. */
export function SkeletonGroup({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
