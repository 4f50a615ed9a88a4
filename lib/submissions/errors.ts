import { RegistryError } from "#lib/http/index.ts";
import type { SubmissionState } from "./schema.ts";
import { movesFrom } from "./transitions.ts";

export const submissionMissing = (id: string) => new RegistryError("not-found", `There is no submission \`${id}\` that you may see.`);

export function moveNotAllowed(state: SubmissionState, to: string): RegistryError {
  const allowedMoves = movesFrom(state).map((move) => move.verb);
  const detail = `A submission in the state \`${state}\` cannot become \`${to}\`; from here it can: ${allowedMoves.join(", ") || "nothing, this state is final"}.`;
  return new RegistryError("move-not-allowed", detail, { members: { state, allowedMoves } });
}

export const staleSubmission = (current: { state: string; stateVersion: number }, seen: number) =>
  new RegistryError("stale-decision", `You decided on state version ${seen}; the submission is now \`${current.state}\` at version ${current.stateVersion}. Look again and decide anew.`, {
    members: { state: current.state, stateVersion: current.stateVersion },
  });
