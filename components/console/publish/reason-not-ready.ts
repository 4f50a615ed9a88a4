import type { SignatureMode } from "#components/console/publish/signature-choice.tsx";
import type { Validation } from "#components/console/publish/use-validation.ts";
import type { SignatureChoice } from "#components/console/publish/use-publishing.ts";

interface Readiness {
  validation: Validation;
  hasPublisher: boolean;
  signing: SignatureChoice | null;
  mode: SignatureMode;
}

/** Why the file cannot be sent yet, as a sentence, or null when it can. */
export function reasonNotReady({ validation, hasPublisher, signing, mode }: Readiness): string | null {
  if (validation.phase === "idle" || validation.phase === "running") return "The checks are still running.";
  if (validation.phase === "done" && validation.answer.problems.some((problem) => problem.severity === "B")) return "Blocking problems have to be mended first.";
  if (!hasPublisher) return "Create a publisher first.";
  if (signing === null) return mode === "key" ? "Make or load a signing key, or choose another way to sign." : "Choose the signature file.";
  return null;
}
