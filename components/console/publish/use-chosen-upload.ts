"use client";

import { useCallback, useRef, useState } from "react";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import type { UploadProgress } from "#components/console/api/upload-form.ts";
import { kindOfUpload, readManifest, textReaderOf } from "#components/console/publish/read-package.ts";
import type { TextReader, UploadKind } from "#components/console/publish/read-package.ts";
import { readIdentity } from "#components/console/publish/read-identity.ts";
import type { Identity } from "#components/console/publish/read-identity.ts";
import { validateUpload } from "#components/console/publish/send-upload.ts";
import type { ValidationAnswer } from "#components/console/publish/send-upload.ts";

export interface ChosenUpload {
  file: File;
  kind: UploadKind;
  /** Lower-case hex over the file's bytes; null where the browser offers no hashing (plain http away from localhost). */
  sha256: string | null;
  /** What the manifest says it is; null until read, and when it cannot be. */
  identity: Identity | null;
  read: TextReader;
}

export type Validation =
  | { phase: "idle" }
  | { phase: "running"; progress: UploadProgress | null }
  | { phase: "done"; answer: ValidationAnswer }
  | { phase: "failed"; problem: ApiProblem };

interface ChosenUploadState {
  chosen: ChosenUpload | null;
  validation: Validation;
  /** Why the last dropped file was not taken, or null. */
  refusal: string | null;
  choose: (file: File) => Promise<void>;
  validateAgain: () => void;
  clear: () => void;
}

/** The file a person wants to publish, and what the registry's dry run says about it. */
export function useChosenUpload(): ChosenUploadState {
  const [chosen, setChosen] = useState<ChosenUpload | null>(null);
  const [validation, setValidation] = useState<Validation>({ phase: "idle" });
  const [refusal, setRefusal] = useState<string | null>(null);
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

  const choose = useCallback(
    async (file: File) => {
      const kind = kindOfUpload(file.name);
      if (kind === null) {
        setRefusal(`“${file.name}” is no package. Choose a .zip or .tgz package, or a services.yaml file.`);
        return;
      }
      setRefusal(null);
      const read = textReaderOf(file, kind);
      setChosen({ file, kind, sha256: null, identity: null, read });
      void validate(file, kind);
      const manifest = readManifest(kind, read, file.name);
      const [sha256, identity] = await Promise.all([hashFile(file), manifest.then(readIdentity)]);
      setChosen((current) => (current?.file === file ? { ...current, sha256, identity } : current));
    },
    [validate],
  );

  const clear = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setChosen(null);
    setRefusal(null);
    setValidation({ phase: "idle" });
  }, []);

  const validateAgain = useCallback(() => {
    if (chosen !== null) void validate(chosen.file, chosen.kind);
  }, [chosen, validate]);

  return { chosen, validation, refusal, choose, validateAgain, clear };
}

async function hashFile(file: File): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
