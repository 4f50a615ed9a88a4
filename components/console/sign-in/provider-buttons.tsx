"use client";

import { signIn } from "next-auth/react";
import { Button } from "#components/ui/button.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { ApiProblem } from "#components/console/api/api-problem.ts";

interface ProviderButtonsProps {
  providers: readonly { id: string; name: string }[];
  callbackUrl: string;
  /** Asks the provider to ask the person, and not to let a browser in that it still knows. */
  again: boolean;
}

/** OpenID Connect Core, 3.1.2.1; with `max_age` the issuer also says when it asked. GitHub knows neither. */
const ASK_ANEW = { prompt: "login", max_age: "0" };

/** One button for each provider that the operator set up; it leads to the provider and back. */
export function ProviderButtons({ providers, callbackUrl, again }: ProviderButtonsProps) {
  const go = useAction(async (provider: string) => {
    // Where the provider cannot be reached, next-auth answers with the address of the error page.
    await signIn(provider, { callbackUrl }, again && provider === "oidc" ? ASK_ANEW : undefined).catch(() => {
      throw new ApiProblem({ status: 0, title: "The registry cannot be reached", detail: "No answer came back. Check the connection and try again.", code: "unreachable", requestId: null, errors: [], extra: {} });
    });
  });
  if (providers.length === 0) return null;
  return (
    <div className="needs-script flex flex-col gap-3">
      {providers.map(({ id, name }) => (
        <Button key={id} pending={go.busy} onClick={() => void go.run(id)}>
          Continue with {name}
        </Button>
      ))}
      <ProblemAlert problem={go.problem} />
    </div>
  );
}
