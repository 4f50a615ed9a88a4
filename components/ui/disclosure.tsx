import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A framed part that opens and closes, without scripts too. `flush` leaves the padding to what is inside. */
export function Disclosure({ title, aside, open = false, flush = false, children }: { title: ReactNode; aside?: ReactNode; open?: boolean; flush?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group min-w-0 rounded-md border bg-panel">
      <summary className="flex min-h-11 items-center gap-2 rounded-md px-4 py-2 text-14 font-semibold hover:bg-grey-2">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-grey-10 transition-transform group-open:rotate-90" />
        {title}
        {aside ? <span className="ml-auto text-13 font-normal text-grey-11">{aside}</span> : null}
      </summary>
      <div className={flush ? "border-t" : "border-t p-4"}>{children}</div>
    </details>
  );
}
