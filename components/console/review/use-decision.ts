"use client";

import { useCallback, useState } from "react";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApi } from "#components/console/api/call-api.ts";

export type Decision = "approve" | "request_changes" | "reject";

export type Deciding =
  | { phase: "idle" }
  | { phase: "sending"; decision: Decision }
  | { phase: "done"; decision: Decision }
  /** Someone or something changed the submission since it was read: nothing was decided. */
  | { phase: "stale"; stateVersion: number }
  | { phase: "failed"; problem: ApiProblem };

interface DecisionState {
  deciding: Deciding;
  decide: (decision: Decision, reason: string) => Promise<void>;
}

/**
 * Sends a decision bound to the state the reviewer was reading. The server
 * refuses it with 409 when that state is no longer the stored one; then the
 * newer state is fetched for comparison and nothing is sent again by itself.
 */
export function useDecision(reading: SubmissionDetailView, refresh: () => Promise<unknown>): DecisionState {
  const [deciding, setDeciding] = useState<Deciding>({ phase: "idle" });
  const { id, stateVersion } = reading;

  const decide = useCallback(
    async (decision: Decision, reason: string) => {
      setDeciding({ phase: "sending", decision });
      try {
        await callApi(`/api/v1/submissions/${id}/decisions`, { method: "POST", json: { decision, reason, stateVersion } });
        await refresh();
        setDeciding({ phase: "done", decision });
      } catch (error) {
        const problem = asProblem(error);
        const latest = problem.answer.status === 409 ? await refresh() : null;
        setDeciding(isNewer(latest, stateVersion) ? { phase: "stale", stateVersion } : { phase: "failed", problem });
      }
    },
    [id, stateVersion, refresh],
  );

  return { deciding, decide };
}

function isNewer(latest: unknown, stateVersion: number): boolean {
  return typeof latest === "object" && latest !== null && "stateVersion" in latest && latest.stateVersion !== stateVersion;
}
