import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApi } from "#components/console/api/call-api.ts";

/** Fetches a challenge under `path`/options, has a passkey of this browser answer it and sends the answer to `path`. */
export async function answerPasskey(path: "/api/v1/step-up/passkey" | "/api/v1/session/passkey"): Promise<void> {
  const optionsJSON = await callApi<PublicKeyCredentialRequestOptionsJSON>(`${path}/options`, { method: "POST" });
  const answer = await startAuthentication({ optionsJSON }).catch(rethrow);
  await callApi(path, { method: "POST", json: answer });
}

/** Has this browser make a passkey and adds it to the account under `name`. */
export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await callApi<PublicKeyCredentialCreationOptionsJSON>("/api/v1/factors/passkeys/options", { method: "POST" });
  const answer = await startRegistration({ optionsJSON }).catch(rethrow);
  await callApi("/api/v1/factors/passkeys", { method: "POST", json: { name, answer } });
}

/** The browser tells little of why, so that pages cannot learn which passkeys somebody has. */
function rethrow(error: unknown): never {
  const taken = error instanceof Error && error.name === "InvalidStateError";
  const [title, detail] = taken
    ? ["This device has a passkey here already", "It is in the list; a device holds one for each account."]
    : ["No passkey was used", "The browser's question was closed or ran out, or it has no passkey for this site. Passkeys need https, or localhost."];
  throw new ApiProblem({ status: 0, title, detail, code: "passkey", requestId: null, errors: [], extra: {} });
}
