import type { ReactNode } from "react";

/** The one h1 of a page, a sentence under it, and what can be done at the right. */
export function PageHeader({ title, lead, actions }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-26 font-semibold">{title}</h1>
        {lead ? <p className="max-w-prose text-14 text-grey-11">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
