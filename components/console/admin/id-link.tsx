"use client";

import Link from "next/link";
import { truncateMiddle } from "#components/ui/truncate-middle.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

/** A link named by an id, such as an account's or `user:` and one: truncated in its middle, on one line, whole on hover and focus. */
export function IdLink({ id, href }: { id: string; href: string }) {
  const kind = id.slice(0, id.indexOf(":") + 1);
  return (
    <Tooltip text={<span className="font-mono break-all">{id}</span>}>
      <Link href={href} className="link font-mono text-13 whitespace-nowrap tabular-nums">
        {kind}
        {truncateMiddle(id.slice(kind.length), 12, 12)}
      </Link>
    </Tooltip>
  );
}
