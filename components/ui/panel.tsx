import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

interface PanelProps {
  title?: ReactNode;
  /** Stands at the right of the title: a link, a count, a button. */
  aside?: ReactNode;
  /** Heading level of the title, to keep the page's outline whole. */
  level?: 2 | 3 | 4;
  /** Without padding, for tables and lists that draw their own. */
  flush?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}

/** A framed part of a page with an optional heading. */
export function Panel({ title, aside, level = 2, flush = false, id, className, children }: PanelProps) {
  const Heading = `h${level}` as const;
  return (
    <section id={id} className={joinClasses("min-w-0 rounded-md border bg-panel", className)}>
      {title ? (
        <header className="flex min-h-11 items-center justify-between gap-3 border-b px-4 py-2">
          <Heading className="text-14 font-semibold">{title}</Heading>
          {aside ? <div className="text-13 text-grey-11">{aside}</div> : null}
        </header>
      ) : null}
      <div className={flush ? undefined : "p-4"}>{children}</div>
    </section>
  );
}
