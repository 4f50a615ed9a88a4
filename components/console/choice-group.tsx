"use client";

import { useId } from "react";
import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means, in one sentence. */
  meaning: ReactNode;
  /** Shown while it is chosen. */
  content?: ReactNode;
}

interface ChoiceGroupProps<Value extends string> {
  legend: string;
  hideLegend?: boolean;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few ways, each with its meaning; the chosen one unfolds what it needs. Native radio buttons, so arrow keys work. */
export function ChoiceGroup<Value extends string>({ legend, hideLegend = false, choices, value, onChange }: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className={hideLegend ? "sr-only" : "mb-2 text-13 font-medium"}>{legend}</legend>
      {choices.map((choice) => {
        const chosen = choice.value === value;
        return (
          <div key={choice.value} className={joinClasses("min-w-0 rounded-md border", chosen ? "border-grey-9 bg-grey-2" : "border-grey-6")}>
            <label className="grid cursor-pointer grid-cols-[1rem_1fr] gap-x-3 p-3">
              <input type="radio" name={name} checked={chosen} onChange={() => onChange(choice.value)} aria-describedby={`${name}-${choice.value}`} className="mt-0.5 size-4 accent-accent" />
              <span className="text-14 font-medium">{choice.label}</span>
              <span id={`${name}-${choice.value}`} className="col-start-2 text-13 text-grey-11">
                {choice.meaning}
              </span>
            </label>
            {chosen && choice.content ? <div className="min-w-0 px-3 pb-3 sm:pl-10">{choice.content}</div> : null}
          </div>
        );
      })}
    </fieldset>
  );
}
