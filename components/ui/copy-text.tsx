"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";
import { truncateMiddle } from "#components/ui/truncate-middle.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

interface CopyTextProps {
  /** The whole value, which is what gets copied. */
  value: string;
  /** What the value is, e.g. "checksum": read out as "Copy checksum", then the value. */
  label: string;
  /** Characters kept at the start and at the end; a shorter value is shown whole. */
  head?: number;
  tail?: number;
  /** Shown instead of the truncated value. */
  display?: string;
  className?: string;
}

/** A mono value, truncated in the middle, whole on hover and focus, copied on click. */
export function CopyText({ value, label, head = 10, tail = 6, display, className }: CopyTextProps) {
  const [copied, setCopied] = useCopied();
  return (
    <Tooltip text={<span className="font-mono break-all">{value}</span>}>
      <button
        type="button"
        onClick={() => void navigator.clipboard.writeText(value).then(setCopied)}
        className={joinClasses("group relative inline-flex max-w-full items-center gap-1.5 rounded-sm font-mono text-13 text-grey-12 tabular-nums underline decoration-transparent decoration-dotted underline-offset-3 transition-colors hover:decoration-grey-9", className)}
      >
        <span className="sr-only">Copy {label} </span>
        <span className="truncate">{display ?? truncateMiddle(value, head, tail)}</span>
        {copied ? (
          <Check aria-hidden className="size-3.5 shrink-0 text-green-ink" />
        ) : (
          <Copy aria-hidden className="needs-script size-3.5 shrink-0 text-grey-9 group-hover:text-grey-12" />
        )}
        <span role="status" className="sr-only">
          {copied ? `${label} copied` : ""}
        </span>
      </button>
    </Tooltip>
  );
}

/** True for two seconds after the returned function is called. */
export function useCopied(): [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => setCopied(true)];
}
