"use client";

import { useCallback, useState } from "react";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";

interface Action<Input extends unknown[]> {
  run: (...input: Input) => Promise<void>;
  busy: boolean;
  problem: ApiProblem | null;
  clearProblem: () => void;
}

/** One request a button starts: whether it runs, and why it last failed. A second press while it runs does nothing. */
export function useAction<Input extends unknown[]>(perform: (...input: Input) => Promise<void>): Action<Input> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const run = useCallback(
    async (...input: Input) => {
      if (busy) return;
      setBusy(true);
      setProblem(null);
      try {
        await perform(...input);
      } catch (error) {
        setProblem(asProblem(error));
      } finally {
        setBusy(false);
      }
    },
    [busy, perform],
  );

  return { run, busy, problem, clearProblem: useCallback(() => setProblem(null), []) };
}
