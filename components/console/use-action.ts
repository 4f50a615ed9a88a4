"use client";

import { useCallback, useRef, useState } from "react";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";

export interface Action<Input extends unknown[] = []> {
  run: (...input: Input) => Promise<void>;
  busy: boolean;
  problem: ApiProblem | null;
  /** The last run went well, and nothing was changed since. */
  done: boolean;
  /** Forgets how the last run went. */
  reset: () => void;
}

type State = Pick<Action, "busy" | "problem" | "done">;

const REST: State = { busy: false, problem: null, done: false };

/** One request a button starts: whether it runs, and how it last went. A second press while it runs does nothing. */
export function useAction<Input extends unknown[]>(perform: (...input: Input) => Promise<void>): Action<Input> {
  const running = useRef(false);
  const [state, setState] = useState(REST);

  const run = useCallback(
    async (...input: Input) => {
      if (running.current) return;
      running.current = true;
      setState({ ...REST, busy: true });
      try {
        await perform(...input);
        setState({ ...REST, done: true });
      } catch (error) {
        setState({ ...REST, problem: asProblem(error) });
      } finally {
        running.current = false;
      }
    },
    [perform],
  );

  return { ...state, run, reset: useCallback(() => setState((now) => (now.busy ? now : REST)), []) };
}
