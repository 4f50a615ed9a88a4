"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { FactorsSummaryView } from "#lib/accounts/schema.ts";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { answerStepUpWith } from "#components/console/step-up/ask-for-step-up.ts";
import { StepUpChoices } from "#components/console/step-up/step-up-choices.tsx";

/**
 * Asks for a second factor when a request of this page needs one, and lets the request be sent again. It stands once in
 * the frame of the console: every form that calls the registry is covered.
 */
export function StepUpDialog() {
  const settle = useRef<((proven: boolean) => void) | null>(null);
  const [open, setOpen] = useState(false);
  const { factors, problem, load } = useFactors();

  useEffect(() => {
    const ask = () => {
      void load();
      setOpen(true);
      return new Promise<boolean>((resolve) => (settle.current = resolve));
    };
    return answerStepUpWith(ask);
  }, [load]);

  const finish = (proven: boolean) => {
    settle.current?.(proven);
    settle.current = null;
    setOpen(false);
  };
  return (
    <Dialog open={open} onClose={() => finish(false)} title="Confirm that it is you" description="This step takes a fresh proof. It counts for five minutes in this browser.">
      <ProblemAlert problem={problem} />
      {factors === null ? problem === null ? <Skeleton className="h-24" /> : null : <StepUpChoices factors={factors} onProven={() => finish(true)} />}
    </Dialog>
  );
}

function useFactors() {
  const [factors, setFactors] = useState<FactorsSummaryView | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const load = useCallback(async () => {
    setProblem(null);
    try {
      setFactors(await callApi<FactorsSummaryView>("/api/v1/factors"));
    } catch (error) {
      setProblem(asProblem(error));
    }
  }, []);
  return { factors, problem, load };
}
