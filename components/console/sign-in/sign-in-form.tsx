"use client";

import { signIn } from "next-auth/react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { ApiProblem } from "#components/console/api/api-problem.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { describeSignInError } from "#components/console/sign-in/describe-sign-in-error.ts";

/** Asks for an e-mail address and has a sign-in link sent to it. */
export function SignInForm({ callbackUrl }: { callbackUrl: string }) {
  const router = useRouter();
  const [email, setEmail] = useState("");
  const send = useAction(async () => {
    const answer = await signIn("email", { email, redirect: false, callbackUrl });
    if (answer === undefined || answer.error !== null || !answer.ok) throw refusal(answer?.status ?? 0, answer?.error ?? null);
    router.push("/sign-in/sent");
  });
  return (
    <ActionForm action={send} verb="Sign in" primary className="needs-script">
      <TextField label="E-mail address" type="email" name="email" value={email} onChange={(event) => setEmail(event.target.value)} required autoComplete="email" inputMode="email" hint="You get a link that signs you in once. There is no password." />
    </ActionForm>
  );
}

function refusal(status: number, code: string | null): ApiProblem {
  if (status === 429) {
    return new ApiProblem({ status: 0, title: "Too many attempts", detail: "Wait five minutes, then ask for a link again.", code: "rate-limited", requestId: null, errors: [], extra: {} });
  }
  const { title, meaning, next } = describeSignInError(code);
  return new ApiProblem({ status: 0, title, detail: `${meaning} ${next}`, code: code ?? "sign-in", requestId: null, errors: [], extra: {} });
}
