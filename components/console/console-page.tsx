import type { ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";

interface ConsolePageProps {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** A form reads better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of a signed-in page: heading, one sentence, then the work. */
export function ConsolePage({ title, lead, actions, narrow = false, children }: ConsolePageProps) {
  return (
    <div className="page flex flex-col gap-6 py-8">
      <PageHeader title={title} lead={lead} actions={actions} />
      {narrow ? <div className="flex w-full max-w-form flex-col gap-6">{children}</div> : children}
    </div>
  );
}
