import { Minus, ShieldAlert, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";

const RISKS = {
  none: { label: "No risk", tone: "neutral", Icon: Minus },
  low: { label: "Low risk", tone: "neutral", Icon: Minus },
  medium: { label: "Medium risk", tone: "amber", Icon: TriangleAlert },
  high: { label: "High risk", tone: "red", Icon: ShieldAlert },
} as const;

/** The highest risk among permissions, as icon and word. */
export function RiskBadge({ risk }: { risk: keyof typeof RISKS }) {
  const { label, tone, Icon } = RISKS[risk];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
