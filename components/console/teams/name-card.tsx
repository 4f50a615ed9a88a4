import { CircleCheck, CircleX, Clock } from "lucide-react";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { RequestButton } from "#components/console/request-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { ExactDate, RelativeTime } from "#components/ui/relative-time.tsx";
import type { NameDetailView } from "#lib/trust/schema.ts";

/** One domain: whether it is proven, what to publish where, and what the last look found. */
export function NameCard({ slug, name, mayChange }: { slug: string; name: NameDetailView; mayChange: boolean }) {
  const path = `/api/v1/publishers/${slug}/names/${name.id}`;
  return (
    <li className="flex min-w-0 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 font-mono text-14 font-medium break-all">{name.domain}</h3>
        <NameState name={name} />
      </div>
      {name.unicode === name.domain ? null : <p className="text-13 text-grey-11">Browsers draw it as {name.unicode}.</p>}
      {name.lookAlikes.length === 0 ? null : <p className="text-13 text-amber-ink">Could be mistaken for {name.lookAlikes.join(", ")}, which is proven here too.</p>}
      {name.alsoHeldBy.length === 0 ? null : <p className="text-13 text-grey-11">Also proven by {name.alsoHeldBy.join(", ")}.</p>}
      {name.state === "proven" ? null : (
        <div className="flex flex-col gap-1.5">
          <p className="text-13 text-grey-11">{name.proof.kind === "TXT" ? <>Set a TXT record at <code className="break-all">{name.proof.where}</code>:</> : <>Answer <code className="break-all">{name.proof.where}</code> with:</>}</p>
          <CodeBlock code={name.proof.value} wrap label={`proof of ${name.domain}`} />
        </div>
      )}
      {name.lastError === null ? null : (
        <p className="text-13 text-red-ink">
          <InlineText text={name.lastError} />
        </p>
      )}
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          <RequestButton label="Check now" name={`Check ${name.domain} now`} path={`${path}/check`} />
          <ConfirmButton label="Take back" name={`Take ${name.domain} back`} title={`Take ${name.domain} back?`} description={name.state === "proven" ? "The rung “name” of your listings goes with it, and the record says so." : "The request goes; you can begin again."} verb="Take it back" keep="Keep it" path={path} method="DELETE" danger={name.state === "proven"} />
        </div>
      ) : null}
    </li>
  );
}

function NameState({ name }: { name: NameDetailView }) {
  if (name.state === "proven") {
    return (
      <>
        <Badge tone="green" icon={<CircleCheck aria-hidden />}>proven</Badge>
        <span className="text-13 text-grey-11">since <ExactDate at={name.provenAt ?? name.createdAt} />, last found <RelativeTime at={name.checkedAt ?? name.createdAt} /></span>
      </>
    );
  }
  if (name.state === "lost") return <Badge tone="red" icon={<CircleX aria-hidden />}>lost</Badge>;
  return <Badge tone="amber" icon={<Clock aria-hidden />}>not proven yet</Badge>;
}
