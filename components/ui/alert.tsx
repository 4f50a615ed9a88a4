import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";
import { TONE_INK, TONE_SURFACE } from "#components/ui/tone.ts";

const KINDS = {
  info: { tone: "blue", Icon: Info },
  success: { tone: "green", Icon: CircleCheck },
  warning: { tone: "amber", Icon: TriangleAlert },
  error: { tone: "red", Icon: CircleAlert },
} as const;

interface AlertProps {
  kind?: keyof typeof KINDS;
  title: ReactNode;
  actions?: ReactNode;
  /** Announce it when it appears: for the outcome of something the reader just did. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
}

/** What happened, what it means, what to do. */
export function Alert({ kind = "info", title, actions, live = false, className, children }: AlertProps) {
  const { tone, Icon } = KINDS[kind];
  return (
    <div role={live ? (kind === "error" ? "alert" : "status") : undefined} className={joinClasses("flex gap-3 rounded-md border p-3 text-14", TONE_SURFACE[tone], className)}>
      <Icon aria-hidden className={joinClasses("mt-0.5 size-4 shrink-0", TONE_INK[tone])} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium">{title}</p>
        {children ? <div className="text-grey-12">{children}</div> : null}
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
