import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

/**
 * Below 640 px every row is a block of lines, each cell beside the heading given as its `label`.
 * Of the headings only those that sort stay in sight, as a row of buttons.
 */
const STACKED = {
  head: "max-sm:block max-sm:[&:not(:has(button))]:sr-only max-sm:[&_th:not(:has(button))]:sr-only max-sm:[&>tr]:flex",
  body: "max-sm:block max-sm:[&>tr]:block max-sm:[&>tr]:py-2 max-sm:[&_td]:block max-sm:[&_td]:py-1 max-sm:[&_td]:text-left max-sm:[&_td]:wrap-anywhere",
  labelled: "max-sm:relative max-sm:min-h-7 max-sm:pl-28 max-sm:before:absolute max-sm:before:left-3 max-sm:before:font-sans max-sm:before:text-13 max-sm:before:text-grey-11 max-sm:before:content-[attr(data-label)]",
} as const;

/** A table that stacks its cells on narrow screens and else scrolls inside itself; `caption` names it for those who cannot see it. */
export function Table({ caption, head, children, className }: { caption: string; head?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <div role="region" aria-label={caption} tabIndex={0} className={joinClasses("relative overflow-x-auto rounded-md border bg-panel", className)}>
      <table className="w-full border-collapse text-left text-14 max-sm:block">
        <caption className="sr-only">{caption}</caption>
        {head ? (
          <thead className={joinClasses("border-b bg-grey-2", STACKED.head)}>
            <tr>{head}</tr>
          </thead>
        ) : null}
        <tbody className={joinClasses("[&>tr+tr]:border-t [&>tr]:hover:bg-grey-2", STACKED.body)}>{children}</tbody>
      </table>
    </div>
  );
}

/** A column or row heading. */
export function Th({ className, scope = "col", ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return <th {...rest} scope={scope} className={joinClasses("h-9 px-3 text-left text-12 font-medium whitespace-nowrap text-grey-11", className)} />;
}

interface TdProps extends TdHTMLAttributes<HTMLTableCellElement> {
  /** Heading of the column, shown beside the cell where rows are stacked; the cell that names the row has none. */
  label?: string;
}

/** A cell. */
export function Td({ className, label, ...rest }: TdProps) {
  return <td {...rest} data-label={label} className={joinClasses("px-3 py-2 align-middle", label !== undefined && STACKED.labelled, className)} />;
}
