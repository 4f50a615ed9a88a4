import { CircleCheck, CircleDashed, CircleX, Hourglass, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { SubmissionState } from "#lib/submissions/schema.ts";
import { STATE_DESCRIPTIONS } from "#components/console/submission/states.ts";

const TONES = {
  neutral: { tone: "neutral", Icon: CircleDashed },
  progress: { tone: "blue", Icon: Hourglass },
  attention: { tone: "amber", Icon: TriangleAlert },
  good: { tone: "green", Icon: CircleCheck },
  bad: { tone: "red", Icon: CircleX },
} as const;

/** A submission's state as icon and word. */
export function StateBadge({ state }: { state: SubmissionState }) {
  const { label, tone: key } = STATE_DESCRIPTIONS[state];
  const { tone, Icon } = TONES[key];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
