import { RISK_STYLE, RiskMark } from "#components/listing/risk-mark.tsx";
import { countRisks } from "#components/listing/vocabulary.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

const ORDER = ["high", "medium", "low"] as const;

/** The permissions of a plugin counted by risk: "2 high, 1 low". */
export function RiskSummary({ permissions, className }: { permissions: readonly string[]; className?: string }) {
  if (permissions.length === 0) return <span className={joinClasses("text-13 text-grey-11", className)}>needs no permission</span>;
  const counts = countRisks(permissions);
  return (
    <span className={joinClasses("inline-flex items-center gap-2 text-13 whitespace-nowrap", className)}>
      <span className="sr-only">Permissions:</span>
      {ORDER.filter((risk) => counts[risk] > 0).map((risk) => (
        <span key={risk} className={joinClasses("inline-flex items-center gap-1", RISK_STYLE[risk].ink)}>
          <RiskMark risk={risk} />
          <span className="tabular-nums">
            {counts[risk]} {risk}
          </span>
        </span>
      ))}
    </span>
  );
}
