"use client";

import { Check, Copy } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useCopied } from "#components/ui/copy-text.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";

/** Copies a text that stands beside it. */
export function CopyButton({ value, label, className }: { value: string; label: string; className?: string }) {
  const [copied, setCopied] = useCopied();
  return (
    <>
      <IconButton
        label={copied ? `Copied ${label}` : `Copy ${label}`}
        icon={copied ? <Check aria-hidden className="size-4 text-green-ink" /> : <Copy aria-hidden className="size-4" />}
        onClick={() => void navigator.clipboard.writeText(value).then(setCopied)}
        className={joinClasses("needs-script", className)}
      />
      <span role="status" className="sr-only">
        {copied ? `${label} copied` : ""}
      </span>
    </>
  );
}
