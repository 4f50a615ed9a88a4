import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

interface EmptyStateProps {
  /** What would be here. */
  title: ReactNode;
  /** How it comes to be here. */
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  className?: string;
}

/** A place without data: says what would be here and how to make it so. */
export function EmptyState({ title, children, actions, icon, className }: EmptyStateProps) {
  return (
    <div className={joinClasses("flex flex-col items-start gap-2 rounded-md border border-dashed border-grey-7 px-5 py-6", className)}>
      {icon ? <span className="text-grey-10 [&>svg]:size-5">{icon}</span> : null}
      <p className="text-14 font-semibold">{title}</p>
      {children ? <div className="max-w-prose text-14 text-grey-11">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
