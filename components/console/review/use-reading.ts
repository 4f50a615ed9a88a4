"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { useSubmission } from "#components/console/submission/use-submission.ts";

interface Reading {
  /** The state that the reviewer reads and decides on; it moves only when the reviewer says so. */
  reading: SubmissionDetailView;
  /** The stored state as last seen. */
  live: SubmissionDetailView;
  refresh: () => Promise<SubmissionDetailView | null>;
  /** Reads the stored state from now on. */
  adopt: () => void;
  /** The same after an act of the reviewer's own, such as a claim. */
  adoptLatest: () => Promise<void>;
}

/** Keeps what a reviewer reads apart from what is stored, so that a decision never falls on something unread. */
export function useReading(initial: SubmissionDetailView): Reading {
  const router = useRouter();
  const { submission: live, refresh } = useSubmission(initial);
  const [reading, setReading] = useState(initial);
  const adopt = useCallback(() => {
    setReading(live);
    router.refresh();
  }, [live, router]);
  const adoptLatest = useCallback(async () => {
    const latest = await refresh();
    if (latest !== null) setReading(latest);
  }, [refresh]);
  return { reading, live, refresh, adopt, adoptLatest };
}
