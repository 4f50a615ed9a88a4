"use client";

import type { FormEvent, ReactNode } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import type { Action } from "#components/console/use-action.ts";

interface ActionFormProps {
  action: Action;
  /** What the button says. */
  verb: string;
  primary?: boolean;
  /** Something has to be typed or chosen first, beyond what the fields require themselves. */
  incomplete?: boolean;
  /** Said after it went well, until a field is changed. */
  done?: string;
  className?: string;
  /** The fields. */
  children: ReactNode;
}

/** Fields and the one button that sends them; how it went stands between. */
export function ActionForm({ action, verb, primary = false, incomplete = false, done, className, children }: ActionFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run();
  };
  return (
    <form onSubmit={submit} onChange={action.done ? action.reset : undefined} className={joinClasses("flex flex-col gap-4", className)}>
      {children}
      <ProblemAlert problem={action.problem} />
      {action.done && done !== undefined ? <Alert kind="success" live title={done} /> : null}
      <div>
        <Button type="submit" variant={primary ? "primary" : "secondary"} pending={action.busy} disabled={incomplete}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
