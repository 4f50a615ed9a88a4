import { BadgeCheck, Landmark, ShieldQuestion } from "lucide-react";
import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";

type Trust = ListingSummaryView["trust"]["effective"];

/** Word, tone and icon of each trust level. */
export const TRUST_STYLE = {
  system: { label: "System", tone: "violet", Icon: Landmark, meaning: "Core module, built and signed by the kOS project." },
  trusted: { label: "Trusted", tone: "teal", Icon: BadgeCheck, meaning: "Publisher, signature and checksum are verified and the promotion rules are met." },
  unverified: { label: "Unverified", tone: "amber", Icon: ShieldQuestion, meaning: "A host runs it in isolation, with limited access." },
} as const satisfies Record<Trust, { label: string; tone: Tone; Icon: typeof Landmark; meaning: string }>;

/** The effective trust level; when the manifest asked for another, that is said too. */
export function TrustBadge({ trust, showRequested = false }: { trust: ListingSummaryView["trust"]; showRequested?: boolean }) {
  const { label, tone, Icon, meaning } = TRUST_STYLE[trust.effective];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone} icon={<Icon aria-hidden />} title={meaning}>
        {label}
      </Badge>
      {showRequested && trust.requested !== trust.effective ? <span className="text-13 text-grey-11">asked for {TRUST_STYLE[trust.requested].label.toLowerCase()}</span> : null}
    </span>
  );
}
