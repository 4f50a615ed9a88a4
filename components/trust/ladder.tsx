import { ChevronDown } from "lucide-react";
import type { ListingSummaryView, Rung } from "#lib/catalog/schema.ts";
import { RungMark } from "#components/trust/rung-mark.tsx";
import { RUNGS, RUNG_STATES } from "#components/trust/rungs.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { ExactTime } from "#components/ui/relative-time.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";

/** The five rungs as ticks, for lists. The whole is one image with its meaning in words. */
export function LadderTicks({ ladder, className }: { ladder: ListingSummaryView["ladder"]; className?: string }) {
  const states = RUNGS.map(({ rung, label }) => ({ rung, label, state: ladder.find((step) => step.rung === rung)?.state ?? "missing" }));
  const sentence = states.map((step) => `${step.label.toLowerCase()} ${RUNG_STATES[step.state].label}`).join(", ");
  return (
    <span role="img" aria-label={`Evidence: ${sentence}`} title={sentence} className={joinClasses("relative inline-flex items-center gap-1", className)}>
      <span aria-hidden className="absolute inset-x-1 top-1/2 h-px -translate-y-1/2 bg-grey-8" />
      {states.map((step) => (
        <RungMark key={step.rung} state={step.state} className="relative size-3.5" />
      ))}
    </span>
  );
}

/** The ladder in full: each rung opens its evidence and the command that checks it. Works without scripts. */
export function Ladder({ rungs, openRung }: { rungs: readonly Rung[]; openRung?: Rung["rung"] }) {
  return (
    <ol aria-label="Evidence, rung by rung" className="flex flex-col rounded-md border bg-panel">
      {RUNGS.map((step, index) => {
        const found = rungs.find((rung) => rung.rung === step.rung);
        return found ? <LadderRung key={step.rung} rung={found} label={step.label} question={step.question} open={step.rung === openRung} last={index === RUNGS.length - 1} /> : null;
      })}
    </ol>
  );
}

interface LadderRungProps {
  rung: Rung;
  label: string;
  question: string;
  open: boolean;
  last: boolean;
}

function LadderRung({ rung, label, question, open, last }: LadderRungProps) {
  return (
    <li className="relative not-first:border-t">
      {last ? null : <span aria-hidden className="absolute top-7 bottom-[-0.875rem] left-[1.4375rem] z-1 w-px bg-grey-8" />}
      <details open={open} className="group">
        <summary className="grid grid-cols-[1rem_1fr_1rem] items-start gap-x-3 rounded-md px-4 py-3 hover:bg-grey-2 focus-visible:-outline-offset-2 sm:grid-cols-[1rem_9.5rem_1fr_1rem]">
          <RungMark state={rung.state} className="relative z-2 mt-0.5" />
          <span className="flex items-baseline gap-2">
            <span className="font-semibold">{label}</span>
            <span className={joinClasses("text-13", RUNG_STATES[rung.state].ink)}>{RUNG_STATES[rung.state].label}</span>
          </span>
          <ChevronDown aria-hidden className="mt-0.5 size-4 text-grey-10 transition-transform group-open:rotate-180 sm:order-last" />
          <span className="col-start-2 min-w-0 text-grey-11 sm:col-start-3 sm:row-start-1">
            <InlineText text={rung.statement} />
          </span>
        </summary>
        <div className="relative z-2 flex flex-col gap-3 pr-4 pb-4 pl-11 sm:pl-[13rem]">
          <p className="text-13 text-grey-10">{question}</p>
          {rung.evidence.length > 0 ? <Evidence evidence={rung.evidence} /> : null}
          {rung.command ? (
            <div className="flex flex-col gap-1.5">
              <p className="text-13 text-grey-11">Check it yourself</p>
              <CodeBlock code={rung.command} wrap label={`command that checks ${label.toLowerCase()}`} />
            </div>
          ) : null}
        </div>
      </details>
    </li>
  );
}

function Evidence({ evidence }: { evidence: Rung["evidence"] }) {
  return (
    <dl className="flex flex-col gap-1.5">
      {evidence.map((fact) => (
        <div key={fact.label} className="grid gap-x-4 text-13 sm:grid-cols-[8rem_1fr]">
          <dt className="text-grey-11">{fact.label}</dt>
          <dd className="min-w-0 break-words"><EvidenceValue fact={fact} /></dd>
        </div>
      ))}
    </dl>
  );
}

function EvidenceValue({ fact }: { fact: Rung["evidence"][number] }) {
  if (fact.mono) return <CopyText value={fact.value} label={fact.label} head={18} tail={8} />;
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(fact.value) ? <ExactTime at={fact.value} /> : fact.value;
}
