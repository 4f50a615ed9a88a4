import { Eye } from "lucide-react";
import type { ViewRole } from "#lib/accounts/schema.ts";
import { RequestButton } from "#components/console/request-button.tsx";

/** Above every page while an administrator sees the site as someone of a lesser role would, with the way back. */
export function ViewingBar({ role }: { role: ViewRole }) {
  return (
    <div role="status" className="border-b border-violet-line bg-violet-tint text-14">
      <div className="page flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <Eye aria-hidden className="size-4 shrink-0 text-violet-ink" />
        <span>
          You see the site as <span className="font-medium">{role}</span>.
        </span>
        <RequestButton label="Leave this view" path="/api/v1/session/view-as" json={{ role: null }} />
      </div>
    </div>
  );
}
