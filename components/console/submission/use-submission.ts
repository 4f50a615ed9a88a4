"use client";

import { useCallback, useEffect, useState } from "react";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { STATE_DESCRIPTIONS } from "#components/console/submission/states.ts";

interface WatchedSubmission {
  submission: SubmissionDetailView;
  /** Set while the last look failed; the shown data is then older than it should be. */
  problem: ApiProblem | null;
  /** Looks again now and returns what was found, or null when that failed. */
  refresh: () => Promise<SubmissionDetailView | null>;
}

/**
 * Follows a submission: every second while checks run, every ten while people
 * decide, not at all once it has ended or while the tab is hidden.
 */
export function useSubmission(initial: SubmissionDetailView): WatchedSubmission {
  const [submission, setSubmission] = useState(initial);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const id = initial.id;

  const refresh = useCallback(async () => {
    try {
      const found = await callApi<SubmissionDetailView>(`/api/v1/submissions/${id}`);
      setSubmission(found);
      setProblem(null);
      return found;
    } catch (error) {
      setProblem(asProblem(error));
      return null;
    }
  }, [id]);

  const pollEveryMs = STATE_DESCRIPTIONS[submission.state].pollEveryMs;
  useEffect(() => {
    if (pollEveryMs === null) return;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const look = async () => {
      if (document.visibilityState === "visible") await refresh();
      if (!stopped) timer = setTimeout(() => void look(), pollEveryMs);
    };
    timer = setTimeout(() => void look(), pollEveryMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [pollEveryMs, refresh]);

  return { submission, problem, refresh };
}
