import { CircleX, Hand, Info, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";

/** What a finding's severity means for a submission; the letters are those of the API. */
const SEVERITIES = {
  B: { label: "Blocks", meaning: "Must be mended before this can be published.", tone: "red", Icon: CircleX },
  H: { label: "Holds", meaning: "A person must look at it before a decision.", tone: "amber", Icon: Hand },
  W: { label: "Warning", meaning: "Shown to the reviewer; does not stop anything by itself.", tone: "amber", Icon: TriangleAlert },
  I: { label: "Note", meaning: "For information.", tone: "neutral", Icon: Info },
} as const;

/** The severity of a finding as icon and word. */
export function SeverityBadge({ severity }: { severity: keyof typeof SEVERITIES }) {
  const { label, meaning, tone, Icon } = SEVERITIES[severity];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />} title={meaning}>
      {label}
    </Badge>
  );
}
