import { PasskeySignIn } from "#components/console/sign-in/passkey-sign-in.tsx";
import { ProviderButtons } from "#components/console/sign-in/provider-buttons.tsx";
import { SignInForm } from "#components/console/sign-in/sign-in-form.tsx";

/** Every way to sign in that this registry offers, the e-mail link last: it always works. */
export function SignInWays({ providers, callbackUrl, again = false }: { providers: readonly { id: string; name: string }[]; callbackUrl: string; again?: boolean }) {
  return (
    <div className="flex flex-col gap-6">
      <PasskeySignIn callbackUrl={callbackUrl} />
      <ProviderButtons providers={providers} callbackUrl={callbackUrl} again={again} />
      <p className="needs-script border-t pt-6 text-13 text-grey-11">Or with a link in a message:</p>
      <SignInForm callbackUrl={callbackUrl} />
    </div>
  );
}
