import { Equal, Minus, Plus } from "lucide-react";
import { joinClasses } from "#components/ui/join-classes.ts";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";
import { RiskBadge } from "#components/console/review/risk-badge.tsx";

type Change = ReviewBundleView["permissions"][number]["change"];

const CHANGES: readonly { change: Change; title: string; Icon: typeof Plus; ink: string }[] = [
  { change: "added", title: "Added", Icon: Plus, ink: "text-amber-ink" },
  { change: "dropped", title: "Dropped", Icon: Minus, ink: "text-grey-11" },
  { change: "kept", title: "Kept", Icon: Equal, ink: "text-grey-11" },
];

/** Permissions against the last approved version, what is new first. */
export function PermissionDiff({ permissions, previousVersion }: { permissions: ReviewBundleView["permissions"]; previousVersion: string | null }) {
  return (
    <div className="flex flex-col gap-5">
      <p className="text-grey-11">
        {previousVersion === null ? "First version: every permission is new." : <>Compared with the approved version <code>{previousVersion}</code>.</>}
      </p>
      {permissions.length === 0 ? <p>It asks for no permission.</p> : null}
      {CHANGES.map(({ change, title, Icon, ink }) => {
        const group = permissions.filter((permission) => permission.change === change);
        if (group.length === 0) return null;
        return (
          <section key={change} className="flex flex-col gap-2">
            <h2 className={joinClasses("flex items-center gap-1.5 text-13 font-semibold", ink)}>
              <Icon aria-hidden className="size-4" />
              {title} ({group.length})
            </h2>
            <ul className="divide-y rounded-md border">
              {group.map((permission) => (
                <li key={permission.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                  <code className={joinClasses("text-13", change === "dropped" && "line-through")}>{permission.id}</code>
                  <RiskBadge risk={permission.risk} />
                  <span className="w-full text-grey-11">{permission.sentence}</span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
