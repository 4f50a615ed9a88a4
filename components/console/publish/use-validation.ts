"use client";

import { useCallback, useRef, useState } from "react";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import type { UploadProgress } from "#components/console/api/upload-form.ts";
import type { UploadKind } from "#components/console/publish/read-package.ts";
import { validateUpload } from "#components/console/publish/send-upload.ts";
import type { ValidationAnswer } from "#components/console/publish/send-upload.ts";

export type Validation =
  | { phase: "idle" }
  | { phase: "running"; progress: UploadProgress | null }
  | { phase: "done"; answer: ValidationAnswer }
  | { phase: "failed"; problem: ApiProblem };

interface ValidationState {
  validation: Validation;
  /** Starts over with this file; an earlier run is stopped and can no longer be heard. */
  validate: (file: File, kind: UploadKind) => Promise<void>;
  forget: () => void;
}

/** The registry's dry run over a file, of which only the latest counts. */
export function useValidation(): ValidationState {
  const [validation, setValidation] = useState<Validation>({ phase: "idle" });
  const running = useRef<AbortController | null>(null);

  const validate = useCallback(async (file: File, kind: UploadKind) => {
    running.current?.abort();
    const attempt = new AbortController();
    running.current = attempt;
    const show = (next: Validation) => {
      if (running.current === attempt) setValidation(next);
    };
    show({ phase: "running", progress: null });
    try {
      const onProgress = (progress: UploadProgress) => show({ phase: "running", progress });
      const answer = await validateUpload({ file, kind, publisher: null, signature: null, onProgress, signal: attempt.signal });
      show({ phase: "done", answer });
    } catch (error) {
      if (!attempt.signal.aborted) show({ phase: "failed", problem: asProblem(error) });
    }
  }, []);

  const forget = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setValidation({ phase: "idle" });
  }, []);

  return { validation, validate, forget };
}
