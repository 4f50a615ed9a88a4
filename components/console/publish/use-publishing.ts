"use client";

import { useCallback, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import type { UploadProgress } from "#components/console/api/upload-form.ts";
import type { ChosenUpload } from "#components/console/publish/use-chosen-upload.ts";
import { publishUpload } from "#components/console/publish/send-upload.ts";

/** How the upload will be signed. */
export type SignatureChoice =
  | { mode: "key"; privateKey: string; fingerprint: string }
  | { mode: "file"; name: string; text: string }
  | { mode: "unsigned" };

export type Publishing =
  | { phase: "idle" }
  | { phase: "signing" }
  | { phase: "sending"; progress: UploadProgress | null }
  | { phase: "opening"; listing: string; version: string }
  | { phase: "failed"; problem: ApiProblem };

interface PublishingState {
  publishing: Publishing;
  publish: (chosen: ChosenUpload, publisher: string, signature: SignatureChoice) => Promise<void>;
  stop: () => void;
  reset: () => void;
}

/** Signs in this page when asked to, uploads with true progress, then opens the submission. */
export function usePublishing(): PublishingState {
  const router = useRouter();
  const [publishing, setPublishing] = useState<Publishing>({ phase: "idle" });
  const attempt = useRef<AbortController | null>(null);

  const publish = useCallback(
    async (chosen: ChosenUpload, publisher: string, signature: SignatureChoice) => {
      const controller = new AbortController();
      attempt.current = controller;
      try {
        if (signature.mode === "key") setPublishing({ phase: "signing" });
        const armored = await armoredSignature(chosen.file, signature);
        setPublishing({ phase: "sending", progress: null });
        const answer = await publishUpload({
          file: chosen.file,
          kind: chosen.kind,
          publisher,
          signature: armored,
          onProgress: (progress) => setPublishing({ phase: "sending", progress }),
          signal: controller.signal,
        });
        const { id, listing, version } = answer.submission;
        setPublishing({ phase: "opening", listing, version });
        router.push(`/submissions/${id}`);
      } catch (error) {
        setPublishing(controller.signal.aborted ? { phase: "idle" } : { phase: "failed", problem: asProblem(error) });
      }
    },
    [router],
  );

  const stop = useCallback(() => attempt.current?.abort(), []);
  const reset = useCallback(() => setPublishing({ phase: "idle" }), []);
  return { publishing, publish, stop, reset };
}

async function armoredSignature(file: File, signature: SignatureChoice): Promise<string | null> {
  if (signature.mode === "unsigned") return null;
  if (signature.mode === "file") return signature.text;
  const { signDetached } = await import("@kosmarket/kit");
  return signDetached(new Uint8Array(await file.arrayBuffer()), signature.privateKey);
}
