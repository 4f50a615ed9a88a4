import { RISK_STYLE, RiskMark } from "#components/listing/risk-mark.tsx";
import { permissionWords } from "#components/listing/vocabulary.ts";
import { InlineText } from "#components/ui/inline-text.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";

const ORDER = ["high", "medium", "low"] as const;

interface PermissionListProps {
  permissions: readonly string[];
  /** Network hosts a plugin lists; shown under `network`. */
  hosts?: readonly string[];
  /** Heading level of the groups. */
  level?: 3 | 4;
}

/** Permissions as sentences, grouped by risk, gravest first, each with how a host enforces it. */
export function PermissionList({ permissions, hosts = [], level = 3 }: PermissionListProps) {
  const words = permissions.map(permissionWords);
  const Heading = `h${level}` as const;
  return (
    <div className="flex flex-col gap-6">
      {ORDER.map((risk) => {
        const group = words.filter((permission) => permission.risk === risk);
        if (group.length === 0) return null;
        return (
          <section key={risk} className="flex flex-col gap-2">
            <Heading className={joinClasses("flex items-center gap-1.5 text-13 font-semibold", RISK_STYLE[risk].ink)}>
              <RiskMark risk={risk} />
              {RISK_STYLE[risk].label}
              <span className="font-normal text-grey-10">{group.length}</span>
            </Heading>
            <ul className="flex flex-col divide-y rounded-md border bg-panel">
              {group.map((permission) => (
                <li key={permission.id} className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[1fr_9rem]">
                  <p className="font-medium">{permission.sentence}</p>
                  <code className="text-13 text-grey-11 sm:text-right">{permission.id}</code>
                  <p className="text-13 text-grey-11 sm:col-span-2">Enforced: <InlineText text={permission.enforcement} /></p>
                  {permission.id === "network" && hosts.length > 0 ? (
                    <p className="text-13 text-grey-11 sm:col-span-2">
                      Hosts: <code className="break-all text-grey-12">{hosts.join(", ")}</code>
                    </p>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
