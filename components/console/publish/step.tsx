import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

interface StepProps {
  number: number;
  title: string;
  /** Not reachable yet: shown, so that the way ahead is known, but without its content. */
  later?: boolean;
  children?: ReactNode;
}

/** One numbered part of a longer form, all of it on one page. */
export function Step({ number, title, later = false, children }: StepProps) {
  return (
    <section aria-label={title} className="grid min-w-0 gap-x-4 gap-y-3 sm:grid-cols-[1.75rem_minmax(0,1fr)]">
      <h2 className={joinClasses("flex items-baseline gap-3 text-16 font-semibold sm:contents", later && "text-grey-10")}>
        <span className="font-mono text-14 font-normal text-grey-10 tabular-nums">{number}</span>
        <span>{title}</span>
      </h2>
      {later ? null : <div className="flex min-w-0 flex-col gap-3 sm:col-start-2">{children}</div>}
    </section>
  );
}
