import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Facts as pairs of label and value, label above value in a narrow column or beside it when `wide`. */
export function Facts({ facts, wide = false, className }: { facts: readonly Fact[]; wide?: boolean; className?: string }) {
  return (
    <dl className={joinClasses("flex flex-col text-14", wide ? "gap-2" : "gap-3", className)}>
      {facts.map((fact) => (
        <div key={fact.label} className={wide ? "grid gap-x-4 sm:grid-cols-[9rem_1fr]" : "flex flex-col gap-0.5"}>
          <dt className="text-13 text-grey-11">{fact.label}</dt>
          <dd className="min-w-0">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
