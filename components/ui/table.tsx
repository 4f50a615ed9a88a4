import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

/** A table that scrolls inside itself on narrow screens; `caption` names it for those who cannot see it. */
export function Table({ caption, head, children, className }: { caption: string; head?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <div role="region" aria-label={caption} tabIndex={0} className={joinClasses("relative overflow-x-auto rounded-md border bg-panel", className)}>
      <table className="w-full border-collapse text-left text-14">
        <caption className="sr-only">{caption}</caption>
        {head ? (
          <thead className="border-b bg-grey-2">
            <tr>{head}</tr>
          </thead>
        ) : null}
        <tbody className="[&>tr+tr]:border-t [&>tr]:hover:bg-grey-2">{children}</tbody>
      </table>
    </div>
  );
}

/** A column or row heading. */
export function Th({ className, scope = "col", ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return <th {...rest} scope={scope} className={joinClasses("h-9 px-3 text-left text-12 font-medium whitespace-nowrap text-grey-11", className)} />;
}

/** A cell. */
export function Td({ className, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return <td {...rest} className={joinClasses("px-3 py-2 align-middle", className)} />;
}
