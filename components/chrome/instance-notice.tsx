import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** One line above every page while nothing can be changed: why, and that reading goes on. */
export function InstanceNotice({ readOnly }: { readOnly: string }) {
  return (
    <Bar tone="warning">
      <span className="font-medium">Read-only for now:</span> {readOnly}. Browsing, the feed and downloads go on.
    </Bar>
  );
}

/** What the operator tells every visitor, above every page, as plain text. */
export function AnnouncementNotice({ tone, text }: { tone: "info" | "warning"; text: string }) {
  return <Bar tone={tone}>{text}</Bar>;
}

const STYLE = {
  info: { bar: "border-blue-line bg-blue-tint", icon: <Info aria-hidden className="size-4 shrink-0 self-center text-blue-ink" /> },
  warning: { bar: "border-amber-line bg-amber-tint", icon: <TriangleAlert aria-hidden className="size-4 shrink-0 self-center text-amber-ink" /> },
} as const;

function Bar({ tone, children }: { tone: keyof typeof STYLE; children: ReactNode }) {
  return (
    <div role="status" className={`border-b text-14 ${STYLE[tone].bar}`}>
      <p className="page flex items-baseline gap-2 py-2">
        {STYLE[tone].icon}
        <span className="min-w-0 wrap-anywhere">{children}</span>
      </p>
    </div>
  );
}
